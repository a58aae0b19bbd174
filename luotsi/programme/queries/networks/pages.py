"""What the pages of networks show: the list, and one network with its schools, concept and spread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.base.texts import names_of
from luotsi.indicators.models import Indicator
from luotsi.programme import access
from luotsi.programme.models import Network
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.networks.schools import (
    AdoptionRow,
    ReviewRow,
    SchoolRow,
    adoption_rows,
    review_rows,
    school_rows,
)
from luotsi.programme.queries.rounds.own import OwnPart, own_part
from luotsi.programme.queries.rows import names
from luotsi.programme.rules import networks as rules
from luotsi.programme.rules.figures import Figures
from luotsi.programme.rules.plan import Derived, Observation
from luotsi.programme.rules.rights import Right

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme


@dataclass(frozen=True)
class NetworkLine:
    """A network in the list."""

    names: Names
    purpose: Names
    members: int
    outside: int
    concept_on: date | None
    url: str


@dataclass(frozen=True)
class ToldFigure:
    """A figure of the plan that tells of the network, with its source."""

    names: Names
    value: Decimal | None
    at_least: bool
    source: str
    period: str


@dataclass(frozen=True)
class NetworkPage:
    """One network as a reader sees it from a unit."""

    names: Names
    purpose: Names
    areas: tuple[Names, ...]
    state: str
    closes_at: datetime | None
    own: OwnPart | None
    schools: tuple[SchoolRow, ...]
    reviews: tuple[ReviewRow, ...]
    concept: Names
    concept_on: date | None
    public_url: str
    adopt_url: str
    adoptions: tuple[AdoptionRow, ...]
    figures: tuple[ToldFigure, ...]
    indicator_url: str
    manages: bool

    @property
    def members(self) -> int:
        """How many schools were chosen."""
        return sum(row.mark == "done" for row in self.schools)

    @property
    def undecided(self) -> int:
        """How many plans wait for a decision."""
        return sum(row.mark == "run" for row in self.schools)


def networks_of(programme: Programme, scope: Unit) -> tuple[NetworkLine, ...]:
    """Return the networks of a programme by name; one query."""
    chosen = Count("members", filter=Q(members__is_chosen=True), distinct=True)
    inside = Q(adoptions__unit__in=F("members__unit"), members__is_chosen=True)
    counted = Network.objects.filter(programme=programme).annotate(
        chosen=chosen,
        told=Count("adoptions", distinct=True),
        inside=Count("adoptions", filter=inside, distinct=True),
    )
    return tuple(
        NetworkLine(
            names=one.names,
            purpose=one.purposes,
            members=one.chosen,
            outside=one.told - one.inside,
            concept_on=one.concept_on,
            url=reverse("programme:see-network", args=[scope.key, programme.slug, one.slug]),
        )
        for one in counted.order_by("slug")
    )


def network_page(visitor: Visitor, network: Network, scope: Unit) -> NetworkPage:
    """Return a network as a reader sees it; the number of queries does not grow with its schools."""
    programme = network.programme
    manages = access.may_do(visitor, programme, Right.NETWORK)
    adoptable = network.concept_on is not None and access.may_adopt(visitor, network, scope)
    if adoptable:
        known = Q(members__unit=scope, members__is_chosen=True) | Q(adoptions__unit=scope)
        adoptable = not Network.objects.filter(known, pk=network.pk).exists()
    here = [scope.key, programme.slug, network.slug]
    return NetworkPage(
        names=network.names,
        purpose=network.purposes,
        areas=tuple(names_of(area) for area in network.areas),
        state=network.call.state_at(clock.now()),
        closes_at=network.call.closed_at or network.call.closes_at,
        own=own_part(visitor, network.call, scope),
        schools=school_rows(network, scope, manages=manages),
        reviews=review_rows(network, scope, manages=manages),
        concept=network.concepts,
        concept_on=network.concept_on,
        public_url=_public(network) if network.is_public and programme.is_public else "",
        adopt_url=reverse("programme:adopt-concept", args=here) if adoptable else "",
        adoptions=adoption_rows(network),
        figures=tuple(_figures(network)),
        indicator_url=_indicator(network, scope),
        manages=manages,
    )


def _public(network: Network) -> str:
    return reverse("programme:see-public-network", args=[network.programme.slug, network.slug])


def _indicator(network: Network, scope: Unit) -> str:
    key = rules.key_of(network.programme.slug, network.slug)
    there = Indicator.objects.filter(key=key).exists()
    return reverse("indicators:see-indicator", args=[scope.key, key]) if there else ""


def _figures(network: Network) -> Iterator[ToldFigure]:
    """Yield what the plan's observations tell of the network."""
    if not network.figures:
        return
    figures = Figures(plan_of(network.programme))
    for code in network.figures:
        item = figures.items.get(code)
        if not isinstance(item, Observation | Derived):
            continue
        period = getattr(item, "period", None)
        yield ToldFigure(
            names=names(item.text),
            value=figures.value(code),
            at_least=str(getattr(item, "operator", "")) == "gte",
            source=str(getattr(item, "source", None) or getattr(item, "formula", "")),
            period=period.key if period else "",
        )
