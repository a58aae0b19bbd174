"""The words of the reasons that the rules of grants give as codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.funding.models.board import NOTICES
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.funding.rules.because import Because

PERCENTS = {"percent", "grant_percent"}
COUNTS = {"days", "years", "year", "signs", "most", "start_at"}

# The own-share ledger.
SHARES = {
    "own_share_unknown": _("The own share is not known."),
    "nothing_decided": _("Nobody has decided to pay the own share."),
    "noted_only": _("%(amount)s was only noted. Noting commits no money."),
    "short": _("%(open)s of %(needed)s has not been decided."),
    "over": _("%(over)s more has been decided than the %(needed)s that is needed."),
    "no_amount": _("A decision gives no sum."),
    "no_day": _("The day of a decision is not known."),
    "no_budget_line": _("A decision is not tied to a line of the budget."),
}
# What a decision text says that does not agree, or does not say.
REMARKS = {
    "empty": _("There is no text."),
    "too_long": _("The text has %(signs)s characters, at most %(most)s are read."),
    "too_many_items": _("The text holds more than %(most)s decisions; the rest was not read."),
    "impossible_day": _("There is no such day: %(about)s."),
    "ends_before_start": _(
        "The period ends on %(end)s, %(days)s days before it begins on %(start)s. It is kept as it is."
    ),
    "report_before_end": _("The final report is due on %(due)s, before the period ends on %(end)s."),
    "granted_over_applied": _("%(granted)s was granted, more than the %(applied)s that was applied for."),
    "granted_below_applied": _("%(granted)s was granted, less than the %(applied)s that was applied for."),
    "parts_not_total": _("The grant of %(granted)s and the own share of %(own)s do not make the total of %(total)s."),
    "own_share_off": _(
        "An own share of %(own)s is not %(percent)s of the total cost. It would be %(sum_is_grant)s if the sum is the"
        " grant, and %(sum_is_total)s if it is the total."
    ),
    "percents_not_whole": _("The percentages of grant and own share do not make 100."),
    "instalments_not_grant": _("The instalments make %(sum)s, the grant is %(granted)s."),
    "both_outcomes": _("The text says both that the money is granted and that it is not."),
    "noted_only": _("The body only noted the matter; it decided nothing."),
    "refused_undated": _("The day of the refusal is not told."),
    "refused_without_grounds": _("The reasons of the refusal are not told."),
    "no_appeal": _("The text tells no time of appeal."),
    "undecided": _("The text tells no decision."),
    "no_period_end": _("The decision tells no last day of use."),
    "report_undated": _("A report is asked for without a day."),
    "request_undated": _("A request for payment is asked for without a day."),
    "no_final_report": _("The decision tells no day for the final report."),
    "not_the_grant": _("The instalments make %(expected)s, the grant is %(granted)s."),
}
# What is wrong with a matter before it goes to a body.
MATTERS = {
    "parts_not_total": _("Grant, own share and other funding make %(sum)s, the total cost is %(total)s."),
    "own_share_short": _("The own share of %(own)s is below the %(needed)s that the terms ask for at least."),
    "ends_before_start": REMARKS["ends_before_start"],
    "after_deadline": _("The meeting is on %(meeting)s, after the call has closed on %(deadline)s."),
    "nothing_to_apply": _(
        "The application has been handed in already: there is nothing to apply for. Ask for the own share alone."
    ),
    "not_filed": _("The text tells of an application that was handed in, and it has not been."),
    "noting_commits_nothing": _(
        "Of the own share of %(own)s, %(committed)s is decided. Noting commits no money: bring it to be decided."
    ),
    "not_granted": _("No grant is known that could be accepted."),
    "no_money": _("The grant or the own share is not known, so that it cannot be decided on."),
}
# What a matter does not tell.
GAPS = {
    "no_presenter": _("The presenting officer is not told."),
    "no_meeting": _("The day of the meeting or of the decision is not told."),
    "no_register_number": _("The register number of the call is not known."),
    "no_period": _("The period of use is not stated."),
    "no_percentage": _("The call states no percentage of the grant."),
}
# How an outcome stands to the proposal and to the decision in its own words.
RESULTS = {
    "noted_not_decided": _("It was asked to be decided and was only noted: %(own)s of own share is not committed."),
    "changed_without_figures": _("It is recorded as decided otherwise, and no sum differs from the proposal."),
    "differs_untold": _("It is recorded as decided as proposed: %(proposed)s was proposed, %(decided)s is told."),
    "told_otherwise": _("The own share is recorded as %(own)s, the decision in its own words tells %(told)s."),
    "unclear_sum": _("The decision tells %(amount)s, and nothing near it says what it is."),
}
# How the day of an obligation was counted.
MADE_OF = {
    "period_end": _("The last day of use by the decision."),
    "day_of_decision": _("The day that the decision gives."),
    "days_before_end": _("%(days)s days before the end of use on %(end)s."),
    "before_end": _("Before the end of use on %(end)s."),
    "years_from_year_end": _("%(years)s years from the end of %(year)s."),
    "days_from_notice": _("%(days)s days from %(notified)s: made known %(given)s (%(notice)s)."),
}


def words_of(reason: Because, words: Mapping[str, object]) -> str:
    """Return a reason in words of the page; one that has none yet as its code, so that nothing is hidden."""
    template = words.get(reason.code)
    if template is None:
        return reason.code
    given = {name: _shown(name, value) for name, value in reason.params.items()}
    return str(template) % {**given, "about": reason.about}


def all_words(reasons: Iterable[Because], words: Mapping[str, object]) -> tuple[str, ...]:
    """Return reasons in words, each once."""
    return tuple(dict.fromkeys(words_of(one, words) for one in reasons))


def _shown(name: str, value: object) -> str:
    if name == "notice":
        return str(dict(NOTICES).get(value, value))  # type: ignore[call-overload]
    if value is None:
        return formatting.MISSING
    if isinstance(value, date):
        return formatting.day(value)
    if name in COUNTS and not isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Decimal):
        if name in PERCENTS:
            return formatting.percent(value / 100, 0 if value % 1 == 0 else 2)
        return formatting.euros(value)
    return str(value)
