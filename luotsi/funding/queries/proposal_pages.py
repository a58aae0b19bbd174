"""What the page of proposals shows: applied and proposed side by side in the order of the ranking, what is left."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.names import Names
from luotsi.funding.models import Application, Proposal
from luotsi.funding.queries.proposal_words import refusals_said
from luotsi.funding.queries.state_words import MARKS
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from luotsi.funding.queries.proposals import Row, Table
    from luotsi.people.models import Unit

OUTCOMES = {"granted": "done", "partly": "use", "refused": "late"}


@dataclass(frozen=True)
class ProposalRow:
    """A row of the table; `typed` is the sum as it stands in the field. `key` is draft, fixed or none.

    Addresses are "" where the reader may not do it.
    """

    place: int | None
    number: str
    url: str
    unit: Names
    names: Names
    mean: Decimal | None
    applied: Decimal | None
    proposed: Decimal | None
    typed: str
    seen: int
    part: Decimal | None
    mark: str
    outcome: str
    grounds: Names
    notes: tuple[str, ...]
    key: str
    state_mark: str
    state: str
    is_own: bool
    edit_url: str
    amount_url: str
    reopen_url: str


@dataclass(frozen=True)
class ProposalPage:
    """The proposals of a call; `may_fix` counts those that this officer can fix now, `own` those left to others."""

    rows: list[ProposalRow]
    applied: Decimal
    proposed: Decimal
    budget: Decimal | None
    left: Decimal | None
    fixed: int
    ties: tuple[str, ...]
    drafts: int
    own: int
    is_made: bool
    is_closed: bool


def proposal_page(table: Table, scope: Unit, own: set[UUID]) -> ProposalPage:
    """Return the page of proposals; `own` are applications in which the officer has an interest."""
    rows = [_row(row, scope, row.application.pk in own) for row in table.rows]
    tied = [row.application.register_number for row in table.rows if row.case and row.case.is_tied]
    drafts = [row for row in rows if row.key == "draft"]
    return ProposalPage(
        rows=rows,
        applied=table.applied,
        proposed=table.proposed,
        budget=table.budget,
        left=table.left,
        fixed=table.fixed,
        ties=tuple(tied),
        drafts=sum(not row.is_own for row in drafts),
        own=sum(row.is_own for row in drafts),
        is_made=any(row.key != "none" for row in rows),
        is_closed=table.scored.is_closed,
    )


def _row(row: Row, scope: Unit, is_own: bool) -> ProposalRow:
    one, found = row.application, row.proposal
    key = str(found.state) if found else "none"
    decided = one.state != Application.State.SUBMITTED
    opens = found is not None and not is_own and not decided
    here = [scope.key, one.pk]
    amount = found.amount if found else None
    share = amount / one.applied * 100 if amount is not None and one.applied else None
    return ProposalRow(
        place=row.place,
        number=one.register_number,
        url=reverse("funding:see-received", args=here),
        unit=one.unit.names,
        names=one.names,
        mean=row.mean,
        applied=one.applied,
        proposed=(amount or Decimal(0)) if found else None,
        typed=number(amount or 0, 2 if amount and amount % 1 else 0),
        seen=found.revision if found else 0,
        part=share,
        mark=OUTCOMES[found.outcome] if found else "none",
        outcome=str(found.get_outcome_display()) if found else _("No proposal"),
        grounds=found.grounds if found else Names(),
        notes=_notes(row, is_own),
        key=key,
        state_mark=MARKS[one.state] if decided else {"fixed": "done", "draft": "run"}.get(key, "none"),
        state=_state(one if decided else found),
        is_own=is_own,
        edit_url=reverse("funding:edit-proposal", args=here) if opens and key == "draft" else "",
        amount_url=reverse("funding:set-amount", args=here) if opens and key == "draft" else "",
        reopen_url=reverse("funding:reopen-proposal", args=here) if opens and key == "fixed" else "",
    )


def _state(told: Application | Proposal | None) -> str:
    return str(told.get_state_display()) if told else _("No proposal")


def _notes(row: Row, is_own: bool) -> tuple[str, ...]:
    found = []
    if is_own:
        found.append(_("You have an interest: another officer handles it."))
    if row.tied_with:
        found.append(_("Same points as others"))
    if row.proposal and row.proposal.is_edited:
        found.append(_("Changed by hand"))
    if row.proposal and row.proposal.state == Proposal.State.DRAFT:
        found += refusals_said(row.why_not)
    return tuple(found)
