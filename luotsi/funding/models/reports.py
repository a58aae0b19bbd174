"""Reports of a grantee to the funder: interim and final, filled from the records while drafts, frozen when sent."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.funding.models.applications import Application
from luotsi.funding.models.decisions import Obligation
from luotsi.funding.rules.obligations import Duty
from luotsi.people.models import Account


class GrantReportQuerySet(models.QuerySet["GrantReport"]):
    """Adjectives of reports."""

    def drafts(self) -> Self:
        """Reports that are being written."""
        return self.filter(state=GrantReport.State.DRAFT)

    def sent(self) -> Self:
        """Reports that the funder has, the latest first."""
        return self.filter(state=GrantReport.State.SENT).order_by("-sent_at", "-version")


class GrantReport(models.Model):
    """One version of one report on a grant; both sides see the same record.

    It answers the obligation of its duty and key (a decision may ask for several interim reports); the obligation may
    be made anew, hence the key beside it. While a draft it holds words only, {key of a line or part: text}, and every
    figure is counted from the records when it is read. When sent, `figures` keeps the whole report with the origin of
    each figure, and `digest` is the SHA-256 of it; a sent version never changes: a completed one is the next version.
    `until_on` is the last day whose costs it tells.
    """

    class Kind(models.TextChoices):
        """Which report it is; the values are those of the duties."""

        INTERIM = Duty.INTERIM_REPORT.value, _("Interim report")
        FINAL = Duty.FINAL_REPORT.value, _("Final report")

    class State(models.TextChoices):
        """How far it has come."""

        DRAFT = "draft", _("Being written")
        SENT = "sent", _("Sent")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="grant_reports")
    obligation = models.ForeignKey(Obligation, models.SET_NULL, null=True, blank=True, related_name="reports")
    kind = models.CharField(_("report"), max_length=20, choices=Kind)
    key = models.CharField(max_length=60, blank=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=5, choices=State, default=State.DRAFT)
    due_on = models.DateField(_("due"), null=True, blank=True)
    until_on = models.DateField(_("costs until"), null=True, blank=True)
    words = models.JSONField(default=dict, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    register_number = models.CharField(_("register number"), max_length=60, blank=True)

    objects = GrantReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report to the funder")
        ordering = ["application", "due_on", "kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="grant_report_version_is_unique", fields=["application", "kind", "key", "version"]
            ),
            models.UniqueConstraint(
                name="grant_report_is_drafted_once",
                fields=["application", "kind", "key"],
                condition=Q(state="draft"),
                violation_error_message=_("This report is being written already."),
            ),
            models.CheckConstraint(
                name="grant_report_is_frozen_when_sent",
                condition=Q(state="draft", sent_at=None, digest="")
                | Q(state="sent", sent_at__isnull=False) & ~Q(digest=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key} {self.version}".replace("  ", " ")

    @property
    def is_sent(self) -> bool:
        """True when the funder has it; it does not change any more."""
        return self.state == self.State.SENT

    @property
    def is_final(self) -> bool:
        """True of a final report."""
        return self.kind == self.Kind.FINAL
