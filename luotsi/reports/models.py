"""Reports from draft to decision: their texts, the frozen figures with their hash, the matter before the board."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.people.models import Account, Unit
from luotsi.programme.models import Programme


class ReportQuerySet(models.QuerySet["Report"]):
    """Adjectives of reports."""

    def published(self) -> Self:
        """Reports that everybody may read."""
        return self.filter(state=Report.State.PUBLISHED)

    def settled(self) -> Self:
        """Reports whose figures and texts do not change any more."""
        return self.exclude(state=Report.State.DRAFT)


class Report(models.Model):
    """One version of a report about a period of a programme; once frozen it never changes, a new version is a new row.

    `frozen` is the whole content (figures with what they are made of, definitions, tables, texts, reasons) as JSON,
    `sha256` the hash over its canonical form. `board` holds the matter as a body treats it: presenting officer,
    proposed decision, decision, body, day, section, by language where it is text.
    """

    class Kind(models.TextChoices):
        """What kind of report it is."""

        EVALUATION = "evaluation", _("Annual evaluation")
        COMPARISON = "comparison", _("Regional comparison")

    class State(models.TextChoices):
        """How far it has come."""

        DRAFT = "draft", _("Draft")
        FROZEN = "frozen", _("Frozen")
        APPROVED = "approved", _("Approved")
        NOTED = "noted", _("Noted")
        PUBLISHED = "published", _("Published")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", verbose_name=_("programme"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    period = models.CharField(_("period"), max_length=12)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    data_on = models.DateField(_("figures as of"))
    frozen = models.JSONField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(_("frozen"), null=True, blank=True)
    frozen_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    overrides = models.JSONField(_("reasons to freeze all the same"), default=list, blank=True)
    board = models.JSONField(_("matter before the board"), default=dict, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        ordering = ["-period", "kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="report_version_is_unique", fields=["kind", "programme", "unit", "period", "version"]
            ),
            models.UniqueConstraint(
                name="report_one_draft_of_each",
                fields=["kind", "programme", "unit", "period"],
                condition=Q(state="draft"),
                violation_error_message=_("There is a draft of this report already."),
            ),
            models.CheckConstraint(
                name="report_frozen_has_content_and_hash",
                condition=Q(state="draft") | Q(frozen__isnull=False, frozen_at__isnull=False) & ~Q(sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.kind} {self.period} v{self.version}"

    @property
    def audit_label(self) -> str:
        """What the log of changes calls it."""
        return f"{self.programme}, {self.period}, {self.version}"


class ReportText(models.Model):
    """What somebody wrote for a section of a draft in one language."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="texts")
    section = models.CharField(_("section"), max_length=40)
    language = models.CharField(_("language"), max_length=2)
    text = models.TextField(_("text"), blank=True)
    edited_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    edited_at = models.DateTimeField(_("edited"))

    class Meta:
        verbose_name = _("text of a report")
        ordering = ["report", "section", "language"]
        constraints = [
            models.UniqueConstraint(name="report_text_once_a_language", fields=["report", "section", "language"])
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.language}"

    @property
    def audit_label(self) -> str:
        """What the log of changes calls it."""
        return f"{self.report.audit_label}, {self.section}, {self.language}"
