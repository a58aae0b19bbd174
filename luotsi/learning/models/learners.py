"""Learners: who studies here, in which group from when to when, and what they have been told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.learning.rules.naming import called
from luotsi.people.models import Person, Unit
from luotsi.people.rules import Grip, Kind


class LearnerQuerySet(models.QuerySet["Learner"]):
    """Adjectives of learners."""

    def in_unit(self, unit: Unit) -> Self:
        """Learners whose group or school is the unit or below it."""
        return self.filter(unit__path__startswith=unit.path)

    def held_by(self, grips: Iterable[Grip], nearest: frozenset[str] = frozenset()) -> Self:
        """Learners that any of the roles reaches; a role in `nearest` reaches only its very group."""
        reached = Q(pk__in=[])
        for grip in grips:
            if grip.role in nearest:
                reached |= Q(unit__path=grip.path, unit__kind=Kind.GROUP)
            else:
                reached |= Q(unit__path=grip.path) if grip.stays else Q(unit__path__startswith=grip.path)
        return self.filter(reached)

    def to_score(self, on: date) -> Self:
        """Learners who have been told by the day how their data are used and have not objected."""
        return self.filter(told_on__lte=on).filter(Q(objected_on=None) | Q(objected_on__gt=on))


class Learner(models.Model):
    """Somebody with a right to study, at one provider.

    `identity` is a keyed digest of the identity code: it matches documents without an OID and tells nothing. `unit` is
    the present group, or the school while no group is known. Without `told_on`, or after `objected_on`, nothing is
    computed about them but their progress.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    provider = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="learners", verbose_name=_("group or school"))
    oid = models.CharField(_("OID"), max_length=60, blank=True)
    identity = models.CharField(max_length=64, blank=True)
    given_name = models.CharField(_("given name"), max_length=120)
    family_name = models.CharField(_("family name"), max_length=120)
    person = models.OneToOneField(Person, models.SET_NULL, null=True, blank=True, related_name="learner")
    told_version = models.CharField(_("version of the notice"), max_length=20, blank=True)
    told_on = models.DateField(_("told how data are used"), null=True, blank=True)
    objected_on = models.DateField(_("objected"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LearnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("learner")
        ordering = ["family_name", "given_name", "id"]
        indexes = [models.Index(fields=["unit", "family_name"], name="learner_by_unit")]
        constraints = [
            models.UniqueConstraint(
                name="learner_oid_is_there_once",
                fields=["provider", "oid"],
                condition=~Q(oid=""),
                violation_error_message=_("Another learner has this OID."),
            ),
            models.UniqueConstraint(
                name="learner_identity_is_there_once",
                fields=["provider", "identity"],
                condition=~Q(identity=""),
                violation_error_message=_("Another learner has this identity code."),
            ),
            models.CheckConstraint(
                name="learner_is_known_by_something",
                condition=~Q(oid="") | ~Q(identity=""),
                violation_error_message=_("A learner needs an OID or an identity code."),
            ),
        ]

    def __str__(self) -> str:
        return called(self.given_name, self.family_name, self.oid)


class Placement(models.Model):
    """A learner's time in a group; it is ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="placements")
    group = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("group"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("time in a group")
        ordering = ["learner", "since"]
        constraints = [
            models.UniqueConstraint(
                name="placement_open_only_once",
                fields=["learner"],
                condition=Q(until=None),
                violation_error_message=_("The learner is in a group already."),
            ),
            models.CheckConstraint(
                name="placement_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                violation_error_message=_("The last day cannot be before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} · {self.group}"


class Traits(models.Model):
    """What the law protects of a learner, for the audit of models only: never a feature, on no page of a person."""

    learner = models.OneToOneField(Learner, models.CASCADE, primary_key=True, related_name="traits")
    gender = models.CharField(_("gender"), max_length=10, blank=True)
    language = models.CharField(_("mother tongue"), max_length=10, blank=True)
    age = models.CharField(_("age when studies began"), max_length=10, blank=True)
    support = models.CharField(_("support"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("protected attributes")

    def __str__(self) -> str:
        return str(self.pk)


class Notice(models.Model):
    """How data of studies are used, in words for those whose data they are; a version is never changed."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    provider = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    version = models.CharField(_("version"), max_length=20)
    since = models.DateField(_("since"))
    text_fi = models.TextField(_("text in Finnish"))
    text_sv = models.TextField(_("text in Swedish"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)

    class Meta:
        verbose_name = _("notice")
        ordering = ["-since", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="notice_version_is_there_once",
                fields=["provider", "version"],
                violation_error_message=_("There is a notice of this version."),
            ),
        ]

    def __str__(self) -> str:
        return self.version
