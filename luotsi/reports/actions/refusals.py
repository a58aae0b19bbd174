"""How the actions of this room say no, and how a report makes its moves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luotsi.base.errors import Reason, Refused
from luotsi.reports.models import Report
from luotsi.reports.rules.states import Move, State, after

WORDS = {
    Move.WRITE: _("The report is frozen: its texts do not change any more. Make a new version."),
    Move.FREEZE: _("The report is frozen already."),
    Move.PREPARE: _("The matter can be prepared while the report is frozen and not decided."),
    Move.APPROVE: _("Only a frozen report that has not been decided can be decided."),
    Move.NOTE: _("Only a frozen report that has not been decided can be decided."),
    Move.PUBLISH: _("Only an approved or noted report can be published."),
    Move.RENEW: _("A draft needs no new version: write on in it."),
}


class ReportRefused(Refused):
    """Something that cannot be done with a report."""


def moved(report: Report, move: Move) -> State:
    """Return the state that a move leads to; refuses where it cannot be done."""
    found = after(State(report.state), move)
    if found is None:
        raise ReportRefused(Reason(WORDS[move]))
    return found
