"""Pilot networks: an open call, the chosen schools and their self-evaluations, the concept and who adopted it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids, texts
from luotsi.base.names import Names
from luotsi.people.models import Account, Unit
from luotsi.programme.models.programmes import Programme
from luotsi.questionnaires.models import Collection


class Network(models.Model):
    """Schools that try something out for a programme, each by a project plan of its own.

    `areas` are the development areas: [{code, fi, sv, en}]. `figures` are codes of the plan's observations that tell
    of the network where its schools are not named. The `concept` is what every school may take into use.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="networks")
    slug = models.SlugField(_("address"), max_length=60)
    name = models.JSONField(_("name"), default=dict)
    purpose = models.JSONField(_("purpose"), default=dict)
    areas = models.JSONField(_("development areas"), default=list)
    figures = models.JSONField(_("figures of the plan"), default=list, blank=True)
    call = models.OneToOneField(Collection, models.PROTECT, related_name="+", verbose_name=_("call"))
    concept = models.JSONField(_("concept"), default=dict, blank=True)
    concept_on = models.DateField(_("concept published on"), null=True, blank=True)
    is_public = models.BooleanField(_("the concept is shown to everybody"), default=False)

    class Meta:
        verbose_name = _("pilot network")
        ordering = ["programme", "slug"]
        constraints = [
            models.UniqueConstraint(
                name="network_address_is_unique",
                fields=["programme", "slug"],
                violation_error_message=_("Another network of the programme has this address."),
            ),
            models.CheckConstraint(
                name="network_public_concept_is_published",
                condition=Q(is_public=False) | Q(concept_on__isnull=False),
                violation_error_message=_("Only a published concept can be shown to everybody."),
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
        """What the network is for, in the languages it has."""
        return texts.names_of(self.purpose)

    @property
    def concepts(self) -> Names:
        """The concept in the languages it has."""
        return texts.names_of(self.concept)


class NetworkMemberQuerySet(models.QuerySet["NetworkMember"]):
    """Adjectives of decisions."""

    def chosen(self) -> Self:
        """Schools that were chosen."""
        return self.filter(is_chosen=True)


class NetworkMember(models.Model):
    """What was decided of a school that answered the call, on which day and why."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    network = models.ForeignKey(Network, models.PROTECT, related_name="members")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("school"))
    is_chosen = models.BooleanField(_("chosen"))
    decided_on = models.DateField(_("decided on"))
    reason = models.TextField(_("reason"))
    decided_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    objects = NetworkMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a network")
        ordering = ["network", "decided_on", "id"]
        constraints = [
            models.UniqueConstraint(name="network_decides_once", fields=["network", "unit"]),
            models.CheckConstraint(
                name="network_decision_has_a_reason", condition=~Q(reason=""), violation_error_message=_("Tell why.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network_id} {self.unit_id}"

    @property
    def audit_label(self) -> str:
        """What the log of changes calls it."""
        return f"{self.network}, {self.unit}"


class NetworkReview(models.Model):
    """A self-evaluation of a member in a term; the collection is the school's own, so that it alone is asked."""

    class Term(models.TextChoices):
        """Half a school year; a member evaluates itself in each."""

        AUTUMN = "autumn", _("Autumn term")
        SPRING = "spring", _("Spring term")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    network = models.ForeignKey(Network, models.PROTECT, related_name="reviews")
    school_year = models.CharField(_("school year"), max_length=12)
    term = models.CharField(_("term"), max_length=6, choices=Term)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("school"))
    collection = models.OneToOneField(Collection, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("self-evaluation of a member")
        ordering = ["network", "school_year", "term"]
        constraints = [
            models.UniqueConstraint(
                name="network_reviews_once_a_term", fields=["network", "school_year", "term", "unit"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.network_id} {self.school_year} {self.term}"


class Adoption(models.Model):
    """A school outside the network took the concept into use."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    network = models.ForeignKey(Network, models.PROTECT, related_name="adoptions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("school"))
    adopted_on = models.DateField(_("taken into use on"))
    note = models.TextField(_("how it is used"), blank=True)
    told_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("adoption of a concept")
        ordering = ["network", "adopted_on", "id"]
        constraints = [
            models.UniqueConstraint(
                name="network_adopted_once",
                fields=["network", "unit"],
                violation_error_message=_("The school has told so already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.network_id} {self.unit_id}"

    @property
    def audit_label(self) -> str:
        """What the log of changes calls it."""
        return f"{self.network}, {self.unit}"
