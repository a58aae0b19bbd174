"""What the base room keeps: the audit log and its head, mails waiting to be sent, views of personal data."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids

MOST_ATTEMPTS = 12


class AuditEntry(models.Model):
    """One thing done: who, when, to what, before and after, why. Written by `audit.record`, never changed.

    `hash` covers every other field and `prev_hash`, so that altering or removing one row breaks the chain.
    People and units are kept as ids and labels, not as foreign keys: the log outlives what it tells about.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(_("when"))
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(_("who"), max_length=254, blank=True)
    verb = models.CharField(_("what was done"), max_length=80)
    target_type = models.CharField(max_length=80)
    target_id = models.CharField(max_length=64)
    target_label = models.CharField(_("to what"), max_length=300, blank=True)
    unit_id = models.UUIDField(null=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-seq"]
        indexes = [
            models.Index(fields=["unit_id", "-seq"], name="audit_by_unit"),
            models.Index(fields=["target_type", "target_id", "-seq"], name="audit_by_target"),
            models.Index(fields=["actor_id", "-seq"], name="audit_by_actor"),
        ]
        constraints = [models.CheckConstraint(name="audit_begins_at_one", condition=Q(seq__gte=1))]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.target_label}"


class AuditHead(models.Model):
    """The last link of the audit chain; one row, locked by each writer so that numbers have no gaps."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="audit_has_one_head", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"


class OutboxQuerySet(models.QuerySet["OutboxMail"]):
    """Adjectives of mails."""

    def unsent(self) -> Self:
        """Mails that have not left, given up or not."""
        return self.filter(sent_at=None)

    def due(self, at: datetime) -> Self:
        """Mails that should be tried now."""
        return self.unsent().filter(not_before__lte=at, attempts__lt=MOST_ATTEMPTS)

    def given_up(self) -> Self:
        """Mails that could not be sent and will not be tried again by themselves."""
        return self.unsent().filter(attempts__gte=MOST_ATTEMPTS)


class OutboxMail(models.Model):
    """A mail written in the transaction that caused it, and sent by the worker after the commit."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    to = models.EmailField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    html = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="fi")
    key = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["not_before"], name="outbox_unsent", condition=Q(sent_at=None))]
        constraints = [
            models.UniqueConstraint(
                name="outbox_key_is_unique",
                fields=["key"],
                condition=~Q(key=""),
                violation_error_message=_("This mail has been written already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"

    @property
    def state(self) -> str:
        """Where the mail is: sent, waiting, retrying (failed at least once) or given_up."""
        if self.sent_at:
            return "sent"
        if self.attempts >= MOST_ATTEMPTS:
            return "given_up"
        return "retrying" if self.last_error else "waiting"


class PersonalDataView(models.Model):
    """One look at a person's data by somebody else."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=254, blank=True)
    person_id = models.UUIDField()
    what = models.CharField(max_length=200)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person_id", "-at"], name="views_by_person")]

    def __str__(self) -> str:
        return f"{self.actor_label}: {self.what}"
