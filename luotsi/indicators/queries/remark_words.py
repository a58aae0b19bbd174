"""What the rules say of an observation, in words fit for the person who entered it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.base.errors import Reason
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

    from luotsi.indicators.rules.remarks import Remark

SENTENCES: dict[str, str | _StrPromise] = {
    "move.not_from": _("The figure is not in a state in which this can be done. Somebody may have been quicker."),
    "move.no_reason": _("Tell why."),
    "approve.own": _("The one who entered a figure cannot approve it."),
    "mark.protected": _("Only the protection of small groups can mark a figure as protected."),
    "mark.with_figure": _("A figure that is missing or not applicable has no number."),
    "figure.nothing": _("Give a figure, words, or a mark that tells why there is none."),
    "words.exact": _("Words without a number are not exact. Choose how exact they are."),
    "number.not_finite": _("This is not a number."),
    "number.negative": _("The number cannot be negative."),
    "denominator.zero": _("The denominator is more than zero."),
    "numerator.over": _("The numerator is larger than the denominator, and the value is a share."),
    "value.over": _("A share cannot be more than 100."),
    "numerator.alone": _("The numerator needs its denominator."),
    "parts.disagree": _("Numerator and denominator make %(counted)s, not %(value)s."),
    "range.incomplete": _("A range has a lower and an upper end."),
    "range.order": _("The lower end cannot be above the upper end."),
    "range.outside": _("The value is outside its range."),
    "period.order": _("The last day cannot be before the first day."),
    "period.outside": _("The definition is not valid in this period."),
    "split.unknown": _("The indicator is not split by “%(dimension)s”."),
    "split.unknown_value": _("“%(value)s” is no value of “%(dimension)s”."),
    "subset.over": _("The part (%(part)s) is larger than its whole (%(whole)s)."),
}


def sentence_of(remark: Remark) -> str:
    """Return the sentence of a remark."""
    return str(SENTENCES[remark.code]) % {name: _plain(value) for name, value in remark.params.items()}


def reasons_from(remarks: Iterable[Remark]) -> list[Reason]:
    """Return the reasons that an action refuses with, each with the input it is about."""
    return [Reason(sentence_of(remark), remark.field) for remark in remarks]


def _plain(value: object) -> str:
    return number(value) if isinstance(value, int | Decimal) else str(value)
