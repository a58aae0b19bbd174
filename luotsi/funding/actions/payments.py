"""Money of a grant that came: writing a payment down, mending it, taking it away.

Where a unit of this installation granted it, its payment files write down what was paid (`actions.paying`): the
grantee adds only what was returned, so that nothing counts twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.base.money import cents
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import GrantDecision, Payment

if TYPE_CHECKING:
    from luotsi.people.models import Account


@dataclass(frozen=True, kw_only=True)
class PaymentDetails:
    """What is known of a payment; below zero it was returned to the funder."""

    amount: Decimal
    received_on: date
    number: int | None = None
    reference: str = ""


@transaction.atomic
def add_payment(*, decision: GrantDecision, details: PaymentDetails, by: Account | None) -> Payment:
    """Write a payment down. Raises FundingRefused: see `_refuse`, and for one that is there already."""
    held = GrantDecision.objects.select_for_update().get(pk=decision.pk)
    details = replace(details, amount=cents(details.amount))
    _refuse(held, details)
    if held.payments.filter(**vars(details)).exists():
        raise FundingRefused(_("A payment of the same sum, day and reference is there already."))
    payment = checked(Payment(decision=held, written_by=by, written_at=clock.now(), **vars(details)))
    payment.save(force_insert=True)
    _record(payment, "funding.payment.added", by, None, audit.snapshot(payment, *vars(details)))
    return payment


@transaction.atomic
def change_payment(*, payment: Payment, details: PaymentDetails, by: Account | None) -> Payment:
    """Mend a payment; no row in the log when nothing changed. Raises FundingRefused as `add_payment` does."""
    kept = Payment.objects.select_for_update(of=("self",)).select_related("decision__application").get(pk=payment.pk)
    details = replace(details, amount=cents(details.amount))
    _refuse_paid(kept)
    _refuse(kept.decision, details)
    names = list(vars(details))
    before = audit.snapshot(kept, *names)
    for name in names:
        setattr(kept, name, getattr(details, name))
    after = audit.snapshot(checked(kept), *names)
    if changed := [name for name in names if before[name] != after[name]]:
        kept.save(update_fields=changed)
        old, new = ({name: state[name] for name in changed} for state in (before, after))
        _record(kept, "funding.payment.changed", by, old, new)
    return kept


@transaction.atomic
def remove_payment(*, payment: Payment, by: Account | None) -> None:
    """Take away a payment that was written by mistake; the log keeps it. Raises FundingRefused for one of a file."""
    _refuse_paid(payment)
    _record(payment, "funding.payment.removed", by, audit.snapshot(payment), None)
    payment.delete()


def _refuse_paid(payment: Payment) -> None:
    """Refuse to touch what a payment file of the funder wrote down."""
    if payment.decision.is_own and payment.amount > 0:
        raise FundingRefused(_("A payment file of the funder wrote this down, so it stays."))


def _refuse(decision: GrantDecision, details: PaymentDetails) -> None:
    """Refuse a day to come, an unknown instalment, and what a payment file of the funder writes down by itself."""
    reasons = []
    if decision.is_own and details.amount > 0:
        words = _("The funder pays through Luotsi: its payment files write down what was paid. Add what was returned.")
        reasons.append(Reason(words))
    if not decision.is_granted:
        reasons.append(Reason(_("Nothing has been granted, so there is nothing to spend.")))
    if details.received_on > clock.today():
        reasons.append(Reason(_("The day has not come yet."), field="received_on"))
    if details.number is not None and not decision.instalments.filter(number=details.number).exists():
        reasons.append(Reason(_("The decision promises no such instalment."), field="number"))
    if reasons:
        raise FundingRefused(*reasons)


def _record(
    payment: Payment, verb: str, by: Account | None, before: dict[str, object] | None, after: dict[str, object] | None
) -> None:
    unit_id = payment.decision.application.unit_id
    audit.record(by=by, verb=verb, target=payment, before=before, after=after, unit_id=unit_id)
