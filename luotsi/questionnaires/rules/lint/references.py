"""Names that name nothing, names that differ in nothing but case, and values that depend on themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from luotsi.questionnaires.rules.definition import Element
from luotsi.questionnaires.rules.lint.defect import Defect, Severity
from luotsi.questionnaires.rules.lint.naming import uses_at
from luotsi.questionnaires.rules.lint.outline import SHOWS, VALUES, Outline


def dangling(outline: Outline) -> Iterator[Defect]:
    """Yield the names in expressions that no question, column or calculated value has."""
    for site in outline.sites:
        for use in uses_at(outline, site):
            if not use.key:
                params = {"name": use.written, "owner": site.owner}
                yield Defect("reference.unknown", Severity.ERROR, site.at, (site.owner,), params)


def in_other_case(outline: Outline) -> Iterator[Defect]:
    """Yield names that differ in case alone: expressions take the one for the other."""
    found: dict[str, str] = {}
    for entry in outline.entries:
        lower = entry.key.lower()
        if found.setdefault(lower, entry.key) != entry.key:
            names = (found[lower], entry.key)
            yield Defect("name.case", Severity.WARN, entry.element.at, names, {"name": names[1], "other": names[0]})


def circular(outline: Outline) -> Iterator[Defect]:
    """Yield the circles: whether something is shown, or what it is worth, depends on itself in the end."""
    edges = _edges(outline)
    places = {entry.key: entry.element.at for entry in outline.entries}
    places |= {name: value.at for name, value in outline.calculated.items()}
    for circle in _circles(edges):
        names = tuple(key for key in places if key in circle)
        yield Defect("reference.circular", Severity.ERROR, places[names[0]], names, {"names": " → ".join(names)})


def _edges(outline: Outline) -> dict[str, set[str]]:
    """Return for every name what its value and its being shown depend on."""
    edges: dict[str, set[str]] = defaultdict(set)
    shown: dict[str, set[str]] = defaultdict(set)
    for site in outline.sites:
        if site.slot not in VALUES | SHOWS or not (site.entry is None or site.part is _whole(site.entry.element)):
            continue
        keys = {use.key for use in uses_at(outline, site) if use.key}
        edges[site.entry.key if site.entry else site.owner] |= keys
        if site.slot in SHOWS and site.entry is not None:
            shown[site.part.at] |= keys
    for entry in outline.entries:
        for held in entry.within:
            # A name inside the section that its own condition asks makes a circle; so does one of its own rows.
            edges[entry.key] |= shown.get(held.at, set())
    return edges


def _whole(element: object) -> object:
    """Return what holds the expressions of an element: a column's stand in the question of its cells."""
    cell = getattr(element, "cell", None)
    return cell if isinstance(cell, Element) else element


def _circles(edges: dict[str, set[str]]) -> Iterator[frozenset[str]]:
    """Yield the sets of names that depend on one another, by Tarjan's walk without recursion."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    for root in list(edges):
        if root in index:
            continue
        work = [(root, iter(sorted(edges.get(root, ()))))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            here, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(sorted(edges.get(other, ())))))
                    break
                if other in on_stack:
                    low[here] = min(low[here], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[here])
                if low[here] == index[here]:
                    circle = _popped(stack, on_stack, here)
                    if len(circle) > 1 or here in edges.get(here, ()):
                        yield circle


def _popped(stack: list[str], on_stack: set[str], until: str) -> frozenset[str]:
    found = set()
    while True:
        name = stack.pop()
        on_stack.discard(name)
        found.add(name)
        if name == until:
            return frozenset(found)


CHECKS = (dangling, in_other_case, circular)
