"""The words of the checks of money, M1 to M13: a sentence and a suggested fix for each code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luotsi.funding.queries.words import Words

ENTER_BALANCE = _("Correct costs or financing so that both come to the same.")
CORRECT_SUMMARY = _("Enter %(detail)s in the summary.")
CORRECT_DETAIL = _("Correct the detail to %(told)s, if the summary is what is meant.")
UNDECIDED = _("Find out which side is meant, and correct the other.")

MONEY = {
    "M1.differ": Words(
        _("%(area)s: costs of %(costs)s and financing of %(financing)s differ by %(difference)s."), ENTER_BALANCE
    ),
    "M1.no_costs": Words(
        _("%(area)s: no costs are given, so nothing shows whether they equal the financing."),
        _("Add a budget, or say where it is."),
    ),
    "M1.no_financing": Words(
        _("%(area)s: no financing is given, so nothing shows whether it equals the costs."),
        _("Add a financing plan, or say where it is."),
    ),
    "M2.swap.summary": Words(
        _(
            "The summary rows “%(row)s” and “%(other)s” are swapped: “%(row)s” has %(told)s, which is the sum of "
            "“%(other)s”, instead of %(detail)s (%(difference)s). The summary is wrong: with its own %(detail)s the "
            "financing comes to %(with_own)s, which is the costs, with %(told)s to %(with_other)s. An equal grand "
            "total does not show this."
        ),
        CORRECT_SUMMARY,
    ),
    "M2.swap.detail": Words(
        _(
            "“%(row)s” and “%(other)s” are swapped: the detail has %(detail)s, the summary %(told)s (%(difference)s). "
            "The detail is wrong: with %(told)s the financing comes to %(with_other)s, which is the costs, with its "
            "own %(detail)s to %(with_own)s. An equal grand total does not show this."
        ),
        CORRECT_DETAIL,
    ),
    "M2.swap.unknown": Words(
        _(
            "The summary rows “%(row)s” and “%(other)s” are swapped: “%(row)s” has %(told)s, which is the sum of "
            "“%(other)s”, instead of %(detail)s (%(difference)s). The sums alone do not show which side is wrong, and "
            "an equal grand total does not show the swap."
        ),
        UNDECIDED,
    ),
    "M2.permutation.summary": Words(
        _(
            "The summary rows %(rows)s have changed places: “%(row)s” has %(told)s, which is the sum of “%(other)s”, "
            "instead of %(detail)s (%(difference)s). The summary is wrong: only with %(detail)s does the financing "
            "equal the costs of %(costs)s."
        ),
        CORRECT_SUMMARY,
    ),
    "M2.permutation.detail": Words(
        _(
            "%(rows)s have changed places: “%(row)s” has %(detail)s in the detail and %(told)s in the summary "
            "(%(difference)s). The detail is wrong: only with %(told)s does the financing equal the costs of "
            "%(costs)s."
        ),
        CORRECT_DETAIL,
    ),
    "M2.permutation.unknown": Words(
        _(
            "The summary rows %(rows)s have changed places: “%(row)s” has %(told)s, which is the sum of “%(other)s”, "
            "instead of %(detail)s (%(difference)s). The sums alone do not show which side is wrong."
        ),
        UNDECIDED,
    ),
    "M2.differ": Words(
        _("The summary row “%(row)s” has %(told)s, but what it repeats is %(detail)s (%(difference)s)."),
        CORRECT_SUMMARY,
    ),
    "M2.blank": Words(
        _("The summary row “%(row)s” is blank, but what it repeats is %(detail)s."),
        CORRECT_SUMMARY,
    ),
    "M2.nothing_to_repeat": Words(
        _("The summary row “%(row)s” has %(told)s, but what it repeats is blank."),
        _("Enter the sum where it belongs, or leave the summary blank as well."),
    ),
    "M3.differ": Words(
        _("The stated total is %(stated)s, but its rows come to %(sum)s (%(difference)s)."),
        _("Enter %(sum)s as the total, or correct the rows."),
    ),
    "M4.not_stated": Words(
        _(
            "%(area)s: cannot judge the own share, as the call states no percentage. %(own)s is %(of_total)s of the "
            "total cost of %(total)s and %(of_grant)s of the grant of %(grant)s."
        ),
        _("Ask the funder for the percentage and its base, and enter them in the call."),
    ),
    "M4.stated": Words(
        _(
            "An own share of %(stated)s is told, but the sum is %(of_total)s of the total cost and %(of_grant)s of "
            "the grant."
        ),
        _("Correct the percentage or the sum."),
    ),
    "M4.stated_of_grant": Words(
        _("The own share of %(stated)s was worked out of the grant; of the total cost it is %(of_total)s."),
        _("Ask the funder what the own share is a share of."),
    ),
    "M4.short": Words(
        _(
            "%(area)s: the own share of %(own)s is %(of_total)s of the total cost of %(total)s and %(of_grant)s of "
            "the grant. The call asks for %(percent)s of %(base)s: %(wanted)s, so it is short by %(short)s."
        ),
        _("Raise the own share to %(wanted)s, or apply for %(most)s at most (%(over)s less)."),
    ),
    "M4.short_whole": Words(
        _(
            "In all the own share of %(own)s is %(of_total)s of the total cost of %(total)s and %(of_grant)s of the "
            "grant. The call asks for %(percent)s of %(base)s: %(wanted)s. By area it is short %(parts)s; the grant "
            "may be %(most)s at most."
        ),
        _("Raise the own share to %(wanted)s, or apply for %(most)s at most (%(over)s less)."),
    ),
    "M4.wrong_base": Words(
        _(
            "The own share of %(own)s is %(percent)s of the grant of %(grant)s, but the call asks for %(percent)s of "
            "%(base)s; of %(total)s it is %(of_total)s."
        ),
        _(
            "One of three is meant. If the grant is %(grant)s, the total is at least %(first_total)s and the own "
            "share %(first_own)s: %(first_short)s short. If the total is %(total)s, the grant is %(second_grant)s at "
            "most: %(second_over)s over. If %(grant)s is the total, the grant is %(third_grant)s and the own share "
            "%(third_own)s."
        ),
    ),
    "M5.over_maximum": Words(
        _("%(grant)s is applied for, but the call grants %(limit)s at most."), _("Apply for %(over)s less.")
    ),
    "M5.over_budget": Words(
        _("%(grant)s is applied for, but the call grants %(budget)s in all."), _("Apply for %(over)s less.")
    ),
    "M5.share": Words(
        _("%(grant)s is %(share)s of the %(budget)s that the call grants in all."),
        _("Nothing needs to be done; a large share makes it likely that less is granted."),
    ),
    "M5.share_of_about": Words(
        _("%(grant)s is %(share)s of the about %(budget)s that the call grants in all."),
        _("Nothing needs to be done; a large share makes it likely that less is granted."),
    ),
    "M6.no_grant": Words(_("No grant is applied for (%(grant)s)."), _("Enter the grant, above zero.")),
    "M6.negative": Words(
        _("A sum is below zero: %(sum)s."), _("Enter sums of zero or more; income is a row of financing.")
    ),
    "M6.own_over_total": Words(
        _("The own share of %(own)s is larger than the total cost of %(total)s (by %(over)s)."),
        _("Correct the own share or the costs."),
    ),
    "M7.unknown": Words(_("The area “%(area)s” is none of the call's: %(known)s."), _("Use an area of the call.")),
    "M7.not_chosen": Words(
        _("%(area)s was not chosen, but has money (%(sum)s)."), _("Choose the area, or take its sums away.")
    ),
    "M7.no_money": Words(
        _("%(area)s was chosen, but has no financing."), _("Enter its sums, or do not choose the area.")
    ),
    "M8.blank_and_zero": Words(
        _("“%(blank)s” is blank, while “%(zero)s” is zero: it is not known whether blank means zero."),
        _("Enter 0 where nothing is meant."),
    ),
    "M9.no_words": Words(
        _("A cost of %(sum)s has no description, which the call asks for."), _("Say what the money is for.")
    ),
    "M10.differ": Words(
        _("The sums by year come to %(parts)s, but the row has %(sum)s (%(difference)s)."),
        _("Correct the sums by year or the row."),
    ),
    "M10.outside": Words(
        _("%(sum)s falls in %(year)s, outside the period of use from %(start)s to %(end)s."),
        _("Move the sum to a year of use, or correct the period."),
    ),
    "M11.no_years": Words(
        _(
            "%(area)s: personnel of %(sum)s over %(months)s months is %(monthly)s a month; without person-years it "
            "cannot be judged."
        ),
        _("Tell how many person-years it pays for."),
    ),
    "M11.no_years_no_period": Words(
        _("%(area)s: personnel of %(sum)s cannot be judged without person-years and a period of use."),
        _("Tell how many person-years it pays for, and when."),
    ),
    "M11.doubtful": Words(
        _(
            "%(area)s: personnel of %(sum)s for %(years)s person-years is %(monthly)s a month and person; the call "
            "expects %(least)s to %(most)s."
        ),
        _("Correct the person-years or the costs, or explain them."),
    ),
    "M12.not_told": Words(
        _("It is not told whether costs are with or without value added tax; the call asks for them %(wanted)s."),
        _("Tell it, and correct the sums where needed."),
    ),
    "M12.otherwise": Words(
        _("Costs are told %(found)s, but the call asks for them %(wanted)s."),
        _("Work the costs out as the call asks."),
    ),
    "M12.mixed": Words(_("This row is told %(found)s, others %(wanted)s."), _("Tell all costs in one way.")),
    "M13.cents": Words(
        _("%(sum)s has cents, but the call asks for whole euros."), _("Enter %(wanted)s, and correct the other sums.")
    ),
    "M13.below_cent": Words(_("%(sum)s has parts of a cent."), _("Round the sum to cents.")),
    "M13.too_large": Words(
        _("%(sum)s is more than a field of the call may hold: %(limit)s."), _("Check the digits of the sum.")
    ),
}
