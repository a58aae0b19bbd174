"""Answers by the role that a definition gives them: whatever a question is called, a cost is a cost.

A role stands under `x-luotsi` of a question, or of a row or column of a table, where it goes before that of the table.
A section with an `area` counts for itself; a table with the role `summary` tells sums of the areas once more, row by
row, and never counts as one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.definition import (
    Column,
    Definition,
    Element,
    Panel,
    Question,
    RepeatQuestion,
    TableQuestion,
    TextQuestion,
)
from luotsi.questionnaires.rules.definition.elements import Marked

SUMMARY, AREA = "summary", "area"
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class Given:
    """One answer with a role: its whole name, its value (None = left blank), the area it belongs to ("" = none).

    `summary` tells that it repeats what is asked elsewhere; `year` in which calendar year it falls, None = not told.
    """

    role: str
    name: str
    value: Any
    area: str = ""
    summary: bool = False
    year: int | None = None


def given(definition: Definition, answers: Mapping[str, Any], worked_out: Mapping[str, Any]) -> tuple[Given, ...]:
    """Return the answers that have a role, in the order of the definition.

    Args:
        definition: The questionnaire.
        answers: By the names of questions, hidden ones too.
        worked_out: Values of expression questions by their names.
    """
    return tuple(_in(definition.pages, "", answers, worked_out))


def areas(definition: Definition) -> tuple[str, ...]:
    """Return the keys of the sections that have an area, in order, then those that only the summary names."""
    found = [entry for entry in _areas(definition.pages) if entry]
    return tuple(dict.fromkeys(found))


def _areas(elements: tuple[Element, ...]) -> Iterator[str]:
    for element in elements:
        if isinstance(element, Panel):
            yield _word(element, AREA)
            yield from _areas(element.elements)
        elif isinstance(element, TableQuestion):
            yield from (_word(row, AREA) for row in element.rows)


def _word(part: Marked, key: str) -> str:
    value = part.x.get(key)
    return value if isinstance(value, str) else ""


def _year(*parts: Marked | None) -> int | None:
    """Return the calendar year that the first of the parts tells under its semantics."""
    told = (part.x.get("year") for part in parts if part is not None)
    years = (one for one in told if isinstance(one, int) and not isinstance(one, bool))
    return next((one for one in years if FIRST_YEAR <= one <= LAST_YEAR), None)


def _in(
    elements: tuple[Element, ...], area: str, answers: Mapping[str, Any], worked_out: Mapping[str, Any]
) -> Iterator[Given]:
    for element in elements:
        if isinstance(element, Panel):
            yield from _in(element.elements, _word(element, AREA) or area, answers, worked_out)
        elif isinstance(element, TableQuestion):
            yield from _table(element, area, answers.get(element.name))
        elif isinstance(element, RepeatQuestion):
            yield from _repetition(element, area, answers.get(element.name))
        elif isinstance(element, Question) and (role := _word(element, "role")):
            value = answers.get(element.name, worked_out.get(element.name))
            yield Given(role, element.name, None if values.is_empty(value) else value, area, year=_year(element))


def _repetition(question: RepeatQuestion, area: str, answer: Any) -> Iterator[Given]:
    for place, panel in enumerate(answer if isinstance(answer, list) else []):
        if isinstance(panel, Mapping):
            for found in _in(question.elements, area, panel, {}):
                yield replace(found, name=f"{question.name}[{place}].{found.name}")


def _table(question: TableQuestion, area: str, answer: Any) -> Iterator[Given]:
    """Yield the cells that are figures or have a role themselves; of fixed rows the blank ones too."""
    own = _word(question, "role")
    is_summary = own == SUMMARY
    for key, row, cells in _rows(question, answer):
        for column in question.columns:
            role = (_word(row, "role") if row else "") or _word(column, "role") or ("" if is_summary else own)
            if role and (_is_figure(column) or _word(column, "role")):
                value = cells.get(column.name)
                blank = None if values.is_empty(value) else value
                place = (_word(row, AREA) if row else "") or area
                name, year = f"{question.name}{key}.{column.name}", _year(row, column, question)
                yield Given(role, name, blank, place, is_summary, year)


def _rows(question: TableQuestion, answer: Any) -> Iterator[tuple[str, Marked | None, Mapping[str, Any]]]:
    if question.rows:
        held = answer if isinstance(answer, Mapping) else {}
        for row in question.rows:
            cells = held.get(str(row.value))
            yield f".{row.value}", row, cells if isinstance(cells, Mapping) else {}
        return
    for place, cells in enumerate(answer if isinstance(answer, list) else []):
        yield f"[{place}]", None, cells if isinstance(cells, Mapping) else {}


def _is_figure(column: Column) -> bool:
    return isinstance(column.cell, TextQuestion) and column.cell.is_number


def summed(found: tuple[Given, ...]) -> Any:
    """Return what answers of one role come to: figures added up, else the first; None where all are blank."""
    told = [one.value for one in found if one.value is not None]
    numbers = [Decimal(value) for value in told if values.is_number(value)]
    if numbers and len(numbers) == len(told):
        return sum(numbers, Decimal())
    return told[0] if told else None
