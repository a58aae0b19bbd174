"""A counsellor's week: the list is looked at, most on it are met, open needs go on, what came of others is told.

The counsellor goes by what is known on the day, as everybody would; the hidden number of a learner plays no part.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from luotsi.base import clock
from luotsi.learning.actions.demo.guiding.people import guest, moment
from luotsi.learning.actions.demo.guiding.standing import Standing, has_moved, standing_of
from luotsi.learning.actions.demo.guiding.words import NO_NEED, WROTE
from luotsi.learning.actions.looking import looked_at
from luotsi.learning.actions.needs import close_need, move_need, open_need, tell_outcome, write_deed
from luotsi.learning.models import Caseload, Judgement, Need, Score, ScoreView, Turn
from luotsi.learning.queries.guidance.sources import source_of
from luotsi.learning.rules.guiding import DUE_IN, Done, outcomes_due
from luotsi.people.rules import Role

if TYPE_CHECKING:
    import random

    from django.db.models import QuerySet

    from luotsi.learning.engine.college.deliveries import College
    from luotsi.learning.models import Learner

MET, NO_NEED_SHARE = 0.86, 0.14
FIRST = {Done.CONTACT: 5, Done.MEETING: 4, Done.PLAN: 1}
NEXT = {Done.MEETING: 5, Done.PLAN: 3, Done.REFERRAL: 2, Done.CONTACT: 2}
LENGTHS = (20, 30, 30, 45, 60)
# Chances in a week of what is open: to end it after a meeting, to do something, to give it another day.
ENDS, GOES_ON, MOVES = 0.4, 0.4, 0.06
TOLD = 0.75
ASKED = 0.5
DOUBTFUL = 2
LATE_FROM = 2  # weeks
ASKED_FOR = timedelta(weeks=26)


class Counsellor:
    """The counsellor of the central campus in one week.

    Args:
        college: whose learners they are.
        week: its Monday.
        chance: decides what is done.
    """

    def __init__(self, college: College, week: date, chance: random.Random) -> None:
        self.week, self.chance = week, chance
        self.person, self.account = guest(Role.COUNSELLOR)
        self.caseload = Caseload.objects.get(counsellor=self.person, until=None)
        self.lives = {life.person.oid: life for life in college.lives}

    def work(self) -> None:
        """Do what a week has time for."""
        held = Turn.objects.filter(caseload=self.caseload, week=self.week, is_listed=True)
        turns = list(held.select_related("learner__provider", "learner__unit", "score").order_by("rank"))
        with clock.held_at(moment(self.week, 8, 20)):
            looked_at(scores=[one.score for one in turns], person=self.person, purpose=ScoreView.Purpose.CASELOAD)
        needs = Need.objects.filter(owner=self.person).select_related("learner__unit", "owner")
        with clock.held_at(moment(self.week, 14, 5)):
            self._tell(needs)
        for place, need in enumerate(needs.unsolved().order_by("opened_on", "pk").prefetch_related("deeds")):
            with clock.held_at(moment(self.week + timedelta(days=1 + place % 4), 9 + place % 5, 40)):
                self._go_on(need)
        for place, turn in enumerate(turns):
            with clock.held_at(moment(self.week + timedelta(days=1 + place % 4), 10 + place % 4, 15)):
                self._meet(turn)
        with clock.held_at(moment(self.week + timedelta(days=4), 12, 30)):
            self._asked_by_a_teacher()

    def _standing(self, learner: Learner) -> Standing:
        return standing_of(self.lives[learner.oid], clock.today())

    def _meet(self, turn: Turn) -> None:
        """Look at somebody on the list and begin, or say why there is no need; some are not reached."""
        learner = turn.learner
        if self.chance.random() > MET or self._standing(learner) is not Standing.STUDIES:
            return
        looked_at(scores=[turn.score], person=self.person, purpose=ScoreView.Purpose.LEARNER)
        source, reasons = source_of(learner, clock.today())
        is_none = self.chance.random() < NO_NEED_SHARE
        kind = Done.NO_NEED if is_none else self.chance.choices(list(FIRST), list(FIRST.values()))[0]
        write_deed(
            learner=learner,
            kind=kind,
            on=clock.today(),
            person=self.person,
            by=self.account,
            minutes=self.chance.choice(LENGTHS) if kind is Done.MEETING else None,
            words=self.chance.choice(NO_NEED if is_none else WROTE[kind]),
            source=source,
            reasons=reasons,
        )

    def _go_on(self, need: Need) -> None:
        """End a need whose learner has left or was met, do something more, give it another day, or leave it."""
        if self._standing(need.learner) is not Standing.STUDIES:
            close_need(need=need, ending=Need.Ending.LEFT, by=self.account)
            return
        done = {one.kind for one in need.deeds.all()}
        drawn = self.chance.random()
        if done & {Done.MEETING, Done.PLAN} and drawn < ENDS:
            close_need(need=need, ending=Need.Ending.MET, by=self.account)
        elif drawn < ENDS + GOES_ON:
            kind = self.chance.choices(list(NEXT), list(NEXT.values()))[0]
            minutes = self.chance.choice(LENGTHS) if kind is Done.MEETING else None
            write_deed(
                learner=need.learner,
                kind=kind,
                on=clock.today(),
                person=self.person,
                by=self.account,
                minutes=minutes,
                words=self.chance.choice(WROTE[kind]),
            )
        elif drawn > 1 - MOVES:
            move_need(need=need, owner=self.person, due_on=clock.today() + DUE_IN, by=self.account)

    def _tell(self, mine: QuerySet[Need]) -> None:
        """Tell what came of most of the needs whose four or twelve weeks have passed."""
        today = clock.today()
        waiting = mine.filter(opened_on__gte=today - ASKED_FOR).exclude(outcome_4__gt="", outcome_12__gt="")
        for need in waiting.order_by("opened_on", "pk"):
            told = {4: need.outcome_4, 12: need.outcome_12}
            for weeks in outcomes_due(need.opened_on, told, today):
                if self.chance.random() < TOLD:
                    tell_outcome(need=need, weeks=weeks, outcome=self._outcome(need), by=self.account)

    def _outcome(self, need: Need) -> str:
        """Return what came of a need: as it is on the day, late where the latest score says so."""
        life = self.lives[need.learner.oid]
        if has_moved(life, need.opened_on, clock.today()):
            return Need.Outcome.MOVED
        match standing_of(life, clock.today()):
            case Standing.LEFT:
                return Need.Outcome.LEFT
            case Standing.COMPLETED:
                return Need.Outcome.ON_PLAN
        score = Score.objects.filter(learner=need.learner, week__lte=self.week, model=None).order_by("-week").first()
        is_late = score is not None and Decimal(score.inputs["seen"]["weeks_late"]) >= LATE_FROM
        return Need.Outcome.LATE if is_late else Need.Outcome.ON_PLAN

    def _asked_by_a_teacher(self) -> None:
        """Take in what a teacher asks: somebody whose start was doubtful, and who has no need yet."""
        if self.chance.random() > ASKED:
            return
        today = clock.today()
        doubtful = Judgement.objects.filter(value__lte=DOUBTFUL, on__gte=today - timedelta(weeks=12))
        doubtful = doubtful.filter(on__lte=today, learner__needs=None).select_related("learner__unit")
        one = doubtful.order_by("value", "on", "learner__oid").first()
        if one is not None and self._standing(one.learner) is Standing.STUDIES:
            open_need(
                learner=one.learner,
                source=Need.Source.TEACHER,
                owner=self.person,
                due_on=today + DUE_IN,
                by=self.account,
            )
