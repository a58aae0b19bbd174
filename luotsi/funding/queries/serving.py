"""What an application serves, as it stands now; and what could be linked to it, found by words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from luotsi.base import clock
from luotsi.base.names import ORDER, Names
from luotsi.funding.queries.fitting import Planned, planned
from luotsi.funding.rules.rights import Part
from luotsi.indicators import access as indicators
from luotsi.indicators.queries.minis import minis_of
from luotsi.programme import access as programmes
from luotsi.programme.queries.rows import names
from luotsi.programme.queries.standings import stands_of
from luotsi.programme.queries.state_words import title
from luotsi.programme.rules.plan import measures_of

if TYPE_CHECKING:
    from luotsi.funding.access import Held
    from luotsi.funding.models import Application, ApplicationLink
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

MOST = 20


@dataclass(frozen=True)
class LinkRow:
    """A measure or an indicator that an application serves: its state or figure now, where the reader may see it."""

    names: Names
    code: str
    of: Names | None
    url: str
    mark: str
    word: str
    remove_url: str


def links_of(visitor: Visitor, held: Held, scope: Unit) -> tuple[LinkRow, ...]:
    """Return what an application serves with how it stands; six queries and those of the figures."""
    found = list(held.application.links.select_related("programme", "indicator__owner"))
    may = held.may(Part.WRITE)
    unit = held.application.unit
    measures = _measures(visitor, unit, scope, [one for one in found if one.programme_id])
    figures = _figures(visitor, unit, scope, [one for one in found if one.indicator_id])
    rows = []
    for one in found:
        row = measures.get(one.pk) or figures.get(one.pk)
        if row is not None:
            url = reverse("funding:remove-link", args=[scope.key, held.application.pk, one.pk]) if may else ""
            rows.append(LinkRow(row.names, row.code, row.of, row.url, row.mark, row.word, url))
    return tuple(rows)


def _measures(visitor: Visitor, unit: Unit, scope: Unit, links: list[ApplicationLink]) -> dict[object, LinkRow]:
    if not links:
        return {}
    wanted = programmes.programmes_visible_to(visitor, unit).filter(pk__in={one.programme_id for one in links})
    stands = {one.programme.pk: one for one in stands_of(visitor, wanted, unit, clock.today())}
    rows: dict[object, LinkRow] = {}
    for link in links:
        stand = stands.get(link.programme_id) if link.programme_id else None
        if stand is None:
            rows[link.pk] = LinkRow(Names(fi=link.measure), link.measure, None, "", "", "", "")
            continue
        measure = next((one for one in measures_of(stand.standing.plan) if one.code == link.measure), None)
        if measure is None:
            rows[link.pk] = LinkRow(Names(fi=link.measure), link.measure, stand.programme.names, "", "", "", "")
            continue
        focus = stand.focus.pk if stand.focus else None
        state = stand.standing.measure_together(measure, focus).state
        url = reverse("programme:see-measure", args=[scope.key, stand.programme.slug, measure.code])
        rows[link.pk] = LinkRow(
            names(measure.names), measure.code, stand.programme.names, url, state.value, str(title(state)), ""
        )
    return rows


def _figures(visitor: Visitor, unit: Unit, scope: Unit, links: list[ApplicationLink]) -> dict[object, LinkRow]:
    followed = {one.pk: one for one in indicators.indicators_visible_to(visitor, unit)} if links else {}
    wanted = [followed[link.indicator_id] for link in links if link.indicator_id in followed]
    minis = minis_of(wanted, unit) if wanted else {}
    rows: dict[object, LinkRow] = {}
    for link in links:
        if link.indicator is None:
            continue
        mini, seen = minis.get(link.indicator.pk), link.indicator_id in followed
        url = reverse("indicators:see-indicator", args=[scope.key, link.indicator.key]) if seen else ""
        word = mini.figure if mini else ""
        rows[link.pk] = LinkRow(link.indicator.names, "", None, url, "", word, "")
    return rows


@dataclass(frozen=True)
class Linkable:
    """Something that could be linked; `value` is what the form sends."""

    value: str
    label: str


def linkable(visitor: Visitor, application: Application, text: str) -> list[Linkable]:
    """Return measures and indicators that hold the words; without words the measures that the call speaks of.

    What is linked already is left out; at most 20 of each.
    """
    unit = application.unit
    plan = planned(visitor, unit)
    measures: set[str] = set()
    followed: set[str] = set()
    for one in application.links.select_related("programme", "indicator"):
        if one.programme:
            measures.add(f"{one.programme.slug}/{one.measure}")
        elif one.indicator:
            followed.add(one.indicator.key)
    keys = [one.key for one in plan.fits(application.call)] if not text else _holding(plan, text)
    found = [_measure(plan, key) for key in keys if key not in measures][:MOST]
    if text:
        sought = text.casefold()
        seen = indicators.indicators_visible_to(visitor, unit).exclude(key__in=followed)
        matching = [one for one in seen if sought in _words(one.names).casefold()]
        found += [Linkable(f"i:{one.key}", one.names.text) for one in matching[:MOST]]
    return found


def _holding(plan: Planned, text: str) -> list[str]:
    sought = text.casefold()
    return [
        key
        for key, (_programme, measure) in plan.measures.items()
        if sought in f"{measure.code} {_words(names(measure.names))}".casefold()
    ]


def _measure(plan: Planned, key: str) -> Linkable:
    programme, measure = plan.measures[key]
    return Linkable(f"m:{key}", f"{measure.code} {names(measure.names).text} ({programme.names.text})")


def _words(found: Names) -> str:
    return " ".join(str(getattr(found, code)) for code in ORDER)
