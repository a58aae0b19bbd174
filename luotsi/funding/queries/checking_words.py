"""The words of the check of reports: steps that cannot be taken, points of the checklist, risks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.funding.queries.because_words import all_words

if TYPE_CHECKING:
    from luotsi.funding.rules.because import Because

STEPS = {
    "stale": _("A newer version of the report has come."),
    "own_unit": _("You have an interest in the application: another officer checks it."),
    "not_the_next": _("This step is not the next one."),
    "same_officer": _("The two steps are taken by two different persons."),
}
POINTS = {
    "used_as_decided": _("Used as decided"),
    "spent_in_full": _("Spent in full with the own share, the rest returned"),
    "figures_given": _("Figures come from a ledger that is read whole"),
    "below_limit": _("The grant is below the limit of a close look"),
}
RISKS = {
    "large": _("Large grant: %(granted)s, the limit is %(limit)s."),
    "late": _("The report came %(days)s days late."),
    "first_grant": _("The first grant of this applicant."),
    "doubles": _("%(count)s costs may be in two grants."),
    "refused_costs": _("%(percent)s of the costs is not eligible."),
    "off_plan": _("%(count)s lines are far from the plan."),
    "changed_after_period": _("A change was asked for after the period of use."),
}
HOW = {"random": _("Drawn by lot"), "risk": _("Chosen for its risks")}


def refused(reasons: Iterable[Because]) -> tuple[str, ...]:
    """Return why a step cannot be taken."""
    return tuple(all_words(list(reasons), STEPS))


def risk_words(reasons: Iterable[Because]) -> tuple[str, ...]:
    """Return risks in words."""
    return tuple(all_words(list(reasons), RISKS))
