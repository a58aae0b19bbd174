"""Plans of preparatory studies (TUVA): each saving is a version of its own, agreed by the counsellor or waiting."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.learning.models.learners import Learner
from luotsi.learning.rules.tuva.paths import Path, read_breaks, read_items
from luotsi.people.models import Account


class TuvaPlanQuerySet(models.QuerySet["TuvaPlan"]):
    """Adjectives of plans of preparatory studies."""

    def agreed(self) -> Self:
        """Versions that the counsellor has agreed to."""
        return self.filter(is_agreed=True)

    def waiting(self) -> Self:
        """Versions that a learner proposes and nobody has answered."""
        return self.filter(is_agreed=None)


class TuvaPlan(models.Model):
    """A version of somebody's plan of preparatory studies; it is never changed, only answered.

    `items` and `breaks` are plain data of `rules.tuva.paths`; `permit` is that of the register on the day of saving.
    `is_agreed` None = proposed by the learner and not answered yet; False = turned down, or replaced before an answer.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="tuva_plans")
    right_oid = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(_("version"))
    permit = models.CharField(_("permit"), max_length=20, blank=True)
    starts_on = models.DateField(_("begins"))
    weekly = models.DecimalField(_("weeks of studies in a week"), max_digits=3, decimal_places=2)
    items = models.JSONField(default=list)
    breaks = models.JSONField(default=list, blank=True)
    aim = models.CharField(_("where to after this"), max_length=200, blank=True)
    words = models.CharField(_("what changed and why"), max_length=300, blank=True)
    saved_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField()
    is_agreed = models.BooleanField(_("agreed"), null=True, blank=True)
    answered_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)

    objects = TuvaPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan of preparatory studies")
        ordering = ["learner", "right_oid", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="tuva_plan_version_is_there_once",
                fields=["learner", "right_oid", "version"],
                violation_error_message=_("Somebody has saved the plan meanwhile. Look at it and change it anew."),
            ),
            models.UniqueConstraint(
                name="tuva_plan_waits_once",
                fields=["learner", "right_oid"],
                condition=Q(is_agreed=None),
                violation_error_message=_("A proposal is waiting for an answer already."),
            ),
            models.CheckConstraint(
                name="tuva_plan_is_answered_at_a_time",
                condition=Q(is_agreed=None, answered_at=None) | Q(is_agreed__isnull=False, answered_at__isnull=False),
                violation_error_message=_("An answer has a time."),
            ),
            models.CheckConstraint(
                name="tuva_plan_has_a_pace",
                condition=Q(weekly__gt=0, weekly__lte=1),
                violation_error_message=_("Give weeks of studies in a week: more than 0, at most 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} {self.version}"

    @property
    def path(self) -> Path:
        """The plan as the rules see it."""
        return Path(
            permit=self.permit,
            starts_on=self.starts_on,
            items=read_items(self.items),
            breaks=read_breaks(self.breaks),
            weekly=self.weekly,
            aim=self.aim,
        )
