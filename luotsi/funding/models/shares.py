"""The own-share ledger: what a body or an officer decided of the applicant's own money, or only noted."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.base.money import DECIMAL_PLACES, MAX_DIGITS
from luotsi.funding.models.applications import Application
from luotsi.funding.models.board import BoardItem
from luotsi.funding.rules.shares import Deed
from luotsi.people.models import Account
from luotsi.programme.models import BudgetLine


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Adjectives of entries of the ledger."""

    def binding(self) -> Self:
        """Entries by which money is committed."""
        return self.filter(deed__in=[deed for deed in Deed if deed.binds])


class Commitment(models.Model):
    """One entry of the ledger of one application; noting is kept too, and commits nothing.

    `item` is the board item whose decision made it; None where it was written by hand. An `amount` of None means that
    the decision gives no sum, which is not zero. `replaces` is an earlier entry that this one takes the place of.
    """

    DEEDS = [
        (Deed.DECIDED, _("Decided")),
        (Deed.CHANGED, _("Decided otherwise than proposed")),
        (Deed.NOTED, _("Only noted")),
    ]

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="commitments")
    item = models.OneToOneField(BoardItem, models.PROTECT, null=True, blank=True, related_name="commitment")
    deed = models.CharField(_("what was done"), max_length=8, choices=DEEDS)
    amount = models.DecimalField(
        _("amount"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    decider = models.CharField(_("who decided"), max_length=200)
    decided_on = models.DateField(_("day"), null=True, blank=True)
    section = models.CharField(_("section"), max_length=40, blank=True)
    budget_line = models.ForeignKey(
        BudgetLine, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line of the budget")
    )
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("takes the place of")
    )
    note = models.TextField(_("note"), blank=True)
    written_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        ordering = ["decided_on", "written_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="commitment_is_not_negative",
                condition=Q(amount=None) | Q(amount__gte=0),
                violation_error_message=_("The sum cannot be negative."),
            ),
            models.CheckConstraint(
                name="commitment_deed_is_known",
                condition=Q(deed__in=["decided", "changed", "noted"]),
                violation_error_message=_("Tell whether it was decided, changed or noted."),
            ),
            models.CheckConstraint(
                name="commitment_has_a_decider",
                condition=~Q(decider=""),
                violation_error_message=_("Tell who decided."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decider} {self.section}".strip()
