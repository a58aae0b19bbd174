"""Instalments of an own call: which wait, which are in a file, which are paid; and what grants were paid in all."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding import access
from luotsi.funding.models import GrantDecision, Instalment, Payment, PaymentRun, Recovery
from luotsi.funding.rules.payable import KEPT_AT_MOST
from luotsi.funding.rules.paying import Payable
from luotsi.ui import formatting

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.funding.models import Call
    from luotsi.people.access import Visitor

NOTHING = Decimal("0.00")
SOON = timedelta(days=14)


@dataclass(frozen=True)
class PayRow:
    """An instalment on the page; `may_pay` = it can be chosen, `is_due` = it is chosen at first."""

    pk: UUID
    decision: UUID
    number: str
    names: Names
    unit: Names
    part: int
    amount: Decimal
    due_on: date | None
    mark: str
    word: str
    may_pay: bool
    is_due: bool


@dataclass(frozen=True)
class RunRow:
    """A payment file with what is in it."""

    pk: UUID
    number: int
    pay_on: date
    paid_on: date | None
    made_by: str
    count: int
    amount: Decimal


@dataclass(frozen=True)
class PayingPage:
    """The payments of a call, in euros."""

    rows: tuple[PayRow, ...]
    runs: tuple[RunRow, ...]
    granted: Decimal
    paid: Decimal
    filed: Decimal
    waits: Decimal
    may_decide: bool


def instalments_of(call: Call) -> QuerySet[Instalment]:
    """Return the instalments of the grants of a call whose applicants know of them."""
    told = GrantDecision.objects.told().filter(application__call=call, letter__isnull=False)
    return (
        Instalment.objects.filter(decision__in=told)
        .select_related("decision__application__unit", "payout__run")
        .order_by("decision__register_number", "decision", "number")
    )


def paid_of(decision: GrantDecision) -> Decimal:
    """Return what was paid of a grant, less what was returned."""
    found = Payment.objects.filter(decision=decision).aggregate(sum=Sum("amount"))["sum"]
    return found or NOTHING


def payable_of(chosen: Iterable[Instalment], officer: Visitor) -> list[Payable]:
    """Return chosen instalments as the rules take them; those of one grant count on top of each other."""
    listed = list(chosen)
    before = _before(listed)
    against = access.interests_in(officer, [one.decision.application for one in listed])
    found = []
    for one in listed:
        run = getattr(getattr(one, "payout", None), "run", None)
        found.append(
            Payable(
                key=str(one.pk),
                amount=one.amount,
                granted=one.decision.granted or NOTHING,
                before=before[one.decision_id],
                is_told=one.decision.is_told,
                in_file=run.number if run else None,
                is_own=bool(against[one.decision.application_id]),
            )
        )
        before[one.decision_id] += one.amount
    return found


def _before(listed: list[Instalment]) -> dict[UUID, Decimal]:
    """Return what of each grant is paid or in a file already."""
    keys = {one.decision_id for one in listed}
    before = dict.fromkeys(keys, NOTHING)
    paid = Payment.objects.filter(decision__in=keys).values_list("decision", "amount")
    filed = Instalment.objects.filter(decision__in=keys, payout__run__paid_on=None, payout__isnull=False)
    for key, amount in [*paid, *filed.values_list("decision", "amount")]:
        before[key] += amount
    return before


@dataclass(frozen=True)
class BackPage:
    """A grant of which money may be asked back, in euros; `done` is what was decided before."""

    names: Names
    unit: Names
    granted: Decimal
    paid: Decimal
    kept_at_most: Decimal
    done: tuple[Recovery, ...]


def back_page(decision: GrantDecision) -> BackPage:
    """Return what an officer needs before asking money back."""
    return BackPage(
        names=decision.application.names,
        unit=decision.application.unit.names,
        granted=decision.granted or NOTHING,
        paid=paid_of(decision),
        kept_at_most=KEPT_AT_MOST,
        done=tuple(decision.recoveries.all()),
    )


def paying_page(call: Call, visitor: Visitor) -> PayingPage:
    """Return the payments of a call; the number of queries does not grow with the rows."""
    listed = list(instalments_of(call))
    rows = tuple(_rows(listed))
    decisions = {one.decision_id: one.decision.granted or NOTHING for one in listed}
    paid = Payment.objects.filter(decision__in=decisions).aggregate(sum=Sum("amount"))["sum"] or NOTHING
    filed = sum((one.amount for one in listed if _file(one) and not _is_paid(one)), NOTHING)
    return PayingPage(
        rows=rows,
        runs=tuple(
            _run(one) for one in call.payment_runs.prefetch_related("payouts").select_related("made_by__person")
        ),
        granted=sum(decisions.values(), NOTHING),
        paid=paid,
        filed=filed,
        waits=sum((one.amount for one in listed if _file(one) is None), NOTHING),
        may_decide=access.may_decide(visitor, call),
    )


def _file(one: Instalment) -> PaymentRun | None:
    payout = getattr(one, "payout", None)
    return payout.run if payout else None


def _is_paid(one: Instalment) -> bool:
    run = _file(one)
    return run is not None and run.paid_on is not None


def _rows(listed: Iterable[Instalment]) -> Iterator[PayRow]:
    today = clock.today()
    for one in listed:
        run, application = _file(one), one.decision.application
        mark, word = _state(one, run, today)
        yield PayRow(
            pk=one.pk,
            decision=one.decision_id,
            number=one.decision.register_number or formatting.MISSING,
            names=application.names,
            unit=application.unit.names,
            part=one.number,
            amount=one.amount,
            due_on=one.due_on,
            mark=mark,
            word=word,
            may_pay=run is None,
            is_due=run is None and one.due_on is not None and one.due_on <= today + SOON,
        )


def _state(one: Instalment, run: PaymentRun | None, today: date) -> tuple[str, str]:
    if run is None:
        if one.due_on is None:
            return "none", _("No day yet")
        return ("late", _("Late")) if one.due_on < today else ("none", _("Waits"))
    told = {"number": run.number}
    if run.paid_on is None:
        return "run", _("In payment file %(number)s") % told
    return "done", _("Paid %(day)s") % {"day": formatting.day(run.paid_on)}


def _run(one: PaymentRun) -> RunRow:
    payouts = list(one.payouts.all())
    return RunRow(
        pk=one.pk,
        number=one.number,
        pay_on=one.pay_on,
        paid_on=one.paid_on,
        made_by=str(getattr(one.made_by, "person", None) or ""),
        count=len(payouts),
        amount=sum((payout.amount for payout in payouts), NOTHING),
    )


HEADERS = (
    "reference", "register_number", "recipient", "institution_number", "project", "instalment",
    "amount", "currency", "pay_on", "call",
)  # fmt: skip


def file_rows(run: PaymentRun) -> Iterator[list[Any]]:
    """Yield the rows of a payment file, one for each payment, in the order of `HEADERS`; without any person."""
    along = "instalment__decision__application__unit"
    for one in run.payouts.select_related(along).order_by("reference"):
        decision = one.instalment.decision
        unit = decision.application.unit
        yield [
            one.reference,
            decision.register_number,
            unit.names.best("fi")[0],
            unit.institution_number,
            decision.application.names.best("fi")[0],
            one.instalment.number,
            one.amount,
            "EUR",
            run.pay_on,
            run.call.names.best("fi")[0],
        ]


def new_key() -> str:
    """Return a key for a page that makes a payment file."""
    return secrets.token_hex(16)
