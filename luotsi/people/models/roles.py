"""Role assignments: who is what, where, from when to when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.people.models.accounts import Account, Person
from luotsi.people.models.units import Unit
from luotsi.people.rules import LEADER, Grip, Role, in_force

if TYPE_CHECKING:
    from collections.abc import Iterable

ROLES = [
    (Role.COORDINATOR, _("Coordinator")),
    (Role.DIGITAL_TEAM, _("Member of the digital team")),
    (Role.PRINCIPAL, _("Principal")),
    (Role.TEACHER, _("Teacher")),
    (Role.TUTOR_TEACHER, _("Tutor teacher")),
    (Role.IT, _("IT administration")),
    (Role.DATA_PROTECTION, _("Data protection officer")),
    (Role.SECRETARY, _("School secretary")),
    (Role.FINANCE, _("Grant preparer or finance")),
    (Role.FUNDER, _("Funder's officer")),
    (Role.BOARD, _("Board member")),
    (Role.COUNSELLOR, _("Guidance counsellor")),
    (Role.STUDENT, _("Student")),
    (Role.GUARDIAN, _("Guardian")),
]

ROLE_NAMES = dict(ROLES)


class RoleQuerySet(models.QuerySet["RoleAssignment"]):
    """Adjectives of role assignments."""

    def in_force(self, on: date) -> Self:
        """Assignments in force on the day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)

    def under(self, unit: Unit) -> Self:
        """Assignments at the unit or below it."""
        return self.filter(unit__path__startswith=unit.path)

    def held_by(self, grips: Iterable[Grip]) -> Self:
        """Assignments at units that any of the given roles reaches."""
        return self.filter(unit__in=Unit.objects.held_by(grips))


class RoleAssignment(models.Model):
    """One person's role at one unit for a time; it is ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="roles", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=ROLES)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="roles", verbose_name=_("unit"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    given_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("given by")
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        ordering = ["-valid_from", "id"]
        indexes = [
            models.Index(fields=["unit", "role", "valid_to"], name="role_by_unit"),
            models.Index(fields=["role", "unit", "person", "valid_from", "valid_to"], name="role_by_role"),
            models.Index(fields=["valid_to"], name="role_by_end", condition=Q(valid_to__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="role_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("The last day cannot be before the first day."),
            ),
            models.CheckConstraint(name="role_is_known", condition=Q(role__in=list(Role))),
            models.UniqueConstraint(
                name="role_open_only_once",
                fields=["person", "role", "unit"],
                condition=Q(valid_to=None),
                violation_error_message=_("The person already has this role here."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_name}, {self.unit}"

    @property
    def role_name(self) -> str:
        """The role in words; Django's own lookup hashes every translated label at each call."""
        return str(ROLE_NAMES[Role(self.role)])

    @property
    def audit_label(self) -> str:
        """Whose role and where; the log says which role in the language of its reader."""
        return f"{self.person} · {self.unit}"

    def is_in_force(self, on: date) -> bool:
        """Return True when the role is in force on the day."""
        return in_force(self.valid_from, self.valid_to, on)


def led(on: date) -> Exists:
    """Return whether the unit of the outer query has somebody in force in the role that leads a unit of its kind."""
    by_kind = Q()
    for kind, role in LEADER.items():
        by_kind |= Q(unit__kind=kind, role=role)
    return Exists(RoleAssignment.objects.in_force(on).filter(by_kind, unit=OuterRef("pk")))
