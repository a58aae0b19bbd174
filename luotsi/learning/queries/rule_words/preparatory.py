"""Words of the rules of preparatory studies (T)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luotsi.learning.queries.rule_words.words import DONE, PREPARATORY, REFUSED, YEARS, Words

WORDS: dict[str, Words] = {
    "T01": Words(
        title=_("No permit"),
        message=_("The permit by which preparatory studies are arranged is missing or unknown: %(permit)s."),
        fix=_("Choose vocational, general upper secondary or basic education. It can never be changed afterwards."),
        why=REFUSED,
    ),
    "T02": Words(
        title=_("Not exactly one course of studies"),
        message=_("Preparatory studies have one course of studies; here are %(count)s."),
        fix=_("Keep one and move its parts there."),
        why=REFUSED,
    ),
    "T03": Words(
        title=_("A part that is not known"),
        message=_("“%(part)s” is no part of preparatory studies; they have the parts 101 to 107."),
        fix=_("Choose one of the parts 101 to 107; what is studied locally belongs to part 104."),
        why=_("The part counts towards nothing that the studies must have."),
    ),
    "T04": Words(
        title=_("Not in weeks"),
        message=_("The extent of a part is told in another unit (%(unit)s); preparatory studies count weeks."),
        fix=_("Tell the extent in weeks (unit 8)."),
        why=REFUSED,
    ),
    "T05": Words(
        title=_("Completed without planning of studies and career"),
        message=_("The studies are completed, but part %(part)s is not passed; everybody must have it."),
        fix=_("Add the part with its grade, or take the completion away."),
        why=PREPARATORY,
    ),
    "T06": Words(
        title=_("Too few weeks"),
        message=_("Part %(part)s has %(weeks)s weeks in completed studies; the least is %(least)s."),
        fix=_("Correct the weeks, or take the completion away."),
        why=PREPARATORY,
    ),
    "T07": Words(
        title=_("Too many weeks"),
        message=_("Part %(part)s has %(weeks)s weeks; the most is %(most)s."),
        fix=_("Correct the weeks; of more, tell the rest in another part."),
        why=PREPARATORY,
    ),
    "T08": Words(
        title=_("A state that preparatory studies do not have"),
        message=_("“%(state)s” is not used in preparatory studies."),
        fix=_("Use “katsotaan eronneeksi” instead."),
        why=REFUSED,
    ),
    "T09": Words(
        title=_("A holiday without a vocational permit"),
        message=_("The state “%(state)s” is used only with a vocational permit; here the permit is: %(permit)s."),
        fix=_("Use “läsnä” or “väliaikaisesti keskeytynyt” instead."),
        why=REFUSED,
    ),
    "T10": Words(
        title=_("A source of funding that is not used here"),
        message=_("The source of funding %(funding)s is not used in preparatory studies; those are 1, 6 and 10."),
        fix=_("Correct the source of funding."),
        why=REFUSED,
        funding=YEARS,
    ),
    "T11": Words(
        title=_("Optional studies without contents"),
        message=_("Part %(part)s is graded, but no studies stand in it."),
        fix=_("Add what was studied, with names, weeks and grades."),
        why=_("A certificate cannot tell what was studied."),
    ),
    "T12": Words(
        title=_("Weeks do not add up"),
        message=_("The studies have %(weeks)s weeks in all, their parts %(parts)s together."),
        fix=_("Correct the extent of the whole or of the parts."),
        why=DONE,
    ),
    "T13": Words(
        title=_("Too few or too many weeks in all"),
        message=_("Completed studies have %(weeks)s weeks in all; they must have %(least)s to %(most)s."),
        fix=_("Correct the extent of the whole or of the parts, or take the completion away."),
        why=PREPARATORY,
    ),
    "T14": Words(
        title=_("Completed with too few parts"),
        message=_("Beside part %(part)s the completed studies have %(count)s other parts; the least is %(least)s."),
        fix=_("Add the parts that were studied, or take the completion away."),
        why=PREPARATORY,
    ),
    "T15": Words(
        title=_("More weeks than can be completed"),
        message=_("Part %(part)s of studies that go on has %(weeks)s weeks already; the most is %(most)s."),
        fix=_("Correct the weeks; of more, tell the rest in another part."),
        why=_("KOSKI takes the studies as long as they go on, and will not let them be completed so."),
    ),
}
