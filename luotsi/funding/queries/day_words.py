"""The words of the checks of days, D1 to D8."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luotsi.funding.queries.words import Words

TELL_DAY = _("Tell the day.")

DAYS = {
    "D1.reversed": Words(
        _("%(period)s: the period of use ends on %(end)s, %(days)s days before it begins on %(start)s."),
        _("Correct one of the days; perhaps the last day is %(first)s or %(second)s."),
    ),
    "D1.no_start": Words(
        _("%(period)s: the first day of the period of use is not told (it ends on %(end)s)."), TELL_DAY
    ),
    "D1.no_end": Words(
        _("%(period)s: the last day of the period of use is not told (it begins on %(start)s)."), TELL_DAY
    ),
    "D1.no_period": Words(_("No period of use is told."), _("Tell the first and the last day of use.")),
    "D2.before_letter": Words(
        _("The call's own period of use begins on %(start)s, before its letter of %(letter)s."),
        _("Ask the funder whether costs before the decision count."),
    ),
    "D2.too_early": Words(
        _("%(period)s: use begins on %(found)s, before the call's period from %(start)s to %(end)s."),
        _("Begin on %(start)s at the earliest."),
    ),
    "D2.too_late": Words(
        _("%(period)s: use ends on %(found)s, after the call's period from %(start)s to %(end)s."),
        _("End on %(end)s at the latest."),
    ),
    "D3.no_time": Words(
        _("The call closes on %(day)s, but does not tell clock time and time zone."),
        _("Ask the funder for them, and hand in a day before."),
    ),
    "D3.closed": Words(
        _("The call closed on %(day)s, and the application is not marked as handed in."),
        _("Tell when it was handed in."),
    ),
    "D3.late": Words(
        _("It was handed in at %(handed)s, %(late)s seconds after the deadline on %(day)s at %(time)s."),
        _("Ask the funder whether it is taken in."),
    ),
    "D3.late_day": Words(
        _("It was handed in at %(handed)s, after the last day, %(day)s."), _("Ask the funder whether it is taken in.")
    ),
    "D3.early": Words(
        _("It was handed in at %(handed)s, before the call opened on %(day)s at %(time)s."),
        _("Hand it in while the call is open."),
    ),
    "D4.differ": Words(
        _(
            "%(area)s is used from %(start)s to %(end)s, but %(other)s from %(other_start)s to %(other_end)s, and "
            "nothing says why."
        ),
        _("Use the same period, or explain the difference."),
    ),
    "D4.missing": Words(
        _("%(area)s has no period of use, while %(other)s has one."),
        _("Tell the period, also where the form does not ask."),
    ),
    "D4.missing_with_sum": Words(
        _(
            "%(area)s has no period of use, while %(other)s has one; %(sum)s, %(share)s of what is applied for, has "
            "no time."
        ),
        _("Tell the period, also where the form does not ask."),
    ),
    "D5.before_end": Words(
        _("The final report is due on %(due)s, %(days)s days before the last day of use, %(end)s."),
        _("Ask the funder for a later day."),
    ),
    "D6.after_end": Words(
        _("A change was asked for on %(made)s, after the last day of use, %(end)s."),
        _("Ask for changes before the end of use."),
    ),
    "D6.too_late": Words(
        _("A change was asked for on %(made)s, less than %(days)s days before the last day of use, %(end)s."),
        _("Ask for changes by %(last)s."),
    ),
    "D7.no_day": Words(
        _("The decision (%(result)s) has no day."), _("Ask the funder for the day; time for an appeal runs from it.")
    ),
    "D7.no_reasons": Words(
        _("The decision (%(result)s) gives no reasons."), _("Ask the funder for the reasons; a refusal needs them.")
    ),
    "D7.before_deadline": Words(
        _("The decision is of %(day)s, before the deadline of the call, %(deadline)s."), _("Check both days.")
    ),
    "D7.after_end": Words(
        _("The decision is of %(day)s, after the last day of use, %(end)s."),
        _("Ask the funder for a later period of use."),
    ),
    "D7.after_start": Words(
        _("The decision is of %(day)s, after use begins on %(start)s."),
        _("Find out whether costs before the decision count."),
    ),
    "D7.more_than_applied": Words(
        _("%(granted)s was granted, more than the %(applied)s applied for."), _("Check both sums.")
    ),
    "D7.over_percent": Words(
        _("%(granted)s was granted, more than %(percent)s of the accepted total cost of %(total)s: %(most)s."),
        _("Ask the funder which of the figures holds."),
    ),
    "D8.not_told": Words(
        _("The own share is %(own)s; it is not told whether a body or officer has decided on it."),
        _("Add the decisions of your own bodies, or an empty list."),
    ),
    "D8.none": Words(
        _("The own share is %(own)s, but nobody has decided on it."),
        _("Take it to a body or officer who may commit it, before the deadline."),
    ),
    "D8.only_noted": Words(
        _("The own share of %(own)s has no decision: %(body)s only noted the application, which commits to nothing."),
        _("Take it to a body or officer who may commit it, before the deadline."),
    ),
    "D8.short": Words(
        _("%(committed)s of the own share of %(own)s was decided on: %(short)s has no decision."),
        _("Have the rest decided on."),
    ),
    "D8.no_day": Words(_("The decision of %(body)s has no day."), TELL_DAY),
    "D8.after_deadline": Words(
        _("%(body)s decided on %(day)s, after the deadline of the call, %(deadline)s."),
        _("Have own shares decided on before the deadline."),
    ),
    "D8.no_section": Words(
        _("The decision of %(body)s has no number of a section."), _("Tell the section of the minutes.")
    ),
}
