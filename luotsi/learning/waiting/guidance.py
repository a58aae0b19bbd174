"""What waits for counsellors and teachers: contests, needs that are due, meetings, outcomes, starts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import clock
from luotsi.learning import access
from luotsi.learning.models import Judgement, Need, Saying, StudyRight
from luotsi.learning.queries.guidance.seen import STUDYING
from luotsi.learning.rules.guiding import ASKED_UNTIL, JUDGED_FROM, OUTCOMES, outcome_due
from luotsi.learning.rules.rights import Right
from luotsi.people.access import person_of
from luotsi.people.rules import Kind
from luotsi.ui.waiting import Task

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.learning.models.learners import LearnerQuerySet
    from luotsi.people.access import Visitor
    from luotsi.people.models import Person, Unit

ROOM = "learning"
ANSWERED_IN = timedelta(days=7)
OLDEST = timedelta(weeks=26)
ANCHORS = {"contests": "sayings", "needs": "needs", "outcomes": "outcomes"}


def tasks_for(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return what waits at the unit: for counsellors of those whom they guide, for teachers of their very group."""
    person = person_of(visitor)
    if person is None:
        return []
    today, found = clock.today(), list[Task]()
    if access.may_do(visitor, Right.GUIDE, scope) and access.caseloads_of(visitor, scope):
        found += _of_counsellor(access.learners_guided_by(visitor, scope), person, scope, today)
    if scope.kind == Kind.GROUP and access.may_do(visitor, Right.JUDGE, scope):
        found += _of_teacher(access.learners_visible_to(visitor, scope, Right.JUDGE), person, scope, today)
    return found


def _of_counsellor(guided: LearnerQuerySet, person: Person, scope: Unit, today: date) -> Iterator[Task]:
    contests = Saying.objects.contests().waiting().filter(_among(guided))
    said = list(contests.order_by("said_at").values_list("said_at", flat=True))
    if said:
        title = ngettext("Answer %(n)s learner who contests", "Answer %(n)s learners who contest", len(said))
        due = clock.day_of(said[0]) + ANSWERED_IN
        yield _task("contests", title % {"n": len(said)}, scope, due)
    mine = Need.objects.filter(_among(guided), owner=person)
    due_days = list(mine.unsolved().filter(due_on__lte=today + timedelta(weeks=1)).values_list("due_on", flat=True))
    if due_days:
        title = ngettext("Go on with %(n)s need for guidance", "Go on with %(n)s needs for guidance", len(due_days))
        yield _task("needs", title % {"n": len(due_days)}, scope, min(due_days))
    count = sum(_outcomes(mine, weeks, today) for weeks in OUTCOMES)
    if count:
        title = ngettext("Tell what came of %(n)s need", "Tell what came of %(n)s needs", count)
        yield _task("outcomes", title % {"n": count}, scope, None)


def _among(guided: LearnerQuerySet) -> Exists:
    """Return the condition that a row is about one of the learners; asked of few rows, however many learners."""
    return Exists(guided.order_by().filter(pk=OuterRef("learner")))


def _outcomes(mine: QuerySet[Need], weeks: int, today: date) -> int:
    """Return how many needs of the last half year wait for the outcome after so many weeks."""
    last = today - (outcome_due(today, weeks) - today)
    return mine.filter(opened_on__range=(today - OLDEST, last), **{f"outcome_{weeks}": ""}).count()


def _of_teacher(learners: LearnerQuerySet, person: Person, scope: Unit, today: date) -> Iterator[Task]:
    begun = Q(starts_on__range=(today - ASKED_UNTIL, today - JUDGED_FROM))
    rights = StudyRight.objects.known().filter(begun, learner__in=learners.order_by(), state__in=STUDYING)
    judged = Judgement.objects.filter(by=person, learner__in=learners.order_by()).order_by().values("learner")
    waiting = rights.exclude(learner__in=judged).order_by()
    count = waiting.values("learner").distinct().count()
    if count:
        first: date = waiting.aggregate(first=Min("starts_on"))["first"]
        title = ngettext("Judge the start of %(n)s learner", "Judge the start of %(n)s learners", count)
        yield Task(
            key="learning.starts",
            title=title % {"n": count},
            context=scope.names.text,
            url=reverse("learning:list-starts", args=[scope.key]),
            action=_("Judge"),
            due=first + ASKED_UNTIL,
            room=ROOM,
        )


def _task(key: str, title: str, scope: Unit, due: date | None) -> Task:
    return Task(
        key=f"learning.{key}",
        title=title,
        context=scope.names.text,
        url=f"{reverse('learning:see-caseload', args=[scope.key])}#{ANCHORS[key]}",
        action=_("Show"),
        due=due,
        room=ROOM,
    )
