"""Sections of one kind that differ in structure: what most of them ask and one does not.

Sections are siblings when they stand side by side and look alike: either every one of them opens by the same question,
or they ask for the same things. What a question asks for is told by its role; where it has none, by its kind, which
proves less: without roles and without a question that opens them all, three sections must be nearly the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from luotsi.questionnaires.rules.definition import (
    Element,
    Panel,
    Question,
    RepeatQuestion,
    TableQuestion,
    TextQuestion,
)
from luotsi.questionnaires.rules.lint.defect import Defect, Severity
from luotsi.questionnaires.rules.lint.naming import uses_at
from luotsi.questionnaires.rules.lint.outline import Outline

LEAST = 3  # things that a section asks for before it is compared
ALIKE = 0.5  # of what two sections ask for together, without a question that opens both
GOVERNED = 0.3  # the same, where one question opens both
SAME = 0.8  # the same, where nothing but kinds is known
MANY, LARGE = 3, 4  # sections, and things in each, where nothing but kinds is known
KIND = "kind "
FEW, MOST = 5, 60  # sections that one is compared with, and that are compared at all


def parity(outline: Outline) -> Iterator[Defect]:
    """Yield what a section lacks that most of its siblings have."""
    opened_by = _governors(outline)
    for sections in _side_by_side(outline):
        shapes = {section.at: _shape(section) for section in sections}
        for group in _groups(sections, shapes, opened_by):
            yield from _lacking(group, shapes)


def _side_by_side(outline: Outline) -> Iterator[list[Panel]]:
    """Yield the sections that stand in the same place, in order: the pages, then the panels of each holder."""
    found: dict[str, list[Panel]] = defaultdict(list)
    for entry in outline.containers:
        if isinstance(entry.element, Panel):
            found[entry.within[-1].at if entry.within else ""].append(entry.element)
    yield from found.values()


def _governors(outline: Outline) -> dict[str, frozenset[str]]:
    """Return for each section the questions that its condition asks."""
    return {
        site.part.at: frozenset(use.key for use in uses_at(outline, site) if use.key)
        for site in outline.sites
        if site.slot == "visible_if"
    }


def _shape(section: Panel) -> Counter[str]:
    """Return what a section asks for and how often."""
    found: Counter[str] = Counter()
    waiting = list(section.elements)
    while waiting:
        element = waiting.pop(0)
        if told := _asks_for(element):
            found[told] += 1
        elif isinstance(element, Panel):
            waiting[:0] = element.elements
    return found


def _asks_for(element: Element) -> str:
    """Return a word for what an element asks for: its role, else its kind; "" for a panel without a role."""
    role = element.x.get("role")
    if isinstance(role, str) and role:
        return role
    if not isinstance(element, Question) or not element.is_answered:
        return ""
    if isinstance(element, TextQuestion) and element.kind == "text":
        return f"{KIND}{element.input_type}"
    if isinstance(element, TableQuestion):
        return f"{KIND}{element.kind} {len(element.columns)} {len(element.rows)}"
    if isinstance(element, RepeatQuestion):
        return f"{KIND}{element.kind} {len(element.elements)}"
    return f"{KIND}{element.kind}"


def _groups(
    sections: list[Panel], shapes: dict[str, Counter[str]], opened_by: dict[str, frozenset[str]]
) -> Iterator[list[Panel]]:
    """Yield the sections that are siblings, at least two together."""
    left = [section for section in sections if shapes[section.at].total() >= LEAST]
    while left:
        first, *others = left
        opener, group, by_kind = opened_by.get(first.at), [first], not _roles(shapes[first.at])
        for other in others:
            together = bool(opener) and opener == opened_by.get(other.at)
            enough = GOVERNED if together else SAME if by_kind else ALIKE
            if any(_likeness(shapes[held.at], shapes[other.at]) >= enough for held in group[:FEW]):
                group.append(other)
        taken = {section.at for section in group}
        left = [section for section in left if section.at not in taken]
        if len(group) > 1 and (opener or not by_kind or _is_plain(group, shapes)):
            yield group[:MOST]


def _is_plain(group: list[Panel], shapes: dict[str, Counter[str]]) -> bool:
    """Return True where sections without roles are so many and so large that likeness is no chance."""
    return len(group) >= MANY and all(shapes[section.at].total() >= LARGE for section in group)


def _roles(shape: Counter[str]) -> Counter[str]:
    return Counter({word: count for word, count in shape.items() if not word.startswith(KIND)})


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of common things in all that two sections ask for, 0 to 1; roles count before kinds."""
    if not one.keys() & other.keys():
        return 0.0
    if _roles(one) and _roles(other):
        one, other = _roles(one), _roles(other)
    together = (one | other).total()
    return (one & other).total() / together if together else 0.0


def _lacking(group: list[Panel], shapes: dict[str, Counter[str]]) -> Iterator[Defect]:
    """Yield a defect for each thing that at least half of the sections, and at least one other, ask for oftener."""
    words = dict.fromkeys(word for section in group for word in shapes[section.at])
    for section in group:
        for word in words:
            counts = [shapes[other.at][word] for other in group if other is not section]
            usual = sorted(counts)[len(counts) // 2] if len(counts) > 1 else counts[0]
            having = [other for other in group if other is not section and shapes[other.at][word] >= max(usual, 1)]
            missing = usual - shapes[section.at][word]
            if missing > 0 and _is_rule(len(having), len(group)):
                yield Defect(
                    "section.lacks",
                    Severity.WARN,
                    section.at,
                    (section.name, *(other.name for other in having)),
                    {
                        "name": section.name,
                        "lacking": word.removeprefix(KIND),
                        "others": ", ".join(other.name for other in having),
                        "count": missing,
                    },
                )


def _is_rule(having: int, of: int) -> bool:
    """Return True where so many sections ask for something that one without it looks forgotten."""
    return having * 2 >= of


CHECKS = (parity,)
