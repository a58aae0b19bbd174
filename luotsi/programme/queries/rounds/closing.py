"""Open rounds with how many have handed in, for what waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Count

from luotsi.base import clock
from luotsi.programme.models import Round
from luotsi.questionnaires.models import Collection

if TYPE_CHECKING:
    from luotsi.programme.models import Programme


def closing_rounds(programmes: Sequence[Programme]) -> list[Round]:
    """Return the rounds of the programmes that are open now, each with `handed_in`; one query."""
    open_now = Collection.objects.open(clock.now()).values("pk")
    found = Round.objects.filter(programme__in=programmes, collection__in=open_now).select_related("collection")
    handed = Count("collection__responses__submissions__response", distinct=True)
    return list(found.annotate(handed_in=handed).order_by("collection__closes_at"))
