"""How a funder checks reports: step by step, by two persons, and a sample that anyone can draw again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.base.money import DECIMAL_PLACES, MAX_DIGITS
from luotsi.funding.models.calls import Call
from luotsi.funding.models.reports import GrantReport
from luotsi.funding.rules.reports import Step, Verdict
from luotsi.people.models import Account


class ReportCheck(models.Model):
    """One step of the check of one version of a report. `payable` is what the money step of a final report found."""

    STEPS = [(Step.SUBSTANCE, _("Substance")), (Step.MONEY, _("Finances"))]
    VERDICTS = [
        (Verdict.ACCEPTED, _("Accepted")),
        (Verdict.COMPLETION, _("To be completed")),
        (Verdict.REJECTED, _("Rejected")),
    ]

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    report = models.ForeignKey(GrantReport, models.PROTECT, related_name="checks")
    step = models.CharField(_("step"), max_length=9, choices=STEPS)
    verdict = models.CharField(_("verdict"), max_length=10, choices=VERDICTS)
    reasons = models.TextField(_("reasons"), blank=True)
    payable = models.DecimalField(
        _("payable"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    checked_at = models.DateTimeField(_("checked"))
    checked_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("check of a report")
        ordering = ["report", "checked_at"]
        constraints = [
            models.UniqueConstraint(
                name="report_is_checked_once_a_step",
                fields=["report", "step"],
                violation_error_message=_("Somebody else has taken this step already."),
            ),
            models.CheckConstraint(
                name="report_check_has_reasons",
                condition=Q(verdict="accepted") | ~Q(reasons=""),
                violation_error_message=_("Tell what is to be completed, or why it is rejected."),
            ),
            models.CheckConstraint(name="report_check_payable", condition=Q(payable=None) | Q(payable__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.step}"


class ReportSample(models.Model):
    """A sample of the final reports of a call, drawn once: with seed and percentage anyone draws it again.

    `drawn_from` is the SHA-256 of the keys it was drawn from, `of` how many they were; `picked` are
    [{key, how, lot, risks: [{code, params}]}].
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="samples")
    seed = models.CharField(_("seed"), max_length=120)
    percent = models.DecimalField(_("per cent drawn"), max_digits=5, decimal_places=2)
    drawn_from = models.CharField(max_length=64)
    of = models.PositiveIntegerField()
    picked = models.JSONField(default=list)
    drawn_at = models.DateTimeField(_("drawn"))
    drawn_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("sample of reports")
        ordering = ["-drawn_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="sample_seed_is_used_once",
                fields=["call", "seed"],
                violation_error_message=_("A sample was drawn with this seed already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.seed}"
