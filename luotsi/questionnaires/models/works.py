"""Long work on a survey: writing to those who are asked, and working the results out, while the page tells how far."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.people.models import Account
from luotsi.questionnaires.models.collections import Collection

MOST_ATTEMPTS = 6
QUIET = timedelta(minutes=3)  # work that has told nothing for so long has come to rest


class WorkQuerySet(models.QuerySet["SurveyWork"]):
    """Adjectives of work."""

    def going_on(self) -> Self:
        """Work that is not done, whatever has become of it."""
        return self.filter(ended_at=None)

    def at_rest(self, at: datetime) -> Self:
        """Work that nobody does now and that may be tried again."""
        return self.going_on().filter(not_before__lte=at, attempts__lt=MOST_ATTEMPTS)


class SurveyWork(models.Model):
    """What is being done to a survey, one thing at a time; a new one takes the row over.

    `key` is of the page from which the survey was opened, so that a double click opens one. `done` of `total` are
    letters written or answers counted. Whoever works moves `not_before` ahead; when it has passed, the work has come
    to rest and is taken up again.
    """

    class Kind(models.TextChoices):
        """What is done."""

        INVITING = "inviting", _("Inviting")
        REMINDING = "reminding", _("Reminding")
        TELLING = "telling", _("Telling of a new closing time")
        SETTLING = "settling", _("Working the results out")

    collection = models.OneToOneField(Collection, models.CASCADE, primary_key=True, related_name="work")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=64, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField()
    not_before = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True, blank=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("work on a survey")
        indexes = [models.Index(fields=["not_before"], name="survey_work_going_on", condition=Q(ended_at=None))]
        constraints = [
            models.UniqueConstraint(name="survey_opened_once_by_a_page", fields=["key"], condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.collection_id} {self.kind} {self.done}/{self.total}"

    def state_at(self, at: datetime) -> str:
        """Return done, going, failed (tried again by itself), stopped (given up), or quiet (nobody seems to work)."""
        if self.ended_at:
            return "done"
        if self.attempts >= MOST_ATTEMPTS:
            return "stopped"
        if self.attempts:
            return "failed"
        return "quiet" if self.not_before < at else "going"
