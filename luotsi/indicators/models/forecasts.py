"""Forecasts as they were made, kept so that their errors can be shown later."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.indicators.models.definitions import Indicator
from luotsi.indicators.models.observations import DIGITS
from luotsi.people.models import Unit


class KeptForecast(models.Model):
    """What was foreseen of an indicator in a unit on a day, for the last day of a target's period.

    `basis` is a hash over the points it was made of: the same points make no second row. A verdict without a
    method ("too little data") has neither value nor interval.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="forecasts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(_("version of the definition"))
    made_on = models.DateField(_("made on"))
    for_day = models.DateField(_("for the day"))
    for_period = models.CharField(_("for the period"), max_length=12)
    basis = models.CharField(max_length=64)
    method = models.CharField(_("method"), max_length=20, blank=True)
    value = models.DecimalField(_("forecast"), null=True, **DIGITS)
    low = models.DecimalField(_("lower end of the 80 % range"), null=True, **DIGITS)
    high = models.DecimalField(_("upper end of the 80 % range"), null=True, **DIGITS)
    probability = models.DecimalField(_("probability"), null=True, max_digits=5, decimal_places=4)
    verdict = models.CharField(_("verdict"), max_length=20)

    class Meta:
        verbose_name = _("forecast")
        ordering = ["indicator", "unit", "for_day", "made_on"]
        constraints = [
            models.UniqueConstraint(
                name="forecast_once_for_the_same_points", fields=["indicator", "unit", "for_period", "basis"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.for_period} {self.made_on}"
