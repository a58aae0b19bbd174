"""Builds what is drawn of each kind of question from definition, answers and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luotsi.questionnaires.queries.parts import NO_WORDS, FileShown, Group, Option, Row, Shown, Total, Words
from luotsi.questionnaires.queries.told import figure, told, unit_of
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.counting import characters
from luotsi.questionnaires.rules.filling import names, numbers, reading, rows
from luotsi.questionnaires.rules.filling.markup import sieved
from luotsi.ui import formatting

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.questionnaires.rules.evaluation import Outcome
    from luotsi.questionnaires.rules.texts import Localised

MODES = {"number": "decimal", "range": "decimal", "tel": "tel", "email": "email", "url": "url"}
INPUTS = {"number": "text", "range": "text", "month": "text", "week": "text", "color": "text"}


class Building:
    """Everything that building needs of one page: the answers, what follows from them, the language, the errors."""

    def __init__(
        self,
        response: UUID,
        answers: Mapping[str, Any],
        outcome: Outcome,
        errors: Mapping[str, tuple[str, ...]],
        language: str,
    ) -> None:
        self.response, self.answers, self.outcome, self.errors, self.language = (
            response, answers, outcome, errors, language,
        )  # fmt: skip
        self.visible, self.required = frozenset(outcome.visible), frozenset(outcome.required)
        self.read_only, self.containers = frozenset(outcome.read_only), frozenset(outcome.containers)

    def words(self, text: Localised, otherwise: str = "") -> Words:
        """Return a text in the language of the page, or in the one it has."""
        said = text.in_language(self.language)
        return Words(said.text, said.language) if said.text else Words(otherwise)

    def elements(self, elements: tuple[d.Element, ...]) -> tuple[Shown | Group, ...]:
        """Return what is on view of a page or panel."""
        found: list[Shown | Group] = []
        for element in elements:
            if isinstance(element, d.Panel):
                if element.name in self.containers:
                    inside = self.elements(element.elements)
                    title, about = self.words(element.title), self.words(element.description)
                    found.append(Group(title, about, inside, names.anchor(element.name)))
            elif isinstance(element, d.Question) and element.name in self.visible:
                found.append(self.question(element))
        return tuple(found)

    def question(self, question: d.Question) -> Shown:
        """Return a question of the page itself."""
        value = self.effective(question.name)
        return self.drawn(question, question.name, question.name, value, was=names.digest(value))

    def effective(self, name: str) -> Any:
        """Return the answer, or what the question begins with where nothing has been written."""
        return self.answers[name] if name in self.answers else self.outcome.submission.get(name)

    def drawn(
        self, question: d.Question, name: str, path: str, value: Any, *, was: str = "", beside: Any = None
    ) -> Shown:
        """Return a question with its value, wherever it stands; `beside` are the answers next to it in its row."""
        drawn = DRAWERS[question.kind](self, question, name, path, value)
        parts = {
            "kind": question.kind.value,
            "name": name,
            "path": path,
            "id": names.anchor(name),
            "title": self.words(question.title, question.name),
            "help": self.words(question.description),
            "number": str(question.x.get("number", "")),
            "required": name in self.required,
            "read_only": name in self.read_only,
            "inner": not was,
            "kept": not was and name in self.read_only,
            "was": was,
            "errors": self.errors.get(name, ()),
            "comment": self._comment(question, name, path, value, beside if not was else self.answers, not was),
            **drawn,
        }
        told_apart = (
            parts["kind"],
            parts["read_only"],
            parts["required"],
            drawn.get("shape", ""),
            bool(parts["comment"]),
        )
        parts["shape"] = "|".join(map(str, told_apart))
        return Shown(**parts)

    def _comment(
        self, question: d.Question, name: str, path: str, answer: Any, beside: Any, inner: bool
    ) -> Shown | None:
        """Return the field beside an answer: a comment, or the words of the choice "other" once it is chosen."""
        if not reading.has_comment(question):
            return None
        told_as = name + names.COMMENT
        key = question.name + names.COMMENT
        value = beside.get(key) if isinstance(beside, Mapping) else None
        other = isinstance(question, d.ChoiceQuestion) and question.shows_other and not question.has_comment
        if other and "other" not in (answer if isinstance(answer, list) else [answer]):
            return None
        title = Words(_("What is the other choice?")) if other else self.words(question.comment_text, _("Comment"))
        return Shown(
            kind="remark",
            name=told_as,
            path=path + names.COMMENT,
            id=names.anchor(told_as),
            title=title,
            value="" if value is None else str(value),
            read_only=name in self.read_only,
            inner=inner,
            was="" if inner else names.digest(value),
            errors=self.errors.get(told_as, ()),
            shape="remark",
        )


def _text(b: Building, question: Any, name: str, path: str, value: Any) -> dict[str, Any]:
    shown = numbers.shown(value, b.language) if question.is_number else told(value)
    limit = question.max_length
    kind = question.input_type if question.kind is d.Kind.TEXT else "text"
    day = kind in {"date", "time", "datetime-local"}
    return {
        "value": shown,
        "input": INPUTS.get(kind, kind),
        "mode": MODES.get(kind, ""),
        "lines": question.rows,
        "limit": limit,
        "count": characters(shown) if limit else 0,
        "unit": unit_of(question.x),
        "least": str(question.minimum) if day and question.minimum else "",
        "most": str(question.maximum) if day and question.maximum else "",
        "shape": kind,
    }


def _options(b: Building, name: str, base: str, choices: tuple[d.Choice, ...], value: Any) -> list[Option]:
    chosen = value if isinstance(value, list) else [] if value is None else [value]
    offered = b.outcome.choices.get(name)
    return [
        Option(
            str(place),
            b.words(choice.text, told(choice.value)),
            any(values.same(choice.value, one) for one in chosen),
            f"{base}-{place}",
        )
        for place, choice in enumerate(choices)
        if offered is None or any(values.same(choice.value, one) for one in offered)
    ]


def _choice(b: Building, question: Any, name: str, path: str, value: Any) -> dict[str, Any]:
    at = names.anchor(name)
    options = _options(b, name, at, question.choices, value)
    chosen = value if isinstance(value, list) else [value]
    words = {
        "other": (question.other_text, _("Other")),
        "none": (question.none_text, _("None of these")),
        "refused": (question.refuse_text, _("I do not want to answer")),
        "dontknow": (question.dont_know_text, _("I do not know")),
    }
    for word in reading.specials(question):
        options.append(Option(word, b.words(*words[word]), word in chosen, f"{at}-{word}"))
    return {"options": tuple(options), "shape": ",".join(option.value for option in options)}


def _boolean(b: Building, question: Any, name: str, path: str, value: Any) -> dict[str, Any]:
    at = names.anchor(name)
    yes, no = b.words(question.label_true, _("Yes")), b.words(question.label_false, _("No"))
    options = (
        Option("yes", yes, values.same(value, question.value_true), f"{at}-yes"),
        Option("no", no, values.same(value, question.value_false), f"{at}-no"),
    )
    return {"options": options, "kind": "radiogroup"}


def _rating(b: Building, question: Any, name: str, path: str, value: Any) -> dict[str, Any]:
    options = _options(b, name, names.anchor(name), question.steps, value)
    return {"options": tuple(options), "low": b.words(question.low_text), "high": b.words(question.high_text)}


def _matrix(b: Building, question: Any, name: str, path: str, value: Any) -> dict[str, Any]:
    value = value if isinstance(value, dict) else {}
    found = []
    for place, row in enumerate(question.rows):
        key = reading.key_of(row.value)
        at = names.anchor(f"{name}.{key}")
        options = _options(b, "", at, question.columns, value.get(key))
        field = f"{names.FIELD}{path}[{place}]"
        found.append(Row(place, b.words(row.text, key), (), at, tuple(options), field))
    return {"rows": tuple(found), "columns": tuple(b.words(one.text, told(one.value)) for one in question.columns)}


def _table(b: Building, question: Any, name: str, path: str, value: Any) -> dict[str, Any]:
    fixed = question.kind is d.Kind.MATRIXDROPDOWN
    begun = b.outcome.submission.get(name) if value is None else value
    found, hidden = [], []
    if fixed:
        offered = b.outcome.choices.get(name)
        begun = begun if isinstance(begun, dict) else {}
        for place, row in enumerate(question.rows):
            key = reading.key_of(row.value)
            if offered is not None and not any(values.same(row.value, one) for one in offered):
                hidden.append(place)
                continue
            words = b.words(row.text, key)
            found.append(_row(b, question, f"{name}.{key}", path, place, words, begun.get(key)))
    else:
        for place, raw in enumerate(rows.rows_of(question, value if isinstance(value, list) else begun)):
            words = Words(_("Row %(number)s") % {"number": place + 1})
            found.append(_row(b, question, f"{name}[{place}]", path, place, words, raw))
    sums = fixed and len(question.columns) == 1 and getattr(question.columns[0].cell, "is_number", False)
    return {
        "kind": "money" if sums else "table",
        "rows": tuple(found),
        "columns": tuple(b.words(column.title, column.name) for column in question.columns),
        "totals": tuple(_total(b, question, name, column) for column in question.columns)
        if question.has_totals
        else (),
        "total_words": b.words(question.total_text, _("Total")),
        "row_count": -1 if fixed else len(found),
        "hidden_rows": tuple(hidden),
        "may_add": not fixed and rows.may_add(question, value),
        "may_remove": not fixed and rows.may_remove(question, value),
        "unit": unit_of(question.columns[0].cell.x) or unit_of(question.x) if question.columns else "",
        "shape": ";".join(",".join(cell.shape for cell in row.cells) for row in found),
    }


def _row(b: Building, question: Any, name: str, path: str, place: int, words: Words, raw: Any) -> Row:
    raw = raw if isinstance(raw, dict) else {}
    cells = []
    for column in question.columns:
        here, inside = f"{name}.{column.name}", names.within(path, place, column.name)
        if here not in b.visible:
            cells.append(Shown("hidden", here, inside, names.anchor(here), NO_WORDS, kept=True, inner=True, shape="-"))
            continue
        value = raw.get(column.name, column.cell.default)
        cells.append(b.drawn(column.cell, here, inside, value, beside=raw))
    return Row(place, words, tuple(cells), names.anchor(name))


def _total(b: Building, question: Any, name: str, column: d.Column) -> Total:
    at = names.anchor(f"{name}.{column.name}-total")
    label = b.words(column.title, column.name)
    if not column.has_total:
        return Total(label, "", at)
    value = b.outcome.totals.get(f"{name}.{column.name}")
    pattern, unit = b.words(column.total_format).text, unit_of(column.cell.x) or unit_of(question.x)
    if value is None:
        return Total(label, formatting.MISSING, at)
    if "{0}" in pattern:
        return Total(label, pattern.replace("{0}", numbers.shown(value, b.language)), at)
    return Total(label, figure(value, unit, b.language), at)


def _panels(b: Building, question: Any, name: str, path: str, value: Any) -> dict[str, Any]:
    begun = b.outcome.submission.get(name) if value is None else value
    found = []
    for place, raw in enumerate(rows.rows_of(question, value if isinstance(value, list) else begun)):
        known = raw if isinstance(raw, dict) else {}
        items = _inside(b, question.elements, f"{name}[{place}]", path, place, known)
        title = b.words(question.template_title).text.replace("{panelIndex}", str(place + 1))
        title = title if title and "{" not in title else _("Part %(number)s") % {"number": place + 1}
        found.append(Group(Words(title), NO_WORDS, items, names.anchor(f"{name}[{place}]"), place, "panel"))
    return {
        "panels": tuple(found),
        "row_count": len(found),
        "may_add": rows.may_add(question, value),
        "may_remove": rows.may_remove(question, value),
        "shape": ";".join(panel.shape for panel in found),
    }


def _inside(
    b: Building, elements: tuple[d.Element, ...], name: str, path: str, place: int, raw: Mapping[str, Any]
) -> tuple[Shown | Group, ...]:
    """Return the elements of one panel of a repetition; what is hidden there says that it keeps its answer."""
    found: list[Shown | Group] = []
    for element in elements:
        here, inside = f"{name}.{element.name}", names.within(path, place, element.name)
        if isinstance(element, d.Panel):
            items = _inside(b, element.elements, name, path, place, raw)
            if any(isinstance(item, Group) or item.kind != "hidden" for item in items):
                found.append(Group(b.words(element.title), b.words(element.description), items, names.anchor(here)))
            else:
                found += items
        elif isinstance(element, d.Question) and here in b.visible:
            value = raw.get(element.name, element.default)
            found.append(b.drawn(element, here, inside, value, beside=raw))
        else:
            found.append(Shown("hidden", here, inside, names.anchor(here), NO_WORDS, kept=True, inner=True, shape="-"))
    return tuple(found)


def _file(b: Building, question: Any, name: str, path: str, value: Any) -> dict[str, Any]:
    found = tuple(
        FileShown(
            str(entry.get("name", "")),
            int(entry.get("size") or 0),
            reverse("questionnaires:download-attachment", args=[b.response, entry["content"]]),
            str(entry["content"]),
        )
        for entry in (value if isinstance(value, list) else [])
        if isinstance(entry, dict) and entry.get("content")
    )
    most = question.max_files if question.many else 1
    return {"files": found, "may_add": len(found) < most, "shape": ",".join(one.reference for one in found)}


def _expression(b: Building, question: Any, name: str, path: str, value: Any) -> dict[str, Any]:
    found = b.outcome.calculated.get(name)
    unit = unit_of(question.x) or {"currency": "€", "percent": "%"}.get(question.display_style, "")
    return {"value": figure(found, unit, b.language) if values.is_number(found) else told(found)}


def _html(b: Building, question: Any, name: str, path: str, value: Any) -> dict[str, Any]:
    words = b.words(question.html)
    return {"html": SafeString(sieved(words.text)), "title": words}


DRAWERS: Mapping[d.Kind, Callable[[Building, Any, str, str, Any], dict[str, Any]]] = {
    d.Kind.TEXT: _text,
    d.Kind.COMMENT: _text,
    d.Kind.RADIOGROUP: _choice,
    d.Kind.CHECKBOX: _choice,
    d.Kind.DROPDOWN: _choice,
    d.Kind.TAGBOX: _choice,
    d.Kind.BOOLEAN: _boolean,
    d.Kind.RATING: _rating,
    d.Kind.MATRIX: _matrix,
    d.Kind.MATRIXDROPDOWN: _table,
    d.Kind.MATRIXDYNAMIC: _table,
    d.Kind.PANELDYNAMIC: _panels,
    d.Kind.FILE: _file,
    d.Kind.EXPRESSION: _expression,
    d.Kind.HTML: _html,
}
