"""How far milestones and measures have come, judged from what was told, their time and the present day.

A judgement says why, as a code with its params; the words stand in `queries.state_words`. The values of `State` are
also the marks by which pages show them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from luotsi.programme.rules.values import Span

# How much of the time may pass before a milestone that has not begun is at risk.
MOST_WITHOUT_START = Fraction(3, 4)


class State(StrEnum):
    """A judged state, from the worst to the best; `coming` and `cancelled` are neither."""

    LATE = "late"
    RISK = "risk"
    NONE = "none"
    RUN = "run"
    DONE = "done"
    COMING = "coming"
    CANCELLED = "cancelled"


class Word(StrEnum):
    """What somebody says of a milestone; `BY_RULES` takes back what was said of a whole measure."""

    NOT_STARTED = "not_started"
    ONGOING = "ongoing"
    AT_RISK = "at_risk"
    DONE = "done"
    CANCELLED = "cancelled"
    BY_RULES = "by_rules"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was told last: the word, why, on which day it was reached, and whether there is evidence of it."""

    word: Word
    reason: str = ""
    done_on: date | None = None
    has_evidence: bool = False


@dataclass(frozen=True)
class Judged:
    """A state and why: `code` is a key of `queries.state_words`, `params` what its words name.

    `gap` is True for something that is done without any evidence.
    """

    state: State
    code: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)
    gap: bool = False


def state_of_milestone(told: Told | None, period: Span, due: date | None, today: date) -> Judged:
    """Return the state of a milestone in one unit; without a day of its own it is due on the last of its period."""
    last = due or period.end
    if told is not None and (final := _told_for_good(told, last)):
        return final
    if last is not None and today > last:
        code = "late_untold" if told is None else "late_unfinished"
        return Judged(State.LATE, code, {"due": last, "days": (today - last).days})
    if told is not None and told.word == Word.AT_RISK:
        return Judged(State.RISK, "told_at_risk", {"reason": told.reason})
    if told is not None and told.word == Word.ONGOING:
        return Judged(State.RUN, "told_ongoing", {"due": last})
    if today < period.start:
        return Judged(State.COMING, "coming", {"start": period.start})
    if last is not None and _passed(period.start, last, today) >= MOST_WITHOUT_START:
        return Judged(State.RISK, "little_time", {"due": last, "days": (last - today).days})
    return Judged(State.NONE, "untold" if told is None else "told_not_started", {"due": last})


def _told_for_good(told: Told, last: date | None) -> Judged | None:
    if told.word == Word.CANCELLED:
        return Judged(State.CANCELLED, "told_cancelled", {"reason": told.reason})
    if told.word != Word.DONE:
        return None
    gap = not told.has_evidence
    if last is not None and told.done_on is not None and told.done_on > last:
        return Judged(State.DONE, "done_late", {"day": told.done_on, "days": (told.done_on - last).days}, gap)
    return Judged(State.DONE, "done", {"day": told.done_on}, gap)


def _passed(start: date, last: date, today: date) -> Fraction:
    """Return the share of the time that has passed; the first and the last day count."""
    return Fraction((today - start).days, max((last - start).days + 1, 1))


def state_of_measure(milestones: Sequence[tuple[str, Judged]], told: Told | None = None) -> Judged:
    """Return the state of a measure in one unit from its milestones, each with its period, in the order of time.

    What somebody says of the measure as a whole comes before the milestones, and always has a reason.
    """
    if told is not None and told.word != Word.BY_RULES:
        state = _SAID[told.word]
        return Judged(state, "told_of_measure", {"reason": told.reason})
    by_state: dict[State, list[str]] = {}
    for period, judged in milestones:
        by_state.setdefault(judged.state, []).append(period)
    counts = {state: len(found) for state, found in by_state.items()}
    left = len(milestones) - counts.get(State.CANCELLED, 0)
    done = counts.get(State.DONE, 0)
    if not milestones:
        return Judged(State.NONE, "no_milestones")
    if not left:
        return Judged(State.CANCELLED, "all_cancelled", {"count": len(milestones)})
    for state, code in ((State.LATE, "some_late"), (State.RISK, "some_at_risk")):
        if state in by_state:
            return Judged(state, code, {"count": counts[state], "periods": ", ".join(by_state[state])})
    if done == left:
        return Judged(State.DONE, "all_done", {"count": done})
    if done or State.RUN in by_state:
        return Judged(State.RUN, "under_way", {"done": done, "count": left})
    if counts.get(State.COMING, 0) == left:
        return Judged(State.COMING, "all_coming", {"count": left})
    return Judged(State.NONE, "none_begun", {"count": left})


_SAID = {
    Word.NOT_STARTED: State.NONE,
    Word.ONGOING: State.RUN,
    Word.AT_RISK: State.RISK,
    Word.DONE: State.DONE,
    Word.CANCELLED: State.CANCELLED,
}


def reasons_to_refuse(word: Word, *, reason: str, done_on: date | None, today: date, whole: bool) -> list[str]:
    """Return why something cannot be told, as codes: of a milestone, or with `whole` of a whole measure."""
    found = []
    if word == Word.BY_RULES and not whole:
        found.append("only_of_measures")
    if not reason and (whole or word in (Word.AT_RISK, Word.CANCELLED)):
        found.append("needs_a_reason")
    if word == Word.DONE and done_on is None and not whole:
        found.append("needs_its_day")
    if done_on is not None and done_on > today:
        found.append("day_is_coming")
    return found


@dataclass(frozen=True)
class Together:
    """Several units, milestones or measures together: how many are in which state, and the state of the whole."""

    counts: Mapping[State, int]

    @property
    def total(self) -> int:
        """How many there are, the cancelled ones included."""
        return sum(self.counts.values())

    def count(self, state: State) -> int:
        """Return how many are in a state."""
        return self.counts.get(state, 0)

    @property
    def state(self) -> State:
        """The state of the whole: late or at risk when any is; done when all are; on its way when any has begun."""
        left = self.total - self.count(State.CANCELLED)
        if not left:
            return State.CANCELLED if self.total else State.NONE
        for state in (State.LATE, State.RISK):
            if self.count(state):
                return state
        if self.count(State.DONE) == left:
            return State.DONE
        if self.count(State.DONE) or self.count(State.RUN):
            return State.RUN
        return State.COMING if self.count(State.COMING) == left else State.NONE


def together(judged: Iterable[Judged]) -> Together:
    """Return judgements together, counted by state in the order of `State`."""
    found = Counter(item.state for item in judged)
    return Together({state: found[state] for state in State if found[state]})
