"""Fields that can be added again: a table where each row is one, panels where there is more in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from luotsi.questionnaires.rules.convert.grantform.fields import question_of, rest, shared
from luotsi.questionnaires.rules.convert.grantform.form import FIELD, Data, Form, Known, children, kind, named

GROWING, GROWN = "growingFieldset", "growingFieldsetChild"
MOST_COLUMNS = 5
CELLS = frozenset({"text", "comment", "radiogroup", "checkbox", "dropdown"})
type Make = Callable[[Form, Mapping[str, Any], str, str], Data | None]


def repeat_of(form: Form, node: Mapping[str, Any], at: str, inner: Make) -> Data:
    """Return fields that grow: made of the first child, and as many to begin with as there are children."""
    name = form.name(node)
    rest(form, node, at, name)
    rows = [one for one in children(node) if isinstance(one, Mapping)]
    first = rows[0] if rows else {}
    parts = [one for one in children(first) if isinstance(one, Mapping)]
    _tell_unlike(form, rows, at, name)
    taken: set[str] = set()
    is_table = 0 < len(parts) <= MOST_COLUMNS and all(kind(one, "fieldClass") == FIELD for one in parts)
    made: list[Data] = []
    for place, part in enumerate(parts):
        here = f"{at}/children/0/children/{place}"
        own = {**part, "id": _own_id(part, first)}
        if kind(part, "fieldClass") == FIELD:
            element: Data | None = question_of(form, own, here, form.name(own, taken))
        else:
            element = inner(form, part, here, name)
        if element is not None:
            made.append(element)
            prefix = "row" if is_table else "panel"
            form.keep(part, Known(element, element["name"], element["type"] == "checkbox", name, prefix))
    is_table = is_table and all(one["type"] in CELLS for one in made)
    if is_table:
        columns = [{**one, "cellType": one["type"]} for one in made]
        for column, element in zip(columns, made, strict=True):
            del column["type"]
            _put_back(form, element, column)
        return {"type": "matrixdynamic", "name": name, **shared(node), "rowCount": len(rows), "columns": columns}
    for element in made:
        _put_back(form, element, element, "panel")
    return {
        "type": "paneldynamic",
        "name": name,
        **shared(node),
        "panelCount": max(len(rows), 1),
        "templateElements": made,
    }


def _put_back(form: Form, element: Data, made: Data, prefix: str = "row") -> None:
    """Let what was kept of an element point to what became of it."""
    for key, known in form.known.items():
        if known.data is element:
            form.known[key] = Known(made, known.name, known.is_many, known.around, prefix)


def _own_id(part: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return the id of a field without that of its row and without the number of the row."""
    text = kind(part, "id")
    if (of_row := kind(row, "id")) and text.startswith(of_row):
        text = text[len(of_row) :]
    text = text.rpartition(".")[2]
    return named(re.sub(r"[-_.]\d+$", "", text)) or kind(part)


def _tell_unlike(form: Form, rows: list[Mapping[str, Any]], at: str, name: str) -> None:
    """Tell of rows that ask for something else than the first, which all rows are made of."""
    for place, row in enumerate(rows):
        if kind(row) != GROWN:
            form.lost(f"{at}/children/{place}", "changed", name, kind(row) or "?")
        if _shape(row) != _shape(rows[0]):
            form.lost(f"{at}/children/{place}", "changed", name, GROWN)
    if not rows:
        form.lost(at, "changed", name, GROWING)


def _shape(row: Mapping[str, Any]) -> list[str]:
    return [kind(one) for one in children(row) if isinstance(one, Mapping)]
