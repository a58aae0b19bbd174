"""A definition made ready for evaluating: every expression read once, every name found once."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules.expressions import ExpressionError, Node, names_in, parse


@dataclass(frozen=True, eq=False)
class Box:
    """A page or panel made ready, and what holds it."""

    element: d.Panel
    holder: Box | None
    visible: Node | None
    enable: Node | None
    required: Node | None


@dataclass(frozen=True, eq=False)
class Option:
    """A choice or row made ready."""

    choice: d.Choice
    visible: Node | None
    enable: Node | None


@dataclass(frozen=True, eq=False)
class Item:
    """A question made ready.

    Attributes:
        question: The question.
        box: What holds it; None in a row of a table.
        work: Expression that works its value out.
        default: Expression for the value to begin with.
        options: Choices of what is chosen, rows of a table or matrix.
        options_if: Expression over each option; `options_enable` likewise.
        checks: Its validators with the expressions of those that have one.
        inside: What a repetition or a row of a table holds.
        totals: Expressions of the columns' own totals.
    """

    question: d.Question
    box: Box | None
    visible: Node | None
    enable: Node | None
    required: Node | None
    default: Node | None
    work: Node | None = None
    least: Node | None = None
    most: Node | None = None
    options: tuple[Option, ...] = ()
    options_if: Node | None = None
    options_enable: Node | None = None
    panels_if: Node | None = None
    checks: tuple[tuple[d.Validator, Node | None], ...] = ()
    inside: Part | None = None
    totals: dict[str, Node | None] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Part:
    """Questions that stand side by side: those of the whole, of a panel of a repetition, of a row of a table."""

    items: dict[str, Item]
    boxes: tuple[Box, ...]
    lower: dict[str, str]


@dataclass(frozen=True, eq=False)
class Form:
    """A whole definition made ready.

    Attributes:
        calculated: Its named values.
        clearing: When hidden answers count as none, where the question does not say so itself.
        order: Names in the order of working out.
        circular: Names whose value leads back to itself.
    """

    part: Part
    calculated: dict[str, Node | None]
    in_result: frozenset[str]
    lower: dict[str, str]
    clearing: str
    order: tuple[str, ...]
    circular: frozenset[str]


_FORMS: dict[int, tuple[weakref.ref[d.Definition], Form]] = {}


def form_of(definition: d.Definition) -> Form:
    """Return a definition made ready; the same object is made ready once."""
    key = id(definition)
    known = _FORMS.get(key)
    if known is not None and known[0]() is definition:
        return known[1]
    form = _form(definition)
    _FORMS[key] = (weakref.ref(definition, lambda _gone: _FORMS.pop(key, None)), form)
    return form


def _form(definition: d.Definition) -> Form:
    calculated = {one.name: _node(one.expression) for one in definition.calculated}
    part = _part(definition.pages)
    leads = _leads(part.items, calculated, definition.clearing)
    order = tuple(ordered(leads))
    return Form(
        part=part,
        calculated=calculated,
        in_result=frozenset(one.name for one in definition.calculated if one.in_result),
        lower={name.lower(): name for name in reversed(calculated)},
        clearing=definition.clearing,
        order=order,
        circular=frozenset(circular(leads, order)),
    )


def _leads(items: dict[str, Item], calculated: dict[str, Node | None], clearing: str) -> dict[str, tuple[str, ...]]:
    """Return by each name those that its value looks up."""
    asked = {name: _asked(_nodes_of(item, clearing)) for name, item in items.items()}
    asked |= {name: _asked([node]) for name, node in calculated.items()}
    lower = {name.lower(): name for name in reversed(asked)}
    return {name: tuple(lower[word] for word in words if word in lower) for name, words in asked.items()}


def ordered(leads: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the names whose values are worked out, each after those that it looks up; a circle is cut where met."""
    done: set[str] = set()
    for name in leads:
        waiting = [(name, False)]
        while waiting:
            here, is_ready = waiting.pop()
            if is_ready:
                yield here
            elif here not in done:
                done.add(here)
                waiting.append((here, True))
                waiting.extend((one, False) for one in leads[here])


def circular(leads: Mapping[str, tuple[str, ...]], order: Sequence[str]) -> Iterator[str]:
    """Yield the names that lead back to themselves: Kosaraju's way, from the last of the order against the arrows."""
    back: dict[str, list[str]] = {name: [] for name in leads}
    for name, to in leads.items():
        for one in to:
            back[one].append(name)
    done: set[str] = set()
    for name in reversed(order):
        together, waiting = [], [name]
        while waiting:
            here = waiting.pop()
            if here not in done:
                done.add(here)
                together.append(here)
                waiting.extend(back[here])
        if len(together) > 1 or name in leads[name]:
            yield from together


def _asked(nodes: Iterable[Node | None]) -> tuple[str, ...]:
    """Return the first steps of all names in some expressions, in small letters."""
    found: dict[str, None] = {}
    for node in nodes:
        for name in names_in(node) if node is not None else ():
            first = str(name.path[0]) if name.path else name.text
            found[first.removesuffix("-total").lower()] = None
            found[name.text.lower()] = None
    return tuple(found)


def clears(item: Item, clearing: str) -> str:
    """Return when a hidden answer counts as none: as the question says, else as the whole definition does."""
    own = item.question.clear_if_invisible
    return clearing if own == "default" else own


def _nodes_of(item: Item, clearing: str) -> Iterator[Node | None]:
    """Yield the expressions on which the value of a question stands."""
    when = clears(item, clearing)
    yield from (item.work, item.default, item.options_if, *item.totals.values())
    yield from (option.visible for option in item.options)
    if when in {"onHidden", "onHiddenContainer"}:
        yield item.visible
    if when == "onHiddenContainer":
        box = item.box
        while box is not None:
            yield box.visible
            box = box.holder
    for inner in item.inside.items.values() if item.inside is not None else ():
        yield from _nodes_of(inner, clearing)


@lru_cache(maxsize=20_000)
def _node(text: str) -> Node | None:
    """Return an expression, None where there is none or it cannot be read (of which reading has told)."""
    if not text:
        return None
    try:
        return parse(text)
    except ExpressionError:
        return None


def _part(elements: tuple[d.Element, ...]) -> Part:
    items: dict[str, Item] = {}
    boxes: list[Box] = []
    for box, element in _within(elements, None, boxes):
        items[element.name] = _item(element, box)
    return Part(items, tuple(boxes), {name.lower(): name for name in reversed(items)})


def _within(
    elements: tuple[d.Element, ...], holder: Box | None, boxes: list[Box]
) -> Iterator[tuple[Box | None, d.Question]]:
    for element in elements:
        if isinstance(element, d.Panel):
            box = Box(
                element,
                holder,
                _node(element.visible_if),
                _node(element.enable_if),
                _node(element.required_if),
            )
            boxes.append(box)
            yield from _within(element.elements, box, boxes)
        elif isinstance(element, d.Question):
            yield holder, element


def _item(question: d.Question, box: Box | None) -> Item:
    more: dict[str, object] = {}
    if isinstance(question, d.ExpressionQuestion):
        more["work"] = _node(question.expression)
    elif isinstance(question, d.TextQuestion):
        more |= {"least": _node(question.min_expression), "most": _node(question.max_expression)}
    elif isinstance(question, d.ChoiceQuestion):
        more["options"] = _options(question.choices)
        more["options_if"] = _node(question.visible_choices_if)
        more["options_enable"] = _node(question.enabled_choices_if)
    elif isinstance(question, d.MatrixQuestion):
        more |= {"options": _options(question.rows), "options_if": _node(question.visible_rows_if)}
    elif isinstance(question, d.TableQuestion):
        cells = {column.name: _item(column.cell, None) for column in question.columns}
        more["options"] = _options(question.rows)
        more["options_if"] = _node(question.visible_rows_if)
        more["inside"] = Part(cells, (), {name.lower(): name for name in reversed(cells)})
        more["totals"] = {one.name: _node(one.total_expression) for one in question.columns if one.has_total}
    elif isinstance(question, d.RepeatQuestion):
        more |= {"inside": _part(question.elements), "panels_if": _node(question.template_visible_if)}
    return Item(
        question=question,
        box=box,
        visible=_node(question.visible_if),
        enable=_node(question.enable_if),
        required=_node(question.required_if),
        default=_node(question.default_expression),
        checks=tuple((check, _node(check.expression)) for check in question.validators),
        **more,  # type: ignore[arg-type]
    )


def _options(choices: tuple[d.Choice, ...]) -> tuple[Option, ...]:
    return tuple(Option(choice, _node(choice.visible_if), _node(choice.enable_if)) for choice in choices)
