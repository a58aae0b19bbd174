"""The words of change requests: what the ledger warns of, why one cannot be sent, what its parts are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.funding.queries.because_words import all_words
from luotsi.funding.queries.ledger_words import WARNINGS as LEDGER
from luotsi.funding.rules.change_request import Part

if TYPE_CHECKING:
    from luotsi.funding.rules.because import Because

PARTS = {
    Part.TIME: _("Time"),
    Part.BUDGET: _("Budget"),
    Part.CONTENT: _("Content"),
    Part.CONSORTIUM: _("Partners"),
}
WARNINGS: dict[str, object] = {
    **LEDGER,
    "spent_over_total": _("%(spent)s is spent, more than the whole budget of %(total)s: no transfer mends that."),
}
REFUSALS: dict[str, object] = {
    "closed": _("The grant is closed: nothing can be changed any more."),
    "no_parts": _("Ask for at least one change."),
    "no_grounds": _("Give the reasons of this part: %(about)s."),
    "no_new_end": _("Give the new last day of use."),
    "period_over": _("The time of use ended on %(end)s."),
    "too_late": _("The last day to ask for changes was %(latest)s."),
    "same_end": _("The new last day of use is the present one."),
    "end_in_past": _("The new last day of use has passed: %(end)s."),
    "same_budget": _("The new budget is the present one."),
    "below_zero": _("A sum of the new budget is below zero: %(about)s."),
    "total_differs": _("The new budget comes to %(new)s, the present one to %(old)s. The total must stay."),
    "below_spent": _("%(about)s would have %(amount)s, but %(spent)s is spent already."),
    "no_words": _("Tell what will be done otherwise."),
    "nobody": _("Name a partner who joins or leaves."),
    "lead_leaves": _("The applicant cannot leave."),
    "not_a_partner": _("%(about)s is not a partner."),
    "partner_already": _("%(about)s is a partner already."),
    "unanswered": _("Answer this part: %(about)s."),
    "not_asked": _("This part was not asked for: %(about)s."),
}


def warning_words(reasons: Iterable[Because], classes: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the ledger warns of, in words; `classes` are the names of classes of cost by key."""
    return all_words((_named(one, classes) for one in reasons), WARNINGS)


def refusal_words(reasons: Iterable[Because], classes: Mapping[str, str]) -> tuple[str, ...]:
    """Return why a request cannot be sent or answered, in words."""
    parts = {part.value: str(words) for part, words in PARTS.items()}
    return all_words((_named(one, {**classes, **parts}) for one in reasons), REFUSALS)


def _named(one: Because, names: Mapping[str, str]) -> Because:
    return replace(one, about=names.get(one.about, one.about))
