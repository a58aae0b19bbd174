"""Where an own grade and the evidence part: milestones and figures put on the same scale, and why they differ.

Evidence has no opinion of its own. Each milestone that has fallen due counts 1 when it is reached, nothing when it is
late; one that is under way or at risk counts a half; one that nobody has begun counts nothing. Each figure counts 1
where its target's path asks it to be, nothing where it is behind. The share of the two kinds together is laid over
the scale of grades, 1 to 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from luotsi.programme.rules.states import State

LOWEST, HIGHEST = 1, 5
GOOD, POOR = 4, 2
PARTED = Decimal("1.5")  # from this gap on, grade and evidence part
COUNTED: dict[State, Fraction] = {
    State.DONE: Fraction(1),
    State.RUN: Fraction(1, 2),
    State.RISK: Fraction(1, 2),
    State.NONE: Fraction(0),
    State.LATE: Fraction(0),
}


@dataclass(frozen=True)
class Evidence:
    """What is known of a measure in a unit beside its own word.

    Args:
        milestones: how many milestones are in which state; those that are coming or cancelled say nothing.
        met: figures that are where the path to their target asks them to be.
        behind: figures that are not.
    """

    milestones: Mapping[State, int] = field(default_factory=dict)
    met: int = 0
    behind: int = 0

    @property
    def speaks(self) -> int:
        """How many milestones and figures say something."""
        return sum(self.milestones.get(state, 0) for state in COUNTED) + self.met + self.behind

    @property
    def level(self) -> Decimal | None:
        """What the evidence says on the scale of grades, to one decimal; None where nothing speaks."""
        if not self.speaks:
            return None
        points = sum((COUNTED[state] * self.milestones.get(state, 0) for state in COUNTED), Fraction(self.met))
        exact = LOWEST + (HIGHEST - LOWEST) * points / self.speaks
        return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Reason:
    """Why grade and evidence part: a code of `queries.rounds.words`, with how many milestones or figures it is of."""

    code: str
    count: int = 1


@dataclass(frozen=True)
class Judgement:
    """A grade beside the evidence.

    Args:
        grade: 1 to 5.
        level: what the evidence says on the same scale, None where it says nothing.
        reasons: what speaks against the grade; empty where nothing does.
    """

    grade: int
    level: Decimal | None
    reasons: tuple[Reason, ...] = ()

    @property
    def gap(self) -> Decimal | None:
        """Grade less evidence: above zero the grade is the higher one; None where the evidence says nothing."""
        return None if self.level is None else self.grade - self.level

    @property
    def parts(self) -> str:
        """`over` or `under` where grade and evidence part, `with` where they agree, `silent` without evidence."""
        if self.gap is None:
            return "silent"
        if self.reasons:
            return "over" if self.gap > 0 else "under"
        return "with"


def judged(grade: int, evidence: Evidence) -> Judgement:
    """Return a grade beside the evidence, with the reasons for which they part.

    They part where they are more than `PARTED` apart; a good grade parts from evidence already when something of the
    measure is late or behind and the evidence is the lower one, a poor grade when all of it has been reached.
    """
    level = evidence.level
    if level is None:
        return Judgement(grade, None)
    gap = grade - level
    found = tuple(_against(grade, evidence, gap))
    if not found and abs(gap) >= PARTED:
        found = (Reason("higher" if gap > 0 else "lower", evidence.speaks),)
    return Judgement(grade, level, found)


def _against(grade: int, evidence: Evidence, gap: Decimal) -> Iterable[Reason]:
    states = evidence.milestones
    if grade >= GOOD and gap > 0:
        for state, code in ((State.LATE, "late"), (State.RISK, "risk"), (State.NONE, "not_begun")):
            if count := states.get(state, 0):
                yield Reason(code, count)
        if evidence.behind:
            yield Reason("behind", evidence.behind)
    elif grade <= POOR and gap < 0:
        if states.get(State.DONE, 0) and not any(states.get(state, 0) for state in (State.LATE, State.NONE)):
            yield Reason("reached", states[State.DONE])
        if evidence.met and not evidence.behind:
            yield Reason("met", evidence.met)


def by_gap(found: Sequence[Judgement]) -> list[int]:
    """Return places in the order in which they are read: parted before agreed, the widest gap first."""

    def key(place: int) -> tuple[bool, bool, Decimal, int]:
        one = found[place]
        return (not one.reasons, one.gap is None, -abs(one.gap or Decimal(0)), place)

    return sorted(range(len(found)), key=key)


def mean(grades: Sequence[int]) -> Decimal | None:
    """Return the mean of grades to one decimal; None of none."""
    if not grades:
        return None
    return (Decimal(sum(grades)) / len(grades)).quantize(Decimal("0.1"), ROUND_HALF_UP)
