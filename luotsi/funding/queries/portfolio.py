"""What the portfolio shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from luotsi.base.names import Names
from luotsi.funding.queries.state_words import MARKS
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from luotsi.funding.models import Application
    from luotsi.funding.models.applications import ApplicationQuerySet
    from luotsi.people.models import Unit
    from luotsi.ui.lists import Ask


@dataclass(frozen=True)
class PortfolioRow:
    """One application of the portfolio."""

    names: Names
    url: str
    mark: str
    word: str


def portfolio_listed(seen: ApplicationQuerySet, scope: Unit, ask: Ask) -> Rows:
    """Return the applications that were asked for."""
    found = [_row(one, scope) for one in seen]
    return Rows(found, len(found))


def _row(one: Application, scope: Unit) -> PortfolioRow:
    url = reverse("funding:see-application", args=[scope.key, one.pk])
    return PortfolioRow(one.names, url, MARKS[one.state], one.get_state_display())
