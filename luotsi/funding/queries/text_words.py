"""The words of the checks of texts and identities, T1 to T8 and I1 to I4."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luotsi.funding.queries.words import Words

SHORTEN = _("Shorten the text, so that nothing is cut.")
TAKE_OUT = _("Take it out of the text, or do not publish the text.")
NAME_FUNDING = _("Name the grant, and say what it pays for and this one does not.")

TEXTS = {
    "T1.over": Words(
        _("“%(question)s” has %(count)s characters (%(counting)s), %(over)s more than the %(limit)s allowed."), SHORTEN
    ),
    "T1.over_if_strict": Words(
        _(
            "“%(question)s” has %(count)s of %(limit)s characters (%(share)s) with %(counting)s, but %(strict)s by "
            "stricter counting, which is over; the call does not say how it counts."
        ),
        SHORTEN,
    ),
    "T1.near": Words(_("“%(question)s” has %(count)s of %(limit)s characters (%(share)s), %(counting)s."), SHORTEN),
    "T1.near_over_if_strict": Words(
        _(
            "“%(question)s” has %(count)s of %(limit)s characters (%(share)s), %(counting)s as the call counts; by "
            "stricter counting it would be %(strict)s."
        ),
        SHORTEN,
    ),
    "T1.no_limit": Words(
        _("“%(question)s” has %(count)s characters; the call tells no limit for it, though it does for others."),
        _("Ask the funder for the limit."),
    ),
    "T2.copied": Words(
        _("“%(second)s” and “%(first)s” have %(count)s characters in common: “%(start)s…”."),
        _("Say it once, or say in each what belongs there."),
    ),
    "T3.part_over_whole": Words(
        _(
            "%(percent)s = %(number)s makes %(size)s for “%(part)s”, but %(whole_percent)s = %(whole_number)s makes "
            "%(whole_size)s for “%(whole)s”, of which it is a part: a part cannot be larger than its whole."
        ),
        _("Check percentages, numbers and whom they are about."),
    ),
    "T3.in_text": Words(
        _(
            "%(percent)s = %(number)s makes %(size)s for “%(part)s”, but %(whole_percent)s = %(whole_number)s makes "
            "%(whole_size)s for “%(whole)s”, of which it is a part by its words: a part cannot be larger than its "
            "whole."
        ),
        _("Check percentages, numbers and whom they are about."),
    ),
    "T3.two_sizes": Words(
        _(
            "“%(part)s” comes to %(size)s by %(percent)s = %(number)s, but to %(whole_size)s by %(whole_percent)s = "
            "%(whole_number)s."
        ),
        _("Check percentages, numbers and whom they are about."),
    ),
    "T3.nothing_of_some": Words(
        _("“%(label)s” is told as 0 per cent, but as %(number)s."), _("Check the percentage and the number.")
    ),
    "T4.grant_in_register": Words(
        _("“%(question)s” says: “%(claim)s”. The register has %(grant)s, %(sum)s, decided on %(day)s."), NAME_FUNDING
    ),
    "T4.grant_without_sum": Words(
        _("“%(question)s” says: “%(claim)s”. The register has %(grant)s, decided on %(day)s."), NAME_FUNDING
    ),
    "T4.in_plan": Words(
        _("“%(question)s” says: “%(claim)s”. The financing plan has %(sum)s under “%(rows)s”."), NAME_FUNDING
    ),
    "T5.is_applicant": Words(
        _("“%(partner)s” is listed as a partner, but is the applicant."), _("List only others as partners.")
    ),
    "T5.has_applicant": Words(
        _("“%(partner)s” is listed as a partner, and the applicant is one of its members."),
        _("List the members that take part."),
    ),
    "T5.not_listed": Words(
        _("“%(question)s” names “%(partner)s”, which is not in the list of partners of “%(area)s”."),
        _("Add it to the list, or take it out of the text."),
    ),
    "T6.no_indicator": Words(
        _("%(area)s: no indicator follows the measure “%(measure)s”."),
        _("Add an indicator, or name the one that does."),
    ),
    "T6.incomplete": Words(
        _("%(area)s: %(count)s of %(of)s indicators lack %(parts)s, the first of them “%(first)s”."),
        _("Give each indicator a baseline, a target, a day and a source."),
    ),
    "T8.identity": Words(
        _("“%(question)s” holds what looks like a personal identity code (%(start)s, sign %(place)s)."), TAKE_OUT
    ),
    "T8.email": Words(
        _("“%(question)s” holds an e-mail address (%(start)s, sign %(place)s), and anybody may read it."), TAKE_OUT
    ),
    "T8.phone": Words(
        _("“%(question)s” holds a telephone number (%(start)s, sign %(place)s), and anybody may read it."), TAKE_OUT
    ),
    "I1.business_id": Words(
        _("%(number)s is no business id: its check digit or form is wrong."), _("Check the number.")
    ),
    "I1.iban": Words(_("%(number)s is no IBAN: its check digits or length are wrong."), _("Check the number.")),
    "I1.bic": Words(_("%(number)s does not have the form of a BIC."), _("Check the code of the bank.")),
    "I1.bic_country": Words(
        _("The bank %(number)s is in %(country)s, but the account in %(other)s."), _("Check account and bank.")
    ),
    "I2.other_call": Words(
        _("The application names the call %(told)s, but this call is %(wanted)s."),
        _("Correct the number, or check against the right call."),
    ),
    "I2.no_family": Words(
        _("%(number)s looks like none of the known kinds of register numbers."), _("Check the number.")
    ),
    "I3.says_no": Words(
        _("The call asks for a licence, and %(applicant)s says that it has none."),
        _("Only holders of the licence may apply."),
    ),
    "I3.no_register": Words(
        _("The call asks for a licence; no register of its holders is at hand, so it cannot be judged."),
        _("Add the holders to the register."),
    ),
    "I3.not_in_register": Words(
        _("The call asks for a licence, and %(applicant)s is not in the register of its holders."),
        _("Check the name in the register; only holders may apply."),
    ),
    "I4.differ": Words(
        _("The project is called “%(name)s” here and “%(first)s” there."), _("Use one name everywhere.")
    ),
    "I4.case": Words(
        _("The project is written “%(name)s” here and “%(first)s” there."), _("Use one way of writing everywhere.")
    ),
}
