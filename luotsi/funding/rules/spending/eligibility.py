"""Which entries a funder accepts, and why not the others.

Source: handbook §5, eligible costs: caused by the project, within the period of use, booked on its own code, of the
classes the funder lists, value added tax only where it stays a final cost. Each funder's list is data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.spending.entries import EURO, NOTHING, Entry


class Vat(StrEnum):
    """What the funder says of value added tax."""

    ACCEPTED = "accepted"  # it stays a final cost of the applicant
    EXCLUDED = "excluded"  # the applicant gets it back
    UNSAID = "unsaid"


@dataclass(frozen=True, kw_only=True)
class CostRules:
    """What a funder accepts.

    Args:
        period_start, period_end: first and last day of use; None = not known, then not judged.
        classes: keys of accepted cost classes; None = the funder gives no list.
        vat: what is said of value added tax.
        vat_accounts: accounts that hold nothing but value added tax.
        accounts: accounts never accepted, with the funder's reason, such as representation.
    """

    period_start: date | None = None
    period_end: date | None = None
    classes: frozenset[str] | None = None
    vat: Vat = Vat.UNSAID
    vat_accounts: frozenset[str] = frozenset()
    accounts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """An entry, what of it is eligible in euros, and why it is not all of it."""

    entry: Entry
    eligible: Decimal
    reasons: tuple[Because, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Judged:
    """All entries judged. `refused` is by the code of the first reason; sums in euros.

    An entry in another currency is in no sum but `unconverted`, which is by currency.
    """

    verdicts: tuple[Verdict, ...]
    eligible: Decimal
    refused: dict[str, Decimal]
    unconverted: dict[str, Decimal]

    @property
    def by_class(self) -> dict[str, Decimal]:
        """What is eligible, by cost class."""
        found: dict[str, Decimal] = {}
        for one in self.verdicts:
            found[one.entry.cost_class] = found.get(one.entry.cost_class, NOTHING) + one.eligible
        return found


def judged(entries: Sequence[Entry], rules: CostRules) -> Judged:
    """Return each entry with what of it is eligible.

    Reasons: `not_converted` (currency); `undated`; `before_period` (day, start); `after_period` (day, end);
    `no_class`; `class_not_allowed` (class); `account_not_allowed` (account, words); `vat_account` (account);
    `duplicate` (row: the first of its like); `vat_taken_off` (vat), which takes only the tax.

    A row booked twice counts once; a booking that takes one of them back makes up for it.
    """
    extra = _duplicates(entries)
    verdicts, refused, unconverted = [], dict[str, Decimal](), dict[str, Decimal]()
    total = NOTHING
    for one in entries:
        reasons = _reasons(one, rules, extra)
        verdict = _verdict(one, reasons, rules)
        verdicts.append(verdict)
        if one.currency != EURO:
            unconverted[one.currency] = unconverted.get(one.currency, NOTHING) + one.amount
            continue
        total += verdict.eligible
        if verdict.reasons and (left := one.amount - verdict.eligible):
            code = verdict.reasons[0].code
            refused[code] = refused.get(code, NOTHING) + left
    return Judged(verdicts=tuple(verdicts), eligible=total, refused=refused, unconverted=unconverted)


def _verdict(one: Entry, reasons: list[Because], rules: CostRules) -> Verdict:
    if reasons:
        return Verdict(entry=one, eligible=NOTHING, reasons=tuple(reasons))
    if rules.vat == Vat.EXCLUDED and one.vat:
        return Verdict(entry=one, eligible=one.amount - one.vat, reasons=(because("vat_taken_off", vat=one.vat),))
    return Verdict(entry=one, eligible=one.amount)


def _reasons(one: Entry, rules: CostRules, extra: dict[int, int]) -> list[Because]:
    found = []
    if one.currency != EURO:
        found.append(because("not_converted", currency=one.currency))
    found += _of_day(one.booked_on, rules)
    if rules.classes is not None and one.cost_class not in rules.classes:
        found.append(
            because("class_not_allowed", **{"class": one.cost_class}) if one.cost_class else because("no_class")
        )
    found += [
        because("account_not_allowed", account=one.account, words=why)
        for no, why in rules.accounts
        if no == one.account
    ]
    if rules.vat == Vat.EXCLUDED and one.account in rules.vat_accounts:
        found.append(because("vat_account", account=one.account))
    if one.row in extra:
        found.append(because("duplicate", row=extra[one.row]))
    return found


def _of_day(day: date | None, rules: CostRules) -> Iterable[Because]:
    if day is None:
        if rules.period_start or rules.period_end:
            yield because("undated")
    elif rules.period_start and day < rules.period_start:
        yield because("before_period", day=day, start=rules.period_start)
    elif rules.period_end and day > rules.period_end:
        yield because("after_period", day=day, end=rules.period_end)


type _Like = tuple[str, date | None, str, str, str, str, str, str, Decimal]


def _like(one: Entry, amount: Decimal) -> _Like:
    return (
        one.voucher, one.booked_on, one.account, one.cost_class, one.person, one.device, one.currency, one.text, amount
    )  # fmt: skip


def _duplicates(entries: Sequence[Entry]) -> dict[int, int]:
    """Return the rows that repeat an earlier one, with the first of their like; rows without a voucher are left out.

    Rows that were taken back (the same with the sign turned) do not count as repeated.
    """
    taken_back: Counter[tuple[str, str, Decimal]] = Counter(
        (one.voucher, one.account, -one.amount) for one in entries if one.amount < 0
    )
    first: dict[_Like, int] = {}
    found: dict[int, int] = {}
    for one in entries:
        if not one.voucher or one.amount <= 0:
            continue
        key = _like(one, one.amount)
        if key not in first:
            first[key] = one.row
        elif taken_back[back := (one.voucher, one.account, one.amount)] > 0:
            taken_back[back] -= 1
        else:
            found[one.row] = first[key]
    return found
