"""JSON Schema 2020-12 of what is handed in: types, limits and choices of a definition; conditions do not fit in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.convert.loss import Loss
from luotsi.questionnaires.rules.definition import (
    BooleanQuestion,
    Choice,
    ChoiceQuestion,
    Definition,
    Element,
    ExpressionQuestion,
    FileQuestion,
    HtmlQuestion,
    MatrixQuestion,
    Panel,
    Question,
    RatingQuestion,
    RepeatQuestion,
    TableQuestion,
    TextQuestion,
    Validator,
)

DRAFT = "https://json-schema.org/draft/2020-12/schema"
FORMATS = {"date": "date", "email": "email", "url": "uri"}
CONDITIONS = {
    "enable_if": "enableIf",
    "min_expression": "minValueExpression",
    "max_expression": "maxValueExpression",
    "visible_choices_if": "choicesVisibleIf",
    "visible_rows_if": "rowsVisibleIf",
    "template_visible_if": "templateVisibleIf",
}
Schema = dict[str, Any]


def to_json_schema(definition: Definition, language: str = "fi") -> tuple[Schema, tuple[Loss, ...]]:
    """Return the schema of the answers as they are handed in, and what of the definition it cannot say.

    A question that may be hidden is not required in it, whatever the definition says of it while it is shown.
    """
    making = _Making(language)
    schema: Schema = {"$schema": DRAFT, "type": "object", "additionalProperties": False}
    if title := definition.title.in_language(language).text:
        schema["title"] = title
    schema |= making.held(definition.pages)
    for value in definition.calculated:
        if value.in_result:
            schema["properties"][value.name] = {}
    return schema, tuple(making.losses)


class _Making:
    def __init__(self, language: str) -> None:
        self.language = language
        self.losses: list[Loss] = []
        self.kinds: dict[type[Question], Callable[[Any], Schema]] = {
            TextQuestion: self.text,
            ChoiceQuestion: self.choice,
            BooleanQuestion: lambda question: {"enum": [question.value_true, question.value_false]},
            RatingQuestion: lambda question: {"enum": [step.value for step in question.steps]},
            MatrixQuestion: self.matrix,
            TableQuestion: self.table,
            RepeatQuestion: self.repetition,
            FileQuestion: self.file,
            ExpressionQuestion: lambda _question: {},
        }

    def lost(self, element: Element, key: str) -> None:
        self.losses.append(Loss(f"{element.at}/{key}", "condition", element.name, key))

    def held(self, elements: tuple[Element, ...]) -> Schema:
        """Return properties and required names of elements that stand side by side."""
        properties: Schema = {}
        required: list[str] = []
        for question, conditional in self.flat(elements, conditional=False):
            properties[question.name] = self.of(question)
            if question.has_comment or getattr(question, "shows_other", False):
                properties[f"{question.name}-Comment"] = {"type": "string"}
            if question.is_required and not conditional and not question.read_only:
                required.append(question.name)
        return {"properties": properties} | ({"required": required} if required else {})

    def flat(self, elements: tuple[Element, ...], *, conditional: bool) -> Iterator[tuple[Question, bool]]:
        """Yield the questions with whether they may be hidden; tell the conditions that are lost."""
        for element in elements:
            if element.visible_if:
                self.lost(element, "visibleIf")
            if element.required_if:
                self.lost(element, "requiredIf")
            hidden = conditional or bool(element.visible_if) or not element.visible
            if isinstance(element, Panel):
                if element.is_required:
                    self.lost(element, "isRequired")
                yield from self.flat(element.elements, conditional=hidden)
            elif isinstance(element, Question) and not isinstance(element, HtmlQuestion):
                yield element, hidden

    def of(self, question: Question) -> Schema:
        """Return the schema of one answer."""
        for name, key in CONDITIONS.items():
            if getattr(question, name, ""):
                self.lost(question, key)
        schema = self.kinds[type(question)](question)
        for check in question.validators:
            self.check(question, check, schema)
        if title := question.title.in_language(self.language).text:
            schema["title"] = title
        if description := question.description.in_language(self.language).text:
            schema["description"] = description
        return schema

    def check(self, question: Question, check: Validator, schema: Schema) -> None:
        names = {
            "numeric": ("minimum", "maximum"),
            "text": ("minLength", "maxLength"),
            "answercount": ("minItems", "maxItems"),
        }
        if check.kind == "regex" and not check.ignore_case and "pattern" not in schema and _is_common(check.pattern):
            schema["pattern"] = check.pattern
        elif check.kind == "email":
            schema["format"] = "email"
        elif check.kind in names:
            least, most = names[check.kind]
            if check.minimum is not None:
                schema[least] = max(check.minimum, schema.get(least, check.minimum))
            if check.maximum is not None:
                schema[most] = min(check.maximum, schema.get(most, check.maximum))
            if not check.allow_digits:
                self.losses.append(Loss(check.at, "condition", question.name, "allowDigits"))
        else:
            self.losses.append(Loss(check.at, "condition", question.name, check.kind))

    def text(self, question: TextQuestion) -> Schema:
        if question.is_number:
            schema: Schema = {"type": "number"}
            for key, bound in (("minimum", question.minimum), ("maximum", question.maximum)):
                if values.is_number(bound):
                    schema[key] = bound
            return schema
        schema = {"type": "string"}
        if question.input_type in FORMATS:
            schema["format"] = FORMATS[question.input_type]
        if question.max_length is not None:
            # Counted here in NFC with each line break as one: a text that is longer as it is sent may still fit.
            schema["maxLength"] = question.max_length
        for key, bound in (("min", question.minimum), ("max", question.maximum)):
            if bound is not None:
                self.lost(question, key)
        return schema

    def choice(self, question: ChoiceQuestion) -> Schema:
        special = {
            "other": question.shows_other,
            "none": question.shows_none,
            "refused": question.shows_refuse,
            "dontknow": question.shows_dont_know,
        }
        one: Schema = {"enum": _values(question.choices) + [word for word, shown in special.items() if shown]}
        for choice in question.choices:
            if choice.visible_if or choice.enable_if:
                self.losses.append(Loss(choice.at, "condition", question.name, "visibleIf"))
        if not question.is_many:
            return one
        limits = {"minItems": question.minimum, "maxItems": question.maximum}
        return {"type": "array", "items": one, "uniqueItems": True} | {key: n for key, n in limits.items() if n}

    def matrix(self, question: MatrixQuestion) -> Schema:
        one = {"enum": _values(question.columns)}
        rows = [str(row.value) for row in question.rows]
        if question.each_row_unique:
            self.lost(question, "eachRowUnique")
        required = {"required": rows} if question.each_row_required and not question.visible_rows_if else {}
        return {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(rows, one), **required}

    def table(self, question: TableQuestion) -> Schema:
        row = self.rows(tuple(column.cell for column in question.columns))
        if question.key_name or any(column.unique for column in question.columns):
            self.lost(question, "keyName")
        if question.rows:
            rows = {str(one.value): row for one in question.rows}
            return {"type": "object", "additionalProperties": False, "properties": rows}
        return {"type": "array", "items": row, **_limits(question.min_rows, question.max_rows)}

    def repetition(self, question: RepeatQuestion) -> Schema:
        if question.key_name:
            self.lost(question, "keyName")
        return {
            "type": "array",
            "items": self.rows(question.elements),
            **_limits(question.min_panels, question.max_panels),
        }

    def rows(self, elements: tuple[Element, ...]) -> Schema:
        return {"type": "object", "additionalProperties": False, **self.held(elements)}

    def file(self, question: FileQuestion) -> Schema:
        for key, limit in (("maxSize", question.max_bytes), ("acceptedTypes", question.accepted)):
            if limit:
                self.lost(question, key)
        one = {"type": "object", "properties": {"name": {"type": "string"}, "type": {"type": "string"}}}
        return {"type": "array", "items": one, "maxItems": question.max_files if question.many else 1}


def _values(choices: tuple[Choice, ...]) -> list[Any]:
    return [choice.value for choice in choices]


def _limits(least: int, most: int) -> Schema:
    return ({"minItems": least} if least else {}) | {"maxItems": most}


def _is_common(pattern: str) -> bool:
    """Return True for a pattern that means the same to every engine: no look-around, no names, no flags."""
    return "(?" not in pattern and "\\Q" not in pattern and "\\z" not in pattern
