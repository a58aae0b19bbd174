"""What belongs to an own call besides its terms: the criteria of selection and the officers who handle it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids, texts
from luotsi.base.names import Names
from luotsi.funding.models.calls import Call
from luotsi.people.models import Person

DIGITS, PLACES = 7, 2


class Criterion(models.Model):
    """One criterion by which applications to an own call are scored, with its weight and its scale.

    Weights of a published call sum to 100. A score lies from `lowest` to `highest`, both counted in; an application
    whose mean by this criterion is below `threshold` is not funded. `told` tells scorers and applicants what is
    looked at. Once the call is published its criteria stay as they are.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria", verbose_name=_("call"))
    place = models.PositiveSmallIntegerField(_("place"), default=0)
    name = models.JSONField(_("name"), default=dict)
    told = models.JSONField(_("what is looked at"), default=dict, blank=True)
    weight = models.DecimalField(_("weight"), max_digits=DIGITS, decimal_places=PLACES)
    lowest = models.DecimalField(_("lowest score"), max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0))
    highest = models.DecimalField(_("highest score"), max_digits=DIGITS, decimal_places=PLACES, default=Decimal(5))
    threshold = models.DecimalField(
        _("least mean to be funded"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )

    class Meta:
        verbose_name = _("criterion")
        ordering = ["call", "place", "id"]
        constraints = [
            models.CheckConstraint(
                name="criterion_weighs_something",
                condition=Q(weight__gt=0, weight__lte=100),
                violation_error_message=_("Give a weight above 0 and at most 100."),
            ),
            models.CheckConstraint(
                name="criterion_scale_is_in_order",
                condition=Q(lowest__gte=0, highest__gt=models.F("lowest")),
                violation_error_message=_("The scale rises from its lowest score, which is not negative."),
            ),
            models.CheckConstraint(
                name="criterion_threshold_is_on_the_scale",
                condition=Q(threshold=None) | Q(threshold__gte=models.F("lowest"), threshold__lte=models.F("highest")),
                violation_error_message=_("The least mean lies on the scale."),
            ),
        ]

    def __str__(self) -> str:
        return self.names.text

    @property
    def names(self) -> Names:
        """The name in the languages it has."""
        return texts.names_of(self.name)

    @property
    def words(self) -> Names:
        """What is looked at, in the languages it has."""
        return texts.names_of(self.told)


class CallOfficerQuerySet(models.QuerySet["CallOfficer"]):
    """Adjectives of officers of a call."""

    def on(self, day: date) -> Self:
        """Officers on the day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class CallOfficer(models.Model):
    """Somebody who handles an own call for its funder, from when until when."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    call = models.ForeignKey(Call, models.CASCADE, related_name="officers", verbose_name=_("call"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = CallOfficerQuerySet.as_manager()

    class Meta:
        verbose_name = _("officer of a call")
        ordering = ["call", "since", "id"]
        constraints = [
            models.UniqueConstraint(
                name="call_has_an_officer_once",
                fields=["call", "person"],
                violation_error_message=_("The person is an officer of the call already."),
            ),
            models.CheckConstraint(
                name="call_officer_ends_after_the_start",
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                violation_error_message=_("The time ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.person_id}"
