"""Conditions that can never hold, and values asked for that nobody can choose.

A condition is taken together with those of the sections it stands in. Where all its names have few possible answers,
every combination is worked out by the engine itself; otherwise only what is certain from a comparison with a choice
or a bound counts, so that nothing is called unreachable that is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import combinations, product
from math import prod
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.definition import (
    BooleanQuestion,
    ChoiceQuestion,
    Question,
    RatingQuestion,
    TextQuestion,
)
from luotsi.questionnaires.rules.evaluation.scopes import RowScope
from luotsi.questionnaires.rules.expressions import (
    Binary,
    Budget,
    Call,
    Exhausted,
    Listed,
    Literal,
    Name,
    Node,
    holds,
    names_in,
    nodes_in,
)
from luotsi.questionnaires.rules.expressions.operators import equal
from luotsi.questionnaires.rules.lint.defect import Defect, Severity
from luotsi.questionnaires.rules.lint.outline import Outline

COMBINATIONS = 4_096
MANY = 10  # choices of a check box of which every selection is tried
STEPS = 400_000
ASKING = {"equal", "notequal", "contains", "notcontains", "anyof", "allof", "noneof"}
NEEDS = {"equal", "contains", "anyof", "allof"}
ANY_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - conditions that ask what day it is are never worked out here
CHANGING = {"today", "currentDate", "currentYear", "age", "getDate", "dateDiff", "diffDays"}


def never(outline: Outline) -> Iterator[Defect]:
    """Yield what can never be shown: its condition, with those around it, holds for no answers at all."""
    gone: set[str] = set()
    conditions = {site.part.at: site for site in outline.sites if site.slot == "visible_if"}
    budget = Budget(STEPS)
    for site in outline.sites:
        if site.slot != "visible_if" or site.node is None or site.entry is None:
            continue
        holders = [*site.entry.within, site.entry.element]
        above = [conditions[held.at] for held in holders if held.at in conditions and held.at != site.part.at]
        if any(held.at in gone for held in holders):
            continue
        around = [other.node for other in above if other.node is not None]
        if _cannot_hold(outline, [site.node, *around], budget):
            gone.add(site.part.at)
            params = {"name": site.owner, "condition": site.text[:200]}
            yield Defect("condition.never", Severity.WARN, site.at, (site.owner,), params)


def no_such_choice(outline: Outline) -> Iterator[Defect]:
    """Yield the values that an expression compares a question with, which are none of its choices."""
    for site in outline.sites:
        for node in nodes_in(site.node) if site.node is not None else ():
            for question, value in _asked(outline, node):
                if _is_closed(question) and not _can_be(question, value, exactly=_is_exact(node)):
                    params = {"name": question.name, "value": _short(value), "owner": site.owner}
                    yield Defect("value.unknown", Severity.ERROR, site.at, (site.owner, question.name), params)


def _short(value: Any) -> str:
    return values.plain(value)[:60] if values.is_number(value) else str(value)[:60]


def _asked(outline: Outline, node: Node) -> Iterator[tuple[Question, Any]]:
    """Yield question and value of a comparison between a name and constants."""
    if not isinstance(node, Binary) or node.operator not in ASKING:
        return
    for name, other in ((node.left, node.right), (node.right, node.left)):
        question = _question(outline, name)
        if question is not None:
            yield from ((question, value) for value in _constants(other) if not values.is_empty(value))


def _question(outline: Outline, node: Node) -> Question | None:
    """Return the question that a node names as a whole, not one of its items."""
    return outline.question(node.text) if isinstance(node, Name) else None


def _constants(node: Node) -> list[Any]:
    if isinstance(node, Literal):
        return [node.constant]
    if isinstance(node, Listed):
        return [value for item in node.items for value in _constants(item)]
    return []


def _is_closed(question: Question) -> bool:
    """Return True where the only answers are those that the definition lists."""
    if isinstance(question, ChoiceQuestion):
        return bool(question.choices)
    return isinstance(question, BooleanQuestion | RatingQuestion)


def _is_exact(node: Node) -> bool:
    return isinstance(node, Binary) and node.operator in {"equal", "notequal"}


def _can_be(question: Question, value: Any, *, exactly: bool) -> bool:
    """Return True where a choice is the value; of a single answer `contains` asks for a part of its text."""
    for choice in _choices(question):
        if equal(choice, value):
            return True
        if not exactly and isinstance(choice, str) and isinstance(value, str) and value.lower() in choice.lower():
            return True
    return False


def _choices(question: Question) -> list[Any]:
    if isinstance(question, ChoiceQuestion):
        special = {
            "other": question.shows_other,
            "none": question.shows_none,
            "refused": question.shows_refuse,
            "dontknow": question.shows_dont_know,
        }
        return [choice.value for choice in question.choices] + [word for word, given in special.items() if given]
    if isinstance(question, RatingQuestion):
        return [step.value for step in question.steps]
    if isinstance(question, BooleanQuestion):
        return [question.value_true, question.value_false]
    return []


def _cannot_hold(outline: Outline, nodes: list[Node], budget: Budget) -> bool:
    """Return True when the conditions, all together, hold for no answers."""
    parts = [part for node in nodes for part in _conjuncts(node)]
    if any(_truth(outline, part) is False for part in parts):
        return True
    small = [part for part in parts if _is_small(outline, part)]
    return bool(small) and _tried(outline, small, budget)


def _conjuncts(node: Node) -> list[Node]:
    if isinstance(node, Binary) and node.operator == "and":
        return [*_conjuncts(node.left), *_conjuncts(node.right)]
    return [node]


def _size(question: Question | None) -> int:
    """Return how many answers there can be, 0 where they are too many to try."""
    if question is None or not _is_closed(question) or question.default_expression:
        return 0
    count = len(_choices(question))
    if not isinstance(question, ChoiceQuestion) or not question.is_many:
        return count + 1 if count < COMBINATIONS else 0
    return 2**count if count <= MANY else 0


def _domain(question: Question | None) -> list[Any]:
    """Return every answer there can be."""
    choices = _choices(question) if question is not None else []
    if not isinstance(question, ChoiceQuestion) or not question.is_many:
        return [None, *choices]
    return [list(some) for size in range(len(choices) + 1) for some in combinations(choices, size)]


def _is_small(outline: Outline, node: Node) -> bool:
    """Return True where the condition asks nothing but questions with few answers, and not what day it is."""
    if any(isinstance(part, Call) and part.function in CHANGING for part in nodes_in(node)):
        return False
    return all(len(name.path) <= 1 and _size(outline.question(name.text)) > 0 for name in names_in(node))


def _tried(outline: Outline, parts: list[Node], budget: Budget) -> bool:
    """Return True when no combination of answers makes every part true; False where there are too many to try."""
    names = list(dict.fromkeys(name.text for part in parts for name in names_in(part)))
    if prod(_size(outline.question(name)) for name in names) > COMBINATIONS:
        return False
    domains = [_domain(outline.question(name)) for name in names]
    try:
        for answers in product(*domains):
            scope = RowScope(dict(zip(names, answers, strict=True)), ANY_DAY)
            if all(holds(part, scope, budget) for part in parts):
                return False
    except Exhausted:
        return False
    return True


def _truth(outline: Outline, node: Node) -> bool | None:
    """Return False where a condition holds for no answer, None where that is not certain."""
    if isinstance(node, Binary) and node.operator == "or":
        both = (_truth(outline, node.left), _truth(outline, node.right))
        return False if both == (False, False) else None
    if isinstance(node, Binary) and node.operator == "and":
        return False if False in (_truth(outline, node.left), _truth(outline, node.right)) else None
    if isinstance(node, Binary) and node.operator in NEEDS:
        found = [(question, value) for question, value in _asked(outline, node) if _is_closed(question)]
        known = [_can_be(question, value, exactly=_is_exact(node)) for question, value in found]
        if not known:
            return None
        lost = not all(known) if node.operator == "allof" else not any(known)
        return False if lost else None
    if isinstance(node, Binary) and node.operator in {"greater", "greaterorequal", "less", "lessorequal"}:
        return _within_bounds(outline, node)
    return None


FLIPPED = {"greater": "less", "less": "greater", "greaterorequal": "lessorequal", "lessorequal": "greaterorequal"}


def _within_bounds(outline: Outline, node: Binary) -> bool | None:
    """Return False where a number is asked to be beyond the bounds of its input."""
    left, right, operator = node.left, node.right, node.operator
    if isinstance(right, Name):
        left, right, operator = right, left, FLIPPED[operator]
    question = _question(outline, left)
    if not isinstance(question, TextQuestion) or not question.is_number or not isinstance(right, Literal):
        return None
    if question.min_expression or question.max_expression or not values.is_number(right.constant):
        return None
    asked, least, most = Decimal(right.constant), _bound(question.minimum), _bound(question.maximum)
    if operator == "greater" and most is not None:
        return False if most <= asked else None
    if operator == "greaterorequal" and most is not None:
        return False if most < asked else None
    if operator == "less" and least is not None:
        return False if least >= asked else None
    if operator == "lessorequal" and least is not None:
        return False if least > asked else None
    return None


def _bound(value: Any) -> Decimal | None:
    return Decimal(value) if values.is_number(value) else None


CHECKS = (never, no_such_choice)
