"""The matter before a body: prepared, decided or noted, and the report published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.base.names import Names
from luotsi.base.texts import kept
from luotsi.reports.actions.drafts import locked
from luotsi.reports.actions.refusals import ReportRefused, moved
from luotsi.reports.rules.states import Move

if TYPE_CHECKING:
    from luotsi.people.models import Account
    from luotsi.reports.models import Report


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A matter as it goes to a body: the body, who presents it (a role or an office), and the proposed decision."""

    body: Names
    officer: str
    proposal: Names


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What the body did with it: approved or only noted, when, under which section, and in which words."""

    is_noted: bool
    on: date
    number: str
    decision: Names


@transaction.atomic
def prepare_matter(*, report: Report, matter: Matter, by: Account | None) -> Report:
    """Keep the matter as it goes to a body; it can be changed until it is decided.

    Raises:
        ReportRefused: the report is not frozen, or decided already; body, officer or proposal is missing.
    """
    report = locked(report)
    moved(report, Move.PREPARE)
    missing = [
        Reason(_("Tell which body decides."), "body_fi") if not matter.body.text else None,
        Reason(_("Tell who presents the matter, by role or office."), "officer") if not matter.officer else None,
        Reason(_("Write the proposed decision."), "proposal_fi") if not matter.proposal.text else None,
    ]
    if reasons := [reason for reason in missing if reason]:
        raise ReportRefused(*reasons)
    board = {
        **report.board,
        "body": kept(matter.body),
        "officer": matter.officer,
        "proposal": kept(matter.proposal),
    }
    return _board(report, board, "reports.matter.prepared", by)


@transaction.atomic
def decide_report(*, report: Report, ruling: Ruling, by: Account | None) -> Report:
    """Record what the body decided about the report.

    Raises:
        ReportRefused: the report is not frozen, or decided already; the matter was not prepared; the day is to come.
    """
    report = locked(report)
    state = moved(report, Move.NOTE if ruling.is_noted else Move.APPROVE)
    if not report.board.get("proposal"):
        raise ReportRefused(_("Prepare the matter first: the body, who presents it, and the proposed decision."))
    if ruling.on > clock.today() or (report.frozen_at and ruling.on < clock.day_of(report.frozen_at)):
        raise ReportRefused(Reason(_("The day is between the freezing of the report and today."), "on"))
    board = {
        **report.board,
        "outcome": "noted" if ruling.is_noted else "approved",
        "on": ruling.on.isoformat(),
        "number": ruling.number,
        "decision": kept(ruling.decision) or report.board["proposal"],
    }
    report.state = state
    return _board(report, board, "reports.report.decided", by)


@transaction.atomic
def publish_report(*, report: Report, by: Account | None) -> Report:
    """Publish a decided report: everybody may read it.

    Raises:
        ReportRefused: it has not been decided, or is published already.
    """
    report = locked(report)
    before, report.state = report.state, moved(report, Move.PUBLISH)
    report.published_at = clock.now()
    report.save(update_fields=["state", "published_at"])
    audit.record(
        by=by,
        verb="reports.report.published",
        target=report,
        before={"state": before},
        after={"state": report.state, "sha256": report.sha256},
        unit_id=report.unit_id,
    )
    return report


def _board(report: Report, board: dict[str, Any], verb: str, by: Account | None) -> Report:
    before, report.board = report.board, board
    report.save(update_fields=["board", "state"])
    after = {**board, "state": report.state}
    audit.record(by=by, verb=verb, target=report, before=before, after=after, unit_id=report.unit_id)
    return report
