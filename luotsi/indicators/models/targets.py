"""What an indicator should become, where and when, and who decided so."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.indicators.models.definitions import OPERATORS, Indicator
from luotsi.indicators.models.observations import DIGITS
from luotsi.indicators.rules.values import Operator, PathKind
from luotsi.people.models import Unit

PATHS = [
    (PathKind.LINEAR, _("Straight line")),
    (PathKind.STEP, _("At once at the end")),
    (PathKind.POINTS, _("Own points")),
]


class TargetQuerySet(models.QuerySet["Target"]):
    """Adjectives of targets."""

    def in_force(self) -> Self:
        """Targets that no later decision has taken the place of."""
        return self.filter(withdrawn_at=None)


class Target(models.Model):
    """The value that an indicator should have in a unit at the end of a period.

    `points` are own points of the path: [[period key, number as text], …].
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets", verbose_name=_("indicator"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    period = models.CharField(_("period"), max_length=12)
    due_on = models.DateField(_("until"))
    operator = models.CharField(_("how"), max_length=8, choices=OPERATORS, default=Operator.GTE)
    value = models.DecimalField(_("target"), **DIGITS)
    baseline_value = models.DecimalField(_("baseline"), null=True, blank=True, **DIGITS)
    baseline_on = models.DateField(_("day of the baseline"), null=True, blank=True)
    path = models.CharField(_("path"), max_length=8, choices=PATHS, default=PathKind.LINEAR)
    points = models.JSONField(_("points of the path"), default=list, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    reference = models.CharField(_("decision"), max_length=120, blank=True)
    note = models.TextField(_("note"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        ordering = ["indicator", "unit", "due_on"]
        constraints = [
            models.UniqueConstraint(
                name="target_one_for_each_period",
                fields=["indicator", "unit", "period"],
                condition=Q(withdrawn_at=None),
                violation_error_message=_("The unit has a target for this period already."),
            ),
            models.CheckConstraint(
                name="target_baseline_is_whole",
                condition=Q(baseline_value=None, baseline_on=None)
                | Q(baseline_value__isnull=False, baseline_on__isnull=False),
                violation_error_message=_("A baseline has a number and a day."),
            ),
            models.CheckConstraint(
                name="target_comes_after_its_baseline",
                condition=Q(baseline_on=None) | Q(due_on__gt=models.F("baseline_on")),
                violation_error_message=_("The target comes after its baseline."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.operator} {self.value} {self.period}"

    @property
    def audit_label(self) -> str:
        """What the log of changes calls it."""
        return f"{self.indicator}, {self.unit}, {self.period}"
