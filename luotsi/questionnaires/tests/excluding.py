"""What made-up cases leave out: where survey-core answers otherwise by a difference that the docs list, by its id."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

STANDS_ON = ("visibleIf", "expression", "choices", "columns")
CLEARS_ALONE = frozenset({"onHidden", "onHiddenContainer"})


def unlooked(definition: dict[str, Any], answers: dict[str, Any]) -> None:
    """`rows-looked-at`: a table that may be hidden and begins with rows without answers works nothing out in them."""
    for page in definition["pages"]:
        for table in page["elements"]:
            hides = "visibleIf" in table or "visibleIf" in page
            if table["type"] == "matrixdynamic" and hides and table["rowCount"] and table["name"] not in answers:
                table["columns"] = [one for one in table["columns"] if "expression" not in one]


def shortened(question: dict[str, Any]) -> None:
    """`least-rows`: a table that is on view, and answered with fewer rows than it must have, has no least number."""
    question.pop("minRowCount", None)


def steady(question: dict[str, Any], *, clears: bool) -> None:
    """Take out of a question what depends in survey-core on what had been on view before.

    `panel-around`: what stands in rows inside a repetition. `clearing-by-answers`, where the question clears: values
    worked out in rows, which are worked out again after they are cleared; conditions of cells, because an answer set
    to a cell that is hidden already is kept; clearing of tables, which keep as many rows as they had.
    """
    cells = question.get("templateElements") or question.get("columns") if question["type"] != "matrix" else None
    if cells:
        key = "columns" if "columns" in question else "templateElements"
        left = [one for one in cells if one["name"] != "i" and not (clears and "expression" in one)]
        for cell in left if clears else ():
            cell.pop("visibleIf", None)
        question[key] = left
    if clears and question["type"] in {"expression", "matrixdynamic"}:
        question["clearIfInvisible"] = "none"


def straight(definition: dict[str, Any]) -> None:
    """`self-hiding`: no answer that is cleared when it is hidden decides whether it is, by whatever detour."""
    questions = list(_questions(definition))
    needs = {one["name"]: _named({key: one.get(key) for key in STANDS_ON}) for one, _holders in questions}
    needs |= {one["name"]: _named(one["expression"]) for one in definition["calculatedValues"]}
    for one, holders in questions:
        for holder in holders:
            needs[one["name"]] = needs[one["name"]] | _named(holder.get("visibleIf"))
    for one, holders in questions:
        when = one.get("clearIfInvisible", definition["clearInvisibleValues"])
        hiding = [one] if when in CLEARS_ALONE else []
        hiding += holders if when == "onHiddenContainer" else []
        for owner in hiding:
            if one["name"] in _reached(_named(owner.get("visibleIf")), needs):
                del owner["visibleIf"]


def _questions(definition: dict[str, Any]) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield every question with the page and panel that hold it."""
    for page in definition["pages"]:
        for element in page["elements"]:
            yield element, [page]
            for inner in element.get("elements", ()):
                yield inner, [page, element]


def _named(told: Any) -> frozenset[str]:
    """Return the names in expressions, wherever they stand."""
    return frozenset(re.findall(r"\{([a-z]+\d+[a-z]*)", json.dumps(told)))


def _reached(names: frozenset[str], needs: dict[str, frozenset[str]]) -> set[str]:
    """Return the names with all that they stand on."""
    found: set[str] = set()
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(needs.get(name, ()))
    return found
