"""Programmes, the versions of their plan, who takes part, and which indicators show what effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids, texts
from luotsi.base.names import Names
from luotsi.indicators.models import Indicator
from luotsi.people.models import Account, Unit

if TYPE_CHECKING:
    from datetime import date


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Adjectives of programmes."""

    def along(self, unit: Unit) -> Self:
        """Programmes of the unit, of those above it and of those below it."""
        return self.filter(Q(owner__path__startswith=unit.path) | Q(owner__in=[*unit.ancestor_ids, unit.pk]))

    def public(self) -> Self:
        """Programmes with a public page."""
        return self.filter(is_public=True)


class Programme(models.Model):
    """One programme or plan of a provider or a region; `key` is that of its plan file.

    What the plan says stands in its versions, item by item with a code that stays; what happens to the items
    (states, findings, money, decisions) stands in records that name the code.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    key = models.CharField(_("key"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("owner"))
    name = models.JSONField(_("name"), default=dict)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    is_public = models.BooleanField(_("has a public page"), default=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        ordering = ["-starts_on", "key"]
        constraints = [
            models.CheckConstraint(
                name="programme_ends_after_it_begins",
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("The last day cannot be before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return self.names.text

    @property
    def names(self) -> Names:
        """The name in the languages it has."""
        return texts.names_of(self.name)

    def runs_on(self, day: date) -> bool:
        """Return True when the day is in the programme."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class PlanVersion(models.Model):
    """The plan as it stood: the whole of it as a plan file's tree in JSON, with a hash.

    Number 1 is the first; the one without a number is the draft that is being written, at most one a programme. A
    published version never changes. `approved_by` is a body in words, `reference` its decision.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"), null=True, blank=True)
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    note = models.TextField(_("what changed and why"), blank=True)
    written_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    approved_by = models.CharField(_("approved by"), max_length=200, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    reference = models.CharField(_("decision"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("version of a plan")
        ordering = ["programme", "-number"]
        constraints = [
            models.UniqueConstraint(name="plan_version_number_is_unique", fields=["programme", "number"]),
            models.UniqueConstraint(
                name="plan_has_one_draft",
                fields=["programme"],
                condition=Q(number=None),
                violation_error_message=_("The programme has a draft already."),
            ),
            models.CheckConstraint(
                name="plan_version_is_published_when_numbered",
                condition=Q(number=None, published_at=None) | Q(number__isnull=False, published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.number or 'draft'}"

    @property
    def audit_label(self) -> str:
        """What the log of changes calls it."""
        return f"{self.programme}, {self.number or '–'}"


class Participation(models.Model):
    """A provider that takes part in a programme, under its code in the plan, and what it lets the others see.

    `consent`: nothing, only sums in which it is not told apart, or its own figures and states.
    """

    class Consent(models.TextChoices):
        """What other members see of a member."""

        NONE = "none", _("Nothing")
        SUMS = "sums", _("Only in sums")
        FIGURES = "figures", _("Own figures and states")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="participations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.CharField(_("code in the plan"), max_length=40)
    consent = models.CharField(_("others see"), max_length=8, choices=Consent, default=Consent.SUMS)
    consented_by = models.CharField(_("agreed by"), max_length=200, blank=True)
    consented_on = models.DateField(_("agreed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("participation")
        ordering = ["programme", "code"]
        constraints = [
            models.UniqueConstraint(name="participation_once", fields=["programme", "unit"]),
            models.UniqueConstraint(name="participation_code_is_unique", fields=["programme", "code"]),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.code}"

    @property
    def audit_label(self) -> str:
        """What the log of changes calls it."""
        return f"{self.programme}, {self.unit}"


class IndicatorLink(models.Model):
    """An indicator of a programme: of the item with that code (section or measure), or of the whole (empty code)."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="indicator_links")
    item = models.CharField(_("item of the plan"), max_length=40, blank=True)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("indicator of a programme")
        ordering = ["programme", "position", "item"]
        constraints = [
            models.UniqueConstraint(name="indicator_link_once", fields=["programme", "item", "indicator"]),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.item} {self.indicator_id}"

    @property
    def audit_label(self) -> str:
        """What the log of changes calls it."""
        return f"{self.indicator}, {self.programme}"
