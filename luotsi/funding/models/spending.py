"""The spending of a grant: its budget by class and year, rows of the ledger as imported, and money that came."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.base.money import DECIMAL_PLACES, MAX_DIGITS
from luotsi.funding.models.applications import Application
from luotsi.funding.models.decisions import GrantDecision
from luotsi.funding.rules.spending import Ruling
from luotsi.people.models import Account


class BudgetRow(models.Model):
    """What a grant may be spent on: one class of cost, in one year or (None) over the whole time."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="budget_rows")
    cost_class = models.CharField(_("class of cost"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES)

    class Meta:
        verbose_name = _("row of a budget")
        ordering = ["application", "cost_class", "year"]
        constraints = [
            models.UniqueConstraint(
                name="budget_row_is_there_once_a_year",
                fields=["application", "cost_class", "year"],
                violation_error_message=_("The class has a sum for this year already."),
            ),
            models.UniqueConstraint(
                name="budget_row_of_the_whole_is_there_once",
                fields=["application", "cost_class"],
                condition=Q(year=None),
                violation_error_message=_("The class has a sum for the whole time already."),
            ),
            models.CheckConstraint(
                name="budget_row_is_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("The sum cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cost_class} {self.year or ''}".strip()


class LedgerImport(models.Model):
    """One export of a ledger that was sent in; nothing of it is an entry before somebody confirms its dry run.

    `data` holds the rows that can become entries, packed, until they are imported or put aside; then it is empty. The
    file itself is not kept. `settings` is how it was read: {"classes": {start of an account: class}, "is_turned":
    bool}; `told` is what was found in it: columns, faults, corrections.
    """

    class State(models.TextChoices):
        """Where it stands."""

        TRIED = "tried", _("Dry run")
        DONE = "done", _("Imported")
        UNDONE = "undone", _("Undone")
        DISCARDED = "discarded", _("Discarded")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="ledger_imports")
    filename = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField(default=b"")
    settings = models.JSONField(default=dict)
    told = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.TRIED)
    uploaded_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    created = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("import of a ledger")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.filename


class LedgerEntryQuerySet(models.QuerySet["LedgerEntry"]):
    """Adjectives of entries."""

    def ruled(self) -> Self:
        """Entries that a person has decided about."""
        return self.exclude(ruling="")


class LedgerEntry(models.Model):
    """One row of a ledger that was booked on the project of a grant.

    `number` counts the entries of an application and names one in all that is told of it; `row` is its row in the
    file. `fingerprint` is the same for the same row of a later export, so that it is never added twice. `person` is a
    token that tells one person from another and nothing else. `ruling` goes before what the rules find.
    """

    RULINGS = [(Ruling.REFUSED, _("Not eligible")), (Ruling.ACCEPTED, _("Eligible"))]

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="ledger_entries")
    source = models.ForeignKey(LedgerImport, models.PROTECT, related_name="entries", verbose_name=_("import"))
    number = models.PositiveIntegerField(_("number"))
    row = models.PositiveIntegerField(_("row in the file"))
    fingerprint = models.CharField(max_length=40)
    voucher = models.CharField(_("voucher"), max_length=60, blank=True)
    booked_on = models.DateField(_("day"))
    amount = models.DecimalField(_("amount"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    cost_class = models.CharField(_("class of cost"), max_length=60, blank=True)
    account = models.CharField(_("account"), max_length=60, blank=True)
    cost_centre = models.CharField(_("cost centre"), max_length=60, blank=True)
    project = models.CharField(_("project code"), max_length=60, blank=True)
    person = models.CharField(_("person"), max_length=16, blank=True)
    device = models.CharField(_("device"), max_length=60, blank=True)
    vat = models.DecimalField(
        _("value added tax"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    text = models.CharField(_("words"), max_length=500, blank=True)
    ruling = models.CharField(_("decided by a person"), max_length=8, choices=RULINGS, blank=True)
    ruling_reason = models.CharField(_("reason"), max_length=500, blank=True)
    ruled_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    ruled_at = models.DateTimeField(null=True, blank=True)

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of a ledger")
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(name="ledger_entry_number_is_unique", fields=["application", "number"]),
            models.UniqueConstraint(name="ledger_entry_is_there_once", fields=["application", "fingerprint"]),
            models.CheckConstraint(
                name="ledger_entry_ruling_has_a_reason",
                condition=Q(ruling="", ruling_reason="") | (~Q(ruling="") & ~Q(ruling_reason="")),
                violation_error_message=_("Tell why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher or self.number} {self.amount}"


class Payment(models.Model):
    """Money of a grant that came from the funder, or (below zero) was returned to it.

    `number` is that of the instalment it pays; None when nobody has said.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    decision = models.ForeignKey(GrantDecision, models.PROTECT, related_name="payments")
    number = models.PositiveSmallIntegerField(_("instalment"), null=True, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES)
    received_on = models.DateField(_("day"))
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    written_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("payment of a grant")
        ordering = ["received_on", "written_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="payment_is_not_nothing",
                condition=~Q(amount=0),
                violation_error_message=_("A payment is more than nothing."),
            ),
            models.CheckConstraint(
                name="payment_returned_pays_no_instalment",
                condition=Q(amount__gt=0) | Q(number=None),
                violation_error_message=_("What was returned pays no instalment."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.received_on} {self.amount}"
