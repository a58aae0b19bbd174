"""The page of all own shares together: what open applications would cost, and what of it is committed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from luotsi.base.names import Names
from luotsi.funding.models import Application
from luotsi.funding.queries.counting import Figures, drafts_of, typed
from luotsi.funding.queries.own_shares import committed_of, decision_of, entries_of
from luotsi.funding.queries.state_words import MARKS
from luotsi.funding.rules.shares import Exposure, Open, exposure

if TYPE_CHECKING:
    from luotsi.funding.models.applications import ApplicationQuerySet
    from luotsi.people.models import Unit

OPEN = (Application.State.PREPARING, Application.State.SUBMITTED, *Application.GRANTED)


@dataclass(frozen=True)
class ExposedRow:
    """One application among all that may cost own money."""

    names: Names
    unit: Names
    mark: str
    word: str
    asked: Decimal | None
    needed: Decimal | None
    decided: Decimal
    noted: Decimal
    open: Decimal | None
    url: str


@dataclass(frozen=True)
class ExposurePage:
    """What all open applications of a unit would cost, and what of it is committed."""

    rows: tuple[ExposedRow, ...]
    sums: Exposure
    unknown: int
    uncovered: int


def exposure_page(seen: ApplicationQuerySet, scope: Unit) -> ExposurePage:
    """Return the exposure over the open applications that the visitor may see; queries do not grow with them."""
    found = list(
        seen.filter(Q(state__in=OPEN), closed_at=None)
        .select_related("decision")
        .prefetch_related("commitments", "board_items")
    )
    drafts = drafts_of(seen) if any(one.response_id for one in found) else {}
    opens, rows = [], []
    for one in found:
        figures = drafts.get(one.pk) or typed(one)
        wanted, ledger = committed_of(one, figures)
        entries = entries_of(one.commitments.all(), one.board_items.all())
        opens.append(Open(key=str(one.pk), asked=_asked(one, figures), needed=wanted.amount, commitments=entries))
        rows.append(
            ExposedRow(
                names=one.names,
                unit=one.unit.names,
                mark=MARKS[one.state],
                word=str(one.get_state_display()),
                asked=_asked(one, figures),
                needed=wanted.amount,
                decided=ledger.decided,
                noted=ledger.noted,
                open=ledger.open,
                url=reverse("funding:see-own-share", args=[scope.key, one.pk]),
            )
        )
    rows.sort(key=lambda row: (-(row.open or Decimal(0)), row.names.text))
    sums = exposure(opens)
    return ExposurePage(tuple(rows), sums, len(sums.unknown), len(sums.uncovered))


def _asked(application: Application, figures: Figures) -> Decimal | None:
    decision = decision_of(application)
    return decision.granted if decision is not None and decision.is_granted else figures.applied
