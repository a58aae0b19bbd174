"""Statistics of an own call and of a funder, as their officers see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.funding.models import Application, GrantDecision
from luotsi.funding.queries.decision_pages import OUTCOME_MARKS
from luotsi.funding.rules.decision_text import Outcome
from luotsi.funding.rules.statistics import Case, Counted, Spread, Statistics, statistics
from luotsi.people.models.units import KIND_NAMES
from luotsi.people.rules import Kind
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.funding.models.applications import ApplicationQuerySet
    from luotsi.funding.models.calls import CallQuerySet


@dataclass(frozen=True)
class StatRow:
    """A row of counted applications; sums in euros, `share` a text."""

    label: str
    count: int
    decided: int
    won: int
    applied: Decimal
    granted: Decimal
    share: str


@dataclass(frozen=True)
class StatPage:
    """The statistics on a page. `parts` are outcomes as (mark, count, word)."""

    whole: StatRow
    parts: tuple[tuple[str, int, str], ...]
    outcomes: tuple[StatRow, ...]
    kinds: tuple[StatRow, ...]
    calls: tuple[StatRow, ...]
    grants: tuple[tuple[str, str], ...]
    days: tuple[tuple[str, str], ...]
    budget: Decimal | None


def statistics_page(calls: CallQuerySet, *, by_call: bool = False) -> StatPage:
    """Return the statistics of calls; the number of queries does not grow with their applications.

    Args:
        calls: own calls in somebody's hands.
        by_call: whether each call has a row of its own, too.
    """
    applications = Application.objects.handed_in().filter(call__in=calls.order_by().values("pk"))
    listed = list(_cases(applications, by_call=False))
    found = statistics(listed)
    budgets = [one for one in calls.order_by().values_list("budget", flat=True) if one is not None]
    names = {str(call.pk): call.names.text for call in calls} if by_call else {}
    per_call = statistics(_cases(applications, by_call=True)).groups if by_call else ()
    return StatPage(
        whole=_row(_("Together"), found.whole),
        parts=tuple(_parts(found)),
        outcomes=tuple(_row(_outcome(one.key), one) for one in found.outcomes if one.count),
        kinds=tuple(_row(str(KIND_NAMES[Kind(one.key)]), one) for one in found.groups),
        calls=tuple(_row(names[one.key], one) for one in per_call),
        grants=tuple(_euro_spread(found.grants)),
        days=tuple(_day_spread(found.days)),
        budget=sum(budgets, Decimal(0)) if budgets else None,
    )


def _cases(applications: ApplicationQuerySet, *, by_call: bool) -> Iterator[Case]:
    told = GrantDecision.objects.told().filter(application__in=applications)
    decided = {pk: (Outcome(outcome), granted, on) for pk, outcome, granted, on in told.values_list(
        "application", "outcome", "granted", "decided_on"
    )}  # fmt: skip
    fields = ("pk", "call" if by_call else "unit__kind", "applied", "submitted_at")
    for pk, group, applied, at in applications.order_by().values_list(*fields):
        outcome, granted, on = decided.get(pk, (None, None, None))
        yield Case(
            group=str(group),
            applied=applied,
            outcome=outcome,
            granted=granted,
            handed_in_on=clock.day_of(at) if at else None,
            decided_on=on,
        )


def _outcome(code: str) -> str:
    return str(dict(GrantDecision.OUTCOMES)[Outcome(code)])


def _parts(found: Statistics) -> Iterator[tuple[str, int, str]]:
    for one in found.outcomes:
        if one.count:
            yield (
                OUTCOME_MARKS[Outcome(one.key)] if one.key != Outcome.PARTLY else "risk",
                one.count,
                _outcome(one.key),
            )
    if waiting := found.whole.count - found.whole.decided:
        yield "none", waiting, _("Not decided")


def _row(label: str, one: Counted) -> StatRow:
    share = formatting.MISSING if one.share is None or not one.decided else formatting.percent(one.share / 100)
    return StatRow(label, one.count, one.decided, one.won, one.applied, one.granted, share)


def _euro_spread(found: Spread | None) -> Iterator[tuple[str, str]]:
    if found is not None:
        yield from ((label, formatting.euros(getattr(found, name))) for label, name in _places())


def _day_spread(found: Spread | None) -> Iterator[tuple[str, str]]:
    if found is not None:
        for label, name in _places():
            value = getattr(found, name)
            yield label, _("%(days)s days") % {"days": formatting.number(value, 0 if value % 1 == 0 else 1)}


def _places() -> Iterator[tuple[str, str]]:
    yield _("Smallest"), "low"
    yield _("A quarter is at most"), "lower"
    yield _("Half is at most"), "middle"
    yield _("Three quarters are at most"), "upper"
    yield _("Largest"), "high"
    yield _("Mean"), "mean"
