"""What the funder does with what was handed in: its number and handler, requests for completion, the proposal."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids, texts
from luotsi.base.money import DECIMAL_PLACES, MAX_DIGITS
from luotsi.base.names import Names
from luotsi.funding.models.applications import Application
from luotsi.funding.models.calls import Call
from luotsi.funding.rules.decision_text import Outcome
from luotsi.funding.rules.scoring import Way
from luotsi.people.models import Account, Person


class Received(models.Model):
    """An application as the funder has it: its number in the call, who handles it, what the checks found.

    `sequence` begins at 1 in each call and has no gaps. The counts of findings are of what was handed in last, on the
    day it was; None where it could not be checked.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    application = models.OneToOneField(Application, models.CASCADE, related_name="received")
    call = models.ForeignKey(Call, models.CASCADE, related_name="received")
    sequence = models.PositiveIntegerField(_("number"))
    received_at = models.DateTimeField(_("received"))
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who handles it")
    )
    blocks = models.PositiveIntegerField(_("errors"), null=True, blank=True)
    warns = models.PositiveIntegerField(_("to be looked at"), null=True, blank=True)
    infos = models.PositiveIntegerField(_("remarks"), null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("received application")
        ordering = ["call", "sequence"]
        constraints = [
            models.UniqueConstraint(name="received_number_is_unique", fields=["call", "sequence"]),
            models.CheckConstraint(name="received_number_begins_at_one", condition=Q(sequence__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.sequence}"


class CompletionQuerySet(models.QuerySet["CompletionRequest"]):
    """Adjectives of requests for completion."""

    def waiting(self) -> Self:
        """Requests that were neither answered nor taken back, late ones included."""
        return self.filter(answered_at=None, taken_back_at=None)


class CompletionRequest(models.Model):
    """What the applicant is asked to complete, and until when. `number` is that of the submission that answered."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="completion_requests")
    words = models.TextField(_("what is to be completed"))
    until = models.DateTimeField(_("until"))
    asked_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("answered by the submission"), null=True, blank=True)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for completion")
        ordering = ["-asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="completion_is_asked_once_at_a_time",
                fields=["application"],
                condition=Q(answered_at=None, taken_back_at=None),
                violation_error_message=_("The applicant has been asked already."),
            ),
            models.CheckConstraint(
                name="completion_has_time",
                condition=Q(until__gt=models.F("asked_at")),
                violation_error_message=_("The time to complete must be in the future."),
            ),
            models.CheckConstraint(
                name="completion_ends_once",
                condition=Q(answered_at=None) | Q(taken_back_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.until}"

    def state_at(self, at: datetime) -> str:
        """Return answered, taken_back, open or overdue; the second of `until` itself is still open."""
        if self.answered_at:
            return "answered"
        if self.taken_back_at:
            return "taken_back"
        return "overdue" if at.replace(microsecond=0) > self.until else "open"


class Round(models.Model):
    """How the applications to a call are scored and proposed: whether scoring is over, by what the money is dealt."""

    WAYS = [
        (Way.RANKED, _("Whole sums from the best down")),
        (Way.PRO_RATA, _("The same part of its sum to everyone")),
    ]

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    call = models.OneToOneField(Call, models.PROTECT, related_name="round")
    scoring_closed_at = models.DateTimeField(_("scoring closed"), null=True, blank=True)
    scoring_closed_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    way = models.CharField(_("how the sum is dealt out"), max_length=8, choices=WAYS, default=Way.RANKED)
    least = models.DecimalField(_("lowest mean"), max_digits=7, decimal_places=2, null=True, blank=True)
    may_cut = models.BooleanField(_("the last one gets what is left"), default=False)
    made_at = models.DateTimeField(_("proposal made"), null=True, blank=True)
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("round of scoring")
        ordering = ["call", "id"]

    def __str__(self) -> str:
        return str(self.call_id)


class Proposal(models.Model):
    """What is proposed to be decided of an application: euros and reasons {fi, sv}; a refusal has no sum.

    `marks` are the reasons of the rule that proposed it, [{code, params}]; `is_edited` once a person changed it. What
    is fixed waits for the decision and changes no more.
    """

    class State(models.TextChoices):
        """How far it has come."""

        DRAFT = "draft", _("Being prepared")
        FIXED = "fixed", _("Fixed")

    OUTCOMES = [
        (Outcome.GRANTED, _("Grant as applied for")),
        (Outcome.PARTLY, _("Grant in part")),
        (Outcome.REFUSED, _("Refuse")),
    ]

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    application = models.OneToOneField(Application, models.PROTECT, related_name="proposal")
    outcome = models.CharField(_("outcome"), max_length=8, choices=OUTCOMES)
    amount = models.DecimalField(
        _("proposed"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    reasons = models.JSONField(_("reasons"), default=dict, blank=True)
    marks = models.JSONField(default=list, blank=True)
    place = models.PositiveIntegerField(_("place"), null=True, blank=True)
    mean = models.DecimalField(_("points"), max_digits=7, decimal_places=2, null=True, blank=True)
    is_edited = models.BooleanField(_("changed by hand"), default=False)
    state = models.CharField(_("state"), max_length=5, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    fixed_at = models.DateTimeField(_("fixed"), null=True, blank=True)
    fixed_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("proposal")
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                name="proposal_sum_follows_its_outcome",
                condition=Q(outcome="refused", amount=None) | (~Q(outcome="refused") & Q(amount__gt=0)),
                violation_error_message=_("A grant has a sum above zero, a refusal has none."),
            ),
            models.CheckConstraint(
                name="proposal_is_fixed_at_a_moment",
                condition=Q(state="draft", fixed_at=None) | Q(state="fixed", fixed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.outcome}"

    @property
    def grounds(self) -> Names:
        """The reasons in the languages they have."""
        return texts.names_of(self.reasons)
