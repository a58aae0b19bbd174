"""The funder pays instalments by a file, tells that they were paid, and asks back what was paid too much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import Call, GrantDecision, Instalment, Payment, PaymentRun, Payout, Recovery
from luotsi.funding.queries.paying import instalments_of, paid_of, payable_of
from luotsi.funding.queries.paying_words import said
from luotsi.funding.rules.payable import recovery
from luotsi.funding.rules.paying import paying_refusals, recovery_refusals

if TYPE_CHECKING:
    from luotsi.people.models import Account


@transaction.atomic
def make_run(*, call: Call, instalments: Iterable[UUID], pay_on: date, key: str, by: Account) -> PaymentRun:
    """Gather instalments of a call into a payment file; none is paid twice.

    Args:
        call: of this installation, whose officer it is.
        instalments: keys of those chosen.
        pay_on: the day on which they are to be paid.
        key: of the page, so that a double click makes one file.
        by: the officer.

    Raises:
        FundingRefused: with every reason, see `rules.paying.paying_refusals`.
    """
    held = Call.objects.select_for_update(of=("self",)).select_related("owner").get(pk=call.pk)
    if there := PaymentRun.objects.filter(call=held, key=key).first():
        return there
    chosen = list(instalments_of(held).filter(pk__in=list(instalments)))
    refusals = paying_refusals(payable_of(chosen, by), pay_on=pay_on, today=clock.today())
    if refusals:
        raise FundingRefused(*(Reason(words) for words in said(refusals)))
    last = PaymentRun.objects.filter(call=held).aggregate(last=Max("number"))["last"] or 0
    run = PaymentRun(call=held, number=last + 1, key=key, pay_on=pay_on, made_at=clock.now(), made_by=by)
    checked(run).save(force_insert=True)
    Payout.objects.bulk_create([_payout(run, one) for one in chosen])
    total = sum((one.amount for one in chosen), Decimal(0))
    _record(run, "funding.payments.made", by, {"count": len(chosen), "amount": total, "pay_on": pay_on})
    return run


def _payout(run: PaymentRun, one: Instalment) -> Payout:
    number = one.decision.register_number or str(one.decision_id)[:13]
    return Payout(run=run, instalment=one, amount=one.amount, reference=f"{number}_{one.number}"[:60])


@transaction.atomic
def discard_run(*, run: PaymentRun, by: Account) -> None:
    """Take a payment file away that was not paid: its instalments wait again. Raises FundingRefused once paid."""
    held = PaymentRun.objects.select_for_update(of=("self",)).select_related("call").filter(pk=run.pk).first()
    if held is None:
        return
    if held.paid_on is not None:
        raise FundingRefused(_("These payments have been paid and stay."))
    told = [{"reference": one.reference, "amount": one.amount} for one in held.payouts.all()]
    _record(held, "funding.payments.discarded", by, {"number": held.number, "payments": told})
    held.delete()


@transaction.atomic
def confirm_run(*, run: PaymentRun, paid_on: date, by: Account) -> PaymentRun:
    """Tell that a payment file was paid: each grant has its payment from now on. A second time changes nothing.

    Raises:
        FundingRefused: it was taken away, or the day has not come.
    """
    held = PaymentRun.objects.select_for_update(of=("self",)).select_related("call").filter(pk=run.pk).first()
    if held is None:
        raise FundingRefused(_("This payment file was taken away."))
    if held.paid_on is not None:
        return held
    if paid_on > clock.today():
        raise FundingRefused(Reason(_("The day has not come yet."), field="paid_on"))
    held.paid_on, held.paid_by = paid_on, by
    held.save(update_fields=["paid_on", "paid_by"])
    now = clock.now()
    Payment.objects.bulk_create(
        [
            Payment(
                decision=one.instalment.decision,
                number=one.instalment.number,
                amount=one.amount,
                received_on=paid_on,
                reference=one.reference,
                written_by=by,
                written_at=now,
            )
            for one in held.payouts.select_related("instalment__decision")
        ]
    )
    _record(held, "funding.payments.paid", by, {"number": held.number, "paid_on": paid_on})
    return held


@dataclass(frozen=True, kw_only=True)
class RecoveryDetails:
    """What an officer decides of money paid too much: what was payable, why, and by when the rest is returned."""

    due: Decimal
    reasons: str
    return_by: date | None = None


@transaction.atomic
def ask_back(*, decision: GrantDecision, details: RecoveryDetails, by: Account) -> Recovery:
    """Decide that money was paid too much: it is returned, or kept where it is as little as the law lets be kept.

    Raises:
        FundingRefused: nothing was paid too much, or a reason or day is missing.
    """
    held = (
        GrantDecision.objects.select_for_update(of=("self",)).select_related("application__call").get(pk=decision.pk)
    )
    paid, granted = paid_of(held), held.granted or Decimal(0)
    already = sum((one.over for one in held.recoveries.all()), Decimal(0))
    refusals = recovery_refusals(
        paid=paid,
        due=details.due,
        granted=granted,
        grounds=details.reasons,
        return_by=details.return_by,
        today=clock.today(),
    )
    if refusals:
        raise FundingRefused(*(Reason(words) for words in said(refusals)))
    if already:
        raise FundingRefused(_("Money has been asked back of this grant already."))
    back = recovery(paid, details.due)
    made = Recovery(
        decision=held,
        due=details.due,
        paid=paid,
        over=back.over,
        is_kept=back.may_be_kept,
        return_by=None if back.may_be_kept else details.return_by,
        reasons=details.reasons.strip(),
        decided_on=clock.today(),
        decided_at=clock.now(),
        decided_by=by,
    )
    checked(made).save(force_insert=True)
    audit.record(
        by=by,
        verb="funding.recovery.decided",
        target=made,
        after=audit.snapshot(made, "due", "paid", "over", "is_kept", "return_by", "reasons"),
        unit_id=held.application.unit_id,
    )
    return made


def _record(run: PaymentRun, verb: str, by: Account, after: dict[str, object]) -> None:
    audit.record(by=by, verb=verb, target=run, after=after, unit_id=run.call.owner_id)
