"""Adding and removing rows of a table and panels of a repetition."""

from __future__ import annotations

from typing import Any

from luotsi.questionnaires.rules.definition import elements as e


def rows_of(question: e.Question, value: Any) -> list[Any]:
    """Return the rows of an answer, those to begin with where nothing has been answered."""
    if isinstance(value, list):
        return value
    count = question.row_count if isinstance(question, e.TableQuestion) else getattr(question, "panel_count", 0)
    return [{} for _number in range(count)]


def bounds(question: e.Question) -> tuple[int, int]:
    """Return the least and the greatest number of rows or panels."""
    if isinstance(question, e.TableQuestion):
        return question.min_rows, question.max_rows
    if isinstance(question, e.RepeatQuestion):
        return question.min_panels, question.max_panels
    return 0, 0


def may_add(question: e.Question, value: Any) -> bool:
    """Return True while one row more fits."""
    return bool(getattr(question, "allow_add", False)) and len(rows_of(question, value)) < bounds(question)[1]


def may_remove(question: e.Question, value: Any) -> bool:
    """Return True while one row fewer is still enough."""
    return bool(getattr(question, "allow_remove", False)) and len(rows_of(question, value)) > bounds(question)[0]


def with_row(question: e.Question, value: Any) -> Any:
    """Return the answer with one row more at its end, the same where it is full."""
    if not may_add(question, value):
        return value
    begins = (
        question.default_row if isinstance(question, e.TableQuestion) else getattr(question, "default_panel", None)
    )
    return [*rows_of(question, value), dict(begins) if isinstance(begins, dict) else {}]


def without_row(question: e.Question, value: Any, place: int) -> Any:
    """Return the answer without the row at a place, the same where there is none or none may go."""
    found = rows_of(question, value)
    if not may_remove(question, value) or not 0 <= place < len(found):
        return value
    return [*found[:place], *found[place + 1 :]]
