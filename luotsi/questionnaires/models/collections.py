"""Collections: a published version opened to be answered, by whom and until when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock, ids
from luotsi.base.names import Names
from luotsi.people.models import Account, Unit
from luotsi.people.rules import Kind
from luotsi.questionnaires.models.questionnaires import QuestionnaireVersion
from luotsi.questionnaires.rules import retention


class CollectionQuerySet(models.QuerySet["Collection"]):
    """Adjectives of collections."""

    def open(self, at: datetime) -> Self:
        """Collections that take answers at the moment."""
        second = at.replace(microsecond=0)
        return self.filter(Q(closes_at=None) | Q(closes_at__gte=second), closed_at=None, opens_at__lte=at)

    def surveys(self) -> Self:
        """Collections that are answered by those who are invited."""
        return self.filter(answered_by=Collection.Answerer.INVITED)

    def closed_before(self, at: datetime) -> Self:
        """Collections that had closed by then, by hand or by their time."""
        return self.filter(Q(closed_at__lt=at) | Q(closed_at=None, closes_at__lt=at))


class Collection(models.Model):
    """An opening of a version. What reaches the server up to and including the second of `closes_at` counts.

    `owner` asks the units below it (`answered_by` institutions or providers), its staff (persons) or, in a survey,
    those whom it invites. `audience` tells whom a survey asks: keys of units, roles, and how many addresses; of a
    collection whose responses belong to something of a room above, it tells the page where they are begun and handed
    in (`through`).
    `kept_months` is how long after closing the answers to a survey, and drafts that were never handed in, are kept.
    """

    class Answerer(models.TextChoices):
        """Who answers."""

        INSTITUTIONS = "institutions", _("Schools and institutions")
        PROVIDERS = "providers", _("Education providers")
        PERSONS = "persons", _("Persons")
        INVITED = "invited", _("Those who are invited")

    class Mode(models.TextChoices):
        """Who is known to have answered."""

        IDENTIFIED = "identified", _("Answered with a name")
        CONFIDENTIAL = "confidential", _("Confidential")
        ANONYMOUS = "anonymous", _("Anonymous")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    version = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, related_name="collections", verbose_name=_("version")
    )
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("who asks"))
    name_fi = models.CharField(_("name in Finnish"), max_length=300, blank=True)
    name_sv = models.CharField(_("name in Swedish"), max_length=300, blank=True)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    answered_by = models.CharField(_("who answers"), max_length=12, choices=Answerer)
    mode = models.CharField(_("mode"), max_length=12, choices=Mode, default=Mode.IDENTIFIED)
    many = models.BooleanField(_("several responses"), default=False)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    opened_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_link = models.BooleanField(_("a common link for each unit"), default=False)
    audience = models.JSONField(_("who is asked"), default=dict, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    settled_at = models.DateTimeField(_("results worked out"), null=True, blank=True)
    kept_months = models.PositiveSmallIntegerField(_("months for which answers are kept"), default=retention.SURVEYS)
    forgotten_at = models.DateTimeField(_("answers deleted"), null=True, blank=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        ordering = ["closes_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="collection_has_a_name",
                condition=~Q(name_fi="") | ~Q(name_sv="") | ~Q(name_en=""),
                violation_error_message=_("Give the name in at least one language."),
            ),
            models.CheckConstraint(
                name="collection_closes_after_it_opens",
                condition=Q(closes_at=None) | Q(closes_at__gt=models.F("opens_at")),
                violation_error_message=_("The collection must close after it opens."),
            ),
            models.CheckConstraint(
                name="collection_without_names_invites",
                condition=Q(mode="identified") | Q(answered_by="invited"),
                violation_error_message=_("Only those who are invited can answer without a name."),
            ),
            models.CheckConstraint(
                name="collection_keeps_answers_for_a_while",
                condition=Q(kept_months__in=retention.CHOICES),
                violation_error_message=_("Choose for how long answers are kept."),
            ),
        ]

    def __str__(self) -> str:
        return self.names.text

    @property
    def names(self) -> Names:
        """The name in the languages it has."""
        return Names(fi=self.name_fi, sv=self.name_sv, en=self.name_en)

    @property
    def is_survey(self) -> bool:
        """True where those who are invited answer."""
        return self.answered_by == Collection.Answerer.INVITED

    @property
    def through(self) -> str:
        """The address where responses are begun and handed in; empty where that is done in this room."""
        return str(self.audience.get("through", ""))

    @property
    def unit_kind(self) -> Kind | None:
        """The kind of unit that answers; None where persons do."""
        kinds = {"institutions": Kind.INSTITUTION, "providers": Kind.PROVIDER}
        return kinds.get(self.answered_by)

    @property
    def kept_until(self) -> date | None:
        """The last day on which answers are kept; None while nobody knows when the collection closes."""
        ended = self.closed_at or self.closes_at
        return retention.last_day(clock.day_of(ended), self.kept_months) if ended else None

    def state_at(self, at: datetime) -> str:
        """Return coming, open or closed; the second of `closes_at` itself is still open."""
        if self.closed_at and self.closed_at <= at:
            return "closed"
        if self.closes_at and at.replace(microsecond=0) > self.closes_at:
            return "closed"
        return "open" if self.opens_at <= at else "coming"
