"""What differs between a definition and the one that came back of it: the loss of a conversion, measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.convert.loss import Loss
from luotsi.questionnaires.rules.definition import (
    Column,
    Definition,
    Element,
    Panel,
    RepeatQuestion,
    TableQuestion,
)
from luotsi.questionnaires.rules.definition.elements import Marked
from luotsi.questionnaires.rules.expressions import ExpressionError, parse
from luotsi.questionnaires.rules.texts import Localised

# Names of fields that are not those of the definition in another spelling.
KEYS = {
    "kind": "type",
    "minimum": "min",
    "maximum": "max",
    "min_expression": "minValueExpression",
    "max_expression": "maxValueExpression",
    "min_text": "minErrorText",
    "max_text": "maxErrorText",
    "default": "defaultValue",
    "default_expression": "defaultValueExpression",
    "has_comment": "showCommentArea",
    "required_text": "requiredErrorText",
    "visible_choices_if": "choicesVisibleIf",
    "enabled_choices_if": "choicesEnableIf",
    "steps": "rateValues",
    "low_text": "minRateDescription",
    "high_text": "maxRateDescription",
    "many": "allowMultiple",
    "max_bytes": "maxSize",
    "accepted": "acceptedTypes",
    "digits": "precision",
    "min_panels": "minPanelCount",
    "max_panels": "maxPanelCount",
    "key_text": "keyDuplicationError",
    "default_panel": "defaultPanelValue",
    "x": "x-luotsi",
}
EXPRESSIONS = {"visible_if", "enable_if", "required_if", "expression", "visible_choices_if", "default_expression"}
APART = {
    "at",
    "other",
    "x",
    "elements",
    "name",
    "pages",
    "calculated",
    "languages",
    "locale",
    "written_in",
    "columns",
    "rows",
}
ABSENT = object()


def differences(before: Definition, after: Definition) -> Iterator[Loss]:
    """Yield what of a definition is gone or different in another, element by element, by their names."""
    left, right = dict(_elements(before.pages, "")), dict(_elements(after.pages, ""))
    yield from _differing(before, after, before.name)
    for key, element in left.items():
        other = right.get(key)
        if other is None or type(other) is not type(element):
            yield Loss(element.at, "element", element.name, str(getattr(element, "kind", "panel")))
            continue
        if list(_held(element)) != list(_held(other)) or _place(left, key) != _place(right, key):
            yield Loss(f"{element.at}/elements", "changed", element.name, "elements")
        yield from _differing(element, other, element.name)
    known = {value.name: value for value in after.calculated}
    for value in before.calculated:
        found = known.get(value.name)
        if found is None:
            yield Loss(value.at, "element", value.name, "calculatedValues")
        else:
            yield from _differing(value, found, value.name)


def _elements(elements: tuple[Element, ...], holder: str) -> Iterator[tuple[str, Element]]:
    for element in elements:
        key = f"{holder}.{element.name}" if holder else element.name
        yield key, element
        if isinstance(element, Panel):
            yield from _elements(element.elements, holder)
        elif isinstance(element, RepeatQuestion):
            yield from _elements(element.elements, key)


def _held(element: Element) -> Iterator[str]:
    yield from (held.name for held in getattr(element, "elements", ()))


def _place(elements: Mapping[str, Element], key: str) -> bool:
    """Return True for a page: what was one must be one again."""
    return type(elements[key]).__name__ == "Page"


def _differing(before: Marked, after: Marked, name: str) -> Iterator[Loss]:
    """Yield the fields of one element that are gone or different."""
    for held in fields(before):
        if held.name in APART and not (held.name in {"columns", "rows"} and isinstance(before, TableQuestion)):
            continue
        one, other = getattr(before, held.name), getattr(after, held.name, ABSENT)
        if not _same(held.name, one, other):
            gone = other is ABSENT or other == held.default or values.is_empty(other if _is_json(other) else 1)
            yield Loss(f"{before.at}/{key_of(held.name)}", "key" if gone else "changed", name, key_of(held.name))
    yield from (Loss(f"{before.at}/{key}", "key", name, key) for key in before.other if key not in after.other)
    ours, theirs = _semantics(before), _semantics(after)
    if ours != theirs:
        gone_keys = [key for key in ours if key not in theirs or not values.same(ours[key], theirs[key])]
        yield Loss(f"{before.at}/x-luotsi", "semantics", name, ", ".join(gone_keys))


def _semantics(part: Marked) -> dict[str, Any]:
    found = dict(part.x)
    if isinstance(part, Definition):
        found = {key: value for key, value in found.items() if key not in {"name", "version"}}
    return found


def key_of(name: str) -> str:
    """Return the key of the definition that a field stands for."""
    if name in KEYS:
        return KEYS[name]
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def _is_json(value: Any) -> bool:
    return value is None or isinstance(value, str | list | dict | bool | int | Decimal)


def _same(name: str, one: Any, other: Any) -> bool:
    if name in EXPRESSIONS and isinstance(one, str) and isinstance(other, str):
        return one == other or _same_expression(one, other)
    if isinstance(one, Localised) and isinstance(other, Localised):
        return {**one.texts, **one.others} == {**other.texts, **other.others}
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(_same_part(a, b) for a, b in zip(one, other, strict=True))
    if _is_json(one) and _is_json(other):
        return values.same(one, other)
    return bool(one == other)


def _same_part(one: Any, other: Any) -> bool:
    """Return True for choices, columns and validators that are the same but for their places."""
    if not isinstance(one, Marked) or type(one) is not type(other):
        return bool(one == other)
    if isinstance(one, Column):
        return False
    apart = {"at", "other"}
    names = [held.name for held in fields(one) if held.name not in apart]
    return all(_same(name, getattr(one, name), getattr(other, name)) for name in names)


def _same_expression(one: str, other: str) -> bool:
    try:
        return parse(one) == parse(other)
    except ExpressionError:
        return False
