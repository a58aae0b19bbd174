"""Networks whose schools handed in project plans that nobody has decided on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q

from luotsi.programme.models import Network, NetworkMember

if TYPE_CHECKING:
    from luotsi.programme.models import Programme


def undecided_plans(programmes: Sequence[Programme]) -> list[tuple[Network, int]]:
    """Return the networks that have some, with how many schools wait; one query, however many programmes."""
    decided = NetworkMember.objects.filter(network=OuterRef("pk"), unit=OuterRef("call__responses__unit"))
    waits = Q(~Exists(decided), call__responses__submissions__isnull=False, call__responses__unit__isnull=False)
    schools = Count("call__responses__unit", filter=waits, distinct=True)
    found = Network.objects.filter(programme__in=programmes).annotate(waiting=schools).filter(waiting__gt=0)
    return [(network, network.waiting) for network in found.order_by("slug")]
