"""The organisation tree: region › provider › institution › group."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luotsi.base import ids
from luotsi.base.names import Names
from luotsi.base.wording import contains
from luotsi.people.rules import Grip, Kind, in_force

if TYPE_CHECKING:
    from collections.abc import Iterable


KINDS = [
    (Kind.REGION, pgettext_lazy("level of organisation", "City region")),
    (Kind.PROVIDER, _("Education provider")),
    (Kind.INSTITUTION, _("Institution")),
    (Kind.GROUP, pgettext_lazy("level of organisation", "Group")),
]

KIND_NAMES = dict(KINDS)


class UnitQuerySet(models.QuerySet["Unit"]):
    """Adjectives of units."""

    def in_force(self, on: date) -> Self:
        """Units that exist on the day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)

    def ended(self, on: date) -> Self:
        """Units that have ended before the day."""
        return self.filter(valid_to__lt=on)

    def under(self, unit: Unit) -> Self:
        """The unit itself and everything below it."""
        return self.filter(path__startswith=unit.path)

    def above(self, unit: Unit) -> Self:
        """The units above, from the top; without the unit itself."""
        return self.filter(pk__in=unit.ancestor_ids).order_by("path")

    def held_by(self, grips: Iterable[Grip]) -> Self:
        """Units that any of the roles reaches."""
        reached = Q(pk__in=[])
        for grip in grips:
            reached |= Q(path__startswith=grip.path) if not grip.stays else Q(path=grip.path)
        return self.filter(reached)

    def named_like(self, text: str) -> Self:
        """Units whose name or official code contains the text, in any language and case."""
        return self.filter(
            contains("name_fi", text)
            | contains("name_sv", text)
            | contains("name_en", text)
            | Q(municipality_number=text)
            | Q(institution_number=text)
            | Q(oid=text)
        )


class Unit(models.Model):
    """A region, an education provider, an institution or a group, with its official codes and life span."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    key = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=KINDS)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    path = models.CharField(max_length=140, unique=True, editable=False)
    name_fi = models.CharField(_("name in Finnish"), max_length=200, blank=True)
    name_sv = models.CharField(_("name in Swedish"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    municipality_number = models.CharField(_("municipality number"), max_length=3, blank=True, db_index=True)
    institution_number = models.CharField(_("institution number"), max_length=5, blank=True)
    institution_type = models.ForeignKey(
        "people.InstitutionType", models.PROTECT, null=True, blank=True, verbose_name=_("type of institution")
    )
    oid = models.CharField(_("OID"), max_length=60, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()
    kept: Any = None  # what a query found looking from here; a unit lives for one request

    class Meta:
        verbose_name = _("unit")
        ordering = ["name_fi", "name_sv", "key"]
        constraints = [
            models.CheckConstraint(
                name="unit_has_a_name",
                condition=~Q(name_fi="") | ~Q(name_sv="") | ~Q(name_en=""),
                violation_error_message=_("Give the name in at least one language."),
            ),
            models.CheckConstraint(
                name="unit_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("The last day cannot be before the first day."),
            ),
            models.CheckConstraint(name="unit_kind_is_known", condition=Q(kind__in=list(Kind))),
            models.CheckConstraint(
                name="unit_region_is_on_top",
                condition=~Q(kind=Kind.REGION) | Q(parent=None),
                violation_error_message=_("A region has nothing above it."),
            ),
            models.CheckConstraint(
                name="unit_institution_has_a_parent",
                condition=Q(kind__in=[Kind.REGION, Kind.PROVIDER]) | Q(parent__isnull=False),
                violation_error_message=_("An institution belongs to a provider and a group to an institution."),
            ),
            models.UniqueConstraint(
                name="unit_oid_is_unique",
                fields=["oid"],
                condition=~Q(oid=""),
                violation_error_message=_("Another unit has this OID."),
            ),
            models.UniqueConstraint(
                name="unit_institution_number_is_unique",
                fields=["institution_number"],
                condition=~Q(institution_number=""),
                violation_error_message=_("Another unit has this institution number."),
            ),
            models.UniqueConstraint(
                name="unit_one_provider_per_municipality",
                fields=["municipality_number"],
                condition=~Q(municipality_number="") & Q(kind=Kind.PROVIDER, valid_to=None),
                violation_error_message=_("Another provider has this municipality number."),
            ),
        ]

    def __str__(self) -> str:
        return self.names.text

    @property
    def names(self) -> Names:
        """The name in the languages it has."""
        return Names(fi=self.name_fi, sv=self.name_sv, en=self.name_en)

    @property
    def kind_name(self) -> str:
        """The kind in words; Django's own lookup hashes every translated label at each call."""
        return str(KIND_NAMES[Kind(self.kind)])

    @property
    def ancestor_ids(self) -> list[uuid.UUID]:
        """Identifiers of the units above, from the top, read from the path without a query."""
        return [uuid.UUID(hex=part) for part in self.path.strip("/").split("/")[:-1]]

    def is_in_force(self, on: date) -> bool:
        """Return True when the unit exists on the day."""
        return in_force(self.valid_from, self.valid_to, on)


def path_below(parent: Unit | None, pk: uuid.UUID) -> str:
    """Return the path of a unit: the keys of its ancestors and itself, each 32 hex digits and a slash."""
    return f"{parent.path if parent else ''}{pk.hex}/"
