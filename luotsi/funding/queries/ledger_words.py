"""The words of the ledger: faults of a file, why an entry is not eligible, warnings about the spending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.funding.queries.because_words import words_of
from luotsi.funding.rules.payable import Bound, Paid

if TYPE_CHECKING:
    from luotsi.funding.rules.because import Because

# What is wrong with the headings of a file.
HEADINGS = {
    "no_voucher_column": _("No column holds vouchers. Rows are read without them, and repeated rows cannot be found."),
    "no_day_column": _("No column holds days. Name one Pvm, Datum or Date."),
    "no_amount_column": _("No column holds sums. Name one Summa, Belopp or Amount, or two Debet and Kredit."),
    "two_columns": _("Two columns seem to hold the same: “%(taken)s” is read, “%(passed)s” is not."),
    "mixed_marks": _("Some sums have a decimal comma, others a decimal point. Look at the sums with care."),
}
# What is wrong with a row.
FAULTS = {
    "no_day": _("The day is missing."),
    "bad_day": _("This is no day."),
    "no_amount": _("The sum is missing."),
    "bad_amount": _("This is no sum."),
    "ambiguous_amount": _("It is not clear whether this means thousands. Write the sum with two decimals."),
    "amount_cents": _("The sum has parts of a cent."),
    "amount_too_large": _("This sum is too large."),
    "bad_currency": _("This is no currency of three letters."),
    "bad_vat": _("The value added tax is no sum."),
    "total_row": _("This is a row of totals and is left out."),
    "no_voucher": _("The row has no voucher."),
    "no_class": _("The row belongs to no class of cost."),
    "repeated": _("The same as row %(other)s: counted once."),
}
# Why the funder does not accept an entry, or not all of it.
ELIGIBILITY = {
    "not_converted": _("In another currency (%(currency)s); it is in no sum."),
    "undated": _("The day is not known."),
    "before_period": _("%(day)s is before the period of use, which begins on %(start)s."),
    "after_period": _("%(day)s is after the period of use, which ended on %(end)s."),
    "no_class": _("It belongs to no class of cost."),
    "class_not_allowed": _("The call does not accept the class “%(class)s”."),
    "duplicate": _("The same as number %(row)s, which counts."),
    "vat_taken_off": _("Without the value added tax of %(vat)s, which the call does not accept."),
    "refused_by_person": _("Decided by a person: %(words)s"),
    "accepted_by_person": _("Decided by a person: %(words)s"),
}
# The same as headings of sums.
REFUSED = {
    "undated": _("Without a day"),
    "before_period": _("Before the period of use"),
    "after_period": _("After the period of use"),
    "no_class": _("Without a class of cost"),
    "class_not_allowed": _("In a class that the call does not accept"),
    "duplicate": _("Booked twice"),
    "vat_taken_off": _("Value added tax"),
    "refused_by_person": _("Not eligible by the decision of a person"),
}
# What the spending asks for, by the rules of transfers.
WARNINGS = {
    "new_class_now": _("“%(about)s” has no budget, and %(spent)s has been spent in it: ask the funder for a change."),
    "over_threshold_now": _(
        "%(moved)s has moved between classes, more than the %(threshold)s (%(percent)s of the total cost) that may "
        "move without a change request."
    ),
    "class_over_threshold_now": _("“%(about)s” is %(over)s over its budget; %(limit)s may be, without a change."),
    "new_class_likely": _("At this pace %(spent)s is spent in “%(about)s”, which has no budget."),
    "over_threshold_likely": _(
        "At this pace %(moved)s moves between classes by the end, more than the %(threshold)s that may."
    ),
    "class_over_threshold_likely": _("At this pace “%(about)s” ends %(over)s over its budget; %(limit)s may be."),
    "new_class_possible": _("%(spent)s may be spent in “%(about)s”, which has no budget."),
    "over_threshold_possible": _(
        "Up to %(moved)s may move between classes by the end; the threshold is %(threshold)s."
    ),
    "class_over_threshold_possible": _("“%(about)s” may end %(over)s over its budget; %(limit)s may be."),
    "too_late": _("The latest day for a change request was %(latest)s. Talk to the funder."),
    "unspent_likely": _("At this pace %(low)s to %(high)s of the budget of %(budget)s is not spent."),
}
FORECASTS = {
    "too_few_months": _("A forecast needs %(least)s whole months of the period; there are %(months)s."),
    "not_begun": _("The period of use has not begun."),
    "over": _("The period of use is over."),
}
PAYMENTS = {
    "not_the_grant": _("The instalments make %(expected)s, the grant is %(granted)s."),
    "late": _("Instalment %(about)s is %(days)s days late: %(missing)s is missing."),
}
BOUNDS = {
    Bound.GRANTED: _("What was granted"),
    Bound.PERCENTAGE: _("The percentage of eligible costs"),
    Bound.DEFICIT: _("Eligible costs less other funding"),
}
PAID = {
    Paid.RECEIVED: ("done", _("Received")),
    Paid.PARTLY: ("run", _("Received in part")),
    Paid.OVER: ("risk", _("More came than expected")),
    Paid.LATE: ("late", _("Late")),
    Paid.COMING: ("none", _("Coming")),
    Paid.UNDATED: ("none", _("No day given")),
}


def about_class(reason: Because, words: Mapping[str, object], names: Mapping[str, str]) -> str:
    """Return a reason in words, with the name of the class that it is about."""
    params = dict(reason.params)
    if isinstance(told := params.get("class"), str):
        params["class"] = names.get(told, told)
    return words_of(replace(reason, about=names.get(reason.about, reason.about), params=params), words)
