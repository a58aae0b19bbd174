"""Numbers of questions that are left out, given twice or out of order.

The number stands under `x-luotsi` (`number`) or, where no element has one, before the title ("7. Costs"). A gap is
explained when a section that opens by a condition claims the numbers (`numbers`: "25-39").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from luotsi.questionnaires.rules.definition import Element
from luotsi.questionnaires.rules.lint.defect import Defect, Severity
from luotsi.questionnaires.rules.lint.outline import Outline

BEFORE_TITLE = re.compile(r"\s{0,3}(\d{1,4})[.)]\s")
RANGE = re.compile(r"(\d{1,4})(?:\s?[-–]\s?(\d{1,4}))?")
FEWEST = 3  # numbered titles before they count as a numbering


@dataclass(frozen=True)
class Numbered:
    """An element with its number; `part` is what follows it, as in 7b."""

    element: Element
    number: int
    part: str = ""


def gaps(outline: Outline) -> Iterator[Defect]:
    """Yield the numbers that no question has and no section that may stay closed claims."""
    numbered = _numbered(outline)
    claimed = _claimed(outline)
    for before, after in pairwise(numbered):
        missing = [number for number in range(before.number + 1, after.number) if number not in claimed]
        if missing:
            names = (before.element.name, after.element.name)
            params = {
                "numbers": _told(missing),
                "before": before.number,
                "after": after.number,
                "count": len(missing),
            }
            yield Defect("number.gap", Severity.WARN, after.element.at, names, params)


def order(outline: Outline) -> Iterator[Defect]:
    """Yield numbers that are given twice, and numbers that go backwards."""
    known: dict[tuple[int, str], Element] = {}
    last: Numbered | None = None
    for here in _numbered(outline):
        if (first := known.setdefault((here.number, here.part), here.element)) is not here.element:
            params: dict[str, object] = {
                "number": f"{here.number}{here.part}",
                "other": first.name,
                "name": here.element.name,
            }
            yield Defect("number.twice", Severity.WARN, here.element.at, (first.name, here.element.name), params)
        elif last is not None and here.number < last.number:
            params = {"number": here.number, "before": last.number, "name": here.element.name}
            yield Defect("number.order", Severity.WARN, here.element.at, (here.element.name,), params)
        last = here


def _numbered(outline: Outline) -> list[Numbered]:
    elements = [entry.element for entry in outline.entries if isinstance(entry.element, Element)]
    marked = [element for element in elements if "number" in element.x]
    if not marked:
        titled = [(element, BEFORE_TITLE.match(_title(element))) for element in elements]
        found = [Numbered(element, int(match[1])) for element, match in titled if match]
        return found if len(found) >= FEWEST else []
    told = [_number(element, str(element.x["number"])) for element in marked]
    return [number for number in told if number is not None]


def _title(element: Element) -> str:
    return element.title.in_language("fi").text


def _number(element: Element, told: str) -> Numbered | None:
    match = re.fullmatch(r"\s?(\d{1,4})([a-zåäö.\d]{0,6})\s?", told[:20].lower())
    return Numbered(element, int(match[1]), match[2]) if match else None


def _claimed(outline: Outline) -> set[int]:
    """Return the numbers that sections with a condition claim."""
    found: set[int] = set()
    for entry in outline.containers:
        element = entry.element
        if not isinstance(element, Element) or not _is_conditional(element):
            continue
        for first, last in RANGE.findall(str(element.x.get("numbers", ""))[:200]):
            found.update(range(int(first), min(int(last or first), int(first) + 1_000) + 1))
    return found


def _is_conditional(element: Element) -> bool:
    """Return True for a section that may stay closed, itself or in all that it holds."""
    if element.visible_if:
        return True
    inside = [held for held in getattr(element, "elements", ()) if not _is_words(held)]
    return bool(inside) and all(held.visible_if for held in inside)


def _is_words(element: Element) -> bool:
    return getattr(element, "kind", "") == "html"


def _told(numbers: list[int]) -> str:
    """Return numbers as ranges: 14, 25–39."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:20])


CHECKS = (gaps, order)
