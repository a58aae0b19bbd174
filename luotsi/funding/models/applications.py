"""Applications: what a unit asks of a call, who prepares it, and what of the programme it serves."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids, texts
from luotsi.base.money import DECIMAL_PLACES, MAX_DIGITS
from luotsi.base.names import Names
from luotsi.funding.models.calls import Call
from luotsi.funding.rules.rights import Part
from luotsi.indicators.models import Indicator
from luotsi.people.models import Account, Person, Unit
from luotsi.programme.models import Programme
from luotsi.questionnaires.models import Response


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Adjectives of applications."""

    def in_unit(self, unit: Unit) -> Self:
        """Applications of the unit and of those below it."""
        return self.filter(unit__path__startswith=unit.path)

    def handed_in(self) -> Self:
        """Applications that the funder has."""
        return self.exclude(state__in=[Application.State.PREPARING, Application.State.DROPPED])

    def granted(self) -> Self:
        """Applications that were granted in full or in part."""
        return self.filter(state__in=Application.GRANTED)


class Application(models.Model):
    """What a unit asks of a call, from the first thought to the end of the project.

    Where it is written on a form of Luotsi, `response` holds it and its sums are counted from there; the sums here are
    what was typed of an application that lives elsewhere, or what was counted when it was handed in. None is unknown,
    0 is nothing. `granted` and `decided_on` repeat the funder's decision in force, so that a portfolio of thousands
    is one query; whoever records or undoes a decision writes them with it. `earned` is what the project has
    earned so far, which a grant for a deficit does not cover. `submitted_at` None beside a state after
    handing in: the moment of an earlier application is not known any more. A period that ends before it begins is kept
    as it was told: the checks find it.
    """

    class State(models.TextChoices):
        """How far it has come."""

        PREPARING = "preparing", _("Being prepared")
        DROPPED = "dropped", _("Not applied for")
        SUBMITTED = "submitted", _("Handed in")
        GRANTED = "granted", _("Granted")
        PARTLY = "partly", _("Granted in part")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    GRANTED = (State.GRANTED, State.PARTLY)

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("applicant"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="applications", verbose_name=_("call"))
    name = models.JSONField(_("project"), default=dict)
    purpose = models.JSONField(_("what it is for"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREPARING)
    chance = models.PositiveSmallIntegerField(_("chance, %"), null=True, blank=True)
    register_number = models.CharField(_("register number"), max_length=60, blank=True)
    response = models.OneToOneField(
        Response, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("form")
    )
    applied = models.DecimalField(
        _("applied for"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    own_share = models.DecimalField(
        _("own share"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    other = models.DecimalField(
        _("other funding"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    total = models.DecimalField(
        _("total cost"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    starts_on = models.DateField(_("use from"), null=True, blank=True)
    ends_on = models.DateField(_("use until"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    granted = models.DecimalField(
        _("granted"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    earned = models.DecimalField(
        _("income of the project"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    closed_at = models.DateTimeField(_("ended"), null=True, blank=True)
    begun_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    begun_at = models.DateTimeField(_("begun"))

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        ordering = ["-begun_at", "id"]
        indexes = [models.Index(fields=["call", "state"], name="application_by_call")]
        constraints = [
            models.CheckConstraint(
                name="application_chance_is_a_share",
                condition=Q(chance=None) | Q(chance__lte=100),
                violation_error_message=_("Give a chance from 0 to 100."),
            ),
            models.CheckConstraint(
                name="application_sums_are_not_negative",
                condition=(Q(applied=None) | Q(applied__gte=0))
                & (Q(own_share=None) | Q(own_share__gte=0))
                & (Q(other=None) | Q(other__gte=0))
                & (Q(total=None) | Q(total__gte=0))
                & (Q(granted=None) | Q(granted__gte=0)),
                violation_error_message=_("The sum cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.names.text

    @property
    def names(self) -> Names:
        """The name in the languages it has."""
        return texts.names_of(self.name)

    @property
    def purposes(self) -> Names:
        """What it is for, in the languages it has."""
        return texts.names_of(self.purpose)

    @property
    def is_granted(self) -> bool:
        """True when money was granted."""
        return self.state in self.GRANTED


class MemberQuerySet(models.QuerySet["ApplicationMember"]):
    """Adjectives of members of a team."""

    def on(self, day: date) -> Self:
        """Members on the day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class ApplicationMember(models.Model):
    """Somebody in the team of an application: what they may do in it, and from when until when they are authorised."""

    PARTS = [
        (Part.READ, _("May read")),
        (Part.WRITE, _("May read and write")),
        (Part.SUBMIT, _("May read, write and hand in")),
    ]

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    part = models.CharField(_("right"), max_length=6, choices=PARTS)
    is_preparer = models.BooleanField(_("authorised preparer"), default=False)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a team")
        ordering = ["application", "since", "id"]
        constraints = [
            models.UniqueConstraint(
                name="team_has_a_person_once",
                fields=["application", "person"],
                violation_error_message=_("The person is in the team already."),
            ),
            models.CheckConstraint(
                name="team_member_ends_after_the_start",
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                violation_error_message=_("The time ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.part}"


class ApplicationLink(models.Model):
    """A measure of a plan that the application serves, or an indicator by which its success is told."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="links")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="+")
    measure = models.CharField(_("measure"), max_length=40, blank=True)
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("link of an application")
        ordering = ["application", "measure", "id"]
        constraints = [
            models.CheckConstraint(
                name="application_links_one_thing",
                condition=Q(programme__isnull=False, indicator=None) & ~Q(measure="")
                | Q(programme=None, measure="", indicator__isnull=False),
            ),
            models.UniqueConstraint(
                name="application_links_a_measure_once",
                fields=["application", "programme", "measure"],
                condition=Q(indicator=None),
                violation_error_message=_("The measure is linked already."),
            ),
            models.UniqueConstraint(
                name="application_links_an_indicator_once",
                fields=["application", "indicator"],
                condition=Q(indicator__isnull=False),
                violation_error_message=_("The indicator is linked already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.measure or self.indicator_id}"
