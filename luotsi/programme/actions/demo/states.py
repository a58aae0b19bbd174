"""Invented states of milestones: the same ones in every demo, plausible for the day on which it is loaded."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from luotsi.base import audit, clock, ids
from luotsi.programme.access import participations_of
from luotsi.programme.actions.demo.words import AT_RISK, CANCELLED, EVIDENCE, PACE
from luotsi.programme.models import MilestoneState
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.rules.plan import Milestone, measures_of

if TYPE_CHECKING:
    from luotsi.people.models import Account, Unit
    from luotsi.programme.models import Programme

State = MilestoneState.State
A_YEAR = timedelta(days=366)


def tell_states(programme: Programme, tellers: Mapping[UUID, Account], today: date) -> int:
    """Write the states of every unit in one go with one audit row; return how many."""
    made: list[MilestoneState] = []
    for measure in measures_of(plan_of(programme)):
        for milestone in measure.milestones:
            for taking in participations_of(programme):
                story = _Story(programme, measure.code, milestone, taking.unit, today)
                made += story.told(tellers.get(taking.unit_id))
    firsts = [row for row in made if row.follows is None]
    MilestoneState.objects.bulk_create(firsts)
    MilestoneState.objects.bulk_create([row for row in made if row.follows is not None])
    audit.record(
        by=None,
        verb="programme.demo.loaded",
        target=programme,
        after={"states": len(made)},
        unit_id=programme.owner_id,
    )
    return len(made)


class _Story:
    """What one unit told of one milestone, from the first word to the last."""

    def __init__(self, programme: Programme, measure: str, milestone: Milestone, unit: Unit, today: date) -> None:
        self.programme, self.measure, self.period, self.unit = programme, measure, milestone.period, unit
        self.last = milestone.due or milestone.period.end or today
        self.today = today
        name = f"{measure} {milestone.period.key} {unit.municipality_number}"
        self.chance = random.Random(name)  # noqa: S311 - no secret: the same story in every demo
        self.pace = PACE.get(unit.municipality_number, 0.7)

    def told(self, by: Account | None) -> Iterator[MilestoneState]:
        """Yield the states in their order; nothing where nothing was told."""
        word = self.word()
        if word is None:
            return
        first = None
        finished = word in (State.DONE, State.AT_RISK)
        if finished and self.chance.random() < 0.6:
            first = self.state(State.ONGOING, self.day(0.1, 0.4), by)
            yield first
        day = self.day(0.45, 0.97) if word != State.NOT_STARTED else self.day(0.02, 0.1)
        if word == State.DONE and self.last < self.today and self.chance.random() > 0.75 + self.pace / 5:
            day = min(self.last + timedelta(days=self.chance.randint(5, 80)), self.today)
        told = self.state(word, day, by)
        told.follows = first
        yield told

    def word(self) -> State | None:
        """Return what is told last: most of what is long past is done, of what is past much, of the present little."""
        dice = self.chance.random()
        if self.today < self.period.start:
            return None
        odds: tuple[tuple[State, float], ...]
        if self.last < self.today - A_YEAR:
            odds = ((State.DONE, self.pace), (State.CANCELLED, 0.02), (State.ONGOING, 0.6 * (1 - self.pace)))
        elif self.last < self.today:
            odds = (
                (State.DONE, self.pace - 0.22),
                (State.CANCELLED, 0.01),
                (State.ONGOING, 0.2),
                (State.AT_RISK, 0.04),
            )
        else:
            odds = (
                (State.DONE, 0.08 * self.pace),
                (State.ONGOING, 0.45 * self.pace),
                (State.AT_RISK, 0.07),
                (State.NOT_STARTED, 0.12),
            )
        for word, share in odds:
            if dice < share:
                return word
            dice -= share
        return None

    def day(self, low: float, high: float) -> date:
        """Return a day in a part of the time of the milestone, not after today."""
        end = min(self.last, self.today)
        days = max((end - self.period.start).days, 1)
        return self.period.start + timedelta(days=round(days * self.chance.uniform(low, high)))

    def state(self, word: State, day: date, by: Account | None) -> MilestoneState:
        """Return one state, told on a day."""
        done, going = EVIDENCE[self.measure]
        reasons = {State.AT_RISK: self.chance.choice(AT_RISK), State.CANCELLED: CANCELLED}
        has_words = word == State.ONGOING or (word == State.DONE and self.chance.random() < 0.92)
        return MilestoneState(
            id=ids.new_id(),
            programme=self.programme,
            measure=self.measure,
            period=self.period.key,
            unit=self.unit,
            state=word,
            reason=reasons.get(word, ""),
            words=(done if word == State.DONE else going) if has_words else "",
            done_on=day if word == State.DONE else None,
            told_by=by,
            told_at=datetime.combine(day, time(9 + self.chance.randint(0, 6), 15), clock.HELSINKI),
        )
