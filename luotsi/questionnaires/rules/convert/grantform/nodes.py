"""Reads the nodes of a form into pages: themes as pages, other wrappers as sections, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from luotsi.questionnaires.rules.convert.grantform import budget, repeats
from luotsi.questionnaires.rules.convert.grantform.fields import question_of, rest, shared
from luotsi.questionnaires.rules.convert.grantform.form import (
    INFO,
    Data,
    Form,
    Known,
    children,
    kind,
    markup,
)

THEME = "theme"
DEEPEST = 6
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}


def pages_of(form: Form, content: list[Any]) -> list[Data]:
    """Return the pages of a form: each theme is one, and what stands between them goes on one of its own."""
    pages: list[Data] = []
    loose: Data | None = None
    for place, node in enumerate(content):
        at = f"/content/{place}"
        if not isinstance(node, Mapping):
            form.lost(at, "element", "", type(node).__name__)
            continue
        if kind(node) == THEME:
            loose = None
            name = form.name(node)
            rest(form, node, at, name)
            page: Data = {"name": name, **shared(node), "elements": []}
            form.keep(node, Known(page, name))
            page["elements"] = list(_inside(form, node, at, 1))
            pages.append(page)
            continue
        made = list(_made(form, node, at, 1))
        if made and loose is None:
            loose = {"name": form.name({"id": f"page{len(pages) + 1}"}), "elements": []}
            pages.append(loose)
        if loose is not None:
            loose["elements"] += made
    return pages


def _inside(form: Form, node: Mapping[str, Any], at: str, depth: int) -> Iterator[Data]:
    for place, child in enumerate(children(node)):
        here = f"{at}/children/{place}"
        if isinstance(child, Mapping):
            yield from _made(form, child, here, depth)
        else:
            form.lost(here, "element", "", type(child).__name__)


def _made(form: Form, node: Mapping[str, Any], at: str, depth: int) -> Iterator[Data]:
    """Yield what becomes of a node: nothing, one element, or what a wrapper holds where it stands too deep."""
    match kind(node, "fieldClass"):
        case "wrapperElement":
            yield from _wrapped(form, node, at, depth)
        case "formField":
            if kind(node) == budget.OWN:
                made = budget.own_share_of(form, node, at)
            else:
                made = question_of(form, node, at, form.name(node))
            form.keep(node, Known(made, made["name"], made["type"] == "checkbox"))
            yield made
        case "infoElement":
            yield from _told(form, node, at)
        case other:
            form.lost(at, "element", kind(node, "id"), other or "?")


def _wrapped(form: Form, node: Mapping[str, Any], at: str, depth: int) -> Iterator[Data]:
    match kind(node):
        case repeats.GROWING:
            made = repeats.repeat_of(form, node, at, lambda *told: _in_repeat(*told, depth=depth + 1))
        case budget.LIST:
            made = budget.table_of(form, node, at)
        case budget.SUMMARY:
            yield from _summary(form, node, at)
            return
        case _ if depth > DEEPEST:
            form.lost(at, "changed", kind(node, "id"), kind(node))
            yield from _inside(form, node, at, depth)
            return
        case _:
            name = form.name(node)
            rest(form, node, at, name)
            made = {"type": "panel", "name": name, **shared(node), "elements": []}
            form.keep(node, Known(made, name))
            made["elements"] = list(_inside(form, node, at, depth + 1))
            yield made
            return
    form.keep(node, Known(made, made["name"]))
    yield made


def _in_repeat(form: Form, node: Mapping[str, Any], at: str, around: str, *, depth: int) -> Data | None:
    """Return what stands in fields that grow and is no field itself, as a section."""
    before = set(form.known)
    found = list(_made(form, node, at, depth))
    for key in set(form.known) - before:
        known = form.known[key]
        form.known[key] = Known(known.data, known.name, known.is_many, around, "panel")
    if len(found) < 2:
        return found[0] if found else None
    return {"type": "panel", "name": form.name(node), "elements": found}


def _summary(form: Form, node: Mapping[str, Any], at: str) -> Iterator[Data]:
    """Yield the own financing of a summary; what it works out itself is worked out here by the tables."""
    own: list[Data] = []
    for field, place in budget.own_shares_in(node, at):
        made = budget.own_share_of(form, field, place)
        form.keep(field, Known(made, made["name"]))
        own.append(made)
    name = form.name(node)
    rest(form, node, at, name)
    if not own:
        form.lost(at, "element", name, kind(node))
    for number, child in enumerate(children(node)):
        held = child if isinstance(child, Mapping) else {}
        if kind(held) != budget.OWN and not list(budget.own_shares_in(held, "")):
            form.lost(f"{at}/children/{number}", "element", kind(held, "id"), kind(held) or "?")
    panel: Data = {"type": "panel", "name": name, **shared(node), "elements": own}
    form.keep(node, Known(panel, name))
    if own:
        yield panel


def _told(form: Form, node: Mapping[str, Any], at: str) -> Iterator[Data]:
    """Yield words that only tell something."""
    name = form.name(node)
    told = markup(node.get("text") or node.get("label"), HEADINGS.get(kind(node), "p"))
    rest(form, node, at, name)
    if not told:
        form.lost(at, "element", name, kind(node) or INFO)
        return
    made: Data = {"type": "html", "name": name, "html": told}
    form.keep(node, Known(made, name))
    yield made
