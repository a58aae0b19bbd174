"""Staggered starts: which groups or schools begin to use guidance lists when, by lot, so that the effect is known."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.people.models import Account, Unit


class StaggeredStart(models.Model):
    """A plan of who begins when, told before the lot is drawn; once locked it is never changed, only stopped.

    `seed` decides the lot, `outcome` what will be compared; both are told before. A plan that is stopped is kept with
    its reason, so that nobody draws until they like what they get.
    """

    class Outcome(models.TextChoices):
        """What is compared."""

        STAYING = "staying", _("Share of learners who go on studying, or complete")
        POINTS = "points", _("Competence points a learner gets")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    starts_on = models.DateField(_("first start"))
    step = models.PositiveSmallIntegerField(_("weeks from one start to the next"))
    waves = models.PositiveSmallIntegerField(_("starts"))
    outcome = models.CharField(_("what is compared"), max_length=8, choices=Outcome)
    seed = models.CharField(_("words of the lot"), max_length=80)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    stopped_for = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("staggered start")
        ordering = ["-starts_on", "-planned_at"]
        constraints = [
            models.CheckConstraint(
                name="staggered_start_is_stopped_for_a_reason",
                condition=Q(stopped_at=None) | ~Q(stopped_for=""),
                violation_error_message=_("Say why it is stopped."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.starts_on}"


class StartingUnitQuerySet(models.QuerySet["StartingUnit"]):
    """Adjectives of units of staggered starts."""

    def drawn(self) -> Self:
        """Units of plans that are locked and were not stopped."""
        return self.filter(start__locked_at__isnull=False, start__stopped_at=None)

    def waiting(self, day: date) -> Self:
        """Units without guidance lists on the day, since their start has not come."""
        return self.drawn().filter(begins_on__gt=day)


class StartingUnit(models.Model):
    """A group or school of a staggered start; `wave` from 0 and `begins_on` are there once the lot is drawn."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    start = models.ForeignKey(StaggeredStart, models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("group or school"))
    wave = models.PositiveSmallIntegerField(_("start"), null=True, blank=True)
    begins_on = models.DateField(_("begins"), null=True, blank=True)

    objects = StartingUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit of a staggered start")
        ordering = ["start", "begins_on", "unit"]
        constraints = [
            models.UniqueConstraint(name="starting_unit_is_there_once", fields=["start", "unit"]),
            models.CheckConstraint(
                name="starting_unit_begins_in_its_wave",
                condition=Q(wave=None, begins_on=None) | Q(wave__isnull=False, begins_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.begins_on or '–'}"
