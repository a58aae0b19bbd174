"""The words of every defect that the linter can find: a title for its kind, a sentence, and a suggested fix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.questionnaires.queries import fault_words
from luotsi.questionnaires.rules.lint import Defect

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

READING = "reading."


@dataclass(frozen=True)
class Words:
    """How a kind of defect is called, what one of them says, and what is suggested."""

    title: _StrPromise
    sentence: _StrPromise | str
    fix: _StrPromise


OF_READING = Words(_("The definition cannot be read as it stands"), "", _("Correct the definition at this place."))
TRANSLATION = _("“%(text)s” is missing in this language.")
TRANSLATE = _("Translate it, or do not list the language under x-luotsi.")
WORDS = {
    "reference.unknown": Words(
        _("Expressions that name nothing"),
        _("An expression of “%(owner)s” names “%(name)s”, which is not in the questionnaire."),
        _("Correct the name, or add the question."),
    ),
    "reference.circular": Words(
        _("Expressions that lead back to themselves"),
        _("What is shown or worked out depends on itself: %(names)s."),
        _("Take one of these names out of the expressions."),
    ),
    "name.case": Words(
        _("Names that differ in case alone"),
        _("“%(name)s” and “%(other)s” are the same name to an expression."),
        _("Give one of them another name."),
    ),
    "condition.never": Words(
        _("Questions that can never be reached"),
        _("“%(name)s” is never shown: no answers make its condition and those around it true (%(condition)s)."),
        _("Correct the condition, or take the question out."),
    ),
    "value.unknown": Words(
        _("Conditions on a choice that there is not"),
        _("An expression of “%(owner)s” asks whether “%(name)s” is “%(value)s”, which cannot be chosen."),
        _("Use the value of a choice, or add the choice."),
    ),
    "section.lacks": Words(
        _("Sections that lack what their siblings have"),
        _("“%(name)s” does not ask for %(lacking)s; these do: %(others)s."),
        _("Add it to the section, or say in its description why it is not asked."),
    ),
    "number.gap": Words(
        _("Numbers that are left out"),
        _("Between %(before)s and %(after)s is no %(numbers)s, and no section that may stay closed has it."),
        _("Number the questions without a gap, or claim the numbers for a section with a condition."),
    ),
    "number.twice": Words(
        _("Numbers that are given twice"),
        _("“%(name)s” has the number %(number)s, which “%(other)s” has already."),
        _("Give each question a number of its own."),
    ),
    "number.order": Words(
        _("Numbers that go backwards"),
        _("“%(name)s” has the number %(number)s, but stands behind %(before)s."),
        _("Number the questions in their order."),
    ),
    "total.missing": Words(
        _("Totals that are promised but not counted"),
        _("The title of “%(name)s” says “%(word)s”, but nothing is added up."),
        _("Give the column a total (totalType), or change the title."),
    ),
    "limit.not_kept": Words(
        _("Limits that are told but not kept"),
        _("“%(name)s” tells a limit of %(told)s characters, but the field takes more."),
        _("Set maxLength to the limit that is told."),
    ),
    "limit.differs": Words(
        _("Limits that are told otherwise than they are kept"),
        _("“%(name)s” tells a limit of %(told)s characters, but the field keeps %(kept)s."),
        _("Make both the same."),
    ),
    "limit.contradicts": Words(
        _("Limits that differ from text to text"),
        _("The texts of “%(name)s” tell different limits: %(told)s."),
        _("Tell the same limit in every language."),
    ),
    "limit.missing": Words(
        _("Texts without a limit where others have one"),
        _("“%(name)s” has no limit; the texts beside it have %(limits)s characters."),
        _("Set maxLength and tell it in the description."),
    ),
    "translation.fi": Words(_("Texts that are missing in Finnish"), TRANSLATION, TRANSLATE),
    "translation.sv": Words(_("Texts that are missing in Swedish"), TRANSLATION, TRANSLATE),
    "translation.en": Words(_("Texts that are missing in English"), TRANSLATION, TRANSLATE),
    "translation.other": Words(
        _("Texts that are missing in a further language"),
        _("“%(text)s” is missing in the language %(language)s."),
        TRANSLATE,
    ),
    "heading.of_hidden": Words(
        _("Headings of sections that may be hidden"),
        _("The heading of “%(name)s” is shown even when all that it holds is hidden: %(hidden)s."),
        _("Move the condition from what it holds to the section itself."),
    ),
    "page.empty": Words(
        _("Pages with nothing on them"), _("The page “%(name)s” holds nothing."), _("Fill the page, or take it out.")
    ),
    "panel.empty": Words(
        _("Sections with nothing in them"),
        _("The section “%(name)s” holds nothing."),
        _("Fill the section, or take it out."),
    ),
    "rows.fixed": Words(
        _("Fixed rows where rows could be added"),
        _("“%(name)s” has %(count)s rows that differ in nothing but their number."),
        _("Use rows that can be added (matrixdynamic or paneldynamic)."),
    ),
    "personal.without_purpose": Words(
        _("Personal data without a purpose"),
        _("“%(name)s” is marked as personal data, but it is not said what for."),
        _("Add the purpose under x-luotsi."),
    ),
    "personal.without_retention": Words(
        _("Personal data without a time of retention"),
        _("“%(name)s” is marked as personal data, but it is not said how long they are kept."),
        _("Add the retention under x-luotsi."),
    ),
    "personal.unmarked": Words(
        _("Personal data that are not marked"),
        _("“%(name)s” seems to ask for data about a person."),
        _("Mark it with purpose and retention under x-luotsi, or with false where it is about no person."),
    ),
}


def title(code: str) -> str:
    """Return how a kind of defect is called in the active language."""
    return str(_words(code).title)


def sentence(defect: Defect) -> str:
    """Return what a defect says in the active language."""
    if defect.code.startswith(READING):
        return str(fault_words.WORDS[defect.code.removeprefix(READING)]) % defect.params
    return str(_words(defect.code).sentence) % defect.params


def fix(code: str) -> str:
    """Return what is suggested against a kind of defect, in the active language."""
    return str(_words(code).fix)


def _words(code: str) -> Words:
    return OF_READING if code.startswith(READING) else WORDS[code]
