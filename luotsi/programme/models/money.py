"""Money of a programme line by line, and what bodies decided about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.base.money import DECIMAL_PLACES, MAX_DIGITS
from luotsi.programme.models.programmes import Programme
from luotsi.programme.rules.values import MoneyKind

KINDS = [
    (MoneyKind.NEED, _("Need")),
    (MoneyKind.GRANTED, _("Granted")),
    (MoneyKind.RESERVED, _("Reserved")),
    (MoneyKind.ACTUAL, _("Actual")),
    (MoneyKind.ESTIMATE, _("Estimate")),
]


class BudgetLine(models.Model):
    """A sum of money in euros for a time; an amount that was not given is None, which is not zero.

    `period` is a span of a plan file: 2017, 2016/2019. `fund` tells from where the money comes.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="budget_lines")
    code = models.CharField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS)
    text = models.JSONField(_("what for"), default=dict)
    section = models.CharField(_("section of the plan"), max_length=40, blank=True)
    period = models.CharField(_("for the time"), max_length=25)
    amount = models.DecimalField(
        _("amount"), max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    fund = models.CharField(_("from which source"), max_length=200, blank=True)
    appendix = models.CharField(_("appendix"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=160, blank=True)
    note = models.JSONField(_("note"), default=dict, blank=True)

    class Meta:
        verbose_name = _("line of money")
        ordering = ["programme", "code"]
        constraints = [
            models.UniqueConstraint(
                name="budget_code_is_unique",
                fields=["programme", "code"],
                violation_error_message=_("Another line has this code."),
            ),
            models.CheckConstraint(
                name="budget_amount_is_not_negative",
                condition=Q(amount=None) | Q(amount__gte=0),
                violation_error_message=_("The sum cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.kind} {self.period}"


class Decision(models.Model):
    """What a body decided or only noted; to note is not to decide."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="decisions")
    code = models.CharField(_("code"), max_length=40)
    body = models.JSONField(_("body"), default=dict)
    day = models.DateField(_("day"), null=True, blank=True)
    number = models.CharField(_("section of the minutes"), max_length=40, blank=True)
    matter = models.JSONField(_("matter"), default=dict)
    is_noted = models.BooleanField(_("only noted"), default=False)
    source = models.CharField(_("source"), max_length=160, blank=True)
    note = models.JSONField(_("note"), default=dict, blank=True)

    class Meta:
        verbose_name = _("decision")
        ordering = ["programme", "day", "code"]
        constraints = [
            models.UniqueConstraint(
                name="decision_code_is_unique",
                fields=["programme", "code"],
                violation_error_message=_("Another decision has this code."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}".strip()
