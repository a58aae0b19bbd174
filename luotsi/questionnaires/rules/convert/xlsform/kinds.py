"""What kind of question a row of a form in a spreadsheet is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.convert.xlsform.form import Row
from luotsi.questionnaires.rules.convert.xlsform.lists import NO, YES, YES_NO

SIMPLE: dict[str, tuple[dict[str, Any], str]] = {
    "text": ({"type": "text"}, "text"),
    "string": ({"type": "text"}, "text"),
    "integer": ({"type": "text", "inputType": "number", "step": 1}, "number"),
    "int": ({"type": "text", "inputType": "number", "step": 1}, "number"),
    "decimal": ({"type": "text", "inputType": "number"}, "number"),
    "range": ({"type": "text", "inputType": "range"}, "number"),
    "date": ({"type": "text", "inputType": "date"}, "date"),
    "datetime": ({"type": "text", "inputType": "datetime-local"}, "other"),
    "time": ({"type": "text", "inputType": "time"}, "other"),
    "file": ({"type": "file"}, "other"),
    "image": ({"type": "file", "acceptedTypes": "image/*"}, "other"),
    "photo": ({"type": "file", "acceptedTypes": "image/*"}, "other"),
    "note": ({"type": "html"}, "other"),
    "calculate": ({"type": "expression"}, "other"),
}
APPEARANCES = {"multiline", "minimal", "likert"}
PARAMETERS = {"start": "min", "end": "max", "step": "step"}


@dataclass
class Made:
    """A question with the family its constraint is of, and the columns that say nothing here."""

    data: dict[str, Any]
    family: str
    lost: list[str] = field(default_factory=list)


def question_of(row: Row, shown: dict[str, Any], lists: dict[str, list[dict[str, Any]]], worked: str) -> Made | None:
    """Return the question of a row, None for a type that has no counterpart."""
    words, appearance = row["type"].split(), row.get("appearance", "").split()
    word = words[0].lower()
    if word in {"select_one", "select_multiple"} and len(words) > 1:
        made = _choice(word, words[1:], appearance, shown, lists)
    elif "_".join(words).lower() in SIMPLE:
        data, family = SIMPLE["_".join(words).lower()]
        made = Made({**data, **shown}, family)
        _simple(made, row, appearance, worked)
    else:
        return None
    made.lost += [f"appearance: {one}" for one in appearance if one not in APPEARANCES]
    _default(made, row.get("default", "").strip())
    return made


def _simple(made: Made, row: Row, appearance: list[str], worked: str) -> None:
    data = made.data
    if "multiline" in appearance and data["type"] == "text":
        data["type"] = "comment"
    if data["type"] == "html":
        data["html"] = data.pop("title", "")
    if data.get("inputType") == "range":
        for part in row.get("parameters", "").replace(",", " ").split():
            word, _sign, number = part.partition("=")
            try:
                data[PARAMETERS[word]] = values.loads(number)
            except (KeyError, values.NotAValue):
                made.lost.append(f"parameters: {part}")
    elif row.get("parameters", "").strip():
        made.lost.append(f"parameters: {row['parameters'].strip()}")
    if worked and data["type"] in {"text", "comment", "expression"}:
        made.data = {key: value for key, value in data.items() if key not in {"inputType", "step"}}
        made.data |= {"type": "expression", "expression": worked}


def _choice(
    word: str, words: list[str], appearance: list[str], shown: dict[str, Any], lists: dict[str, list[dict[str, Any]]]
) -> Made:
    choices = lists.get(words[0], [])
    many, minimal = word == "select_multiple", "minimal" in appearance
    kind = ("tagbox" if minimal else "checkbox") if many else ("dropdown" if minimal else "radiogroup")
    if not many and [choice["value"] for choice in choices] == ["true", "false"]:
        return Made({"type": "boolean", **shown, **_labels(words[0], choices)}, "other")
    if not many and "likert" in appearance:
        return Made({"type": "rating", **shown, "rateValues": [_number(choice) for choice in choices]}, "other")
    data = {"type": kind, **shown, "choices": [choice if "text" in choice else choice["value"] for choice in choices]}
    if "or_other" in words[1:]:
        data["showOtherItem"] = True
    made = Made(data, "choice" if many else "other")
    made.lost += [f"type: {one}" for one in words[1:] if one != "or_other"]
    return made


def _labels(listed: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the words of a yes or no; those of every yes or no need not be said."""
    found: dict[str, Any] = {}
    for key, choice, usual in (("labelTrue", choices[0], YES), ("labelFalse", choices[1], NO)):
        text = choice.get("text", "")
        if text and not (listed == YES_NO or text == {"fi": usual.fi, "sv": usual.sv, "en": usual.en}):
            found[key] = text
    return found


def _number(choice: dict[str, Any]) -> Any:
    try:
        number = values.loads(choice["value"])
    except values.NotAValue:
        number = choice["value"]
    value = number if values.is_number(number) and values.plain(number) == choice["value"] else choice["value"]
    return {**choice, "value": value} if "text" in choice else value


def _default(made: Made, text: str) -> None:
    if not text:
        return
    if "${" in text or text.endswith(")"):
        made.lost.append(f"default: {text}")
    elif made.data["type"] in {"checkbox", "tagbox"}:
        made.data["defaultValue"] = text.split()
    elif made.data["type"] == "boolean":
        made.data["defaultValue"] = text == "true"
    elif made.family == "number" or made.data["type"] == "rating":
        try:
            made.data["defaultValue"] = values.loads(text)
        except values.NotAValue:
            made.lost.append(f"default: {text}")
    elif made.data["type"] not in {"html", "expression", "file"}:
        made.data["defaultValue"] = text
