"""Scoring by several people: who scores a call, what each declared of an application, and the points."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.funding.models.applications import Application
from luotsi.funding.models.calls import Call
from luotsi.funding.models.criteria import Criterion
from luotsi.people.models import Account, Person


class Scorer(models.Model):
    """Somebody who scores the applications to a call."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="scorers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("scorer")
        ordering = ["call", "named_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="scorer_once_in_a_call",
                fields=["call", "person"],
                violation_error_message=_("The person scores this call already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.person_id}"


class ConflictQuerySet(models.QuerySet["Conflict"]):
    """Adjectives of declarations."""

    def handed_in(self) -> Self:
        """Declarations of no interest whose points were handed in."""
        return self.filter(has_conflict=False, handed_in_at__isnull=False)


class Conflict(models.Model):
    """What a scorer declared of an application before seeing it: an interest with its reason, or none.

    `words` tell the interest, or sum up the scoring of who has none. Points count from `handed_in_at` on.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    scorer = models.ForeignKey(Scorer, models.PROTECT, related_name="conflicts")
    application = models.ForeignKey(Application, models.PROTECT, related_name="conflicts")
    has_conflict = models.BooleanField(_("has an interest"))
    words = models.TextField(_("reason"), blank=True)
    declared_at = models.DateTimeField(_("declared"))
    handed_in_at = models.DateTimeField(_("points handed in"), null=True, blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("declaration of a scorer")
        ordering = ["application", "declared_at", "id"]
        constraints = [
            models.UniqueConstraint(name="scorer_declares_once", fields=["scorer", "application"]),
            models.CheckConstraint(
                name="scorer_with_an_interest_scores_nothing",
                condition=Q(has_conflict=False) | (Q(handed_in_at=None) & ~Q(words="")),
                violation_error_message=_("Tell the interest that you have."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scorer_id} {self.application_id}"


class Score(models.Model):
    """Points that a scorer gave an application by one criterion, with words; None = not given, which is not zero."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    scorer = models.ForeignKey(Scorer, models.PROTECT, related_name="scores")
    application = models.ForeignKey(Application, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores", verbose_name=_("criterion"))
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=2, null=True, blank=True)
    words = models.TextField(_("words"), blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("points")
        ordering = ["application", "scorer", "criterion", "id"]
        constraints = [
            models.UniqueConstraint(
                name="scorer_scores_a_criterion_once", fields=["scorer", "application", "criterion"]
            ),
            models.CheckConstraint(name="points_are_not_negative", condition=Q(points=None) | Q(points__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.scorer_id} {self.application_id} {self.criterion_id}"
