"""Lists of observations: all that one works with, those that wait for approval, one with its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from luotsi.base.wording import contains
from luotsi.indicators import access
from luotsi.indicators.models import Observation
from luotsi.indicators.queries import words
from luotsi.indicators.queries.definitions import DefinitionWords, definition_words
from luotsi.indicators.queries.told import figure_of, parts_of, split_of, state_of
from luotsi.indicators.rules.rights import Right
from luotsi.indicators.rules.values import ObservationState
from luotsi.people.queries.units import ordered
from luotsi.ui.lists import Ask, Rows, State

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

ORDER = {
    "indicator": ("indicator__key", "-period_end", "unit__name_fi", "split_key"),
    "unit": ("unit__name_fi", "indicator__key", "-period_end", "split_key"),
    "period": ("period_end", "indicator__key", "unit__name_fi", "split_key"),
    "entered": ("entered_at", "pk"),
}


@dataclass(frozen=True)
class ObservationRow:
    """One observation in a list."""

    pk: UUID
    url: str
    indicator: Names
    unit: Names
    period: str
    split: str
    figure: str
    parts: str
    state: State
    version: int
    entered_at: datetime
    before: str = ""


def observations_listed(visitor: Visitor, scope: Unit, ask: Ask) -> Rows:
    """Return the observations that the visitor works with at the unit and below, filtered, ordered and cut."""
    access.require(visitor, scope, Right.ENTER)
    found = access.observations_visible_to(visitor, scope)
    state = ask.filters.get("state")
    found = found.filter(state=state) if state else found.current()
    if key := ask.filters.get("indicator"):
        found = found.filter(indicator__key=key)
    if period := ask.filters.get("period"):
        found = found.filter(period=period)
    if text := ask.filters.get("q"):
        found = found.filter(
            contains("unit__name_fi", text) | contains("unit__name_sv", text) | contains("unit__name_en", text)
        )
    total = found.count()
    found = found.order_by(*ordered(ORDER[ask.sort], descending=ask.descending))
    cut = found[ask.offset : ask.offset + ask.limit] if ask.limit else found
    return Rows([row_of(one, scope.key) for one in cut], total)


def row_of(observation: Observation, scope: str, before: Observation | None = None) -> ObservationRow:
    """Return an observation as a row of a list; `before` is the one of the period before or that it replaces."""
    return ObservationRow(
        pk=observation.pk,
        url=reverse("indicators:see-observation", args=[scope, observation.pk]),
        indicator=observation.indicator.names,
        unit=observation.unit.names,
        period=words.period(observation.period),
        split=split_of(observation),
        figure=figure_of(observation),
        parts=parts_of(observation),
        state=state_of(observation),
        version=observation.version,
        entered_at=observation.entered_at,
        before=figure_of(before) if before else "",
    )


def waiting_for_approval(visitor: Visitor, scope: Unit) -> list[ObservationRow]:
    """Return the submitted observations that the visitor may approve, each with the figure before; two queries."""
    found = list(access.approvable_by(visitor, scope).order_by("indicator__key", "unit__name_fi", "period_end"))
    earlier = figures_before(found)
    return [row_of(one, scope.key, earlier.get(one.pk)) for one in found]


def figures_before(found: Sequence[Observation]) -> dict[UUID, Observation]:
    """Return the approved figure before each: the one it replaces, or the latest of an earlier period; one query."""
    known = Observation.objects.filter(
        state=ObservationState.APPROVED,
        indicator__in={one.indicator_id for one in found},
        unit__in={one.unit_id for one in found},
    ).select_related("definition")
    by_place: dict[tuple[object, ...], list[Observation]] = {}
    for one in known.order_by("period_end"):
        by_place.setdefault((one.indicator_id, one.unit_id, one.split_key), []).append(one)
    before = {}
    for one in found:
        at = [
            earlier
            for earlier in by_place.get((one.indicator_id, one.unit_id, one.split_key), [])
            if earlier.pk == one.replaces_id or earlier.period_end < one.period_end
        ]
        if at:
            before[one.pk] = at[-1]
    return before


@dataclass(frozen=True)
class ObservationPage:
    """One observation: itself, its versions, and what the visitor may do with it."""

    observation: Observation
    row: ObservationRow
    told: DefinitionWords
    versions: list[tuple[Observation, ObservationRow]]
    may_enter: bool
    may_approve: bool
    in_work: Observation | None


def observation_page(visitor: Visitor, scope: Unit, observation: Observation) -> ObservationPage:
    """Return what the page of an observation shows; three queries."""
    same = Observation.objects.filter(
        indicator=observation.indicator,
        unit=observation.unit,
        period=observation.period,
        split_key=observation.split_key,
    )
    versions = list(
        same.select_related("indicator", "definition", "unit", "entered_by", "approved_by").order_by("-version")
    )
    following = next((one for one in versions if one.replaces_id == observation.pk), None)
    return ObservationPage(
        observation=observation,
        row=row_of(observation, scope.key, figures_before([observation]).get(observation.pk)),
        told=definition_words(observation.definition),
        versions=[(one, row_of(one, scope.key)) for one in versions],
        may_enter=access.may_do(visitor, Right.ENTER, observation.unit),
        may_approve=access.may_do(visitor, Right.APPROVE, observation.unit),
        in_work=following,
    )
