"""Which learners stand behind a figure for a reader, each with the page that the reader may open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from luotsi.learning.access.learners import learners_guided_by, learners_visible_to

if TYPE_CHECKING:
    from luotsi.learning.models.learners import LearnerQuerySet
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


def pages_of_followed(visitor: Visitor, unit: Unit) -> dict[str, str]:
    """Return the learners whose progress the visitor may follow, by key in hex, with the page of it; one query."""
    return _pages("learning:see-progress", learners_visible_to(visitor, unit))


def pages_of_guided(visitor: Visitor, unit: Unit) -> dict[str, str]:
    """Return the learners whom the visitor guides, by key in hex, with the page of their guidance; two queries."""
    return _pages("learning:see-guidance", learners_guided_by(visitor, unit))


def _pages(name: str, learners: LearnerQuerySet) -> dict[str, str]:
    found = learners.order_by().values_list("pk", "unit__key")
    return {pk.hex: reverse(name, args=[key, pk]) for pk, key in found}
