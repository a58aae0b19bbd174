"""Funders and their calls: what is watched, and what a unit of this installation opens itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock, ids, texts
from luotsi.base.money import DECIMAL_PLACES, MAX_DIGITS
from luotsi.base.names import Names
from luotsi.funding.rules.applicants import Applicants
from luotsi.people.models import Account, Unit
from luotsi.questionnaires.models import Collection, QuestionnaireVersion


class Funder(models.Model):
    """Who gives money: a ministry, an agency, a fund, a city. `unit` where it is a unit of this installation."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    name = models.JSONField(_("name"), default=dict)
    business_id = models.CharField(_("business ID"), max_length=9, blank=True)
    unit = models.OneToOneField(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))

    class Meta:
        verbose_name = _("funder")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="funder_business_id_is_unique",
                fields=["business_id"],
                condition=~Q(business_id=""),
                violation_error_message=_("Another funder has this business ID."),
            )
        ]

    def __str__(self) -> str:
        return self.names.text

    @property
    def names(self) -> Names:
        """The name in the languages it has."""
        return texts.names_of(self.name)


class CallQuerySet(models.QuerySet["Call"]):
    """Adjectives of calls."""

    def along(self, unit: Unit) -> Self:
        """Calls kept by the unit or by those above it."""
        return self.filter(owner__in=[*unit.ancestor_ids, unit.pk])

    def own(self) -> Self:
        """Calls that a unit of this installation opens itself."""
        return self.filter(kind=Call.Kind.OWN)

    def published(self) -> Self:
        """Calls of this installation that everybody may read."""
        return self.own().filter(published_at__isnull=False)


class Call(models.Model):
    """A call for applications. `owner` watches a foreign call (kind watched), or opens its own (kind own).

    A closing whose clock time the funder does not state has `closes_on` and no `closes_at`. What the call does not
    state is None or empty, never a usual value: a percentage comes from the call, with `share_source`, or not at all;
    the limit of transfers between classes has its place in `transfer_source`, where somebody has told it.
    `cost_classes` and `areas` are [{code, fi, sv, en}]; `limits` is the rest of the call's document as JSON.
    Applications to an own call are written on its `collection`; those to a watched one on `mirror`, a published form
    that mirrors the funder's, each in a collection of its own, so that nobody else is asked to answer.

    An own call is made ready as a draft: `form` is the published version of which its publishing makes the collection.
    `applicants` tells which kind of unit may apply, `eligible` the keys of the units that may with those below them
    (none = every unit of the kind). `postponed` is each later closing as [{at, closed_at, closes_at, reason}].
    """

    class Kind(models.TextChoices):
        """Whose call it is."""

        WATCHED = "watched", _("Of another funder")
        OWN = "own", _("Own call")

    class Base(models.TextChoices):
        """Of what the percentage of the grant is counted."""

        TOTAL = "total_cost", _("Total cost")
        ELIGIBLE = "eligible_cost", _("Eligible cost")

    APPLICANTS = [
        (Applicants.INSTITUTIONS, _("Schools and institutions")),
        (Applicants.PROVIDERS, _("Education providers")),
    ]

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.WATCHED)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("who keeps it"))
    funder = models.ForeignKey(Funder, models.PROTECT, related_name="calls", verbose_name=_("funder"))
    slug = models.SlugField(_("address"), max_length=80)
    name = models.JSONField(_("name"), default=dict)
    text = models.JSONField(_("what is funded"), default=dict, blank=True)
    eligibility = models.JSONField(_("who may apply"), default=dict, blank=True)
    register_number = models.CharField(_("register number"), max_length=60, blank=True)
    url = models.URLField(_("address on the web"), max_length=500, blank=True)
    budget = models.DecimalField(
        _("sum to be granted"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closes_on = models.DateField(_("closes on, time not stated"), null=True, blank=True)
    decides_by = models.DateField(_("decision expected by"), null=True, blank=True)
    starts_on = models.DateField(_("use from"), null=True, blank=True)
    ends_on = models.DateField(_("use until"), null=True, blank=True)
    grant_percent = models.DecimalField(_("grant at most, %"), max_digits=7, decimal_places=4, null=True, blank=True)
    share_base = models.CharField(_("percentage of"), max_length=13, choices=Base, blank=True)
    share_source = models.CharField(_("where the percentage is stated"), max_length=300, blank=True)
    grant_max = models.DecimalField(
        _("largest grant"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    in_cents = models.BooleanField(_("sums with cents"), null=True, blank=True)
    transfer_percent = models.DecimalField(
        _("transfers without a change request up to, %"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    transfer_source = models.CharField(_("where the limit of transfers is stated"), max_length=300, blank=True)
    change_days = models.PositiveSmallIntegerField(_("change requests before the end, days"), null=True, blank=True)
    cost_classes = models.JSONField(_("classes of cost"), default=list, blank=True)
    areas = models.JSONField(_("areas"), default=list, blank=True)
    limits = models.JSONField(default=dict, blank=True)
    collection = models.OneToOneField(
        Collection, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("form")
    )
    mirror = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mirrored form")
    )
    form = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("form")
    )
    applicants = models.CharField(_("who may apply"), max_length=12, choices=APPLICANTS, blank=True)
    eligible = models.JSONField(_("which units may apply"), default=list, blank=True)
    postponed = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_because = models.JSONField(_("why it was withdrawn"), default=dict, blank=True)
    kept_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        ordering = ["closes_at", "closes_on", "id"]
        constraints = [
            models.UniqueConstraint(
                name="call_address_is_unique",
                fields=["owner", "slug"],
                violation_error_message=_("Another call has this address."),
            ),
            models.CheckConstraint(
                name="call_closes_after_it_opens",
                condition=Q(closes_at=None) | Q(opens_at=None) | Q(closes_at__gt=models.F("opens_at")),
                violation_error_message=_("The call must close after it opens."),
            ),
            models.CheckConstraint(
                name="call_closes_once",
                condition=Q(closes_at=None) | Q(closes_on=None),
                violation_error_message=_("Give the closing with its time, or the day alone when no time is stated."),
            ),
            models.CheckConstraint(
                name="call_period_is_in_order",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("The period of use ends before it begins."),
            ),
            models.CheckConstraint(
                name="call_percent_is_a_share",
                condition=Q(grant_percent=None) | Q(grant_percent__gt=0, grant_percent__lte=100),
                violation_error_message=_("Give a percentage above 0 and at most 100."),
            ),
            models.CheckConstraint(
                name="call_percent_has_a_base",
                condition=Q(grant_percent=None) | (~Q(share_base="") & ~Q(share_source="")),
                violation_error_message=_("Tell of what the percentage is counted and where the call states it."),
            ),
            models.CheckConstraint(
                name="call_own_has_a_form",
                condition=Q(kind="watched")
                | Q(published_at=None)
                | (Q(collection__isnull=False) & Q(closes_at__isnull=False)),
                violation_error_message=_("An own call is published with its form and the moment it closes."),
            ),
        ]

    def __str__(self) -> str:
        return self.names.text

    @property
    def names(self) -> Names:
        """The name in the languages it has."""
        return texts.names_of(self.name)

    @property
    def told(self) -> Names:
        """What is funded, in the languages it has."""
        return texts.names_of(self.text)

    @property
    def who_may_apply(self) -> Names:
        """Who may apply, in the languages it has."""
        return texts.names_of(self.eligibility)

    @property
    def has_form(self) -> bool:
        """True when applications to it are written on a form of Luotsi."""
        return self.collection_id is not None or self.mirror_id is not None

    @property
    def last_day(self) -> date | None:
        """The last day on which it takes applications, in Finland; None when no end is stated."""
        return last_day_of(self.closes_at, self.closes_on)

    def state_at(self, at: datetime) -> str:
        """Return draft, coming, open, closed or withdrawn; the second of `closes_at` itself is still open."""
        if self.withdrawn_at:
            return "withdrawn"
        if self.kind == self.Kind.OWN and not self.published_at:
            return "draft"
        if self.closes_at and at.replace(microsecond=0) > self.closes_at:
            return "closed"
        if self.closes_on and clock.day_of(at) > self.closes_on:
            return "closed"
        return "coming" if self.opens_at and at < self.opens_at else "open"


def last_day_of(closes_at: datetime | None, closes_on: date | None) -> date | None:
    """Return the last day on which a call takes applications, in Finland; None when no end is stated."""
    return clock.day_of(closes_at) if closes_at else closes_on
