"""The page of progress in sums: the units below, the qualifications, and planned and done over time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, Min
from django.db.models import Sum as Total
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.learning import access
from luotsi.learning.models import StudyLine, StudyRight
from luotsi.learning.models.studies import ASKED_ON
from luotsi.learning.queries.steps_picture import NEARLY_ALL, picture_of_steps
from luotsi.learning.queries.studies import NEVER_WERE, OVER
from luotsi.learning.queries.totals import Told, sums_around
from luotsi.learning.rules.progress import NOTHING
from luotsi.learning.rules.rights import Right
from luotsi.people.models import Unit
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from luotsi.learning.models.studies import KnownQuerySet
    from luotsi.learning.queries.totals import Sums
    from luotsi.learning.rules.steps import Step
    from luotsi.people.access import Visitor
    from luotsi.ui.charts import Chart
    from luotsi.ui.lists import Ask

HIDDEN_LAST = Decimal(-1)


@dataclass(frozen=True)
class TotalRow:
    """A unit or a qualification; `late_url` opens the learners who are late to those who may follow them."""

    names: Names
    url: str
    late_url: str
    told: Told


@dataclass(frozen=True)
class TotalsPage:
    """What the page shows."""

    kind: str
    whole: Told
    whole_late_url: str
    rows: Rows
    studies: tuple[TotalRow, ...]
    chart: Chart | None
    hidden: bool


def _figure(value: int | Decimal | None) -> Decimal:
    return HIDDEN_LAST if value is None else Decimal(value)


ORDER: dict[str, Callable[[TotalRow], Any]] = {
    "name": lambda row: row.names.text.casefold(),
    "learners": lambda row: _figure(row.told.learners),
    "planned": lambda row: _figure(row.told.planned),
    "done": lambda row: _figure(row.told.done),
    "share": lambda row: _figure(row.told.share),
    "behind": lambda row: _figure(row.told.behind),
    "late": lambda row: _figure(row.told.late),
}


def totals_page(visitor: Visitor, scope: Unit, kind: str, ask: Ask) -> TotalsPage:
    """Return the page of a unit for a kind of studies, or for that of most; nine queries, whatever is below."""
    sums = sums_around(scope, kind)
    kind = sums.kind
    below = list(Unit.objects.filter(parent=scope).in_force(clock.today()))
    rows = [_row(visitor, unit, sums) for unit in below if (sums.raw.get((unit.pk.hex, "")) is not None)]
    rows.sort(key=ORDER[ask.sort], reverse=ask.descending)
    whole = sums.of(scope)
    studies = tuple(TotalRow(Names(fi=sums.names[study]), "", "", told) for study, told in sums.studies_of(scope))
    end = None if ask.limit is None else ask.offset + ask.limit
    return TotalsPage(
        kind=kind,
        whole=whole,
        whole_late_url=_late_url(visitor, scope, whole),
        rows=Rows(rows[ask.offset : end], len(rows)),
        studies=studies,
        chart=None if whole.is_hidden else _chart(scope, kind),
        hidden=_is_any_hidden([whole, *(row.told for row in rows), *(row.told for row in studies)]),
    )


def _is_any_hidden(told: Iterable[Told]) -> bool:
    return any(one.is_hidden or one.late is None for one in told)


def _row(visitor: Visitor, unit: Unit, sums: Sums) -> TotalRow:
    told = sums.of(unit)
    is_open = access.may_do(visitor, Right.SEE, unit)
    url = reverse("learning:list-totals", args=[unit.key]) if is_open else ""
    return TotalRow(unit.names, url, _late_url(visitor, unit, told), told)


def _late_url(visitor: Visitor, unit: Unit, told: Told) -> str:
    if not told.late or not access.may_do(visitor, Right.FOLLOW, unit):
        return ""
    return f"{reverse('learning:list-progress', args=[unit.key])}?stand=late"


def _chart(scope: Unit, kind: str) -> Chart | None:
    """Draw planned and done month by month, of the rights that are going on."""
    rights = (
        StudyRight.objects.known()
        .filter(learner__unit__path__startswith=scope.path, kind=kind, ends_on=None)
        .exclude(state__in=NEVER_WERE | OVER)
    )
    lines = StudyLine.objects.known().filter(right_oid__in=rights.order_by().values("oid")).order_by()
    today = clock.today()
    begun = rights.aggregate(first=Min("starts_on"))["first"]
    planned, done = (
        _by_month(lines, ASKED_ON),
        _by_month(lines.filter(done_on__lte=today), F("done_on")),
    )
    return picture_of_steps(planned, done, today, begun, kind, part=NEARLY_ALL)


def _by_month(lines: KnownQuerySet[StudyLine], day_of: Case | F) -> list[Step]:
    """Return what the months bring one after the other; the days of single learners are not to be seen in it."""
    rows = (
        lines.annotate(day=day_of)
        .filter(day__isnull=False, amount__isnull=False)
        .values_list("day")
        .annotate(amount=Total("amount"))
        .order_by("day")
    )
    found: dict[date, Decimal] = {}
    for day, amount in rows:
        month = day.replace(day=1)
        found[month] = found.get(month, NOTHING) + (amount or NOTHING)
    return list(zip(found, accumulate(found.values()), strict=True))
