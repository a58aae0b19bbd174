"""The words of every fault that a check can find: a title for its kind, and a sentence where one says more."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.programme.rules.checks import Fault
from luotsi.ui import formatting

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Words:
    """How a kind of fault is called, and what one of them says; without a sentence the title says it all."""

    title: _StrPromise
    sentence: _StrPromise | None = None


WORDS = {
    "code.duplicate": Words(
        _("Codes that are given twice"), _("The code %(code)s was given on line %(line)s already.")
    ),
    "reference.unknown": Words(
        _("Codes that name nothing"), _("The key “%(key)s” names %(code)s, which is not in the plan.")
    ),
    "reference.kind": Words(
        _("Codes that name the wrong kind of thing"),
        _("The key “%(key)s” cannot name %(code)s: it is of another kind."),
    ),
    "formula.unreadable": Words(
        _("Formulas that cannot be read"), _("The formula makes no sense from letter %(position)s on.")
    ),
    "formula.circular": Words(_("Formulas that lead back to themselves")),
    "dates.reversed": Words(_("Periods that end before they begin"), _("%(span)s ends before it begins.")),
    "milestone.outside": Words(
        _("Milestones outside the programme"), _("The period %(span)s is not within %(whole)s.")
    ),
    "milestone.due_outside": Words(
        _("Milestones due outside their period"), _("The day %(day)s is not within %(span)s.")
    ),
    "milestone.repeated": Words(
        _("Second milestones for one period"), _("The measure has a milestone for %(span)s already.")
    ),
    "measure.outside": Words(_("Measures outside the programme"), _("The period %(span)s is not within %(whole)s.")),
    "observation.subset": Words(
        _("Subsets larger than their whole"),
        _("%(value)s is more than the %(whole)s of %(code)s, of which it is a part."),
    ),
    "observation.parts": Words(
        _("Parts that do not add up"), _("The parts add up to %(total)s, but the whole is %(value)s.")
    ),
    "observation.range": Words(_("Ranges without two ends in their order")),
    "observation.empty": Words(_("Observations that tell nothing")),
    "observation.unit": Words(
        _("Observations in another unit than their indicator"),
        _("The unit is “%(unit)s”, but indicator %(code)s is told in “%(wanted)s”."),
    ),
    "derived.empty": Words(
        _("Derived values that cannot be counted"),
        _("There is no number for %(missing)s, or something is divided by 0."),
    ),
    "derived.differs": Words(
        _("Derived values that differ from what is said"), _("Counted %(value)s, but the plan says %(expected)s.")
    ),
    "percentage.over": Words(
        _("Percentages of more than all"), _("The numerator %(numerator)s is larger than the denominator %(whole)s.")
    ),
    "percentage.without_numerator": Words(_("Percentages without a numerator")),
    "percentage.without_denominator": Words(_("Percentages without the number of the whole")),
    "percentage.without_population": Words(_("Percentages that do not say of whom")),
    "population.several": Words(
        _("Percentages of different populations"),
        _(
            "Percentages about “%(group)s” have %(count)s different denominators (%(codes)s); "
            "the number is missing from %(uncounted)s of them."
        ),
    ),
    "words.without_number": Words(_("Quantities in words without a number")),
    "words.read": Words(
        _("Quantities in words, read as about a number"), _("The words were read as about %(value)s.")
    ),
    "words.exact": Words(
        _("Quantities in words taken as exact"), _("Mark %(value)s as approximate: it was told in words.")
    ),
    "indicator.without_rule": Words(_("Indicators without a rule of counting")),
    "indicator.without_version": Words(_("Indicators whose definition has no version")),
    "indicator.without_population": Words(_("Indicators in per cent that do not say of whom")),
    "indicator.sources": Words(
        _("Indicators whose sources differ by an order of magnitude"),
        _(
            "One source tells %(low)s (%(low_code)s), another %(high)s (%(high_code)s). "
            "Show source and method beside them."
        ),
    ),
    "target.without_operator": Words(
        _("Targets that do not say at least, at most or exactly"), _("A target of %(code)s has no operator.")
    ),
    "target.without_value": Words(_("Targets without a value"), _("A target of %(code)s has no value.")),
    "target.without_period": Words(_("Targets without a period"), _("A target of %(code)s has no period.")),
    "budget.without_amount": Words(_("Lines of money without a sum")),
    "appendix.missing": Words(_("Appendices that are announced but missing")),
    "budget.under_need": Words(
        _("Money that does not cover the need"),
        _("%(given)s euros of the needed %(need)s have been granted or reserved: %(percent)s per cent."),
    ),
    "budget.over_need": Words(
        _("More money than is needed"),
        _("%(given)s euros have been granted or reserved, more than the needed %(need)s: %(percent)s per cent."),
    ),
    "finding.without_action": Words(_("Negative findings without a corrective action")),
    "finding.without_owner": Words(_("Corrective actions without an owner")),
    "finding.without_due": Words(_("Corrective actions without a due day")),
    "milestone.without_number": Words(_("Milestones without a number or an indicator")),
    "milestone.without_unit": Words(_("Milestones with a number but no unit")),
    "milestone.without_baseline": Words(_("Milestones without a baseline")),
    "milestone.without_owner": Words(_("Milestones without an owner")),
    "measure.without_responsibility": Words(_("Measures that nobody is named for")),
    "translation.fi": Words(_("Texts that are missing in Finnish")),
    "translation.sv": Words(_("Texts that are missing in Swedish")),
    "translation.en": Words(_("Texts that are missing in English")),
}


def sentence(fault: Fault) -> str:
    """Return what a fault says in the active language; "" when the title of its kind says it all."""
    words = WORDS[fault.code].sentence
    return str(words) % {name: _written(value) for name, value in fault.params.items()} if words else ""


def _written(value: object) -> str:
    """Return a number in the manner of the active language, with as many decimals as matter."""
    if not isinstance(value, Decimal):
        return str(value)
    decimals = -int(value.normalize().as_tuple().exponent)
    return formatting.number(value, min(max(decimals, 0), 2))


def title(code: str) -> str:
    """Return how a kind of fault is called in the active language."""
    return str(WORDS[code].title)
