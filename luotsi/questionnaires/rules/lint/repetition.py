"""A fixed number of like rows where rows can be added as needed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from luotsi.questionnaires.rules.definition import (
    Choice,
    Element,
    Question,
    RepeatQuestion,
    TableQuestion,
    TextQuestion,
)
from luotsi.questionnaires.rules.lint.defect import Defect, Severity
from luotsi.questionnaires.rules.lint.outline import Outline

LIKE = 3  # rows or questions that differ in nothing but their number
COUNTED = re.compile(r"^(.{0,100}?)[\s_.\-]{0,3}(\d{1,3})[.:)]?$")


def fixed_rows(outline: Outline) -> Iterator[Defect]:
    """Yield tables whose rows are only numbered, tables and repetitions of as many rows as they begin with."""
    for entry in outline.questions:
        question = entry.element
        if isinstance(question, TableQuestion):
            count = len(question.rows) if _only_counted(question.rows) else _unchanging(question)
        elif isinstance(question, RepeatQuestion):
            count = question.min_panels if question.min_panels == question.max_panels else 0
        else:
            continue
        if count >= LIKE:
            params = {"name": question.name, "count": count}
            yield Defect("rows.fixed", Severity.WARN, question.at, (question.name,), params)


def numbered_questions(outline: Outline) -> Iterator[Defect]:
    """Yield questions of one kind side by side whose names differ in a number alone: partner1, partner2, partner3."""
    beside: dict[tuple[str, str, str], list[Question]] = defaultdict(list)
    for entry in outline.questions:
        element = entry.element
        match = COUNTED.match(element.name)
        if not match or not match[1] or not isinstance(element, Question) or not isinstance(element, TextQuestion):
            continue
        if "number" in element.x or not _titles_counted(element):
            continue
        holder = entry.within[-1].at if entry.within else ""
        beside[(holder, match[1], element.kind)].append(element)
    for (_holder, stem, _kind), found in beside.items():
        if len(found) >= LIKE:
            names = tuple(question.name for question in found)
            yield Defect("rows.fixed", Severity.WARN, found[0].at, names, {"name": stem, "count": len(found)})


def _titles_counted(element: Element) -> bool:
    """Return True where the title is missing or ends in a number: the question is one of a row of likes."""
    said = element.title.in_language("fi").text
    return not said or bool(COUNTED.match(said.strip()))


def _only_counted(rows: Sequence[Choice]) -> bool:
    """Return True where the rows of a table differ in nothing but a number."""
    stems = set()
    for row in rows:
        said = row.text.in_language("fi").text.strip() or str(row.value)
        match = COUNTED.match(said)
        if match is None:
            return False
        stems.add(match[1].strip().lower())
    return len(stems) == 1 and not _is_measure(rows)


def _is_measure(rows: Sequence[Choice]) -> bool:
    """Return True for rows that are years or other figures with a meaning, not a count from 0 or 1."""
    numbers = [
        int(match[2])
        for row in rows
        if (match := COUNTED.match(row.text.in_language("fi").text.strip() or str(row.value)))
    ]
    return numbers != list(range(numbers[0], numbers[0] + len(numbers))) or numbers[0] not in {0, 1}


def _unchanging(question: TableQuestion) -> int:
    """Return how many rows an added-rows table always has, 0 where their number can change."""
    if question.kind != "matrixdynamic":
        return 0
    if question.min_rows == question.max_rows:
        return question.min_rows
    return question.row_count if not question.allow_add and not question.allow_remove else 0


CHECKS = (fixed_rows, numbered_questions)
