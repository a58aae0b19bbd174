"""What an evaluation found, what is done about it, by whom, until when, and what it changed."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids, texts
from luotsi.base.names import Names
from luotsi.indicators.models import Indicator
from luotsi.people.models import Account
from luotsi.programme.models.programmes import Programme
from luotsi.programme.rules.values import ActionState

# As figures of indicators are kept.
MAX_DIGITS, DECIMALS = 18, 4


class FindingQuerySet(models.QuerySet["Finding"]):
    """Adjectives of findings."""

    def open(self) -> Self:
        """Findings that wait for their measured effect."""
        return self.filter(closed_on=None)

    def unanswered(self) -> Self:
        """Negative findings that lack an action, an owner or a due day."""
        answered = ~Q(action={}) & ~Q(owner="") & Q(due_on__isnull=False)
        return self.filter(is_negative=True).exclude(answered)


class Finding(models.Model):
    """A finding with its corrective action; it stays open in every report until its effect is recorded.

    `owner` names an actor or participant of the plan by code, or somebody in words. The effect is read from
    `indicator`: `value_before` when it was found, `value_after` when it was closed; or told in `effect`.
    """

    STATES = [
        (ActionState.PLANNED, _("Planned")),
        (ActionState.ONGOING, _("Ongoing")),
        (ActionState.DONE, _("Done")),
    ]

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="findings")
    code = models.CharField(_("code"), max_length=40)
    text = models.JSONField(_("finding"), default=dict)
    section = models.CharField(_("section of the plan"), max_length=40, blank=True)
    is_negative = models.BooleanField(_("needs an action"), default=True)
    period = models.CharField(_("found in"), max_length=25, blank=True)
    found_on = models.DateField(_("found on"), null=True, blank=True)
    cause = models.TextField(_("cause"), blank=True)
    action = models.JSONField(_("corrective action"), default=dict, blank=True)
    owner = models.CharField(_("owner"), max_length=200, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state of the action"), max_length=10, choices=STATES, blank=True)
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="+")
    budget = models.CharField(_("line of money"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=160, blank=True)
    note = models.JSONField(_("note"), default=dict, blank=True)
    value_before = models.DecimalField(
        _("value when found"), null=True, blank=True, max_digits=MAX_DIGITS, decimal_places=DECIMALS
    )
    value_after = models.DecimalField(
        _("value when closed"), null=True, blank=True, max_digits=MAX_DIGITS, decimal_places=DECIMALS
    )
    effect = models.TextField(_("effect in words"), blank=True)
    closed_on = models.DateField(_("effect recorded on"), null=True, blank=True)
    closed_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        ordering = ["programme", "code"]
        constraints = [
            models.UniqueConstraint(
                name="finding_code_is_unique",
                fields=["programme", "code"],
                violation_error_message=_("Another finding has this code."),
            ),
            models.CheckConstraint(
                name="finding_closed_has_an_effect",
                condition=Q(closed_on=None) | Q(value_after__isnull=False) | ~Q(effect=""),
                violation_error_message=_(
                    "A finding is closed with its measured effect, or with its effect in words."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.texts.text}"

    @property
    def texts(self) -> Names:
        """The finding in the languages it has."""
        return texts.names_of(self.text)

    @property
    def actions(self) -> Names:
        """The corrective action in the languages it has."""
        return texts.names_of(self.action)
