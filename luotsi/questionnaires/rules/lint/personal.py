"""Data about persons: without purpose or retention, or asked for without being marked as such."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from luotsi.questionnaires.rules.definition import Column, Element, TextQuestion
from luotsi.questionnaires.rules.lint.defect import Defect, Severity
from luotsi.questionnaires.rules.lint.outline import Entry, Outline

MARK = "personal_data"
NEEDED = ("purpose", "retention")
INPUTS = {"email", "tel"}
# What a browser may fill in by itself about the person who sits at it.
FILLED_IN = {"name", "given-name", "family-name", "email", "tel", "bday", "street-address", "honorific-prefix"}
NAMES = re.compile(
    r"(?:^|[_\-.\s])(?:given_?name|family_?name|first_?name|last_?name|full_?name|surname|e_?mail|phone|mobile"
    r"|birth_?(?:day|date)|ssn|hetu|etunimi|sukunimi|puhelin|sahkoposti|henkilotunnus|fornamn|efternamn|telefon|epost)"
    r"(?:$|[_\-.\s\d])",
    re.I,
)
TITLES = re.compile(
    r"\b(?:etunim|sukunim|puhelin(?:numero)?\b|matkapuhelin|sähköposti|henkilötunnus|syntymäaika|kotiosoite"
    r"|yhteyshenkilön nimi|henkilön nimi|förnamn|efternamn|telefonnummer|e-post|personbeteckning|födelse(?:tid|datum)"
    r"|hemadress|kontaktpersonens namn|first name|last name|full name|family name|given name|surname|phone number"
    r"|e-mail|email|date of birth|home address|personal identity|name of the contact)",
    re.I,
)


def incomplete(outline: Outline) -> Iterator[Defect]:
    """Yield marks of personal data that do not say what for, or how long."""
    for entry in outline.entries:
        mark = entry.element.x.get(MARK)
        if mark is None or mark is False:
            continue
        lacking = [key for key in NEEDED if not _says(mark, key) and not _says(_above(entry), key)]
        for key in lacking:
            params = {"name": entry.element.name, "lacking": key}
            yield Defect(f"personal.without_{key}", Severity.ERROR, entry.element.at, (entry.element.name,), params)


def unmarked(outline: Outline) -> Iterator[Defect]:
    """Yield inputs for addresses, numbers and names of persons that neither they nor their section mark."""
    for entry in outline.entries:
        element = entry.element
        if MARK in element.x or _above(entry) is not None or not _asks_for_person(element):
            continue
        yield Defect("personal.unmarked", Severity.WARN, element.at, (element.name,), {"name": element.name})


def _says(mark: Any, key: str) -> bool:
    told = mark.get(key) if isinstance(mark, Mapping) else None
    return bool(told) and (isinstance(told, Mapping) or (isinstance(told, str) and bool(told.strip())))


def _above(entry: Entry) -> Any:
    """Return the mark of the nearest section that has one, None where none has; false there frees what it holds."""
    return next((held.x[MARK] for held in reversed(entry.within) if MARK in held.x), None)


def _asks_for_person(element: Element | Column) -> bool:
    field = element.cell if isinstance(element, Column) else element
    if not isinstance(field, TextQuestion):
        return False
    if field.input_type in INPUTS or str(field.other.get("autocomplete", "")) in FILLED_IN:
        return True
    if field.is_number or (field.is_time and not NAMES.search(field.name)):
        return False
    return bool(NAMES.search(element.name)) or any(TITLES.search(said[:500]) for said in element.title.texts.values())


CHECKS = (incomplete, unmarked)
