"""Decisions that a funder makes in one go, and the letters that tell of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids, texts
from luotsi.base.names import Names
from luotsi.funding.models.calls import Call
from luotsi.funding.models.decisions import GrantDecision
from luotsi.funding.rules.letters import Law
from luotsi.people.models import Account

LAWS = [
    (Law.MUNICIPAL, _("Grant of a municipality")),
    (Law.STATE, _("Discretionary government transfer")),
]
MOST_ATTEMPTS = 6
QUIET = timedelta(minutes=3)  # work that has told nothing for so long has come to rest


class DecisionBatchQuerySet(models.QuerySet["DecisionBatch"]):
    """Adjectives of batches."""

    def going_on(self) -> Self:
        """Batches whose letters are being printed or sent."""
        return self.filter(ended_at=None)

    def at_rest(self, at: datetime) -> Self:
        """Batches on which nobody works now and that may be tried again."""
        return self.going_on().filter(not_before__lte=at, attempts__lt=MOST_ATTEMPTS)


class DecisionBatch(models.Model):
    """Decisions of one call that an officer made in one go: all of them, or none.

    `key` is of the page from which it was confirmed, so that a double click decides once. `signer` is the officer as
    the letters name them, `conditions` go with every grant; both {fi, sv}. Until `sent_at` the batch can be taken
    back and no applicant sees it. `done` of `total` are letters printed (or sent, once they are being sent); whoever
    works moves `not_before` ahead, and when it has passed the work is taken up again.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="batches")
    key = models.CharField(max_length=64, unique=True)
    law = models.CharField(_("legal ground"), max_length=9, choices=LAWS)
    decided_on = models.DateField(_("decided on"))
    signer = models.JSONField(_("officer who decides"), default=dict)
    conditions = models.JSONField(_("conditions of every grant"), default=dict, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = DecisionBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("decisions made in one go")
        ordering = ["-decided_at", "id"]
        indexes = [models.Index(fields=["not_before"], name="letters_going_on", condition=Q(ended_at=None))]

    def __str__(self) -> str:
        return f"{self.call_id} {self.decided_on}"

    @property
    def signers(self) -> Names:
        """The officer as the letters name them, in the languages given."""
        return texts.names_of(self.signer)

    @property
    def terms(self) -> Names:
        """The conditions in the languages they have."""
        return texts.names_of(self.conditions)

    def state_at(self, at: datetime) -> str:
        """Return printing, printed, sending, sent, failed (tried again by itself) or stopped (given up)."""
        if self.ended_at:
            return "sent" if self.sent_at else "printed"
        if self.attempts:
            return "stopped" if self.attempts >= MOST_ATTEMPTS else "failed"
        return "sending" if self.sent_at else "printing"


class DecisionLetter(models.Model):
    """The letter of one decision in Finnish and Swedish: its content with a hash, printed once and never again.

    `reasons` are {fi, sv} as they were proposed. `content` is {fi, sv} of what the letter says, empty until it is
    printed; `sha256` is over its canonical form and stands on the letter. `sent_at` is when the applicant was told.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    batch = models.ForeignKey(DecisionBatch, models.PROTECT, related_name="letters")
    decision = models.OneToOneField(GrantDecision, models.CASCADE, related_name="letter")
    reasons = models.JSONField(_("reasons"), default=dict, blank=True)
    content = models.JSONField(default=dict, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pdf_fi = models.BinaryField(default=bytes, blank=True)
    pdf_sv = models.BinaryField(default=bytes, blank=True)
    printed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter of decision")
        ordering = ["batch", "id"]
        indexes = [models.Index(fields=["batch", "printed_at"], name="letter_to_be_printed")]
        constraints = [
            models.CheckConstraint(
                name="letter_is_printed_with_a_hash",
                condition=Q(printed_at=None, sha256="") | (Q(printed_at__isnull=False) & ~Q(sha256="")),
            ),
            models.CheckConstraint(
                name="letter_is_sent_once_printed", condition=Q(sent_at=None) | Q(printed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.decision_id)

    @property
    def grounds(self) -> Names:
        """The reasons in the languages they have."""
        return texts.names_of(self.reasons)
