"""Writes a definition as a form in a spreadsheet, question by question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.convert.loss import Loss
from luotsi.questionnaires.rules.convert.printing import Untranslatable
from luotsi.questionnaires.rules.convert.xlsform.checks import constraint_of
from luotsi.questionnaires.rules.convert.xlsform.form import NAMES, Row, XlsForm, said
from luotsi.questionnaires.rules.convert.xlsform.lists import Lists, plain_value
from luotsi.questionnaires.rules.convert.xlsform.naming import Names, Place
from luotsi.questionnaires.rules.convert.xlsform.xpath_writing import xpath
from luotsi.questionnaires.rules.definition import (
    BooleanQuestion,
    Choice,
    ChoiceQuestion,
    Column,
    Definition,
    Element,
    ExpressionQuestion,
    FileQuestion,
    HtmlQuestion,
    Kind,
    MatrixQuestion,
    Page,
    Panel,
    Question,
    RatingQuestion,
    RepeatQuestion,
    TableQuestion,
    TextQuestion,
)
from luotsi.questionnaires.rules.expressions import ExpressionError, parse
from luotsi.questionnaires.rules.texts import Localised, localised

TAG = re.compile(r"<[^<>]{0,1000}>")
INPUTS = {"date": "date", "datetime-local": "dateTime", "time": "time"}
CELL = 32_767  # characters of a cell of a workbook
TOTALS = {"sum": "sum", "count": "count", "min": "min", "max": "max"}


def written(definition: Definition) -> tuple[XlsForm, list[Loss], Names]:
    """Return the form, what could not be said in it, and how its names are called."""
    writing = _Writing(definition)
    rows = [_short(row, writing.losses) for row in writing.whole()]
    settings: Row = {"form_id": _form_id(definition), "allow_choice_duplicates": "yes"}
    if title := definition.title.in_language(definition.locale or "fi").text:
        settings["form_title"] = title
    settings |= {"version": definition.version} if definition.version else {}
    language = definition.locale or next(iter(definition.languages), "")
    settings |= {"default_language": f"{NAMES.get(language, language)} ({language})"} if language else {}
    return XlsForm(tuple(rows), tuple(writing.lists.rows), settings), writing.losses, writing.names


def _short(row: Row, losses: list[Loss]) -> Row:
    """Return a row without what is longer than a cell may be."""
    losses += [Loss("", "expression", row.get("name", ""), column) for column, cell in row.items() if len(cell) > CELL]
    return {column: cell for column, cell in row.items() if len(cell) <= CELL}


def _form_id(definition: Definition) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]", "_", definition.name) or "form"


class _Writing:
    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.names, self.lists = Names(definition), Lists()
        self.losses: list[Loss] = []
        self.kinds: dict[type[Question], Callable[[Any, str, str], Iterator[Row]]] = {
            TextQuestion: self.text,
            ChoiceQuestion: self.choice,
            BooleanQuestion: self.boolean,
            RatingQuestion: self.rating,
            MatrixQuestion: self.matrix,
            TableQuestion: self.table,
            RepeatQuestion: self.repetition,
            FileQuestion: self.file,
            ExpressionQuestion: self.expression,
            HtmlQuestion: self.words,
        }

    def whole(self) -> Iterator[Row]:
        for value in self.definition.calculated:
            worked = self.said(f"{value.at}/expression", value.name, value.expression, Place(self.names))
            yield {"type": "calculate", "name": self.names.by_key[value.name], "calculation": worked or "''"}
        for page in self.definition.pages:
            yield from self.group(page, "")

    def group(self, panel: Panel, around: str) -> Iterator[Row]:
        key = _key(around, panel.name)
        yield {
            "type": "begin_group",
            **self.shown(panel, key, around),
            **({"appearance": "field-list"} if isinstance(panel, Page) else {}),
        }
        yield from self.elements(panel.elements, around)
        yield {"type": "end_group"}

    def elements(self, elements: tuple[Element, ...], around: str) -> Iterator[Row]:
        for element in elements:
            if isinstance(element, Panel):
                yield from self.group(element, around)
            elif isinstance(element, Question):
                yield from self.kinds[type(element)](element, _key(around, element.name), around)

    def said(self, at: str, name: str, expression: str, place: Place) -> str:
        """Return an expression as XPath, "" with a loss where it cannot be said."""
        if not expression:
            return ""
        try:
            return xpath(parse(expression), place)
        except (Untranslatable, ExpressionError) as fault:
            self.losses.append(Loss(at, "expression", name, str(fault)))
            return ""

    def shown(self, element: Element, key: str, around: str) -> Row:
        """Return what groups and questions share."""
        place = Place(self.names, around=around)
        row = {"name": self.names.by_key[key], **said("label", element.title), **said("hint", element.description)}
        if relevant := self.said(f"{element.at}/visibleIf", element.name, element.visible_if, place):
            row["relevant"] = relevant
        if isinstance(element, Question):
            required = self.said(f"{element.at}/requiredIf", element.name, element.required_if, place)
            row |= {"required": "yes"} if element.is_required else {"required": required} if required else {}
            row |= {"read_only": "yes"} if element.read_only else {}
            row |= said("required_message", element.required_text) if "required" in row else {}
        return row

    def asked(self, question: Question, key: str, around: str) -> Row:
        """Return what questions share: also checks and the value to begin with."""
        row = self.shown(question, key, around)
        bounds = (getattr(question, "minimum", None), getattr(question, "maximum", None))
        bounds = bounds if isinstance(question, TextQuestion) and question.input_type != "range" else (None, None)
        row |= constraint_of(question, Place(self.names, own=key, around=around), bounds)
        default = question.default
        if isinstance(default, list) and all(isinstance(one, str) for one in default):
            row["default"] = " ".join(plain_value(one) for one in default)
        elif isinstance(default, str | bool) or values.is_number(default):
            row["default"] = plain_value(default) if not isinstance(question, TextQuestion) else values_text(default)
        return row

    def comment(self, question: Question, key: str, around: str) -> Iterator[Row]:
        """Yield the field beside an answer as a question of its own."""
        if question.has_comment:
            relevant = self.said("", question.name, question.visible_if, Place(self.names, around=around))
            row = {"type": "text", "name": self.names.by_key[f"{key}-Comment"], **said("label", question.comment_text)}
            yield row | ({"relevant": relevant} if relevant else {})

    def text(self, question: TextQuestion, key: str, around: str) -> Iterator[Row]:
        row = self.asked(question, key, around)
        if question.kind is Kind.COMMENT:
            row["appearance"] = "multiline"
        if question.input_type == "range":
            bounds = (question.minimum, question.maximum, question.step)
            told = zip(("start", "end", "step"), bounds, (0, 100, 1), strict=True)
            row["parameters"] = " ".join(f"{word}={usual if own is None else own}" for word, own, usual in told)
        word = {"range": "range", **INPUTS}.get(question.input_type, "text")
        if question.input_type == "number":
            word = "integer" if question.step == 1 else "decimal"
        yield {"type": word, **row}
        yield from self.comment(question, key, around)

    def choice(self, question: ChoiceQuestion, key: str, around: str) -> Iterator[Row]:
        word = "select_multiple" if question.is_many else "select_one"
        row = self.asked(question, key, around)
        if question.kind in {Kind.DROPDOWN, Kind.TAGBOX}:
            row["appearance"] = "minimal"
        place = Place(self.names, own=key, around=around, in_filter=True)
        at = f"{question.at}/choicesVisibleIf"
        if chosen := self.said(at, question.name, question.visible_choices_if, place):
            row["choice_filter"] = chosen
        yield {"type": f"{word} {self.lists.of_question(question, row['name'])}", **row}
        yield from self.comment(question, key, around)

    def boolean(self, question: BooleanQuestion, key: str, around: str) -> Iterator[Row]:
        row = self.asked(question, key, around)
        yield {"type": f"select_one {self.lists.of_boolean(question, row['name'])}", **row}
        yield from self.comment(question, key, around)

    def rating(self, question: RatingQuestion, key: str, around: str) -> Iterator[Row]:
        row = self.asked(question, key, around)
        name = self.lists.of_choices(row["name"], question.steps)
        yield {"type": f"select_one {name}", **row, "appearance": "likert"}
        yield from self.comment(question, key, around)

    def matrix(self, question: MatrixQuestion, key: str, around: str) -> Iterator[Row]:
        listed = self.lists.of_choices(question.name, question.columns)
        yield {"type": "begin_group", **self.shown(question, key, around), "appearance": "table-list"}
        for row in question.rows:
            name = self.names.by_key[f"{key}.{row.value}"]
            yield {"type": f"select_one {listed}", "name": name, **_label(row.text, str(row.value))}
        yield {"type": "end_group"}
        yield from self.comment(question, key, around)

    def table(self, question: TableQuestion, key: str, around: str) -> Iterator[Row]:
        if question.rows:
            yield {"type": "begin_group", **self.shown(question, key, around)}
            for row in question.rows:
                yield from self.table_row(question, row, key)
            yield from self.totals(question, key)
            yield {"type": "end_group"}
        else:
            yield {"type": "begin_repeat", **self.shown(question, key, around), **_count(question)}
            for column in question.columns:
                yield from self.cell(column, f"{key}.{column.name}", key)
            yield {"type": "end_repeat"}
            yield from self.totals(question, key)
        yield from self.comment(question, key, around)

    def table_row(self, question: TableQuestion, row: Choice, key: str) -> Iterator[Row]:
        name = self.names.by_key[f"{key}.{row.value}"]
        yield {"type": "begin_group", "name": name, **_label(row.text, str(row.value))}
        for column in question.columns:
            yield from self.cell(column, f"{key}.{row.value}.{column.name}", f"{key}.{row.value}")
        yield {"type": "end_group"}

    def cell(self, column: Column, key: str, around: str) -> Iterator[Row]:
        for row in self.kinds[type(column.cell)](column.cell, key, around):
            yield (
                row
                if row.keys() & {f"label::{NAMES[code]} ({code})" for code in NAMES}
                else {
                    **row,
                    **_label(column.title, column.name),
                }
            )

    def totals(self, question: TableQuestion, key: str) -> Iterator[Row]:
        for column in question.columns:
            if column.total_kind not in TOTALS or column.total_expression:
                continue
            rows = [str(row.value) for row in question.rows]
            cells = [self.names.by_key[f"{key}.{row}.{column.name}"] for row in rows]
            name = self.names.by_key[f"{key}-total.{column.name}"]
            if not rows:
                worked = f"{TOTALS[column.total_kind]}(${{{self.names.by_key[f'{key}.{column.name}']}}})"
            elif column.total_kind == "sum":
                worked = " + ".join(f"coalesce(${{{cell}}}, 0)" for cell in cells)
            else:
                worked = f"{TOTALS[column.total_kind]}({', '.join(f'${{{cell}}}' for cell in cells)})"
            yield {"type": "calculate", "name": name, "calculation": worked}

    def repetition(self, question: RepeatQuestion, key: str, around: str) -> Iterator[Row]:
        yield {"type": "begin_repeat", **self.shown(question, key, around), **_count(question)}
        yield from self.elements(question.elements, key)
        yield {"type": "end_repeat"}
        yield from self.comment(question, key, around)

    def file(self, question: FileQuestion, key: str, around: str) -> Iterator[Row]:
        is_image = question.accepted == ("image/*",)
        yield {"type": "image" if is_image else "file", **self.asked(question, key, around)}
        yield from self.comment(question, key, around)

    def expression(self, question: ExpressionQuestion, key: str, around: str) -> Iterator[Row]:
        place = Place(self.names, around=around)
        worked = self.said(f"{question.at}/expression", question.name, question.expression, place)
        row = {"type": "text", **self.shown(question, key, around), "read_only": "yes"}
        yield row | {"calculation": worked or "''"}

    def words(self, question: HtmlQuestion, key: str, around: str) -> Iterator[Row]:
        row = self.shown(question, key, around)
        plain = {code: TAG.sub("", words) for code, words in question.html.texts.items()}
        yield {
            "type": "note",
            **row,
            **said("label", localised({code or "default": words for code, words in plain.items()})),
        }


def _key(around: str, name: str) -> str:
    return f"{around}.{name}" if around else name


def values_text(value: Any) -> str:
    """Return a value to begin with as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return values.plain(value) if values.is_number(value) else str(value)


def _label(text: Localised, usual: str) -> Row:
    return said("label", text) if text else {"label": usual}


def _count(question: TableQuestion | RepeatQuestion) -> Row:
    least, most = (
        (question.min_rows, question.max_rows)
        if isinstance(question, TableQuestion)
        else (question.min_panels, question.max_panels)
    )
    return {"repeat_count": str(least)} if least == most and least else {}
