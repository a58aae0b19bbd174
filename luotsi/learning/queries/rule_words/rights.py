"""Words of the rules of rights to study (K)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luotsi.learning.queries.rule_words.words import DONE, REFUSED, RESULTS, YEARS, Words

WORDS: dict[str, Words] = {
    "K01": Words(
        title=_("No state"),
        message=_("The right to study has no state at all."),
        fix=_("Add the state “läsnä” from the day on which the studies began."),
        why=REFUSED,
    ),
    "K02": Words(
        title=_("States out of order"),
        message=_("The state from %(day)s stands after the state from %(before)s."),
        fix=_("Put the states in the order of their days; each begins later than the one before it."),
        why=REFUSED,
    ),
    "K03": Words(
        title=_("A state after the end"),
        message=_("The state “%(state)s” stands after “%(end)s”, which ends the right."),
        fix=_("Take away the state that ended the right, or the one after it; who comes back gets a new right."),
        why=REFUSED,
    ),
    "K04": Words(
        title=_("A state that is not used here"),
        message=_("“%(state)s” is no state of such studies."),
        fix=_("Choose a state of the code list that is used in such studies."),
        why=REFUSED,
    ),
    "K05": Words(
        title=_("No source of funding"),
        message=_("The state “%(state)s” has no source of funding."),
        fix=_("Add the source of funding to the state."),
        why=REFUSED,
        funding=YEARS,
    ),
    "K06": Words(
        title=_("Graduated without confirmation"),
        message=_("The state is “valmistunut”, but no studies are confirmed."),
        fix=_("Confirm the studies, or take the state away until they are."),
        why=REFUSED,
        funding=RESULTS,
    ),
    "K07": Words(
        title=_("Confirmed but still studying"),
        message=_("All studies were confirmed on %(day)s, but the right goes on."),
        fix=_("Add the state “valmistunut”, or the studies that are still going on."),
        why=_("Somebody who has graduated counts as studying, and not as graduated."),
        funding=_("Student years go on being counted after completion, and may have to be given back."),
    ),
    "K08": Words(
        title=_("End and last state differ"),
        message=_("The right is said to end on %(day)s; by its states it ends: %(state)s."),
        fix=_("Leave the day of the end out, or make it the day of the last state."),
        why=REFUSED,
    ),
    "K09": Words(
        title=_("Beginning and first state differ"),
        message=_("The right is said to begin on %(day)s; by its states it begins: %(state)s."),
        fix=_("Leave the day of the beginning out, or make it the day of the first state."),
        why=REFUSED,
    ),
    "K10": Words(
        title=_("Estimated end before the beginning"),
        message=_("The estimated end %(day)s is before the beginning %(start)s."),
        fix=_("Correct the estimated end."),
        why=REFUSED,
    ),
    "K11": Words(
        title=_("No estimated end"),
        message=_("Nobody has estimated when these studies will end."),
        fix=_("Add the estimated end, as the personal plan has it."),
        why=_("Nobody can tell whether the studies will end in time, nor how many will end in a year."),
    ),
    "K12": Words(
        title=_("Graded before the studies began"),
        message=_("A part was graded on %(day)s, before the studies began on %(start)s."),
        fix=_("Correct the day of the grade, or tell that the part is recognised."),
        why=DONE,
    ),
    "K13": Words(
        title=_("Confirmed without a grade"),
        message=_("A part was confirmed on %(day)s but has no grade."),
        fix=_("Add the grade and its day."),
        why=REFUSED,
        funding=RESULTS,
    ),
    "K14": Words(
        title=_("Confirmed before it was graded"),
        message=_("A part was confirmed on %(day)s, before it was graded on %(graded)s."),
        fix=_("Correct the day of the confirmation or of the grade."),
        why=_("One of the days is wrong, and with it the time that the studies took."),
    ),
    "K15": Words(
        title=_("An average that cannot be"),
        message=_("The average %(average)s is told of studies that are not completed, or is not from 1 to 5."),
        fix=_("Leave the average out until the studies are completed, or correct it."),
        why=REFUSED,
    ),
    "K16": Words(
        title=_("Extent of a common part"),
        message=_("A common part has %(points)s competence points, the parts in it %(parts)s together."),
        fix=_("Correct the extent of the part or of the parts in it, until they are equal."),
        why=REFUSED,
        funding=RESULTS,
    ),
    "K17": Words(
        title=_("A demonstration that ends before it begins"),
        message=_("A demonstration begins on %(start)s and ends on %(end)s."),
        fix=_("Correct the days of the demonstration."),
        why=REFUSED,
    ),
    "K18": Words(
        title=_("Support as it was told until 2025"),
        message=_("“%(field)s” goes on beyond 2025; its last day: %(day)s."),
        fix=_("End it on 31 December 2025 and tell the support in the personal plan from then on."),
        why=_("KOSKI refuses it since 1 January 2026; figures of support are counted from the plans from then on."),
    ),
    "K19": Words(
        title=_("A holiday after 2025"),
        message=_("The state “loma” begins on %(day)s; vocational studies have no such state since 2026."),
        fix=_("Use “läsnä” or “väliaikaisesti keskeytynyt” instead."),
        why=REFUSED,
    ),
    "K20": Words(
        title=_("Support before the studies began"),
        message=_("“%(field)s” begins on %(day)s, before the studies began on %(start)s."),
        fix=_("Correct the first day of the support."),
        why=_("Figures of support count days on which nobody studied."),
    ),
    "K21": Words(
        title=_("A part-time share that cannot be"),
        message=_("The share of part-time studies is %(share)s %%; it must be from 0 to less than 100."),
        fix=_("Correct the share; for full-time studies leave the period out."),
        why=REFUSED,
        funding=_("Part-time studies count as student years in their share."),
    ),
    "K22": Words(
        title=_("A way of studying that ends before it begins"),
        message=_("A way of acquiring competence begins on %(start)s and ends on %(end)s."),
        fix=_("Correct the days."),
        why=REFUSED,
    ),
    "K23": Words(
        title=_("The same part twice"),
        message=_("Part %(part)s stands in the qualification several times."),
        fix=_("Take the needless one away; a grade that was raised belongs to the part it raises."),
        why=_("Its competence points may be counted twice."),
    ),
    "K24": Words(
        title=_("A business identifier of a workplace that cannot be"),
        message=_("%(business_id)s is no business identifier: its check digit is wrong."),
        fix=_("Look the identifier up again and correct it."),
        why=_("A period at work is joined with that of the plan by its workplace."),
    ),
    "K25": Words(
        title=_("An extent that cannot be"),
        message=_("The extent is %(extent)s; studies have more than nothing, and no more than 999."),
        fix=_("Correct the extent."),
        why=DONE,
        funding=RESULTS,
    ),
    "K26": Words(
        title=_("A code that is on no list here"),
        message=_("“%(value)s” is on none of the lists that are known here. It is kept as it is."),
        fix=_("Correct the code, or have the lists renewed if it is a new one."),
        why=_("What has an unknown code is in no figure that is split by it."),
    ),
}
