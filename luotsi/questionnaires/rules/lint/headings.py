"""Headings shown where nothing is asked, and pages with nothing on them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luotsi.questionnaires.rules.definition import Element, HtmlQuestion, Panel
from luotsi.questionnaires.rules.lint.defect import Defect, Severity
from luotsi.questionnaires.rules.lint.outline import Outline, is_page

HEADING = re.compile(r"<h[1-6]\b", re.I)


def of_hidden(outline: Outline) -> Iterator[Defect]:
    """Yield sections that stay on the page by their words alone: all that they ask can be hidden.

    A page or panel without anything visible is hidden with its title; words that are always shown keep it there.
    """
    for entry in outline.containers:
        section = entry.element
        if not isinstance(section, Panel):
            continue
        always = [held for held in section.elements if not held.visible_if and held.visible]
        hidden = [held for held in section.elements if held.visible_if]
        words = [held for held in always if isinstance(held, HtmlQuestion)]
        if hidden and words and len(words) == len(always) and (section.title or _is_headed(words)):
            names = (section.name, *(held.name for held in hidden))
            params = {"name": section.name, "hidden": ", ".join(held.name for held in hidden[:10])}
            yield Defect("heading.of_hidden", Severity.WARN, section.at, names, params)


def _is_headed(words: list[HtmlQuestion]) -> bool:
    return any(HEADING.search(said) for held in words for said in held.html.texts.values())


def empty(outline: Outline) -> Iterator[Defect]:
    """Yield pages and panels that hold nothing."""
    for entry in outline.entries:
        element = entry.element
        if isinstance(element, Panel) and not element.elements:
            yield Defect(
                "page.empty" if is_page(element) else "panel.empty",
                Severity.WARN,
                element.at,
                _names(element),
                {"name": element.name},
            )


def _names(element: Element) -> tuple[str, ...]:
    return (element.name,) if element.name else ()


CHECKS = (of_hidden, empty)
