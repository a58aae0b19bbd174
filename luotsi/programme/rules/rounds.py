"""The questionnaire of a self-evaluation round, made of the measures of a plan: a grade and words for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from luotsi.base import periods
from luotsi.programme.rules.plan import Measure, Plan, measures_of, sections_of
from luotsi.programme.rules.values import LANGUAGES, Text

LONGEST_WORDS = 1500
# The scale, from the lowest grade; its words stand in every questionnaire of a round.
SCALE: tuple[tuple[int, Text], ...] = (
    (1, Text(fi="ei alkanut", sv="inte påbörjat", en="not begun")),
    (2, Text(fi="alussa", sv="i början", en="at the beginning")),
    (3, Text(fi="osittain käytössä", sv="delvis i bruk", en="partly in use")),
    (4, Text(fi="enimmäkseen käytössä", sv="till största delen i bruk", en="mostly in use")),
    (5, Text(fi="vakiintunut käytäntö", sv="etablerad praxis", en="settled practice")),
)
GRADE, WORDS = "grade_", "words_"
_GRADED = Text(fi="Arvosana", sv="Vitsord", en="Grade")
_WORDED = Text(fi="Perustelu", sv="Motivering", en="In words")
_ASKED = Text(
    fi="Mihin arvio perustuu, mikä onnistui ja mikä on kesken?",
    sv="Vad grundar sig bedömningen på, vad har lyckats och vad är ogjort?",
    en="What is the grade based on, what went well and what is unfinished?",
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a round asks: its key and names, and the codes of the measures to be graded."""

    key: str
    names: Text
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What a unit says of one measure: a grade from 1 to 5, and words."""

    grade: int
    words: str


def chosen(plan: Plan, sections: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of the measures in the sections, and in those inside them, in the order of the plan."""
    wanted = set(sections)
    codes = {measure.code for section in sections_of(plan) if section.code in wanted for measure in _inside(section)}
    return tuple(measure.code for measure in measures_of(plan) if measure.code in codes)


def _inside(section: Any) -> Iterator[Measure]:
    yield from section.measures
    for inner in section.sections:
        yield from _inside(inner)


def is_school_year(key: str) -> bool:
    """Return True for the key of a school year, such as 2025-26."""
    try:
        found = periods.parse(key)
    except periods.NotAPeriod:
        return False
    return found.kind == periods.PeriodKind.SCHOOL_YEAR


def definition_of(plan: Plan, wanted: Wanted) -> dict[str, Any]:
    """Return the definition of the questionnaire: a page for each section, and on it a panel for each measure.

    The plan's texts are taken as they are: a language that they lack is not made up.
    """
    asked = set(wanted.measures)
    pages = []
    for section in sections_of(plan):
        measures = [measure for measure in section.measures if measure.code in asked]
        if measures:
            pages.append(
                {
                    "name": f"section_{section.code}",
                    "title": _said(section.names),
                    "elements": [_panel(measure) for measure in measures],
                }
            )
    return {
        "x-luotsi": {"name": wanted.key, "version": "1.0.0", "languages": list(LANGUAGES)},
        "title": _said(wanted.names),
        "pages": pages,
    }


def _panel(measure: Measure) -> dict[str, Any]:
    panel: dict[str, Any] = {
        "type": "panel",
        "name": f"measure_{measure.code}",
        "title": _said(measure.names),
        "x-luotsi": {"measure": measure.code},
        "elements": [
            {
                "type": "rating",
                "name": f"{GRADE}{measure.code}",
                "title": _said(_GRADED),
                "isRequired": True,
                "rateValues": [{"value": grade, "text": _said(words, before=f"{grade} = ")} for grade, words in SCALE],
                "x-luotsi": {"part": "grade", "measure": measure.code},
            },
            {
                "type": "comment",
                "name": f"{WORDS}{measure.code}",
                "title": _said(_WORDED),
                "description": _said(_ASKED),
                "isRequired": True,
                "maxLength": LONGEST_WORDS,
                "x-luotsi": {"part": "words", "measure": measure.code},
            },
        ],
    }
    if told := _milestones(measure):
        panel["description"] = told
    return panel


def _milestones(measure: Measure) -> dict[str, str]:
    """Return what the plan wants to have reached, in the languages in which every milestone is written."""
    found = {}
    for code in LANGUAGES:
        texts = [(item.period.key, getattr(item.text, code)) for item in measure.milestones]
        if texts and all(text for _period, text in texts):
            found[code] = " · ".join(f"{period}: {text}" for period, text in texts)
    return found


def _said(text: Text, before: str = "") -> dict[str, str]:
    return {code: before + getattr(text, code) for code in LANGUAGES if getattr(text, code)}


def answers_in(submitted: Mapping[str, Any], measures: Sequence[str]) -> dict[str, Answer]:
    """Return the answers of a submission by measure; a measure without a grade of the scale is left out."""
    found = {}
    for code in measures:
        grade = _grade(submitted.get(f"{GRADE}{code}"))
        if grade is not None:
            found[code] = Answer(grade, str(submitted.get(f"{WORDS}{code}") or "").strip())
    return found


def _grade(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    known = {str(grade): grade for grade, _words in SCALE}
    return known.get(str(value).strip())


def word_of(grade: int) -> Text:
    """Return the word of a grade."""
    return dict(SCALE)[grade]
