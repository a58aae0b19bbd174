"""Definitions made up for tests: clean ones of every kind of question, and small changes to them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.definition import Definition, Read, read
from luotsi.questionnaires.rules.lint import Defect, defects

DATA = Path(__file__).parents[1] / "data"
WORDS = ("kevät", "kesä", "syksy", "talvi", "aamu", "ilta", "kuusi", "mänty", "koivu", "järvi")
LETTERS = ("a", "b", "c")


def text(word: str) -> dict[str, str]:
    """Return a text in the three languages."""
    return {"fi": f"Kysymys: {word}", "sv": f"Fråga: {word}", "en": f"Question: {word}"}


def packaged(name: str) -> dict[str, Any]:
    """Return a definition that comes with Luotsi."""
    found: dict[str, Any] = values.loads((DATA / f"{name}.json").read_text(encoding="utf-8"), depth=values.DEEPEST)
    return found


def pages(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a definition of one page with these elements."""
    return {"pages": [{"name": "only", "elements": list(elements)}], **more}


def reading(*elements: dict[str, Any], **more: Any) -> Read:
    """Return the same, read."""
    return read(pages(*elements, **more))


def changed(data: Mapping[str, Any], at: str, value: Any) -> dict[str, Any]:
    """Return a copy of a definition with another value at a JSON pointer; None takes it away."""
    copied: dict[str, Any] = copy.deepcopy(dict(data))
    here: Any = copied
    *steps, last = at.lstrip("/").split("/")
    for step in steps:
        here = here[int(step) if isinstance(here, list) else step]
    key: Any = int(last) if isinstance(here, list) else last
    if value is None:
        del here[key]
    else:
        here[key] = value
    return copied


def _choices() -> list[dict[str, Any]]:
    return [{"value": letter, "text": text(WORDS[place])} for place, letter in enumerate(LETTERS)]


KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "text", "maxLength": 100},
    "number": {"type": "text", "inputType": "number", "min": 0, "max": 10},
    "date": {"type": "text", "inputType": "date"},
    "comment": {"type": "comment", "maxLength": 500},
    "radiogroup": {"type": "radiogroup", "choices": _choices()},
    "dropdown": {"type": "dropdown", "choices": _choices()},
    "checkbox": {"type": "checkbox", "choices": _choices()},
    "tagbox": {"type": "tagbox", "choices": _choices()},
    "boolean": {"type": "boolean"},
    "rating": {"type": "rating", "rateMin": 1, "rateMax": 5},
    "matrix": {"type": "matrix", "columns": _choices(), "rows": _choices()},
    "matrixdropdown": {
        "type": "matrixdropdown",
        "columns": [
            {"name": "sum", "title": text("summa"), "cellType": "text", "inputType": "number", "totalType": "sum"}
        ],
        "rows": _choices(),
    },
    "matrixdynamic": {
        "type": "matrixdynamic",
        "columns": [{"name": "what", "title": text("mikä"), "cellType": "text"}],
        "rowCount": 1,
    },
    "paneldynamic": {
        "type": "paneldynamic",
        "templateElements": [{"type": "text", "name": "inner", "title": text("sisin"), "maxLength": 20}],
    },
    "file": {"type": "file", "maxSize": 1000},
    "html": {"type": "html", "html": text("ohje")},
}
ASKED = ("radiogroup", "dropdown")


class Drawing:
    """Draws the elements of a clean definition one after the other; a condition asks only what came before."""

    def __init__(self, draw: st.DrawFn, kinds: tuple[str, ...]) -> None:
        self.draw, self.kinds = draw, kinds
        self.askable: list[str] = []
        self.numbers: list[str] = []
        self.count = 0

    def element(self, *, first: bool) -> dict[str, Any]:
        """Return a question; the first of a page is always shown and asks for something."""
        kinds = tuple(kind for kind in self.kinds if kind != "html") if first else self.kinds
        kind, self.count = self.draw(st.sampled_from(kinds)), self.count + 1
        one = {**copy.deepcopy(KINDS[kind]), "name": f"q{self.count}x"}
        if kind != "html":
            one["title"] = text(self.draw(st.sampled_from(WORDS)))
            one["isRequired"] = self.draw(st.booleans())
        if not first and self.askable and self.draw(st.booleans()):
            one["visibleIf"] = self.condition()
        elif kind in ASKED:
            self.askable.append(one["name"])
        if kind == "number":
            self.numbers.append(one["name"])
        return one

    def condition(self) -> str:
        """Return a condition that can hold."""
        asked, letters = self.draw(st.sampled_from(self.askable)), self.draw(st.sampled_from(["a", "b", "c"]))
        form = self.draw(st.sampled_from(["{%s} = '%s'", "{%s} <> '%s'", "{%s} anyof ['%s']", "!({%s} = '%s')"]))
        return form % (asked, letters)


@st.composite
def clean(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(KINDS)) -> dict[str, Any]:
    """Return a definition in which nothing is wrong: every text in three languages, every condition can hold."""
    drawing, found = Drawing(draw, kinds), []
    for place in range(draw(st.integers(1, 3))):
        elements = [drawing.element(first=number == 0) for number in range(draw(st.integers(1, 3)))]
        if draw(st.booleans()):
            inside = {**KINDS["text"], "name": f"p{place}x", "title": text("paneeli")}
            elements.append({"type": "panel", "name": f"panel{place}x", "title": text("osa"), "elements": [inside]})
        found.append({"name": f"page{place}x", "title": text("sivu"), "elements": elements})
    whole: dict[str, Any] = {
        "title": text("kaikki"),
        "pages": found,
        "x-luotsi": {"name": "clean", "version": "1.0.0"},
    }
    if drawing.numbers:
        added = " + ".join(f"{{{name}}}" for name in drawing.numbers)
        whole["calculatedValues"] = [{"name": "worked_out", "expression": added}]
    return whole


CHOICES = {"type": "radiogroup", "name": "asked", "choices": list(LETTERS)}
MANY = {"type": "checkbox", "name": "areas", "choices": list(LETTERS)}


def found(*elements: dict[str, Any], **more: Any) -> list[Defect]:
    """Return what is wrong with a page of these elements."""
    return list(defects(reading(*elements, **more)))


def codes(*elements: dict[str, Any], **more: Any) -> list[str]:
    """Return the codes of what is wrong."""
    return [defect.code for defect in found(*elements, **more)]


def line(name: str = "line", **more: Any) -> dict[str, Any]:
    """Return a line of text."""
    return {"type": "text", "name": name, **more}


def definition(data: Any) -> Definition:
    """Return a definition that has to be readable."""
    told = read(data)
    assert told.ok, told.faults
    assert told.definition is not None
    return told.definition


def one(**question: Any) -> Definition:
    """Return a definition with a question, and a few others to name in its expressions."""
    others: list[dict[str, Any]] = [
        {"type": "text", "name": "word"},
        {"type": "text", "name": "n", "inputType": "number"},
        {"type": "radiogroup", "name": "pick", "choices": list(LETTERS)},
        {"type": "checkbox", "name": "many", "choices": list(LETTERS)},
        {"type": "boolean", "name": "yes"},
        {
            "type": "paneldynamic",
            "name": "p",
            "templateElements": [{"type": "text", "name": "inner", "inputType": "number"}],
        },
    ]
    return definition(pages(*others, {"type": "text", "name": "asked", **question}))
