"""Which rows of a table, or panels of a repetition, have an answer that another has already and may not."""

from __future__ import annotations

from collections.abc import Iterator

from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.evaluation.running import Entry
from luotsi.questionnaires.rules.expressions.coercion import as_text


def doubles(entry: Entry) -> Iterator[Entry]:
    """Yield each answer whose value another row has, in the columns in which that may not be.

    In a table all of them are told, in a repetition those after the first, as in SurveyJS.
    """
    question = entry.item.question
    names: list[str] = []
    if isinstance(question, d.TableQuestion):
        names = [column.name for column in question.columns if column.unique or column.name == question.key_name]
    elif isinstance(question, d.RepeatQuestion) and question.key_name:
        names = [question.key_name]
    for name in names:
        cells = [row.entry(name) for row in entry.rows if name in row.part.items]
        alike: dict[str, list[Entry]] = {}
        for cell in cells:
            if not values.is_empty(cell.value) and cell.visible:
                alike.setdefault(as_text(cell.value).strip().lower(), []).append(cell)
        for found in alike.values():
            if len(found) > 1:
                yield from found if isinstance(question, d.TableQuestion) else found[1:]
