"""Why a proposal cannot be written or fixed as it is: its sum, its reasons, ties that people must settle first."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from luotsi.funding.rules.because import Because, because


@dataclass(frozen=True, kw_only=True)
class Fixing:
    """A proposal as it stands.

    Args:
        applied: what was applied for; `amount` what is proposed, None for a refusal.
        most: the most that the rules of the call let it have; None = no bound.
        left: what of the budget is left beside all other proposals; None where the call states no budget.
        has_grounds: whether reasons are written.
        is_tied: whether the rule left it to people because equals did not all fit, and nobody has settled it.
        is_waiting: whether the applicant may complete the application still.
        is_settled: whether it is fixed or decided already, or not to be decided any more.
    """

    applied: Decimal
    amount: Decimal | None
    most: Decimal | None = None
    left: Decimal | None = None
    has_grounds: bool = False
    is_tied: bool = False
    is_waiting: bool = False
    is_settled: bool = False


def writing_refusals(case: Fixing) -> tuple[Because, ...]:
    """Return why a proposal cannot be written so; a draft may go over the budget while one looks for the balance.

    Reasons: `settled`; `not_above_zero`; `over_applied` (granted, applied); `over_most` (granted, most).
    """
    found = []
    if case.is_settled:
        found.append(because("settled"))
    if case.amount is not None:
        if case.amount <= 0:
            found.append(because("not_above_zero"))
        if case.amount > case.applied:
            found.append(because("over_applied", granted=case.amount, applied=case.applied))
        if case.most is not None and case.amount > case.most:
            found.append(because("over_most", granted=case.amount, most=case.most))
    return tuple(found)


def fixing_refusals(case: Fixing) -> tuple[Because, ...]:
    """Return why a proposal cannot be fixed: whatever keeps it from being written, and what a decision would need.

    Reasons beside those of writing: `over_budget` (granted, left); `no_grounds` for a refusal and a smaller sum;
    `tie_open`; `completion_open`.
    """
    found = list(writing_refusals(case))
    if case.amount is not None and case.left is not None and case.amount > case.left:
        found.append(because("over_budget", granted=case.amount, left=case.left))
    if not case.has_grounds and (case.amount is None or case.amount < case.applied):
        found.append(because("no_grounds"))
    if case.is_tied:
        found.append(because("tie_open"))
    if case.is_waiting:
        found.append(because("completion_open"))
    return tuple(found)
