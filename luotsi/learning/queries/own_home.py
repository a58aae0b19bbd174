"""A learner's own studies in short, for their home page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.learning.access import learner_of
from luotsi.learning.queries.own_page import own_page
from luotsi.people.access import reach_of
from luotsi.people.rules import Role

if TYPE_CHECKING:
    from luotsi.learning.queries.own_page import OwnPage, PartWords
    from luotsi.people.access import Visitor

SOON = 2


@dataclass(frozen=True)
class OwnHome:
    """What is done of the studies, and what comes first of what is next."""

    page: OwnPage
    next: tuple[PartWords, ...]


def own_home(visitor: Visitor) -> OwnHome | None:
    """Return the studies of who signed in; None of everybody who is no learner, and where nothing is known yet.

    Only learners cost queries: eight.
    """
    if not any(grip.role == Role.STUDENT for grip in reach_of(visitor).grips):
        return None
    learner = learner_of(visitor)
    page = own_page(learner, "", None, ()) if learner else None
    return OwnHome(page, page.next[:SOON]) if page else None
