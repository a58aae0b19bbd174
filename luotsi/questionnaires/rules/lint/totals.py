"""Titles that promise a total where nothing is added up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luotsi.questionnaires.rules.definition import (
    Column,
    Element,
    ExpressionQuestion,
    Panel,
    RepeatQuestion,
    TableQuestion,
    TextQuestion,
    walk,
)
from luotsi.questionnaires.rules.lint.defect import Defect, Severity
from luotsi.questionnaires.rules.lint.naming import uses_at
from luotsi.questionnaires.rules.lint.outline import Outline
from luotsi.questionnaires.rules.texts import Localised

TOTAL = re.compile(r"\b(?:yhteensä|loppusumma|kokonaissumma|totalt|sammanlagt|totalsumma|total)\b", re.I)


def promised(outline: Outline) -> Iterator[Defect]:
    """Yield tables and sections whose title says total though no column, expression or value adds them up."""
    added = _added_up(outline)
    for entry in outline.entries:
        element = entry.element
        if isinstance(element, Column) or not (word := says_total(element.title)) or element.name in added:
            continue
        if _lacks_total(element):
            yield Defect(
                "total.missing", Severity.WARN, element.at, (element.name,), {"name": element.name, "word": word}
            )


def says_total(text: Localised) -> str:
    """Return the word by which a text promises a total, "" where it promises none."""
    for said in text.texts.values():
        if match := TOTAL.search(said[:2_000]):
            return match[0]
    return ""


def _added_up(outline: Outline) -> set[str]:
    """Return the names of tables that an expression outside them makes a value of."""
    found = set()
    for site in outline.sites:
        if site.slot == "expression":
            found |= {use.key.split(".")[0] for use in uses_at(outline, site) if use.key}
    return found


def _lacks_total(element: Element) -> bool:
    if isinstance(element, TableQuestion):
        return not element.has_totals and any(_is_figure(column.cell) for column in element.columns)
    if isinstance(element, RepeatQuestion):
        return any(_is_figure(held) for held in walk(element.elements))
    if isinstance(element, Panel):
        held = list(walk(element.elements))
        sums = any(
            isinstance(one, ExpressionQuestion) or (isinstance(one, TableQuestion) and one.has_totals) for one in held
        )
        return not sums and sum(_is_figure(one) for one in held) > 1
    return False


def _is_figure(element: Element) -> bool:
    return isinstance(element, TextQuestion) and element.is_number


CHECKS = (promised,)
