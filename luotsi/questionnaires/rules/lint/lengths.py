"""Limits of length: told in the text but not kept, told otherwise than kept, or missing where others have one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luotsi.questionnaires.rules.definition import Column, Element, Kind, Panel, TextQuestion
from luotsi.questionnaires.rules.lint.defect import Defect, Severity
from luotsi.questionnaires.rules.lint.outline import Entry, Outline

SIGNS = re.compile(
    r"(\d{1,3}(?:[ \u00a0\u202f.,]\d{3}){1,2}|\d{1,7})[ \u00a0\u202f]?(?:merkki|merkin|tecken|characters?|chars?\b)",
    re.I,
)
LEAST = re.compile(r"(?:vähintään|minimi|ainakin|minst|at least|minimum)[^.;]{0,20}$", re.I)
ENOUGH = 2  # questions with a limit before one without it looks forgotten


def told(outline: Outline) -> Iterator[Defect]:
    """Yield limits that a title or description tells but the field does not keep, or keeps otherwise."""
    for entry in outline.entries:
        field = field_of(entry.element)
        if field is None:
            continue
        limits = limits_told(field)
        kept = limit_of(field)
        if len(set(limits)) > 1:
            params: dict[str, object] = {"name": field.name, "told": " / ".join(map(str, dict.fromkeys(limits)))}
            yield Defect("limit.contradicts", Severity.WARN, field.at, (field.name,), params)
        elif limits and kept is None:
            params = {"name": field.name, "told": limits[0]}
            yield Defect("limit.not_kept", Severity.WARN, field.at, (field.name,), params)
        elif limits and kept != limits[0]:
            params = {"name": field.name, "told": limits[0], "kept": kept}
            yield Defect("limit.differs", Severity.WARN, field.at, (field.name,), params)


def missing(outline: Outline) -> Iterator[Defect]:
    """Yield long texts without any limit where the long texts beside them, or most of them, have one."""
    fields = [(entry, entry.element) for entry in outline.questions if isinstance(entry.element, TextQuestion)]
    long = [(entry, field) for entry, field in fields if field.kind is Kind.COMMENT and not field.read_only]
    limited = [(entry, field) for entry, field in long if limit_of(field) is not None]
    for entry, field in long:
        if limit_of(field) is not None or limits_told(field):
            continue
        beside = [other for place, other in limited if _holder(place) == _holder(entry)]
        others = beside or ([other for _place, other in limited] if len(limited) * 2 >= len(long) else [])
        if len(beside) >= 1 or len(others) >= ENOUGH:
            params = {
                "name": field.name,
                "others": ", ".join(other.name for other in others[:5]),
                "limits": ", ".join(str(limit) for limit in sorted({limit_of(other) or 0 for other in others})[:5]),
            }
            yield Defect("limit.missing", Severity.WARN, field.at, (field.name,), params)


def field_of(element: Element | Column) -> TextQuestion | None:
    """Return the field of text that an element, or the cells of a column, are; None for numbers, days and others."""
    question = element.cell if isinstance(element, Column) else element
    if isinstance(question, TextQuestion) and not question.is_number and not question.is_time:
        return question
    return None


def limit_of(field: TextQuestion) -> int | None:
    """Return the most characters a field takes, by its own key or by a check of its length."""
    limits = [int(check.maximum) for check in field.validators if check.kind == "text" and check.maximum]
    if field.max_length is not None:
        limits.append(field.max_length)
    return min(limits, default=None)


def limits_told(field: TextQuestion) -> list[int]:
    """Return the limits that title and description tell, in every language."""
    found = []
    for text in (field.title, field.description):
        for said in text.texts.values():
            for match in SIGNS.finditer(said[:5_000]):
                if not LEAST.search(said[max(0, match.start() - 40) : match.start()]):
                    found.append(int(re.sub(r"\D", "", match[1])))
    return found


def _holder(entry: Entry) -> str:
    """Return the place of the section that an element stands in: the nearest with a title, else the page."""
    return next((held.at for held in reversed(entry.within) if isinstance(held, Panel) and held.title), "")


CHECKS = (told, missing)
