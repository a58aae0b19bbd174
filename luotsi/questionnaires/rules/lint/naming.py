"""What the names in expressions mean: which question, column, value or row of the definition each of them names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from luotsi.questionnaires.rules.definition import (
    ChoiceQuestion,
    MatrixQuestion,
    Question,
    RepeatQuestion,
    TableQuestion,
)
from luotsi.questionnaires.rules.expressions import Call, Literal, Name, Node
from luotsi.questionnaires.rules.lint.outline import Entry, Outline, Site

ROWS = {"row", "prevrow", "nextrow", "panel", "prevpanel", "nextpanel", "parentpanel", "totalrow"}
ALWAYS = {
    "item",
    "choice",
    "self",
    "rowindex",
    "rowvalue",
    "rowname",
    "rowtitle",
    "panelindex",
    "visiblepanelindex",
    "visiblerowindex",
}
OVER_ROWS = {"sumInArray", "avgInArray", "countInArray", "minInArray", "maxInArray"}
NAMING = {"displayValue", "getComment"}  # functions whose first argument is a name, written as a text
TOTAL, COMMENT = "-total", "-Comment"


@dataclass(frozen=True)
class Use:
    """A name used in an expression: what is written, and the key of what it names; "" where it names nothing."""

    written: str
    key: str


def uses_at(outline: Outline, site: Site) -> tuple[Use, ...]:
    """Return what the expression of a site names, each once."""
    if site.node is None:
        return ()
    return tuple(dict.fromkeys(_uses(outline, site, site.node, "")))


def _uses(outline: Outline, site: Site, node: Node, rows_of: str) -> Iterator[Use]:
    """Yield the names used below a node; inside the filter of a sum over rows, `rows_of` is their table."""
    if isinstance(node, Name):
        yield _use(outline, site, node, rows_of)
        return
    if isinstance(node, Call) and node.function in OVER_ROWS:
        yield from _over_rows(outline, site, node)
        return
    if isinstance(node, Call) and node.function in NAMING and node.arguments:
        first = node.arguments[0]
        if isinstance(first, Literal) and isinstance(first.constant, str):
            yield _use(outline, site, Name(first.constant, path=(first.constant,)), rows_of)
    for part in node.parts:
        yield from _uses(outline, site, part, rows_of)


def _over_rows(outline: Outline, site: Site, node: Call) -> Iterator[Use]:
    table, *others = node.arguments
    owner = outline.question(table.text) if isinstance(table, Name) else None
    if owner is None or not isinstance(owner, TableQuestion | RepeatQuestion):
        yield from (use for part in node.parts for use in _uses(outline, site, part, ""))
        return
    for place, other in enumerate(others):
        if isinstance(other, Literal) and isinstance(other.constant, str) and place == 0:
            key = f"{owner.name}.{other.constant}"
            yield Use(f"{owner.name}.{other.constant}", key if key in outline.by_key else "")
        else:
            yield from _uses(outline, site, other, owner.name)


def _use(outline: Outline, site: Site, name: Name, rows_of: str) -> Use:
    path = [step for step in name.path if isinstance(step, str)] or [name.text]
    first = path[0].lower()
    if rows_of and f"{rows_of}.{name.text}" in outline.by_key:
        return Use(name.text, f"{rows_of}.{name.text}")
    if first in ALWAYS or first.startswith("$"):
        return Use(name.text, site.owner)
    if first in ROWS:
        return Use(name.text, _in_rows(outline, site, path))
    return Use(name.text, _key(outline, name))


def _in_rows(outline: Outline, site: Site, path: list[str]) -> str:
    """Return the key that {row.x} or {panel.x} names: a column of the table that the site stands in."""
    entry = site.entry
    owners = list(_owners(entry)) if entry else []
    if not owners:
        return ""
    if len(path) == 1:
        return owners[0].name
    for owner in owners:
        for end in range(len(path), 1, -1):
            key = f"{owner.name}.{'.'.join(path[1:end]).removesuffix(COMMENT)}"
            if key in outline.by_key:
                return key
    return ""


def _owners(entry: Entry) -> Iterator[Question]:
    """Yield the tables and repetitions that an element stands in or is, the innermost first."""
    if isinstance(entry.element, TableQuestion | RepeatQuestion):
        yield entry.element
    yield from (held for held in reversed(entry.within) if isinstance(held, TableQuestion | RepeatQuestion))


def _key(outline: Outline, name: Name) -> str:
    """Return the key of a question, calculated value or column; the longest run of steps that is a name counts."""
    steps = list(name.path) or [name.text]
    for end in range(len(steps), 0, -1):
        if any(isinstance(step, int) for step in steps[:end]):
            continue
        written = ".".join(str(step) for step in steps[:end])
        if written in outline.calculated:
            return written
        question = outline.question(written.removesuffix(COMMENT).removesuffix(TOTAL))
        if question is not None:
            return _below(outline, question, steps[end:], is_total=written.endswith(TOTAL))
    return ""


def _below(outline: Outline, question: Question, rest: list[str | int], *, is_total: bool) -> str:
    """Return the key of what the further steps of a path name within a question, "" where they lead nowhere."""
    steps = [step for step in rest if isinstance(step, str)]
    if not rest or steps == ["length"]:
        return question.name
    if isinstance(question, RepeatQuestion) or is_total:
        return _column(outline, question, steps)
    if isinstance(question, TableQuestion):
        rows = {str(row.value) for row in question.rows}
        if rows and isinstance(rest[0], str):
            return _column(outline, question, steps[1:]) if steps[0] in rows else ""
        return _column(outline, question, steps)
    if isinstance(question, MatrixQuestion):
        return question.name if steps and steps[0] in {str(row.value) for row in question.rows} else ""
    if isinstance(question, ChoiceQuestion):
        return question.name if not steps else ""
    return question.name


def _column(outline: Outline, question: Question, steps: list[str]) -> str:
    if not steps:
        return question.name
    key = f"{question.name}.{steps[0].removesuffix(COMMENT)}"
    return key if key in outline.by_key else ""
