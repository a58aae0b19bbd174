"""The page of the spending of a grant: every figure with the entries behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.funding.models import Payment
from luotsi.funding.queries.because_words import words_of
from luotsi.funding.queries.cost_classes import class_words
from luotsi.funding.queries.doubles import doubles_of
from luotsi.funding.queries.ledger_words import BOUNDS, FORECASTS, PAID, PAYMENTS, REFUSED, WARNINGS, about_class
from luotsi.funding.queries.own_shares import decision_of
from luotsi.funding.queries.share_pages import percent_words
from luotsi.funding.queries.spending import NOTHING, Pace, Spending, spending_of
from luotsi.funding.rules.rights import Right
from luotsi.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.funding.access import Held
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

NO_CLASS, NO_YEAR = "none", "none"


@dataclass(frozen=True)
class Figure:
    """A sum that opens to its entries; `url` "" where there are none."""

    amount: Decimal
    url: str = ""


@dataclass(frozen=True)
class ClassLine:
    """One class of cost: its budget, what was booked by year and in all, what of it is eligible, what is left."""

    name: str
    planned: Decimal | None
    years: tuple[tuple[str, Figure, Decimal | None], ...]
    spent: Figure
    eligible: Decimal
    left: Decimal | None
    over: Decimal
    likely: Decimal | None
    one_off: Decimal | None


@dataclass(frozen=True)
class BoundLine:
    """One reading of what is payable; `binds` when it is the least."""

    words: str
    remark: str
    amount: Decimal | None
    binds: bool


@dataclass(frozen=True)
class InstalmentLine:
    """An instalment beside what came of it."""

    number: str
    due_on: date | None
    expected: Decimal
    received: Decimal
    missing: Decimal
    mark: str
    word: str


@dataclass(frozen=True)
class PaymentLine:
    """A payment that was written down."""

    received_on: date
    number: int | None
    amount: Decimal
    reference: str
    edit_url: str


@dataclass(frozen=True)
class PaceLine:
    """Spending against time in words and shares of one."""

    start: date
    end: date
    spent: float | None
    time: float
    spent_words: str
    time_words: str
    ahead: Decimal | None
    low: Decimal | None
    middle: Decimal | None
    high: Decimal | None
    months: int
    one_off: Decimal | None
    why_not: str


@dataclass(frozen=True)
class SpendingPage:
    """The spending of one grant; `is_paid_here` where the funder pays through Luotsi."""

    found: Spending
    classes: tuple[ClassLine, ...]
    years: tuple[str, ...]
    spent: Figure
    unconverted: tuple[tuple[str, Decimal, str], ...]
    refused: tuple[tuple[str, Figure], ...]
    pace: PaceLine | None
    warnings: tuple[str, ...]
    latest_on: date | None
    threshold: str
    bounds: tuple[BoundLine, ...]
    instalments: tuple[InstalmentLine, ...]
    payments: tuple[PaymentLine, ...]
    payment_remarks: tuple[str, ...]
    is_paid_here: bool
    doubled: int
    may_spend: bool

    @property
    def has_entries(self) -> bool:
        """True when a ledger has been imported."""
        return bool(self.found.judged.verdicts)


def spending_page(visitor: Visitor, held: Held, scope: Unit) -> SpendingPage:
    """Return what the page of the spending shows; the number of queries does not grow with the ledger."""
    application = held.application
    decision = decision_of(application)
    payments = [] if decision is None else list(decision.payments.all())
    is_own = decision is not None and decision.is_own
    found = spending_of(application, payments)
    link = EntryLinks(scope, held)
    keys = {one.entry.cost_class for one in found.judged.verdicts} | set(found.budget.by_class)
    names = class_words(application.call, keys)
    warned = found.pace.warned if found.pace else None
    return SpendingPage(
        found=found,
        classes=tuple(_classes(found, names, link)),
        years=_years(found),
        spent=Figure(found.sums.total, link.to() if found.judged.verdicts else ""),
        unconverted=tuple(
            (currency, amount, link.to(why="not_converted"))
            for currency, amount in sorted(found.judged.unconverted.items())
        ),
        refused=tuple(_refused(found, link)),
        pace=_pace(found.pace) if found.pace else None,
        warnings=tuple(dict.fromkeys(about_class(one, WARNINGS, names) for one in warned.reasons)) if warned else (),
        latest_on=warned.latest_on if warned and found.rule.days_before else None,
        threshold=percent_words(found.rule.percent) if found.rule.percent is not None else "",
        bounds=tuple(_bounds(found)),
        instalments=tuple(_instalments(found)),
        payments=tuple(_payments(payments, held, scope, is_own=is_own)),
        is_paid_here=is_own,
        payment_remarks=tuple(words_of(one, PAYMENTS) for one in found.instalments.reasons if one.code in PAYMENTS),
        doubled=len(doubles_of(visitor, scope, application)),
        may_spend=held.may(Right.SPEND),
    )


class EntryLinks:
    """Makes the addresses of lists of entries."""

    def __init__(self, scope: Unit, held: Held) -> None:
        self._list = reverse("funding:list-entries", args=[scope.key, held.application.pk])

    def to(self, **filters: str | int | None) -> str:
        """Return the address of the entries that fit."""
        asked = urlencode({name: value for name, value in filters.items() if value is not None})
        return f"{self._list}?{asked}" if asked else self._list


def _years(found: Spending) -> tuple[str, ...]:
    years = {year for year in found.sums.by_year if year is not None} | set(found.budget.by_year)
    return tuple(str(year) for year in sorted(years))


def _classes(found: Spending, names: Mapping[str, str], link: EntryLinks) -> Iterator[ClassLine]:
    eligible, budget = found.judged.by_class, found.budget
    later = found.pace.warned.forecasts if found.pace else {}
    for key, name in sorted(names.items(), key=lambda pair: (pair[0] == "", pair[1])):
        planned, good = budget.by_class.get(key), eligible.get(key, NOTHING)
        spent = found.sums.by_class.get(key, NOTHING)
        shown = key or NO_CLASS
        yield ClassLine(
            name=name,
            planned=planned,
            years=tuple(
                (
                    year,
                    _figure(found.sums.by_class_and_year.get((key, int(year)), NOTHING), link, key, year),
                    budget.by_class_and_year.get((key, int(year))),
                )
                for year in _years(found)
            ),
            spent=Figure(spent, link.to(cost_class=shown) if key in found.sums.by_class else ""),
            eligible=good,
            left=None if planned is None else max(planned - good, NOTHING),
            over=max(good - (planned or NOTHING), NOTHING) if budget.by_class else NOTHING,
            likely=later[key].middle if key in later else None,
            one_off=once.amount if key in later and (once := later[key].one_off) else None,
        )


def _figure(amount: Decimal, link: EntryLinks, key: str, year: str) -> Figure:
    return Figure(amount, link.to(cost_class=key or NO_CLASS, year=year) if amount else "")


def _refused(found: Spending, link: EntryLinks) -> Iterator[tuple[str, Figure]]:
    for code, amount in sorted(found.judged.refused.items(), key=lambda pair: -pair[1]):
        yield str(REFUSED.get(code, code)), Figure(amount, link.to(why=code))


def _pace(pace: Pace) -> PaceLine:
    told, later = pace.burn, pace.forecast
    return PaceLine(
        start=pace.period.start,
        end=pace.period.end,
        spent=None if told.spent_percent is None else float(told.spent_percent) / 100,
        time=float(told.time_percent) / 100,
        spent_words=formatting.MISSING if told.spent_percent is None else _share(told.spent_percent),
        time_words=_share(told.time_percent),
        ahead=told.ahead,
        low=later.low,
        middle=later.middle,
        high=later.high,
        months=later.months,
        one_off=later.one_off.amount if later.one_off else None,
        why_not=" ".join(words_of(one, FORECASTS) for one in later.reasons),
    )


def _share(value: Decimal) -> str:
    return formatting.percent(value / 100, 0 if value % 1 == 0 else 1)


def _bounds(found: Spending) -> Iterator[BoundLine]:
    known = dict(found.payable.bounds)
    remarks = {
        "granted": _("A ceiling: at most this is paid, whatever is spent."),
        "percentage": _("The call and the decision give no percentage.")
        if found.percent is None
        else _("%(percent)s of the eligible costs, by %(source)s")
        % {"percent": percent_words(found.percent), "source": found.source or _("the decision")},
        "deficit": _deficit(found),
    }
    for bound, words in BOUNDS.items():
        binds = bound in found.payable.binding
        yield BoundLine(str(words), remarks[bound.value], known.get(bound), binds)


def _deficit(found: Spending) -> str:
    """Return what is taken off the eligible costs, so that a deficit is left."""
    if found.other and found.earned:
        return _("Other funding of the plan and what the project has earned are taken off.")
    if found.earned:
        return _("What the project has earned is taken off; no other funding is planned.")
    if found.other:
        return _("Other funding of the plan is taken off.")
    return _("No other funding is planned, so it is the eligible costs.")


def _instalments(found: Spending) -> Iterator[InstalmentLine]:
    for row in found.instalments.rows:
        mark, word = PAID[row.state]
        one = row.instalment
        yield InstalmentLine(one.key, one.due_on, one.expected, row.received, row.missing, mark, str(word))


def _payments(payments: Sequence[Payment], held: Held, scope: Unit, *, is_own: bool) -> Iterator[PaymentLine]:
    place = [scope.key, held.application.pk]
    for one in payments:
        may_edit = held.may(Right.SPEND) and not (is_own and one.amount > 0)
        url = reverse("funding:edit-payment", args=[*place, one.pk]) if may_edit else ""
        yield PaymentLine(one.received_on, one.number, one.amount, one.reference, url)
