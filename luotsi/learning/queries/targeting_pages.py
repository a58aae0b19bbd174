"""Groups by need at a unit, and whom help for groups and for single learners would have reached a year ago."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db.models import Q, Sum
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.learning import access
from luotsi.learning.access.studies import VOCATIONAL, Right, rights_by_learner
from luotsi.learning.models import Learner as Enrolled
from luotsi.learning.models import Placement, StudyLine
from luotsi.learning.models.studies import ASKED_ON
from luotsi.learning.queries.figure_pages import names_at, told_until
from luotsi.learning.queries.forecast_pages import share
from luotsi.learning.rules import endings
from luotsi.learning.rules.rights import Right as May
from luotsi.learning.rules.targeting import GroupNeed, Learner, Reach, needs_by_studies, reach_of
from luotsi.people.models import Unit
from luotsi.people.rules import Kind
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from luotsi.people.access import Visitor

ZERO = Decimal(0)


@dataclass(frozen=True)
class GroupRow:
    """A group, or studies since a year, in words; figures "" where they are hidden.

    `url` leads to the learners of a group for who follows them, else to its sums.
    """

    names: Names
    url: str
    school: Names
    since: str = ""
    learners: str = ""
    late: str = ""
    behind: str = ""


@dataclass(frozen=True)
class ReachWords:
    """The comparison of a year ago, in words."""

    since: date
    helped: str
    groups: str
    single: str
    chance: str


@dataclass(frozen=True)
class TargetingPage:
    """What the page shows.

    Attributes:
        told_on: The day up to which something is known.
        studies: Qualifications by the year in which their learners began, those with the largest share behind first,
            the hidden ones last.
        rows: Groups in which somebody is behind, those with the largest share first.
        hidden: Groups whose figures are hidden, by name: in most of them a few are behind.
        even: Groups in which nobody is behind, by name.
        reach: None where too little was known then, or too few have left since.
    """

    told_on: date | None
    studies: tuple[GroupRow, ...]
    rows: tuple[GroupRow, ...]
    hidden: tuple[GroupRow, ...]
    even: tuple[GroupRow, ...]
    reach: ReachWords | None


def targeting_page(visitor: Visitor, scope: Unit) -> TargetingPage:
    """Return the groups of a unit by need; the right to see its figures was required before. Ten queries at most."""
    told_on = told_until(scope)
    day = min(told_on, clock.today()) if told_on else clock.today()
    then = endings.years_after(day, -1)
    rights = {rights[0].learner: rights for rights in rights_by_learner(scope.path)}
    units = {one.pk: one for one in Unit.objects.filter(path__startswith=scope.path)}
    studies, groups = needs_by_studies(_learners(rights, units, day, _groups_now(scope)))
    told = [(one, _row(visitor, one, units)) for one in groups if one.group is not None]
    names = names_at(scope)
    reach = reach_of(_learners(rights, units, then, _groups_on(scope, then), until=day))
    return TargetingPage(
        told_on=told_on,
        studies=tuple(_studies(one, units, names) for one in studies),
        rows=tuple(row for one, row in told if not one.hidden and one.late),
        hidden=_by_name(row for one, row in told if one.hidden),
        even=_by_name(row for one, row in told if not one.hidden and not one.late),
        reach=_reach(reach, then) if reach else None,
    )


def _learners(
    rights: Mapping[UUID, list[Right]],
    units: Mapping[UUID, Unit],
    day: date,
    groups: Mapping[UUID, UUID],
    until: date | None = None,
) -> list[Learner]:
    """Return who studied on a day at units of the scope and had a plan then; `until` a day also who had left by it."""
    behind = _behind(rights, day, is_now=until is None)
    found = []
    for learner, held in rights.items():
        for one in held:
            if one.kind != VOCATIONAL or one.unit not in units or not one.stay.runs_on(day):
                continue
            if (learner, one.stay.oid) not in behind:
                continue
            ended = endings.end_of(one.stay, [each.stay for each in held], until) if until else None
            left = ended is not None and ended[0] is endings.Ending.LEFT
            about = (one.qualification, one.first.year)
            found.append(Learner(one.unit, groups.get(learner), behind[learner, one.stay.oid], left, about))
            break
    return found


def _behind(rights: Mapping[UUID, list[Right]], day: date, *, is_now: bool) -> dict[tuple[UUID, str], Decimal]:
    """Return by how much each right with a plan was behind on a day, as it was known then; one query."""
    lines = StudyLine.objects.known() if is_now else StudyLine.objects.known(day)
    asked = Sum("amount", filter=Q(asked_on__lte=day))
    done = Sum("amount", filter=Q(done_on__lte=day))
    dated = lines.filter(Q(planned_until__isnull=False) | Q(done_on__isnull=False)).annotate(asked_on=ASKED_ON)
    rows = dated.order_by().values_list("learner_id", "right_oid").annotate(asked=asked, done=done)
    return {
        (learner, oid): (planned or ZERO) - (finished or ZERO)
        for learner, oid, planned, finished in rows
        if learner in rights
    }


def _groups_now(scope: Unit) -> dict[UUID, UUID]:
    """Return the present groups of learners; one query."""
    here = Enrolled.objects.in_unit(scope).filter(unit__kind=Kind.GROUP)
    return dict(here.order_by().values_list("pk", "unit_id"))


def _groups_on(scope: Unit, day: date) -> dict[UUID, UUID]:
    """Return the groups of learners on a day; one query."""
    held = Placement.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day)
    here = held.filter(group__path__startswith=scope.path, group__kind=Kind.GROUP)
    return dict(here.order_by("since").values_list("learner_id", "group_id"))


def _by_name(rows: Iterable[GroupRow]) -> tuple[GroupRow, ...]:
    return tuple(sorted(rows, key=lambda row: (row.names.text, row.school.text)))


def _studies(one: GroupNeed, units: Mapping[UUID, Unit], names: Mapping[str, str]) -> GroupRow:
    """Return studies since a year in words; names of qualifications are Finnish, as the register tells them."""
    code, year = cast("tuple[str, int]", one.group)
    school, name = units.get(_key(one.school)), names.get(code) or code
    named = GroupRow(Names(fi=name), "", school.names if school else Names(), since=str(year))
    return _told(named, one)


def _row(visitor: Visitor, one: GroupNeed, units: Mapping[UUID, Unit]) -> GroupRow:
    school, group = units.get(_key(cast("tuple[UUID, object]", one.school)[0])), units.get(_key(one.group))
    page = "list-progress" if group and access.may_do(visitor, May.FOLLOW, group) else "list-totals"
    named = GroupRow(
        names=group.names if group else Names(),
        url=reverse(f"learning:{page}", args=[group.key]) if group else "",
        school=school.names if school else Names(),
    )
    return _told(named, one)


def _told(named: GroupRow, one: GroupNeed) -> GroupRow:
    if one.hidden:
        return named
    return replace(
        named,
        learners=number(one.learners),
        late=share(one.share),
        behind=number(one.behind / one.learners, 1),
    )


def _key(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(int=0)


def _reach(reach: Reach, since: date) -> ReachWords:
    return ReachWords(
        since=since,
        helped=share(reach.chance),
        groups=share(reach.groups),
        single=share(reach.single),
        chance=share(reach.chance),
    )
