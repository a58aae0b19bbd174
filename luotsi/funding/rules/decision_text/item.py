"""One decision as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luotsi.funding.rules.because import Because
from luotsi.funding.rules.decision_text.found import Found
from luotsi.funding.rules.decision_text.marks import RegisterNumber
from luotsi.funding.rules.decision_text.outcomes import Outcome
from luotsi.funding.rules.decision_text.times import InstalmentRead
from luotsi.funding.rules.shares import Deed


class Shape(StrEnum):
    """Whose decision it looks like."""

    BOARD = "board"
    OFFICER = "officer"
    STATE = "state"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Item:
    """What one decision of a text says. None or empty where it says nothing; money in euros, per cents 0–100.

    Args:
        start, end: its bounds in the text.
        outcome: what became of the application, by the funder.
        deed: what the body or officer of this text did; noting is not deciding.
        proposal: the words of the proposed decision; `decision` those of the decision.
        granted, applied, total, own, call: sums; `call` is what the whole call deals out.
        grant_percent, own_percent: as the text says, of whatever base it says.
        other_sums: sums of which nothing near them says what they are.
        final_reports, interim_reports: days by which reports are due.
        grounds: the reasons given.
        appeal_days: in how many days an appeal can be made.
        remarks: what does not agree or is missing.
    """

    start: int
    end: int
    shape: Shape
    outcome: Found[Outcome] | None = None
    deed: Found[Deed] | None = None
    proposal: Found[str] | None = None
    decision: Found[str] | None = None
    granted: Found[Decimal] | None = None
    applied: Found[Decimal] | None = None
    total: Found[Decimal] | None = None
    own: Found[Decimal] | None = None
    call: Found[Decimal] | None = None
    grant_percent: Found[Decimal] | None = None
    own_percent: Found[Decimal] | None = None
    other_sums: tuple[Found[Decimal], ...] = ()
    period_start: Found[date] | None = None
    period_end: Found[date] | None = None
    instalments: tuple[Found[InstalmentRead], ...] = ()
    final_reports: tuple[Found[date], ...] = ()
    interim_reports: tuple[Found[date], ...] = ()
    conditions: tuple[Found[str], ...] = ()
    registers: tuple[Found[RegisterNumber], ...] = ()
    project: Found[str] | None = None
    decided_on: Found[date] | None = None
    section: Found[str] | None = None
    grounds: Found[str] | None = None
    appeal_days: Found[int] | None = None
    remarks: tuple[Because, ...] = ()
