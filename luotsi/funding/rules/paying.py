"""Which instalments a funder can put into a payment file, and when it asks money back.

Sources: handbook §5: a grant is paid in instalments and is a ceiling; what was paid too much is returned, and a small
sum may be kept (at most 100 €, see `rules/payable`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.payable import recovery

NOTHING = Decimal("0.00")


@dataclass(frozen=True, kw_only=True)
class Payable:
    """An instalment that somebody wants to pay.

    Args:
        key: of the instalment.
        amount: euros.
        granted: the ceiling of its grant.
        before: what of the grant was paid or is in a file already, less what was returned.
        is_told: whether the applicant knows of the decision.
        in_file: the number of the file that it is in; None = in none.
        is_own: whether the officer has an interest in the application.
    """

    key: str
    amount: Decimal
    granted: Decimal
    before: Decimal = NOTHING
    is_told: bool = True
    in_file: int | None = None
    is_own: bool = False


def paying_refusals(chosen: Iterable[Payable], *, pay_on: date, today: date) -> tuple[Because, ...]:
    """Return why instalments cannot be put into one file.

    Reasons: `nothing_chosen`; `pay_day_over` (day); about the key: `not_told`, `in_a_file` (number), `own_unit`,
    `over_grant` (amount, granted) when with it more than the grant would be paid; several of one grant count together.
    """
    listed, found = list(chosen), []
    if not listed:
        found.append(because("nothing_chosen"))
    if pay_on < today:
        found.append(because("pay_day_over", day=pay_on))
    for one in listed:
        if not one.is_told:
            found.append(because("not_told", one.key))
        if one.in_file is not None:
            found.append(because("in_a_file", one.key, number=one.in_file))
        if one.is_own:
            found.append(because("own_unit", one.key))
        if one.before + one.amount > one.granted:
            found.append(because("over_grant", one.key, amount=one.before + one.amount, granted=one.granted))
    return tuple(found)


def recovery_refusals(
    *, paid: Decimal, due: Decimal, granted: Decimal, grounds: str, return_by: date | None, today: date
) -> tuple[Because, ...]:
    """Return why money cannot be asked back.

    Reasons: `nothing_over` (paid, due); `due_over_grant` (due, granted); `no_grounds`; `no_return_day`;
    `return_day_over` (day).
    """
    found, back = [], recovery(paid, due)
    if not back.over:
        found.append(because("nothing_over", paid=paid, due=due))
    if due > granted:
        found.append(because("due_over_grant", due=due, granted=granted))
    if not grounds.strip():
        found.append(because("no_grounds"))
    if back.to_return and return_by is None:
        found.append(because("no_return_day"))
    if return_by is not None and return_by <= today:
        found.append(because("return_day_over", day=return_by))
    return tuple(found)
