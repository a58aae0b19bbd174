"""Questionnaires and their versions; a version that is published never changes."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.base.names import Names
from luotsi.people.models import Account, Unit
from luotsi.questionnaires.models.exact import ExactJSONField

DRAFT = "draft-"


class Questionnaire(models.Model):
    """What a unit asks, through all its versions."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    key = models.SlugField(_("key"), max_length=80, unique=True)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("owner"))
    name_fi = models.CharField(_("name in Finnish"), max_length=300, blank=True)
    name_sv = models.CharField(_("name in Swedish"), max_length=300, blank=True)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("questionnaire")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.names.text or self.key

    @property
    def names(self) -> Names:
        """The name in the languages it has."""
        return Names(fi=self.name_fi, sv=self.name_sv, en=self.name_en)


class VersionQuerySet(models.QuerySet["QuestionnaireVersion"]):
    """Adjectives of versions."""

    def drafts(self) -> Self:
        """Revisions of drafts, the newest first."""
        drafts = self.filter(state=QuestionnaireVersion.State.DRAFT)
        return drafts.order_by(Length("version").desc(), "-version")  # draft-10 comes after draft-9

    def published(self) -> Self:
        """Versions that can be answered."""
        return self.filter(state=QuestionnaireVersion.State.PUBLISHED)


class QuestionnaireVersion(models.Model):
    """One definition with its rule set: a version, or a revision of the draft of the next one ("draft-7").

    Once published neither changes: a trigger of the database sees to that too.
    `sha256` is over the canonical JSON of `definition`.
    """

    class State(models.TextChoices):
        """How far it has come."""

        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="versions", verbose_name=_("questionnaire")
    )
    version = models.CharField(_("version"), max_length=40)
    definition = ExactJSONField(_("definition"))
    rule_set = ExactJSONField(_("rule set"), null=True, blank=True)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    written_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(_("written"))
    published_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a questionnaire")
        ordering = ["questionnaire", "-written_at"]
        constraints = [
            models.UniqueConstraint(
                name="questionnaire_version_is_unique",
                fields=["questionnaire", "version"],
                violation_error_message=_("This version is there already."),
            ),
            models.CheckConstraint(
                name="questionnaire_published_has_a_moment",
                condition=Q(state="draft", published_at=None) | Q(state="published", published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} {self.version}"

    @property
    def audit_label(self) -> str:
        """What the log of changes calls it."""
        return f"{self.questionnaire.key} {self.version}"

    @property
    def revision(self) -> int:
        """Number of the revision of a draft, from 1; 0 for a published version."""
        return int(self.version.removeprefix(DRAFT)) if self.state == self.State.DRAFT else 0
