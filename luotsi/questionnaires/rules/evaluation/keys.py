"""Which rows of a table, or panels of a repetition, have an answer that another has already and may not."""

from __future__ import annotations

from collections.abc import Iterator

from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.evaluation.running import Entry
from luotsi.questionnaires.rules.expressions.coercion import as_text


def doubles(entry: Entry) -> Iterator[Entry]:
    """Yield each answer whose value an earlier row has, in the columns in which that may not be."""
    question = entry.item.question
    names: list[str] = []
    if isinstance(question, d.TableQuestion):
        names = [column.name for column in question.columns if column.unique or column.name == question.key_name]
    elif isinstance(question, d.RepeatQuestion) and question.key_name:
        names = [question.key_name]
    for name in names:
        known: set[str] = set()
        for row in entry.rows:
            if name not in row.part.items:
                break
            cell = row.entry(name)
            if values.is_empty(cell.value) or not cell.visible:
                continue
            told = as_text(cell.value).strip().lower()
            if told in known:
                yield cell
            known.add(told)
