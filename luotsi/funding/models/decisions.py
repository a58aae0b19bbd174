"""What a funder decided of an application, the instalments it promises, and what it obliges to."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.base.money import DECIMAL_PLACES, MAX_DIGITS
from luotsi.funding.models.applications import Application
from luotsi.funding.models.board import NOTICES
from luotsi.funding.rules.decision_text import Outcome
from luotsi.funding.rules.letters import Law
from luotsi.funding.rules.obligations import Duty
from luotsi.people.models import Account


class GrantDecisionQuerySet(models.QuerySet["GrantDecision"]):
    """Adjectives of decisions."""

    def told(self) -> Self:
        """Decisions that their applicants know: those of other funders, and own ones whose letters were sent."""
        return self.filter(Q(law="") | Q(given_on__isnull=False))


class GrantDecision(models.Model):
    """The decision of a funder on one application, once. What it does not tell is None or empty, and shown as missing.

    `text` is the decision as it was read and `places` where in it each value stands: {field: [start, end]}. `reports`
    are [{key, is_final, due_on}]. `law` is set of a decision that a unit of this installation made; the applicant
    learns of it when its letter is sent, on `given_on`.
    """

    OUTCOMES = [
        (Outcome.GRANTED, _("Granted")),
        (Outcome.PARTLY, _("Granted in part")),
        (Outcome.REFUSED, _("Refused")),
    ]

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    application = models.OneToOneField(Application, models.PROTECT, related_name="decision")
    outcome = models.CharField(_("outcome"), max_length=8, choices=OUTCOMES)
    granted = models.DecimalField(
        _("granted"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    percent = models.DecimalField(
        _("grant of the total cost, %"), max_digits=7, decimal_places=4, null=True, blank=True
    )
    total = models.DecimalField(
        _("total cost accepted"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    own_share = models.DecimalField(
        _("own share"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    register_number = models.CharField(_("register number"), max_length=60, blank=True)
    starts_on = models.DateField(_("use from"), null=True, blank=True)
    ends_on = models.DateField(_("use until"), null=True, blank=True)
    reports = models.JSONField(default=list, blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    notice = models.CharField(_("how it was made known"), max_length=12, choices=NOTICES, blank=True)
    given_on = models.DateField(_("sent or published on"), null=True, blank=True)
    law = models.CharField(
        _("legal ground"), max_length=9, choices=[(one.value, one.value) for one in Law], blank=True
    )
    text = models.TextField(_("text of the decision"), blank=True)
    places = models.JSONField(default=dict, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    objects = GrantDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision of the funder")
        ordering = ["-recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="grant_decision_sums_are_not_negative",
                condition=(Q(granted=None) | Q(granted__gte=0))
                & (Q(total=None) | Q(total__gte=0))
                & (Q(own_share=None) | Q(own_share__gte=0)),
                violation_error_message=_("The sum cannot be negative."),
            ),
            models.CheckConstraint(
                name="grant_decision_grants_what_it_says",
                condition=Q(outcome="refused") & (Q(granted=None) | Q(granted=0)) | ~Q(outcome="refused"),
                violation_error_message=_("A refused application was granted nothing."),
            ),
            models.CheckConstraint(
                name="grant_decision_percent_is_a_share",
                condition=Q(percent=None) | Q(percent__gt=0, percent__lte=100),
                violation_error_message=_("Give a percentage above 0 and at most 100."),
            ),
            models.CheckConstraint(
                name="grant_decision_notice_has_a_day",
                condition=Q(notice="", given_on=None) | ~Q(notice="") & Q(given_on__isnull=False),
                violation_error_message=_("Give both how and when the decision was made known, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register_number} {self.outcome}".strip()

    @property
    def is_own(self) -> bool:
        """True when a unit of this installation made it and pays it."""
        return bool(self.law)

    @property
    def is_granted(self) -> bool:
        """True when money was granted."""
        return self.outcome != Outcome.REFUSED

    @property
    def is_told(self) -> bool:
        """True when the applicant knows of it."""
        return not self.law or self.given_on is not None


class Instalment(models.Model):
    """A part of a grant that its decision promises; without a day when the decision gives none."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    decision = models.ForeignKey(GrantDecision, models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField(_("number"))
    amount = models.DecimalField(_("amount"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES)
    due_on = models.DateField(_("expected on"), null=True, blank=True)

    class Meta:
        verbose_name = _("instalment")
        ordering = ["decision", "number"]
        constraints = [
            models.UniqueConstraint(name="instalment_number_is_unique", fields=["decision", "number"]),
            models.CheckConstraint(
                name="instalment_is_above_zero",
                condition=Q(amount__gt=0),
                violation_error_message=_("An instalment is more than nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.number}"


class ObligationQuerySet(models.QuerySet["Obligation"]):
    """Adjectives of obligations."""

    def undone(self) -> Self:
        """Obligations that nobody has done yet."""
        return self.filter(done_at=None)


class Obligation(models.Model):
    """One thing to do for an application by a day, made from its decision; unique by duty and key.

    `made_of` tells how the day was counted, as {code, params}; `is_settled` False = the length of the time rests on a
    section that has not been checked against the statute book.
    """

    DUTIES = [
        (Duty.INTERIM_REPORT, _("Hand in the interim report")),
        (Duty.FINAL_REPORT, _("Hand in the final report")),
        (Duty.PERIOD_ENDS, _("The period of use ends")),
        (Duty.CHANGE_REQUEST, _("Ask for changes at the latest")),
        (Duty.PAYMENT_REQUEST, _("Ask for payment")),
        (Duty.KEEP_VOUCHERS, _("Keep the vouchers until")),
        (Duty.MUNICIPAL_CORRECTION, _("Time to ask for a correction of the own decision ends")),
        (Duty.STATE_CORRECTION, _("Time to ask the funder for a correction ends")),
    ]

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="obligations")
    duty = models.CharField(_("what"), max_length=20, choices=DUTIES)
    key = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(_("due"))
    moved_from = models.DateField(null=True, blank=True)
    made_of = models.JSONField(default=dict)
    is_settled = models.BooleanField(default=True)
    source = models.CharField(_("source"), max_length=160, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    done_note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("obligation")
        ordering = ["due_on", "duty", "key"]
        constraints = [
            models.UniqueConstraint(name="obligation_is_there_once", fields=["application", "duty", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()} {self.due_on}"


class ObligationReminder(models.Model):
    """A reminder of an obligation that went to somebody, for each day of reminding once."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="reminders")
    on = models.DateField()
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reminder")
        constraints = [models.UniqueConstraint(name="obligation_reminds_once", fields=["obligation", "on", "account"])]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.on}"
