"""The words of what speaks against a payment, or against asking money back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.funding.queries.because_words import all_words

if TYPE_CHECKING:
    from luotsi.funding.rules.because import Because

PAYING = {
    "nothing_chosen": _("Choose at least one instalment."),
    "pay_day_over": _("The day of payment, %(day)s, is over."),
    "not_told": _("The letter of the decision has not been sent."),
    "in_a_file": _("An instalment is in payment file %(number)s already."),
    "own_unit": _("You have an interest in an application: another officer pays it."),
    "over_grant": _("%(amount)s would be paid, more than the %(granted)s granted."),
    "nothing_over": _("Nothing was paid too much: %(paid)s was paid, %(due)s is payable."),
    "due_over_grant": _("%(due)s is more than the %(granted)s granted."),
    "no_grounds": _("Tell the reasons."),
    "no_return_day": _("Tell by when the money is to be returned."),
    "return_day_over": _("The day of return must be in the future."),
}


def said(refusals: Iterable[Because]) -> tuple[str, ...]:
    """Return refusals in words, in the active language."""
    return tuple(all_words(list(refusals), PAYING))
