"""Fields of a form as questions: one kind for each, with limits, choices and whether an answer is needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luotsi.questionnaires.rules.convert.grantform.form import KNOWN, LOOKS, Data, Form, kind, localised, params, whole

LARGEST_SUM = 9_999_999  # whole euros: what a field of money takes there
KINDS: dict[str, Data] = {
    "textField": {"type": "text"},
    "textArea": {"type": "comment"},
    "emailField": {"type": "text", "inputType": "email"},
    "vaEmailNotification": {"type": "text", "inputType": "email"},
    "phoneField": {"type": "text", "inputType": "tel"},
    "urlField": {"type": "text", "inputType": "url"},
    "dateField": {"type": "text", "inputType": "date"},
    "integerField": {"type": "text", "inputType": "number", "step": 1},
    "decimalField": {"type": "text", "inputType": "number"},
    "moneyField": {"type": "text", "inputType": "number", "step": 1, "min": 0, "max": LARGEST_SUM},
    "radioButton": {"type": "radiogroup"},
    "checkboxButton": {"type": "checkbox"},
    "dropdown": {"type": "dropdown"},
    "namedAttachment": {"type": "file"},
    "finnishBusinessIdField": {"type": "text"},
    "iban": {"type": "text"},
    "bic": {"type": "text"},
    "tableField": {"type": "matrixdropdown"},
}
CHOSEN = frozenset({"radiogroup", "checkbox", "dropdown"})
USED = frozenset({"maxlength"})


def question_of(form: Form, node: Mapping[str, Any], at: str, name: str) -> Data:
    """Return a field as a question; a type that is not known becomes a field for text, and is told."""
    word = kind(node)
    found = KINDS.get(word)
    if found is None:
        form.lost(f"{at}/fieldType", "element", name, word or "?")
        found = KINDS["textField"]
    made: Data = {"type": found["type"], "name": name, **shared(node), **found}
    if node.get("required") is True:
        made["isRequired"] = True
    if made["type"] in CHOSEN:
        made["choices"] = _choices(form, node, at, name)
    is_words = made["type"] in {"text", "comment"} and "inputType" not in made
    if is_words and (most := whole(params(node).get("maxlength"))):
        made["maxLength"] = most
    if word == "moneyField":
        made["x-luotsi"] = {"unit": "EUR"}
    if word == "tableField":
        _table(form, node, at, made)
    rest(form, node, at, name, USED | ({"columns", "rows"} if word == "tableField" else set()))
    _begin_with(form, node, at, made)
    return made


def shared(node: Mapping[str, Any]) -> Data:
    """Return what every element has: title and help."""
    told = {"title": localised(node.get("label")), "description": localised(node.get("helpText"))}
    return {key: text for key, text in told.items() if text}


def rest(
    form: Form, node: Mapping[str, Any], at: str, name: str, used: frozenset[str] | set[str] = frozenset()
) -> None:
    """Tell what of a node was not used."""
    for key in sorted(set(node) - KNOWN):
        form.lost(f"{at}/{key}", "key", name, key)
    for key in sorted(set(params(node)) - LOOKS - used):
        form.lost(f"{at}/params/{key}", "key", name, f"params.{key}")


def _choices(form: Form, node: Mapping[str, Any], at: str, name: str) -> list[Data]:
    options, found, taken = node.get("options"), list[Data](), set[str]()
    for place, option in enumerate(options if isinstance(options, list) else []):
        value = option.get("value") if isinstance(option, Mapping) else None
        if not isinstance(value, str) or not value.strip() or value in taken:
            form.lost(f"{at}/options/{place}", "key", name, f"options.{place}")
            continue
        taken.add(value)
        text = localised(option.get("label"))
        found.append({"value": value} | ({"text": text} if text and text != value else {}))
    return found


def _titled(one: object) -> Any:
    """Return the title of a row or column, which is a text by language or stands under `title`."""
    return localised(one.get("title", one) if isinstance(one, Mapping) else one)


def _begin_with(form: Form, node: Mapping[str, Any], at: str, made: Data) -> None:
    """Put the value that a field begins with; of a text only one that is the same in every language."""
    value = node.get("initialValue")
    if value in (None, "", [], {}):
        return
    if made["type"] in CHOSEN and isinstance(value, str) and value in {one["value"] for one in made["choices"]}:
        made["defaultValue"] = [value] if made["type"] == "checkbox" else value
    elif isinstance(value, str) and made["type"] in {"text", "comment"} and "inputType" not in made:
        made["defaultValue"] = value
    else:
        form.lost(f"{at}/initialValue", "key", made["name"], "initialValue")


def _table(form: Form, node: Mapping[str, Any], at: str, made: Data) -> None:
    """Put the columns of a table of texts; without rows of its own it is one to which rows are added."""
    told, rows = params(node).get("columns"), params(node).get("rows")
    columns = []
    for place, one in enumerate(told if isinstance(told, list) else []):
        column: Data = {"name": f"c{place + 1}", "cellType": "text"}
        held = one if isinstance(one, Mapping) else {}
        if title := _titled(held):
            column["title"] = title
        if most := whole(held.get("maxlength")):
            column["maxLength"] = most
        columns.append(column)
    made["columns"] = columns or [{"name": "c1", "cellType": "text"}]
    if not columns:
        form.lost(f"{at}/params/columns", "element", made["name"], "tableField")
    if isinstance(rows, list) and rows:
        made["rows"] = [{"value": f"r{place}", "text": _titled(one) or "–"} for place, one in enumerate(rows, 1)]
    else:
        made["type"] = "matrixdynamic"
