"""Reads a form in a spreadsheet as a definition, row by row; what has no counterpart is left out and told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from luotsi.questionnaires.rules.convert.loss import Loss
from luotsi.questionnaires.rules.convert.printing import Untranslatable, printed
from luotsi.questionnaires.rules.convert.xlsform.checks import constraint_in
from luotsi.questionnaires.rules.convert.xlsform.form import (
    SURVEY,
    TRANSLATED,
    Row,
    XlsForm,
    base,
    columns_of,
    language_of,
    text_in,
)
from luotsi.questionnaires.rules.convert.xlsform.kinds import question_of
from luotsi.questionnaires.rules.convert.xlsform.xpath_reading import read_xpath
from luotsi.questionnaires.rules.expressions import Name, names_in

YES, NO = {"yes", "true", "true()", "1"}, {"", "no", "false", "false()", "0"}
DEEPEST = 8
BEGIN, END = ("begin_group", "begin_repeat"), ("end_group", "end_repeat")
ALIASES = {"readonly": "read_only", "relevance": "relevant", "calculate": "calculation", "caption": "label"}
IGNORED = {"note", "notes", "comment", "comments"}


@dataclass
class Holder:
    """A group or repetition that is open: where its rows go."""

    data: dict[str, Any]
    elements: list[dict[str, Any]]
    kind: str
    repeat: str = ""
    is_flat: bool = False  # past the deepest: its rows go into what holds it


@dataclass
class Reading:
    """The definition as far as it was read."""

    form: XlsForm
    losses: list[Loss] = field(default_factory=list)
    pages: list[dict[str, Any]] = field(default_factory=list)
    calculated: list[dict[str, Any]] = field(default_factory=list)
    open: list[Holder] = field(default_factory=list)
    repeats: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def lost(self, place: int, what: str, name: str, detail: str = "") -> None:
        """Note that something of a row was left out."""
        self.losses.append(Loss(f"survey:{self.form.number(place)}", what, name, detail[:200]))

    @property
    def repeat(self) -> str:
        """Name of the repetition that is open, "" where none is."""
        return self.open[-1].repeat if self.open else ""

    def put(self, element: dict[str, Any]) -> None:
        """Put an element where it belongs: into what is open, else on a page of loose questions."""
        if self.open:
            self.open[-1].elements.append(element)
            return
        if not self.pages or self.pages[-1].get("name") != f"page{len(self.pages)}":
            self.pages.append({"name": f"page{len(self.pages) + 1}", "elements": []})
        self.pages[-1]["elements"].append(element)

    def resolver(self, own: str) -> Callable[[str], Name]:
        """Return how names in the expressions of a question are meant."""

        def resolve(text: str) -> Name:
            if text == "name":
                return Name("item", path=("item",))
            name = own if text == "." else text
            around = self.repeats.get(name, "")
            if not around or around == name:
                return Name(name, path=(name,))
            if around == self.repeat:
                return Name(f"panel.{name}", path=("panel", name))
            return Name(f"{around}.{name}", path=(around, "*", name))

        return resolve

    def expression(self, place: int, row: Row, column: str) -> str:
        """Return the expression of a column, "" with a loss where it cannot be said."""
        name, text = row.get("name", ""), row.get(column, "").strip()
        if not text:
            return ""
        try:
            node = read_xpath(text, self.resolver(name))
            if any("*" in one.path for one in names_in(node)):
                raise Untranslatable(text)
            return printed(node)
        except Untranslatable as fault:
            self.lost(place, "expression", name, f"{column}: {fault}")
            return ""


def read_form(form: XlsForm) -> tuple[dict[str, Any], list[Loss]]:
    """Return the definition and what of the form was left out; raises nothing."""
    reading = Reading(form)
    rows = [{ALIASES.get(column, column): cell for column, cell in row.items()} for row in form.survey]
    _columns(reading, rows)
    _choices(reading)
    reading.repeats = _repeats(rows)
    for place, row in enumerate(rows):
        word = "_".join(row.get("type", "").strip().lower().split()).replace("__", "_")
        if word in BEGIN:
            _begin(reading, place, row, word)
        elif word in END:
            _end(reading, place, word)
        elif word:
            _question(reading, place, row)
    while reading.open:
        _close(reading)
    return _whole(reading), reading.losses


def _columns(reading: Reading, rows: list[Row]) -> None:
    for column in columns_of(rows):
        known = base(column) in SURVEY or base(column).lower() in IGNORED
        if not known or (language_of(column) and base(column) in SURVEY and base(column) not in TRANSLATED):
            reading.losses.append(Loss("survey", "column", detail=column[:60]))


def _choices(reading: Reading) -> None:
    for row in reading.form.choices:
        listed, value = row.get("list_name", row.get("list name", "")).strip(), row.get("name", "").strip()
        if listed and value:
            text = text_in(row, "label")
            choice: dict[str, Any] = {"value": value} | ({"text": text} if text and text != value else {})
            reading.lists.setdefault(listed, []).append(choice)


def _repeats(rows: list[Row]) -> dict[str, str]:
    """Return for each name the repetition that it stands in; a repetition stands in itself."""
    found: dict[str, str] = {}
    open_: list[str] = []
    for row in rows:
        word, name = "_".join(row.get("type", "").lower().split()), row.get("name", "").strip()
        if word == "begin_repeat":
            open_.append(name)
        elif word == "end_repeat" and open_:
            open_.pop()
        elif open_ and name:
            found[name] = open_[-1]
    return found


def _shown(reading: Reading, place: int, row: Row) -> dict[str, Any]:
    """Return what groups and questions share."""
    found: dict[str, Any] = {"name": row.get("name", "").strip() or f"row{reading.form.number(place)}"}
    for column, key in (("label", "title"), ("hint", "description")):
        if text := text_in(row, column):
            found[key] = text
    if relevant := reading.expression(place, row, "relevant"):
        found["visibleIf"] = relevant
    return found


def _begin(reading: Reading, place: int, row: Row, word: str) -> None:
    shown = _shown(reading, place, row)
    if len(reading.open) >= DEEPEST:
        reading.lost(place, "type", shown["name"], word)
        reading.open.append(Holder({}, reading.open[-1].elements, word, reading.repeat, is_flat=True))
        return
    if word == "begin_repeat":
        data = {"type": "paneldynamic", **shown, "templateElements": []}
        count = row.get("repeat_count", "").strip()
        if count.isdigit() and len(count) <= 4:
            data |= {"minPanelCount": int(count), "maxPanelCount": int(count)}
        elif count:
            reading.lost(place, "expression", shown["name"], f"repeat_count: {count}")
        reading.open.append(Holder(data, data["templateElements"], word, shown["name"]))
        return
    if not reading.open and "field-list" in row.get("appearance", "").split():
        data = {**shown, "elements": []}
        reading.open.append(Holder(data, data["elements"], "page"))
        return
    data = {"type": "panel", **shown, "elements": []}
    if appearance := row.get("appearance", "").strip():
        reading.lost(place, "column", shown["name"], f"appearance: {appearance}")
    reading.open.append(Holder(data, data["elements"], word, reading.repeat))


def _end(reading: Reading, place: int, word: str) -> None:
    wanted = word.replace("end", "begin")
    if not reading.open or reading.open[-1].kind.replace("page", "begin_group") != wanted:
        reading.lost(place, "type", "", word)
        return
    _close(reading)


def _close(reading: Reading) -> None:
    holder = reading.open.pop()
    if holder.is_flat:
        return
    if holder.kind == "page":
        reading.pages.append(holder.data)
    else:
        reading.put(holder.data)


def _question(reading: Reading, place: int, row: Row) -> None:
    shown = _shown(reading, place, row)
    worked = reading.expression(place, row, "calculation")
    if row["type"].strip().lower() == "calculate" and not reading.repeat:
        if worked:
            reading.calculated.append({"name": shown["name"], "expression": worked})
        return
    made = question_of(row, shown, reading.lists, worked)
    if made is None:
        reading.lost(place, "type", shown["name"], row["type"].strip())
        return
    for detail in made.lost:
        reading.lost(place, "column", shown["name"], detail)
    question = made.data
    _duties(reading, place, row, question)
    _constraint(reading, place, row, question, made.family)
    if "choices" in question and (chosen := reading.expression(place, row, "choice_filter")):
        question["choicesVisibleIf"] = chosen
    reading.put(question)


def _duties(reading: Reading, place: int, row: Row, question: dict[str, Any]) -> None:
    required, read_only = row.get("required", "").strip(), row.get("read_only", "").strip()
    if required.lower() in YES:
        question["isRequired"] = True
    elif required.lower() not in NO and (told := reading.expression(place, row, "required")):
        question["requiredIf"] = told
    if message := text_in(row, "required_message"):
        question["requiredErrorText"] = message
    if read_only.lower() in YES and question["type"] != "expression":
        question["readOnly"] = True
    elif read_only.lower() not in YES | NO:
        reading.lost(place, "expression", question["name"], f"read_only: {read_only}")


def _constraint(reading: Reading, place: int, row: Row, question: dict[str, Any], family: str) -> None:
    text = row.get("constraint", "").strip()
    if not text:
        return
    try:
        message = text_in(row, "constraint_message")
        found = constraint_in(text, family, reading.resolver(question["name"]), message)
    except Untranslatable as fault:
        reading.lost(place, "expression", question["name"], f"constraint: {fault}")
        return
    question |= found.keys
    if found.validators:
        question["validators"] = found.validators


def _whole(reading: Reading) -> dict[str, Any]:
    settings = reading.form.settings
    whole: dict[str, Any] = {}
    if title := settings.get("form_title", "").strip():
        whole["title"] = title
    if code := language_of(f"label::{settings.get('default_language', '')}"):
        whole["locale"] = code
    whole["pages"] = reading.pages
    if reading.calculated:
        whole["calculatedValues"] = reading.calculated
    ours = {"name": settings.get("form_id", "").strip(), "version": settings.get("version", "").strip()}
    if any(ours.values()):
        whole["x-luotsi"] = {key: value for key, value in ours.items() if value}
    return whole
