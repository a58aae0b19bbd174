"""Responses: what somebody is writing, with whom it is shared, its files, and what was handed in."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.people.models import Account, Unit
from luotsi.people.models.accounts import LANGUAGES
from luotsi.questionnaires.models.collections import Collection
from luotsi.questionnaires.models.exact import ExactJSONField
from luotsi.questionnaires.models.questionnaires import QuestionnaireVersion
from luotsi.questionnaires.rules.rights import Grant


class Response(models.Model):
    """The answers of a unit or a person to a collection, while they are written and after.

    `answers` is {name: {value, revision, by, at}}; `revision` counts the saves. `pending` is {name: [{value, by, at,
    page}]}: what was written over something newer and waits for a decision. `tokens` are the last saves taken, so
    that a double click is one save. `only_for` keeps a collection with one response each from having two.
    `open_until` lets this response be written anew and handed in although its collection has closed.
    """

    class State(models.TextChoices):
        """How far it has come."""

        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Handed in")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="responses", verbose_name=_("collection"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    account = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    only_for = models.CharField(max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    answers = ExactJSONField(_("answers"), default=dict)
    pending = ExactJSONField(_("to be decided"), default=dict)
    tokens = models.JSONField(default=list)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    begun_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    begun_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("changed"))
    open_until = models.DateTimeField(_("may be completed until"), null=True, blank=True)

    class Meta:
        verbose_name = _("response")
        ordering = ["-changed_at", "id"]
        indexes = [models.Index(fields=["account", "collection"], name="response_by_account")]
        constraints = [
            models.UniqueConstraint(
                name="response_once_where_one_is_asked",
                fields=["collection", "only_for"],
                condition=~Q(only_for=""),
                violation_error_message=_("There is a response already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection_id} {self.pk}"

    @property
    def audit_label(self) -> str:
        """What the log of changes calls it: no answers, no names of persons."""
        return f"{self.collection} {self.unit or ''}".strip()

    @property
    def values(self) -> dict[str, Any]:
        """The answers alone, by name; what was taken away is None, so that no default comes back in its place."""
        return {name: kept["value"] for name, kept in self.answers.items()}

    @property
    def closes_at(self) -> datetime | None:
        """Until when it may be handed in; None where no end is set."""
        collection = self.collection
        ends = collection.closed_at or collection.closes_at
        return max(ends, self.open_until) if ends and self.open_until else ends

    def state_at(self, at: datetime) -> str:
        """Return coming, open or closed: the state of its collection, unless it may be completed for longer."""
        if self.open_until and at.replace(microsecond=0) <= self.open_until:
            return "open"
        return self.collection.state_at(at)


class ShareQuerySet(models.QuerySet["ResponseShare"]):
    """Adjectives of shares."""

    def in_force(self, at: datetime) -> Self:
        """Shares neither revoked nor expired."""
        return self.filter(revoked_at=None, expires_at__gt=at)


class ResponseShare(models.Model):
    """Somebody let into one response by mail. The link carries a secret of which only a digest is kept."""

    GRANTS = [
        (Grant.READ, _("May read")),
        (Grant.WRITE, _("May read and write")),
        (Grant.SUBMIT, _("May read, write and hand in")),
    ]

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    response = models.ForeignKey(Response, models.CASCADE, related_name="shares", verbose_name=_("response"))
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language of the message"), max_length=2, choices=LANGUAGES, default="fi")
    grant = models.CharField(_("right"), max_length=6, choices=GRANTS)
    digest = models.CharField(max_length=64, unique=True)
    shared_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    shared_at = models.DateTimeField(_("shared"))
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("share of a response")
        ordering = ["-shared_at", "id"]
        constraints = [models.CheckConstraint(name="share_grant_is_known", condition=Q(grant__in=list(Grant)))]

    def __str__(self) -> str:
        return f"{self.response_id} {self.grant}"

    def state_at(self, at: datetime) -> str:
        """Return revoked, expired or open."""
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at <= at else "open"


class ShareUse(models.Model):
    """One opening of a personal link."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    share = models.ForeignKey(ResponseShare, models.CASCADE, related_name="uses")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"{self.share_id} {self.at}"


class Attachment(models.Model):
    """A file that answers a question. Its bytes stand in the data folder, also when it was taken off its answer."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    response = models.ForeignKey(Response, models.CASCADE, related_name="attachments", verbose_name=_("response"))
    question = models.CharField(_("question"), max_length=200)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("type"), max_length=10)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=200)
    scanned_by = models.CharField(_("scanned by"), max_length=100, blank=True)
    added_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("file of a response")
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.name


class Submission(models.Model):
    """What was handed in: a snapshot that never changes, as a trigger of the database sees to. The latest is valid.

    `content` is the canonical JSON that is hashed: questionnaire, version, collection, who, when, and the answers
    without the hidden ones.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    response = models.ForeignKey(Response, models.PROTECT, related_name="submissions", verbose_name=_("response"))
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="+", verbose_name=_("version"))
    number = models.PositiveSmallIntegerField(_("number"))
    content = ExactJSONField(_("content"))
    sha256 = models.CharField(max_length=64, unique=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="fi")
    submitted_at = models.DateTimeField(_("handed in"))
    submitted_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        verbose_name = _("submission")
        ordering = ["response", "-number"]
        constraints = [
            models.UniqueConstraint(name="submission_number_is_unique", fields=["response", "number"]),
            models.CheckConstraint(name="submission_begins_at_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.response_id} {self.number}"

    @property
    def audit_label(self) -> str:
        """What the log of changes calls it."""
        return f"{self.response.audit_label} {self.number}"
