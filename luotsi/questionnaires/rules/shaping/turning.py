"""Giving a question another kind: what both kinds know stays, and what is lost or comes with it is told.

What a kind knows is asked of the reading itself: a key that nobody takes under the new kind, and that somebody took
under the old one, is lost. Beside that stand the few keys that are read under every kind but work under some only.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.definition import read
from luotsi.questionnaires.rules.shaping.moving import NEW
from luotsi.questionnaires.rules.shaping.naming import naming
from luotsi.questionnaires.rules.shaping.places import (
    TABLES,
    Data,
    ShapingRefused,
    found_at,
    kept_readable,
    value_at,
)

ONE, MANY = ("radiogroup", "dropdown"), ("checkbox", "tagbox")
CHOSEN = (*ONE, *MANY)
WRITTEN = ("text", "comment")
SINGLE = (*WRITTEN, *CHOSEN, "boolean", "rating", "file", "expression")
MATRICES = ("matrix", "matrixdropdown", "matrixdynamic")
MOST_STEPS, MOST_ROWS = 30, 50
# Keys that are read under every kind but work under these only.
WORKS: Mapping[str, frozenset[str]] = {
    "minSelectedChoices": frozenset(MANY),
    "maxSelectedChoices": frozenset(MANY),
    "isRequired": frozenset({*SINGLE, *MATRICES}) - {"expression"},
    "requiredIf": frozenset({*SINGLE, *MATRICES}) - {"expression"},
    "requiredErrorText": frozenset({*SINGLE, *MATRICES}) - {"expression"},
    "rowCount": frozenset({"matrixdynamic"}),
    "minRowCount": frozenset({"matrixdynamic"}),
    "maxRowCount": frozenset({"matrixdynamic"}),
    "defaultRowValue": frozenset({"matrixdynamic"}),
    "keyName": frozenset({"matrixdynamic"}),
    "keyDuplicationError": frozenset({"matrixdynamic"}),
    "rowsVisibleIf": frozenset({"matrix", "matrixdropdown"}),
    "rows": frozenset({"matrix", "matrixdropdown", "comment"}),
}
# What of the only column of a table is said in other words where it becomes rows with one choice each.
OF_COLUMN = frozenset({"name", "cellType", "choices", "isRequired", "isUnique"})
VALIDATED: Mapping[str, frozenset[str]] = {
    "text": frozenset(WRITTEN),
    "regex": frozenset(WRITTEN),
    "email": frozenset(WRITTEN),
    "numeric": frozenset({*WRITTEN, "expression", "rating"}),
    "answercount": frozenset(MANY),
}
# What an answer is made of; answers and default values of one shape fit kinds of the same one.
SHAPE: Mapping[str, str] = {
    **dict.fromkeys(WRITTEN, "text"),
    **dict.fromkeys(ONE, "one"),
    **dict.fromkeys(MANY, "many"),
    "boolean": "flag",
    "rating": "step",
    "file": "files",
    "expression": "value",
    "matrix": "choices of rows",
    "matrixdropdown": "rows",
    "matrixdynamic": "list of rows",
}


@dataclass(frozen=True)
class Told:
    """A key with what stands or stood under it, as text."""

    key: str
    words: str


@dataclass(frozen=True)
class Turned:
    """A definition in which a question has another kind.

    Attributes:
        data: The definition.
        at: Where the question stands, as before.
        lost: What of it is no more, key by key.
        gained: What it begins with under the new kind.
        named: Expressions that name it, where its answers have another shape than before.
    """

    data: Data
    at: str
    lost: tuple[Told, ...]
    gained: tuple[Told, ...]
    named: tuple[str, ...]


def turns(kind: str) -> tuple[str, ...]:
    """Return the kinds that a question of a kind can be given."""
    family = SINGLE if kind in SINGLE else MATRICES if kind in MATRICES else ()
    return tuple(one for one in family if one != kind)


def turned(data: Mapping[str, Any], at: str, kind: str) -> Turned:
    """Return the definition with another kind for the question at a place.

    Raises:
        ShapingRefused: there is no such question, it cannot be given that kind, or the result could not be read.
    """
    made: Data = copy.deepcopy(dict(data))
    spot = found_at(made, at)
    if spot.level != "question" or kind not in turns(spot.kind):
        raise ShapingRefused("kind", kind=kind[:40])
    item, before = value_at(made, at), value_at(data, at)
    used = _used(item, spot.kind, kind)
    item["type"] = kind
    if "matrix" in {spot.kind, kind}:
        item.pop("cellType", None)  # says something else in a table
    for key in _strange(made, at) - _strange(data, at):
        item.pop(key, None)
    for key, kinds in WORKS.items():
        if key in item and kind not in kinds:
            item.pop(key)
    _validated(item, kind)
    _default(item, before, spot.kind, kind)
    needless = {"maxLength"} if spot.kind in WRITTEN else {"rateMin", "rateMax"} if "rateValues" in item else set()
    for key, value in NEW[kind].items():
        if key not in item and key not in needless:
            item[key] = copy.deepcopy(value)
    kept_readable(data, made, at)
    shape = SHAPE[spot.kind] != SHAPE[kind]
    return Turned(
        made,
        at,
        tuple(_lost(before, item, used)),
        tuple(Told(key, _words(value)) for key, value in item.items() if key not in before),
        tuple(naming(made, spot.key)) if shape else (),
    )


def _strange(data: Mapping[str, Any], at: str) -> set[str]:
    """Return the keys of an element that nobody takes."""
    return {
        str(fault.params["key"])
        for fault in read(data).faults
        if fault.code == "unknown" and fault.at.rpartition("/")[0] == at
    }


def _used(item: Data, old: str, new: str) -> set[str]:
    """Bring what the kinds say in different words from the old ones into the new; return the keys that were used."""
    if old == "rating" and new in CHOSEN and (steps := _steps(item)):
        item["choices"] = steps
        return {"rateMin", "rateMax", "rateStep", "rateCount", "rateValues"}
    if old in CHOSEN and new == "rating" and item.get("choices"):
        item["rateValues"] = item["choices"]
        return {"choices"}
    if old == "boolean" and new in CHOSEN:
        item["choices"] = [_yes_or_no(item, "valueTrue", "labelTrue", "yes"),
                           _yes_or_no(item, "valueFalse", "labelFalse", "no")]  # fmt: skip
        return {"valueTrue", "valueFalse", "labelTrue", "labelFalse"}
    if old == "matrix":
        return _from_matrix(item, new)
    if new == "matrix":
        return _to_matrix(item)
    if new == "matrixdropdown":
        count = item.get("rowCount", 2)
        rows = int(count) if values.is_number(count) and 0 < count <= MOST_ROWS else 2
        item.setdefault("rows", [str(number + 1) for number in range(rows)])
        return {"rowCount"}
    if old == "matrixdropdown":
        item["rowCount"] = max(1, len(item.get("rows") or ()))
    return set()


def _steps(item: Mapping[str, Any]) -> list[Any]:
    """Return the steps of a scale as choices; none where it has too many of them or counts otherwise than by one."""
    if item.get("rateValues"):
        return list(item["rateValues"])
    low, high = item.get("rateMin", 1), item.get("rateMax", 5)
    whole = all(isinstance(one, int) for one in (low, high)) and not {"rateStep", "rateCount"} & set(item)
    return list(range(low, high + 1)) if whole and 0 < high - low < MOST_STEPS else []


def _yes_or_no(item: Mapping[str, Any], value: str, label: str, usual: str) -> Any:
    said = item.get(value)
    said = usual if said is None or isinstance(said, bool) else said
    return {"value": said, "text": copy.deepcopy(item[label])} if item.get(label) else said


def _from_matrix(item: Data, new: str) -> set[str]:
    """Make a table with one column of what is chosen in each row."""
    column: Data = {"name": "choice", "cellType": "dropdown", "choices": item.get("columns") or []}
    if item.get("eachRowRequired"):
        column["isRequired"] = True
    if item.get("eachRowUnique"):
        column["isUnique"] = True
    item["columns"] = [column]
    if new == "matrixdynamic":
        item["rowCount"] = max(1, len(item.pop("rows", None) or ()))
    return {"eachRowRequired", "eachRowUnique"}


def _to_matrix(item: Data) -> set[str]:
    """Make rows with one choice each, of the choices of the only column where it has such."""
    columns = item.get("columns") or []
    only = columns[0] if len(columns) == 1 and isinstance(columns[0], Mapping) else {}
    choices = only.get("choices") or item.get("choices")
    usual, own = item.get("cellType", "dropdown"), only.get("cellType", "default")
    chosen = (usual if own == "default" else own) in ONE and choices
    item["columns"] = copy.deepcopy(choices if chosen else NEW["matrix"]["columns"])
    item.setdefault("rows", copy.deepcopy(NEW["matrix"]["rows"]))
    if not chosen:
        return set()
    if only.get("isRequired"):
        item["eachRowRequired"] = True
    if only.get("isUnique"):
        item["eachRowUnique"] = True
    return {"columns", "choices"}


def _validated(item: Data, kind: str) -> None:
    """Leave out the checks that the new kind has no use for."""
    checks = item.get("validators")
    if not isinstance(checks, list):
        return
    kept = [one for one in checks if not isinstance(one, Mapping) or _checks(one, kind)]
    item["validators"] = kept
    if not kept:
        item.pop("validators")


def _checks(validator: Mapping[str, Any], kind: str) -> bool:
    name = str(validator.get("type")).removesuffix("validator")
    return name not in VALIDATED or kind in VALIDATED[name]


def _default(item: Data, before: Mapping[str, Any], old: str, new: str) -> None:
    """Keep the value to begin with where it fits, one in a list of one where that is what changes."""
    if "defaultValue" not in item:
        return
    value, shapes = before["defaultValue"], (SHAPE[old], SHAPE[new])
    if shapes == ("one", "many"):
        item["defaultValue"] = [value]
    elif shapes == ("many", "one") and isinstance(value, list) and len(value) == 1:
        item["defaultValue"] = value[0]
    elif shapes[0] != shapes[1] or (new in WRITTEN and not isinstance(value, str)):
        item.pop("defaultValue")


def _lost(before: Mapping[str, Any], after: Mapping[str, Any], used: set[str]) -> Iterator[Told]:
    for key, value in before.items():
        if key == "validators" and isinstance(value, list):
            yield from (Told(key, _words(one)) for one in value if one not in (after.get(key) or []))
        elif key == "columns" and before["type"] in TABLES and isinstance(value, list):
            yield from _lost_columns(value, after["type"], used)
        elif key not in after and key not in used:
            yield Told(key, _words(value))


def _lost_columns(columns: list[Any], kind: str, used: set[str]) -> Iterator[Told]:
    """Yield the columns of a table that is one no more, or what of its only column has no place."""
    if kind in TABLES:
        return
    if "columns" not in used:
        yield from (Told("columns", _words(one)) for one in columns)
        return
    yield from (Told(name, _words(said)) for name, said in columns[0].items() if name not in OF_COLUMN)


def _words(value: Any) -> str:
    if value is True:
        return ""  # the name of the key says it
    if isinstance(value, Mapping) and value and set(value) <= {"fi", "sv", "en", "default"}:
        return " / ".join(str(one) for one in value.values())
    if isinstance(value, list):
        return ", ".join(_words(one) for one in value)[:300]
    if isinstance(value, Mapping):
        told = value.get("value", value.get("name"))
        return _words(told) if told is not None else values.dumps(value)[:300]
    if isinstance(value, str):
        return value[:300]
    return values.plain(value) if values.is_number(value) else values.dumps(value)
