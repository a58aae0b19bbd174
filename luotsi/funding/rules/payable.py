"""What of a grant is payable, what is to be returned, and which instalments are expected and received.

Sources: handbook §5: payable = min(granted, percentage × realised eligible cost, deficit), where the deficit is the
eligible cost less other grants and income of the project; the percentage may not be exceeded, so it is rounded down.
A small sum may be kept (handbook: at most 100 €, from the funders' guideline); the limit is the funder's, hence a
parameter. What the law's sections 20–22 say of recovery and interest is not computed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.shares import Rounding, rounded_down

NOTHING = Decimal("0.00")
KEPT_AT_MOST = Decimal("100.00")


class Bound(StrEnum):
    """What keeps the payable sum down."""

    GRANTED = "granted"
    PERCENTAGE = "percentage"
    DEFICIT = "deficit"


@dataclass(frozen=True, kw_only=True)
class Payable:
    """The sum that a funder pays in the end, in euros.

    Args:
        amount: the least of the bounds, never below zero.
        bounds: each bound that is known, with its sum.
        binding: those that are as low as the amount, in the order of `Bound`.
        unknown: why a bound could not be worked out (`no_percentage`).
    """

    amount: Decimal
    bounds: tuple[tuple[Bound, Decimal], ...]
    binding: tuple[Bound, ...]
    unknown: tuple[Because, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Recovery:
    """What is over or short after what has been paid, in euros; `may_be_kept` when what is over is small enough."""

    over: Decimal
    still_due: Decimal
    may_be_kept: bool

    @property
    def to_return(self) -> Decimal:
        """The sum that must be returned."""
        return NOTHING if self.may_be_kept else self.over


class Paid(StrEnum):
    """How an instalment stands."""

    RECEIVED = "received"
    PARTLY = "partly"
    OVER = "over"
    LATE = "late"
    COMING = "coming"
    UNDATED = "undated"


@dataclass(frozen=True, kw_only=True)
class Instalment:
    """A part of a grant that a decision promises; `due_on` None when the decision gives no day."""

    key: str
    expected: Decimal
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Payment:
    """Money that came. `instalment` is the key of what it pays; empty when nobody has said."""

    key: str
    amount: Decimal
    received_on: date
    instalment: str = ""


@dataclass(frozen=True, kw_only=True)
class InstalmentState:
    """An instalment beside what came of it; `missing` is negative when too much came."""

    instalment: Instalment
    received: Decimal
    missing: Decimal
    state: Paid
    payments: tuple[Payment, ...]


@dataclass(frozen=True, kw_only=True)
class Instalments:
    """All instalments beside all payments, in euros; `loose` are payments that belong to none."""

    rows: tuple[InstalmentState, ...]
    loose: tuple[Payment, ...]
    expected: Decimal
    received: Decimal
    reasons: tuple[Because, ...]


def payable(
    granted: Decimal,
    realised: Decimal,
    *,
    percent: Decimal | None,
    other: Decimal = NOTHING,
    income: Decimal = NOTHING,
    rounding: Rounding = Rounding.CENTS,
) -> Payable:
    """Return what a funder pays for what was spent.

    Args:
        granted: the ceiling of the decision.
        realised: eligible cost that was booked in the period of use.
        percent: the grant's share of eligible cost, 0–100; None when neither decision nor call gives it.
        other: other financing of the same cost.
        income: what the project earned.
        rounding: the funder's smallest unit.
    """
    bounds = [(Bound.GRANTED, max(granted, NOTHING))]
    unknown = []
    if percent is None:
        unknown.append(because("no_percentage"))
    else:
        share = Fraction(percent) / 100 * Fraction(max(realised, NOTHING))
        bounds.append((Bound.PERCENTAGE, rounded_down(share, rounding)))
    bounds.append((Bound.DEFICIT, rounded_down(max(realised - other - income, NOTHING), rounding)))
    amount = min(sum_ for _bound, sum_ in bounds)
    return Payable(
        amount=amount,
        bounds=tuple(bounds),
        binding=tuple(bound for bound, sum_ in bounds if sum_ == amount),
        unknown=tuple(unknown),
    )


def recovery(paid: Decimal, due: Decimal, *, kept_at_most: Decimal = KEPT_AT_MOST) -> Recovery:
    """Return what is to be returned of `paid` when `due` is payable; at most `kept_at_most` euros may be kept."""
    over = max(paid - due, NOTHING)
    return Recovery(over=over, still_due=max(due - paid, NOTHING), may_be_kept=NOTHING < over <= kept_at_most)


def instalments(
    expected: Sequence[Instalment], payments: Iterable[Payment], *, granted: Decimal | None, today: date
) -> Instalments:
    """Return instalments beside payments.

    Reasons: `not_the_grant` (expected, granted) when the instalments do not add up to the grant; `loose_payment`
    about the key of one that belongs to no instalment (amount); `late` about the key of an instalment (missing, days).
    """
    known = {one.key for one in expected}
    listed = list(payments)
    loose = tuple(one for one in listed if one.instalment not in known)
    rows = tuple(_row(one, [paid for paid in listed if paid.instalment == one.key], today) for one in expected)
    promised = sum((one.expected for one in expected), NOTHING)
    reasons = []
    if granted is not None and expected and promised != granted:
        reasons.append(because("not_the_grant", expected=promised, granted=granted))
    for row in rows:
        if row.state == Paid.LATE and row.instalment.due_on:
            days = (today - row.instalment.due_on).days
            reasons.append(because("late", row.instalment.key, missing=row.missing, days=days))
    reasons += [because("loose_payment", one.key, amount=one.amount) for one in loose]
    received = sum((one.amount for one in listed), NOTHING)
    return Instalments(rows=rows, loose=loose, expected=promised, received=received, reasons=tuple(reasons))


def _row(one: Instalment, payments: list[Payment], today: date) -> InstalmentState:
    received = sum((paid.amount for paid in payments), NOTHING)
    missing = one.expected - received
    if missing <= 0:
        state = Paid.OVER if missing < 0 else Paid.RECEIVED
    elif one.due_on and one.due_on < today:
        state = Paid.LATE
    elif received:
        state = Paid.PARTLY
    else:
        state = Paid.COMING if one.due_on else Paid.UNDATED
    return InstalmentState(instalment=one, received=received, missing=missing, state=state, payments=tuple(payments))
