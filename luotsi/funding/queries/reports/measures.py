"""Lines of a report about measures and their milestones, as the programme tells them to the reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from luotsi.base import texts
from luotsi.funding.rules.reports import Line, Told
from luotsi.programme import access as programmes
from luotsi.programme.queries.rows import names
from luotsi.programme.queries.standings import stands_of
from luotsi.programme.rules.plan import measures_of
from luotsi.programme.rules.states import State

if TYPE_CHECKING:
    from luotsi.funding.models import ApplicationLink
    from luotsi.funding.queries.reports.span import Span
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.queries.standings import Stand
    from luotsi.programme.rules.plan import Measure, Milestone

ONE = Decimal(1)


def measure_lines(
    visitor: Visitor, unit: Unit, links: Iterable[ApplicationLink], span: Span, today: date
) -> Iterator[Told]:
    """Yield each linked measure: how many of its milestones should be reached by the day, and how many are.

    A measure that the reader may not see, or that is no longer in the plan, has no figures and no origin. Six queries.
    """
    found = [one for one in links if one.programme_id]
    if not found:
        return
    wanted = programmes.programmes_visible_to(visitor, unit).filter(pk__in={one.programme_id for one in found})
    stands = {one.programme.pk: one for one in stands_of(visitor, wanted, unit, today)}
    for link in found:
        stand = stands.get(link.programme_id) if link.programme_id else None
        measure = _measure(stand, link.measure) if stand else None
        key = f"measure:{link.pk}"
        if stand is None or measure is None:
            yield Told(key=key, line=Line.MEASURE, names={"fi": link.measure})
        else:
            yield _line(key, unit, stand, measure, span)


def _measure(stand: Stand, code: str) -> Measure | None:
    return next((one for one in measures_of(stand.standing.plan) if one.code == code), None)


def _line(key: str, unit: Unit, stand: Stand, measure: Measure, span: Span) -> Told:
    focus = stand.focus.pk if stand.focus else None
    at = [unit.key, stand.programme.slug, measure.code]
    parts = tuple(_part(key, at, stand, measure, item, focus) for item in measure.milestones if _falls(item, span))
    due = [one for one in parts if one.on and one.on <= span.horizon and one.state != State.CANCELLED]
    named = texts.kept(names(measure.names))
    return Told(
        key=key,
        line=Line.MEASURE,
        names={code: f"{measure.code} {text}" for code, text in named.items()} or {"fi": measure.code},
        planned=Decimal(len(due)) if due else None,
        whole=Decimal(len(parts)) if parts else None,
        actual=Decimal(sum(one.state == State.DONE for one in due)) if due else None,
        state=stand.standing.measure_together(measure, focus).state.value,
        origin=reverse("programme:see-measure", args=at),
        parts=parts,
    )


def _falls(item: Milestone, span: Span) -> bool:
    """Return True for a milestone that is due in the time of the grant; without a time of use for each."""
    due = item.due or item.period.end
    begun = due is None or span.starts_on is None or due >= span.starts_on
    return begun and (due is None or span.ends_on is None or due <= span.ends_on)


def _part(key: str, at: list[str], stand: Stand, measure: Measure, item: Milestone, focus: UUID | None) -> Told:
    state = stand.standing.milestone_together(measure, item, focus).state
    row = stand.standing.told.get((measure.code, item.period.key, focus)) if focus else None
    return Told(
        key=f"{key}:{item.period.key}",
        line=Line.MILESTONE,
        names=texts.kept(names(item.text)) or {"fi": item.period.key},
        planned=ONE,
        on=item.due or item.period.end,
        period=item.period.key,
        state=state.value,
        words=row.words if row else "",
        origin=reverse("programme:tell-state", args=[*at, item.period.key]),
    )
