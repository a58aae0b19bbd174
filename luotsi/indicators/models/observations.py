"""Figures that cannot be counted yet: entered by somebody, dated, sourced, approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.indicators.models.definitions import OPERATORS, Definition, Indicator
from luotsi.indicators.rules.values import Mark, ObservationState, Operator
from luotsi.people.models import Account, Unit

if TYPE_CHECKING:
    from datetime import datetime

STATES = [
    (ObservationState.DRAFT, _("Draft")),
    (ObservationState.SUBMITTED, _("Submitted")),
    (ObservationState.APPROVED, _("Approved")),
    (ObservationState.SUPERSEDED, _("Superseded")),
]
MARKS = [(Mark.FIGURE, ""), (Mark.MISSING, _("Missing")), (Mark.NOT_APPLICABLE, _("Not applicable"))]
DIGITS: dict[str, Any] = {"max_digits": 18, "decimal_places": 4}


class ObservationQuerySet(models.QuerySet["Observation"]):
    """Adjectives of observations."""

    def current(self) -> Self:
        """The latest version of each; not those that another has taken the place of."""
        return self.exclude(state=ObservationState.SUPERSEDED)

    def approved(self) -> Self:
        """Those that figures are made of."""
        return self.filter(state=ObservationState.APPROVED)

    def approved_at_moment(self, at: datetime) -> Self:
        """Those that were approved and not yet superseded at a moment: what a frozen report was made of."""
        return self.filter(Q(superseded_at=None) | Q(superseded_at__gt=at), approved_at__lte=at)

    def under(self, unit: Unit) -> Self:
        """Observations of the unit and of everything below it."""
        return self.filter(unit__path__startswith=unit.path)


class Observation(models.Model):
    """One figure as it was told: of an indicator, a unit, a period and a split.

    `split` holds the values by dimension, `split_key` the same as text ("language=sv"), empty for the total.
    `version` counts from 1; an approved observation is locked, and a change is a new row that `replaces` it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations", verbose_name=_("indicator"))
    definition = models.ForeignKey(Definition, models.PROTECT, related_name="+", verbose_name=_("definition"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    period = models.CharField(_("period"), max_length=12)
    period_start = models.DateField(_("first day"))
    period_end = models.DateField(_("last day"))
    split = models.JSONField(_("split"), default=dict, blank=True)
    split_key = models.CharField(max_length=200, blank=True)
    numerator = models.DecimalField(_("numerator"), null=True, blank=True, **DIGITS)
    denominator = models.DecimalField(_("denominator"), null=True, blank=True, **DIGITS)
    value = models.DecimalField(_("value"), null=True, blank=True, **DIGITS)
    low = models.DecimalField(_("lower end"), null=True, blank=True, **DIGITS)
    high = models.DecimalField(_("upper end"), null=True, blank=True, **DIGITS)
    operator = models.CharField(_("how exact"), max_length=8, choices=OPERATORS, default=Operator.EQ)
    words = models.CharField(_("in the words of the source"), max_length=300, blank=True)
    mark = models.CharField(_("mark"), max_length=16, choices=MARKS, blank=True)
    persons = models.PositiveIntegerField(_("persons behind it"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_place = models.CharField(_("place in the source"), max_length=120, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=STATES, default=ObservationState.DRAFT)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    reason = models.TextField(_("reason of the change"), blank=True)
    entered_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    approved_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    superseded_at = models.DateTimeField(_("superseded"), null=True, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        ordering = ["indicator", "period_end", "unit", "split_key"]
        indexes = [
            models.Index(fields=["indicator", "state", "period_end"], name="observation_by_indicator"),
            models.Index(fields=["unit", "state"], name="observation_by_unit"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="observation_one_approved_of_each",
                fields=["indicator", "unit", "period", "split_key"],
                condition=Q(state=ObservationState.APPROVED),
                violation_error_message=_("There is an approved observation of this unit and period already."),
            ),
            models.UniqueConstraint(
                name="observation_one_in_work_of_each",
                fields=["indicator", "unit", "period", "split_key"],
                condition=Q(state__in=[ObservationState.DRAFT, ObservationState.SUBMITTED]),
                violation_error_message=_("Somebody is entering this figure already."),
            ),
            models.CheckConstraint(
                name="observation_period_in_order",
                condition=Q(period_end__gte=models.F("period_start")),
                violation_error_message=_("The last day cannot be before the first day."),
            ),
            models.CheckConstraint(
                name="observation_tells_something",
                condition=~Q(value=None)
                | ~Q(numerator=None)
                | ~Q(low=None)
                | ~Q(high=None)
                | ~Q(words="")
                | ~Q(mark=Mark.FIGURE),
                violation_error_message=_("Give a figure, words, or a mark that tells why there is none."),
            ),
            models.CheckConstraint(
                name="observation_mark_has_no_figure",
                condition=Q(mark=Mark.FIGURE) | Q(value=None, numerator=None, denominator=None, low=None, high=None),
                violation_error_message=_("A figure that is missing or not applicable has no number."),
            ),
            models.CheckConstraint(
                name="observation_denominator_is_positive",
                condition=Q(denominator=None) | Q(denominator__gt=0),
                violation_error_message=_("The denominator is more than zero."),
            ),
            models.CheckConstraint(
                name="observation_range_in_order",
                condition=Q(low=None) | Q(high=None) | Q(high__gte=models.F("low")),
                violation_error_message=_("The lower end cannot be above the upper end."),
            ),
            models.CheckConstraint(
                name="observation_approved_has_its_moment",
                condition=~Q(state=ObservationState.APPROVED) | Q(approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="observation_change_has_a_reason",
                condition=Q(replaces=None) | ~Q(reason=""),
                violation_error_message=_("Tell why an approved figure is changed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period} {self.split_key}".strip()

    @property
    def audit_label(self) -> str:
        """What the log of changes calls it."""
        return ", ".join(filter(None, (str(self.indicator), str(self.unit), self.period, self.split_key)))
