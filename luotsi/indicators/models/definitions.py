"""What is followed, and version by version how it is counted."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids, texts
from luotsi.base.names import Names
from luotsi.indicators.rules import values
from luotsi.indicators.rules.values import Direction, Operator, Policy, Rollup
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from datetime import date

ROLLUPS = [
    (Rollup.SUM, _("Sum")),
    (Rollup.RATIO, _("Sum of numerators by sum of denominators")),
    (Rollup.WEIGHTED_MEAN, _("Weighted mean")),
    (Rollup.LAST, _("Latest")),
    (Rollup.MIN, _("Smallest")),
    (Rollup.MAX, _("Largest")),
    (Rollup.SHARE_OF_UNITS, _("Share of units that meet the limit")),
]
POLICIES = [
    (Policy.OPEN, _("Open: nobody stands behind it")),
    (Policy.THRESHOLD, _("Threshold: 1 to 4 persons are hidden")),
    (Policy.SURVEY, _("Survey: at least 5 persons")),
    (Policy.LEARNERS, _("Learners: 1 to 4 of them and 1 to 4 others are hidden; in public at least 45")),
    (Policy.STATISTICS, _("Statistics: multiples of 3")),
]
DIRECTIONS = [
    (Direction.RISING, _("More is better")),
    (Direction.FALLING, _("Less is better")),
    (Direction.STEADY, _("Should stay")),
]
OPERATORS = [
    (Operator.EQ, _("exactly")),
    (Operator.GTE, _("at least")),
    (Operator.LTE, _("at most")),
    (Operator.GT, _("more than")),
    (Operator.LT, _("less than")),
    (Operator.APPROX, _("about")),
    (Operator.RANGE, _("between")),
]


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Adjectives of indicators."""

    def in_use(self) -> Self:
        """Indicators that have not been retired."""
        return self.filter(retired_on=None)

    def owned_along(self, unit: Unit) -> Self:
        """Indicators of the unit, of those above it and of those below it, and those of everybody."""
        return self.filter(
            Q(owner=None) | Q(owner__path__startswith=unit.path) | Q(owner__in=[*unit.ancestor_ids, unit.pk])
        )


class Indicator(models.Model):
    """Something that is followed; what it means stands in its definitions. `owner` None = everybody's."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    key = models.SlugField(_("address"), max_length=80, unique=True)
    code = models.CharField(_("code"), max_length=40, blank=True)
    owner = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner"))
    name = models.JSONField(_("name"), default=dict)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.names.text

    @property
    def names(self) -> Names:
        """The name in the languages it has."""
        return texts.names_of(self.name)


class DefinitionQuerySet(models.QuerySet["Definition"]):
    """Adjectives of definitions."""

    def valid_on(self, day: date) -> Self:
        """Definitions by which figures of the day are counted."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class Definition(models.Model):
    """One version of how an indicator is counted; a change is a new version, which breaks the line of its figures.

    `counting` is `rules.values.Counting` as JSON, None where the indicator is observed. Texts are kept by language.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="definitions", verbose_name=_("indicator"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    unit_of_measure = models.CharField(_("unit of measure"), max_length=60, blank=True)
    factor = models.DecimalField(_("factor"), max_digits=12, decimal_places=4, default=Decimal(1))
    decimals = models.PositiveSmallIntegerField(_("decimals shown"), default=1)
    direction = models.CharField(_("direction"), max_length=10, choices=DIRECTIONS, default=Direction.RISING)
    rollup = models.CharField(_("roll-up"), max_length=20, choices=ROLLUPS, default=Rollup.RATIO)
    limit_operator = models.CharField(_("limit is met when"), max_length=8, choices=OPERATORS, blank=True)
    limit_value = models.DecimalField(_("limit"), max_digits=18, decimal_places=4, null=True, blank=True)
    policy = models.CharField(_("disclosure"), max_length=12, choices=POLICIES, default=Policy.THRESHOLD)
    dimensions = models.JSONField(_("splits"), default=list, blank=True)
    period_kind = models.CharField(_("kind of period"), max_length=12, default="year")
    observed_at = models.CharField(_("observed at"), max_length=12, blank=True)
    numerator = models.JSONField(_("numerator"), default=dict, blank=True)
    denominator = models.JSONField(_("denominator"), default=dict, blank=True)
    population = models.JSONField(_("population"), default=dict, blank=True)
    rule = models.JSONField(_("rule of counting"), default=dict, blank=True)
    method = models.JSONField(_("method"), default=dict, blank=True)
    counting = models.JSONField(null=True, blank=True)
    change = models.TextField(_("what changed and why"), blank=True)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("definition")
        ordering = ["indicator", "version"]
        constraints = [
            models.UniqueConstraint(
                name="definition_version_is_unique",
                fields=["indicator", "version"],
                violation_error_message=_("The indicator has this version already."),
            ),
            models.CheckConstraint(
                name="definition_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("The last day cannot be before the first day."),
            ),
            models.CheckConstraint(
                name="definition_share_of_units_has_a_limit",
                condition=~Q(rollup=Rollup.SHARE_OF_UNITS) | (~Q(limit_operator="") & Q(limit_value__isnull=False)),
                violation_error_message=_("A share of units needs the limit that each unit should meet."),
            ),
            models.CheckConstraint(
                name="definition_factor_is_positive",
                condition=Q(factor__gt=0),
                violation_error_message=_("The factor is more than zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} v{self.version}"

    @property
    def audit_label(self) -> str:
        """What the log of changes calls it."""
        return f"{self.indicator}, {self.version}"

    @property
    def limit(self) -> tuple[Operator, Decimal] | None:
        """The limit that a unit should meet, where there is one."""
        if not self.limit_operator or self.limit_value is None:
            return None
        return Operator(self.limit_operator), self.limit_value

    def as_rule(self, key: str) -> values.Definition:
        """Return the definition as the engine takes it; `key` is that of the indicator."""
        return values.Definition(
            indicator=key,
            version=self.version,
            unit=self.unit_of_measure,
            factor=self.factor,
            direction=Direction(self.direction),
            rollup=Rollup(self.rollup),
            limit=self.limit,
            told_by=self.observed_at,
            policy=Policy(self.policy),
            dimensions=tuple(self.dimensions),
            counting=values.counting_of(self.counting),
        )
