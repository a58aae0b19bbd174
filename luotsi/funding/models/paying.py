"""What a funder pays: instalments gathered into a payment file, and what it asks back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.base.money import DECIMAL_PLACES, MAX_DIGITS
from luotsi.funding.models.calls import Call
from luotsi.funding.models.decisions import GrantDecision, Instalment
from luotsi.people.models import Account


class PaymentRun(models.Model):
    """Instalments of one call that are paid together by a file; `paid_on` once the bank or the ledger has paid them.

    `key` is of the page, so that a double click makes one file. `number` counts the files of a call from 1.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="payment_runs")
    number = models.PositiveSmallIntegerField(_("number"))
    key = models.CharField(max_length=64, unique=True)
    pay_on = models.DateField(_("to be paid on"))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    paid_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("payment file")
        ordering = ["call", "-number"]
        constraints = [models.UniqueConstraint(name="payment_file_number_is_unique", fields=["call", "number"])]

    def __str__(self) -> str:
        return f"{self.call_id} {self.number}"


class Payout(models.Model):
    """One instalment in a payment file: each instalment is paid once."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    run = models.ForeignKey(PaymentRun, models.CASCADE, related_name="payouts")
    instalment = models.OneToOneField(Instalment, models.PROTECT, related_name="payout")
    amount = models.DecimalField(_("amount"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES)
    reference = models.CharField(_("reference"), max_length=60)

    class Meta:
        verbose_name = _("payment of an instalment")
        ordering = ["run", "reference"]
        constraints = [
            models.CheckConstraint(
                name="payout_is_above_zero",
                condition=Q(amount__gt=0),
                violation_error_message=_("A payment is more than nothing."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.amount}"


class Recovery(models.Model):
    """What a funder found to be paid too much, with its reasons; at most the small sum of the law may be kept.

    `due` is what was payable, `paid` what had been paid less what was returned; `over` their difference. `is_kept` =
    the sum is so small that it need not be returned.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    decision = models.ForeignKey(GrantDecision, models.PROTECT, related_name="recoveries")
    due = models.DecimalField(_("payable"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES)
    paid = models.DecimalField(_("paid"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES)
    over = models.DecimalField(_("paid too much"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES)
    is_kept = models.BooleanField(_("may be kept"))
    return_by = models.DateField(_("to be returned by"), null=True, blank=True)
    reasons = models.TextField(_("reasons"))
    decided_on = models.DateField(_("decided on"))
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("recovery of a grant")
        ordering = ["-decided_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="recovery_is_of_something",
                condition=Q(over__gt=0, due__gte=0),
                violation_error_message=_("Nothing was paid too much."),
            ),
            models.CheckConstraint(
                name="recovery_is_kept_or_has_a_day",
                condition=Q(is_kept=True, return_by=None) | Q(is_kept=False, return_by__isnull=False),
                violation_error_message=_("Tell by when the money is to be returned."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.over}"
