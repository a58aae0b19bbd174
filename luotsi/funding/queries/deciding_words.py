"""The words of what speaks against deciding an application, or a batch of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.funding.queries.because_words import all_words

if TYPE_CHECKING:
    from luotsi.funding.rules.because import Because

DECIDING = {
    "already_decided": _("It has been decided already."),
    "stale": _("It was changed in the meantime."),
    "own_unit": _("You have a role at the applicant: another officer decides."),
    "conflict": _("You have an interest in it: another officer decides."),
    "not_closed": _("The call has not closed yet."),
    "completion_open": _("The applicant may complete it still."),
    "incomplete": _("Something is missing that a grant needs."),
    "period_over": _("The period of use ended on %(end)s."),
    "not_above_zero": _("Nothing granted is a refusal."),
    "over_applied": _("%(granted)s is more than the %(applied)s applied for."),
    "over_most": _("%(granted)s is more than the %(most)s that the call allows."),
    "over_budget": _("%(granted)s is more than the %(left)s that is left."),
    "no_grounds": _("A refusal and a smaller sum need reasons."),
    "nothing_to_decide": _("No fixed proposal waits for your decision."),
    "batch_over_budget": _("%(granted)s is proposed in all, and %(left)s of the budget is left."),
    "batch_stale": _("A proposal was changed after this page was made. Look at the sums again before you decide."),
}


def said(refusals: Iterable[Because]) -> tuple[str, ...]:
    """Return refusals in words, in the active language."""
    return tuple(all_words(list(refusals), DECIDING))
