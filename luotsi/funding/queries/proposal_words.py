"""The words of proposals: why the rule proposes less than was applied for, and why one cannot be fixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from luotsi.funding.queries.because_words import words_of
from luotsi.funding.rules.because import Because
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from luotsi.funding.rules.scoring import Proposed

# Reasons as they stand in the proposal: the applicant reads them in the decision.
GROUNDS = {
    "not_scored": _("Nobody scored the application wholly."),
    "below_threshold": _("By one criterion the points are %(mean)s, below the %(threshold)s that is needed."),
    "below_least": _("The points are %(mean)s, below the %(least)s that is needed."),
    "over_most": _("The call lets %(most)s be granted at most."),
    "cut": _("The sum of the call is not enough for the whole: %(part)s is granted."),
    "budget_ends": _("The sum of the call does not reach to this place in the ranking."),
    "tie_at_cut": _("It has the same points as others, and the sum of the call is not enough for all of them."),
}
REFUSED = {
    "settled": _("The proposal is fixed or the application is decided already."),
    "not_above_zero": _("Propose a sum above zero, or a refusal."),
    "over_applied": _("%(granted)s is more than the %(applied)s applied for."),
    "over_most": _("%(granted)s is more than the %(most)s that the call allows."),
    "over_budget": _("%(granted)s is proposed, and %(left)s of the budget is left."),
    "no_grounds": _("A refusal and a smaller sum need reasons."),
    "tie_open": _("Equals do not all fit into the budget: settle by hand who gets what, with reasons."),
    "completion_open": _("The applicant may complete the application still."),
}
POINTS = frozenset({"mean", "threshold", "least"})


def grounds_of(row: Proposed, most: Decimal | None) -> dict[str, str]:
    """Return the reasons of the rule in Finnish and Swedish, as the text of a proposal begins."""
    found = {}
    for code in ("fi", "sv"):
        with translation.override(code):
            found[code] = " ".join(_said(one, most) for one in row.reasons)
    return {code: text for code, text in found.items() if text}


def _said(one: Because, most: Decimal | None) -> str:
    params = {
        name: number(value, 2) if name in POINTS and isinstance(value, Decimal) else value
        for name, value in one.params.items()
    }
    return words_of(Because(one.code, one.about, {**params, "most": most}), GROUNDS)


def marks_kept(row: Proposed) -> list[dict[str, Any]]:
    """Return the reasons of the rule as they are kept with a proposal."""
    return [{"code": one.code, "about": one.about, "params": _plain(one.params)} for one in row.reasons]


def _plain(params: Mapping[str, object]) -> dict[str, object]:
    return {name: list(value) if isinstance(value, tuple) else str(value) for name, value in params.items()}


def refusals_said(found: Iterable[Because]) -> tuple[str, ...]:
    """Return in words why a proposal cannot be written or fixed."""
    return tuple(dict.fromkeys(words_of(one, REFUSED) for one in found))
