"""An answer in words, as summaries, decisions and differences show it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.filling import numbers, reading
from luotsi.questionnaires.rules.filling.names import COMMENT
from luotsi.ui import formatting


def told(value: Any) -> str:
    """Return a value that has no question at hand as it is typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return values.plain(value) if values.is_number(value) else value if isinstance(value, str) else values.dumps(value)


def lines_of(question: d.Question | None, value: Any, language: str) -> list[str]:
    """Return an answer in lines of words: one for what is simple, one a row for tables and repetitions.

    Rows inside a row follow it with numbers of their own: "1. …", "1.1. …", "1.2. …", "2. …".
    """
    if values.is_empty(value):
        return []
    if isinstance(question, d.MatrixQuestion) and isinstance(value, dict):
        return [
            f"{_named(question.rows, key, language)}: {_named(question.columns, one, language)}"
            for key, one in value.items()
        ]
    if isinstance(question, d.TableQuestion):
        return _table(question, value, language)
    if isinstance(question, d.RepeatQuestion) and isinstance(value, list):
        inner = {one.name: one for one in d.walk(question.elements) if isinstance(one, d.Question)}
        return [line for place, row in enumerate(value, 1) for line in _panel(place, row, inner, language)]
    if isinstance(value, list):
        return [_one(question, one, language) for one in value]
    return _one(question, value, language).splitlines()


def _panel(place: int, row: Any, inner: dict[str, d.Question], language: str) -> Iterator[str]:
    """Yield the lines of one panel of a repetition: what is simple in it, then the rows of what repeats inside it."""
    row = row if isinstance(row, dict) else {}
    lists = {key: one for key, one in row.items() if isinstance(inner.get(key), d.TableQuestion | d.RepeatQuestion)}
    yield f"{place}. {_pairs({key: one for key, one in row.items() if key not in lists}, inner, language)}"
    for key, one in lists.items():
        title = inner[key].title.in_language(language).text or key
        for line in lines_of(inner[key], one, language):
            number, dot, words = line.partition(". ")
            if dot and number.replace(".", "").isdigit():
                yield f"{place}.{number}. {title}: {words}"
            else:
                yield f"{place}. {title}: {line}"


def _table(question: d.TableQuestion, value: Any, language: str) -> list[str]:
    inner = {column.name: column.cell for column in question.columns}
    if isinstance(value, dict):
        return [
            f"{_named(question.rows, key, language)}: {_pairs(row, inner, language)}" for key, row in value.items()
        ]
    rows = value if isinstance(value, list) else []
    return [f"{place}. {_pairs(row, inner, language)}" for place, row in enumerate(rows, 1)]


def _pairs(row: Any, inner: dict[str, d.Question], language: str) -> str:
    if not isinstance(row, dict) or not row:
        return formatting.MISSING
    if len(inner) == 1 and len(row) == 1:
        ((key, one),) = row.items()
        return "; ".join(lines_of(inner.get(key), one, language))
    parts = []
    for key, one in row.items():
        question = inner.get(key)
        title = (question.title.in_language(language).text if question else "") or key
        beside = inner.get(key.removesuffix(COMMENT)) if question is None and key.endswith(COMMENT) else None
        if beside is not None:
            title = f"{beside.title.in_language(language).text or beside.name}: {_('comment')}"
        parts.append(f"{title} {', '.join(lines_of(question, one, language)) or formatting.MISSING}")
    return "; ".join(parts)


def _named(choices: tuple[d.Choice, ...], value: Any, language: str) -> str:
    for choice in choices:
        if values.same(choice.value, value) or reading.key_of(choice.value) == value:
            return choice.text.in_language(language).text or told(choice.value)
    return told(value)


SPECIAL = {
    "other": ("other_text", "Other"),
    "none": ("none_text", "None of these"),
    "refused": ("refuse_text", "I do not want to answer"),
    "dontknow": ("dont_know_text", "I do not know"),
}


def _one(question: d.Question | None, value: Any, language: str) -> str:
    """Return one simple value in words."""
    if isinstance(question, d.ChoiceQuestion):
        if isinstance(value, str) and value in reading.specials(question):
            field, words = SPECIAL[value]
            return str(getattr(question, field).in_language(language).text or _(words))
        return _named(question.choices, value, language)
    if isinstance(question, d.RatingQuestion):
        return _named(question.steps, value, language)
    if isinstance(question, d.BooleanQuestion):
        yes = values.same(value, question.value_true)
        label = question.label_true if yes else question.label_false
        return label.in_language(language).text or (_("Yes") if yes else _("No"))
    if isinstance(question, d.FileQuestion) and isinstance(value, dict):
        return str(value.get("name", ""))
    if values.is_number(value):
        return _figure(question, value, language)
    if isinstance(question, d.TextQuestion) and question.input_type == "date" and isinstance(value, str):
        try:
            return formatting.day(date.fromisoformat(value))
        except ValueError:
            return value
    return told(value)


def unit_of(marks: Any) -> str:
    """Return the sign of the unit in which a number is given, from our semantics."""
    unit = str(marks.get("unit", ""))
    return {"EUR": "€", "percent": "%"}.get(unit, unit)


def figure(value: Any, unit: str, language: str) -> str:
    """Return a number with its unit; euros as sums are written."""
    if unit == "€":
        return formatting.euros(value)
    shown = numbers.shown(value, language)
    return f"{shown}\u00a0{unit}" if unit else shown


def _figure(question: d.Question | None, value: Any, language: str) -> str:
    unit = unit_of(question.x) if question else ""
    style = getattr(question, "display_style", "")
    return figure(value, unit or {"currency": "€", "percent": "%"}.get(style, ""), language)
