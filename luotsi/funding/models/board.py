"""Matters before a body or an officer: the text of an application, as it is proposed, and what was decided of it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids, texts
from luotsi.base.money import DECIMAL_PLACES, MAX_DIGITS
from luotsi.base.names import Names
from luotsi.funding.models.applications import Application
from luotsi.funding.rules.board import Intent
from luotsi.funding.rules.obligations import Notice
from luotsi.funding.rules.shares import Deed
from luotsi.people.models import Account

NOTICES = [
    (Notice.HANDED_OVER, _("Handed over")),
    (Notice.LETTER, _("By letter")),
    (Notice.ELECTRONIC, _("Electronically")),
    (Notice.PUBLISHED, _("Minutes put in the net")),
]


class BoardItemQuerySet(models.QuerySet["BoardItem"]):
    """Adjectives of matters."""

    def waiting(self) -> Self:
        """Matters that are fixed and of which nothing is known yet."""
        return self.filter(fixed_at__isnull=False, outcome="")


class BoardItem(models.Model):
    """A matter of an application. Its words are made from the records, written further, and fixed by a person.

    Texts are {fi, sv}; `sums` are those of the application when the words were made. `given_on` and `notice` tell
    when and how the decision reached the parties, from which the time of appeal runs.
    """

    class Matter(models.TextChoices):
        """What is brought before the body."""

        APPLY = "apply", _("To apply and to pay the own share")
        COMMIT = "commit", _("To pay the own share of an application that was handed in")
        ACCEPT = "accept", _("To accept a grant and to pay its own share")
        FILED = "filed", _("To note an application that was handed in")
        RESULT = "result", _("To note the decision of the funder")

    class Kind(models.TextChoices):
        """Who decides."""

        BODY = "body", _("A body")
        OFFICER = "officer", _("An officer")

    OUTCOMES = [
        (Deed.DECIDED, _("Decided as proposed")),
        (Deed.CHANGED, _("Decided otherwise than proposed")),
        (Deed.NOTED, _("Only noted")),
        (Deed.REFUSED, _("Proposal dismissed")),
    ]

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="board_items")
    matter = models.CharField(_("matter"), max_length=6, choices=Matter)
    kind = models.CharField(_("who decides"), max_length=7, choices=Kind)
    body = models.JSONField(_("body or officer"), default=dict)
    presenter = models.JSONField(_("presenting officer"), default=dict, blank=True)
    meeting_on = models.DateField(_("day of the meeting"), null=True, blank=True)
    title = models.JSONField(_("heading"), default=dict, blank=True)
    background = models.JSONField(_("background"), default=dict, blank=True)
    proposal = models.JSONField(_("proposed decision"), default=dict, blank=True)
    proposed = models.DecimalField(
        _("own share to be paid"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    sums = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    fixed_at = models.DateTimeField(_("fixed"), null=True, blank=True)
    fixed_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=8, choices=OUTCOMES, blank=True)
    decided = models.DecimalField(
        _("own share as decided"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    section = models.CharField(_("section"), max_length=40, blank=True)
    decision = models.TextField(_("decision"), blank=True)
    notice = models.CharField(_("how it was made known"), max_length=12, choices=NOTICES, blank=True)
    given_on = models.DateField(_("sent or published on"), null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    objects = BoardItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("matter")
        ordering = ["application", "meeting_on", "changed_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="board_item_sums_are_not_negative",
                condition=(Q(proposed=None) | Q(proposed__gte=0)) & (Q(decided=None) | Q(decided__gte=0)),
                violation_error_message=_("The sum cannot be negative."),
            ),
            models.CheckConstraint(
                name="board_item_is_fixed_before_its_outcome",
                condition=Q(outcome="", recorded_at=None) | Q(fixed_at__isnull=False, recorded_at__isnull=False),
                violation_error_message=_("Fix the text first: what was proposed must not change afterwards."),
            ),
            models.CheckConstraint(
                name="board_item_notice_has_a_day",
                condition=Q(notice="", given_on=None) | ~Q(notice="") & Q(given_on__isnull=False),
                violation_error_message=_("Give both how and when the decision was made known, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.titles.text

    @property
    def titles(self) -> Names:
        """The heading in the languages it has."""
        return texts.names_of(self.title)

    @property
    def bodies(self) -> Names:
        """The body or officer, in the languages it has."""
        return texts.names_of(self.body)

    @property
    def presenters(self) -> Names:
        """The presenting officer, in the languages it has."""
        return texts.names_of(self.presenter)

    @property
    def intent(self) -> Intent:
        """What is asked, as the rules call it."""
        return Intent(self.matter)

    @property
    def is_fixed(self) -> bool:
        """True when the words may not change any more."""
        return self.fixed_at is not None
