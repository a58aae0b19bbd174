"""Change requests: what a grantee asks the funder to change, part by part, and what the funder answers to each."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.funding.models.applications import Application
from luotsi.funding.rules.change_request import Answer
from luotsi.people.models import Account


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    """Adjectives of change requests."""

    def drafts(self) -> Self:
        """Requests that are being written."""
        return self.filter(state=ChangeRequest.State.DRAFT)

    def sent(self) -> Self:
        """Requests that wait for the funder's answer."""
        return self.filter(state=ChangeRequest.State.SENT)

    def answered(self) -> Self:
        """Requests that the funder has answered, the earliest first."""
        return self.filter(state=ChangeRequest.State.ANSWERED).order_by("answered_at", "number")


class ChangeRequest(models.Model):
    """One request to change a grant; both sides see the same record.

    `parts` holds what is asked, only the parts that are: {time: {new_end, grounds}, budget: {new: {class: sum},
    grounds}, content: {words, grounds}, consortium: {joining, leaving, grounds}}; days and sums are text.
    `warned` are the reasons of the ledger from which it was drafted, as [{code, about, params}]. `before` is the grant
    as it stood when the request was sent: {period_end, budget, spent}. `answers` is {part: {answer, reasons, given}},
    where `given` is what the funder gave instead of what was asked (in the shape of the part) when the answer is
    with_changes. `answered_on` is the day of the funder's decision; None when it is not told.
    """

    class State(models.TextChoices):
        """How far it has come."""

        DRAFT = "draft", _("Being written")
        SENT = "sent", _("Sent, waits for the answer")
        ANSWERED = "answered", _("Answered")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    ANSWERS = [
        (Answer.ACCEPTED, _("Accepted")),
        (Answer.WITH_CHANGES, _("Accepted with changes")),
        (Answer.REJECTED, _("Rejected")),
    ]

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="change_requests")
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    parts = models.JSONField(default=dict, blank=True)
    warned = models.JSONField(default=list, blank=True)
    before = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    register_number = models.CharField(_("register number"), max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    answered_on = models.DateField(_("decided on"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("change request")
        ordering = ["application", "-number"]
        constraints = [
            models.UniqueConstraint(name="change_request_number_is_unique", fields=["application", "number"]),
            models.UniqueConstraint(
                name="change_request_is_open_once",
                fields=["application"],
                condition=Q(state__in=["draft", "sent"]),
                violation_error_message=_("Another change request is open already."),
            ),
            models.CheckConstraint(
                name="change_request_is_sent_before_its_answer",
                condition=Q(state="draft", sent_at=None, answered_at=None)
                | Q(state="sent", sent_at__isnull=False, answered_at=None)
                | Q(state="answered", sent_at__isnull=False, answered_at__isnull=False)
                | Q(state="withdrawn", answered_at=None, withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.number}"

    @property
    def is_draft(self) -> bool:
        """True while it is being written."""
        return self.state == self.State.DRAFT

    @property
    def is_sent(self) -> bool:
        """True while the funder has it and has not answered."""
        return self.state == self.State.SENT

    @property
    def is_answered(self) -> bool:
        """True when the funder has answered each part."""
        return self.state == self.State.ANSWERED
