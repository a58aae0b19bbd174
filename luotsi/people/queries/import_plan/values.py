"""Reads the cells of one row into values, with a sentence for every cell that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.people.queries.import_plan.columns import plain
from luotsi.people.rules import OID, Kind

if TYPE_CHECKING:
    from luotsi.people.queries.import_plan.sheet import Line
    from luotsi.people.queries.import_plan.world import Known, World

NAMES = ("name_fi", "name_sv", "name_en")
LONGEST_NAME = 200
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_SCHOOL_YEAR = re.compile(r"(\d{4})\s*[-/–]\s*(?:\d{2}|\d{4})", re.ASCII)

KIND_WORDS = {
    Kind.REGION: ("region", "kaupunkiseutu", "seutu", "stadsregion", "city region"),
    Kind.PROVIDER: (
        "provider", "education provider", "järjestäjä", "koulutuksen järjestäjä", "opetuksen järjestäjä", "kunta",
        "anordnare", "utbildningsanordnare", "kommun", "municipality",
    ),
    Kind.INSTITUTION: (
        "institution", "school", "oppilaitos", "koulu", "lukio", "läroanstalt", "skola", "gymnasium",
    ),
    Kind.GROUP: ("group", "class", "ryhmä", "luokka", "grupp", "klass"),
}  # fmt: skip
_KINDS = {plain(word): kind for kind, words in KIND_WORDS.items() for word in words}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row: the cell (its column, "" for the whole row), what it holds, a full sentence."""

    number: int
    column: str
    field: str
    value: str
    message: str


@dataclass(eq=False)
class Draft:
    """One row on its way to becoming a unit: the known unit it speaks of, if any, and the unit above it."""

    line: Line
    kind: Kind | None = None
    known: Known | None = None
    parent: Known | Draft | None = None
    values: dict[str, str | date] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return a value as text; "" when the row does not give it."""
        return str(self.values.get(name, ""))

    def day(self, name: str) -> date | None:
        """Return a day that was read."""
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    def raw(self, name: str) -> str:
        """Return what the cell holds, as it was written."""
        entry = self.line.cells.get(name)
        return entry.text if entry else ""

    def complain(self, name: str, message: str) -> None:
        """Add a problem at the cell of the field."""
        entry = self.line.cells.get(name)
        column, value = (entry.column, entry.text) if entry else ("", "")
        self.problems.append(Problem(self.line.number, column, name, value, message))

    @property
    def title(self) -> str:
        """What the row calls itself."""
        return next((self.text(name) for name in NAMES if self.text(name)), "")


def draft_of(line: Line, world: World) -> Draft:
    """Return the row with every cell read or complained about."""
    draft = Draft(line)
    for name, reader in READERS.items():
        if name in line.cells:
            reader(draft, name, line.cells[name].text, world)
    for entry in line.loose:
        draft.problems.append(
            Problem(
                line.number,
                entry.column,
                "",
                entry.text,
                _("The cell is filled but its column has no heading. Check that the row has not slipped."),
            )
        )
    if draft.kind is None and "kind" not in line.cells:
        draft.kind = _guessed(draft)
    return draft


def _guessed(draft: Draft) -> Kind | None:
    """Return the kind that the codes of a row without a kind give away."""
    codes = {"institution_number", "institution_type", "provider_name"}
    return Kind.INSTITUTION if codes & set(draft.line.cells) else None


def _kind(draft: Draft, name: str, text: str, world: World) -> None:
    draft.kind = _KINDS.get(plain(text))
    if draft.kind is None:
        draft.complain(name, _("The kind is not known. Write provider, institution or group."))


def _name(draft: Draft, name: str, text: str, world: World) -> None:
    if len(text) > LONGEST_NAME:
        draft.complain(name, _("The name is longer than %(count)s letters.") % {"count": LONGEST_NAME})
    elif not text.isprintable():
        draft.complain(name, _("The name has letters that cannot be shown."))
    else:
        draft.values[name] = text


def _municipality(draft: Draft, name: str, text: str, world: World) -> None:
    number = text.zfill(3) if text.isascii() and text.isdigit() else text
    if number in world.municipalities:
        draft.values[name] = number
    else:
        draft.complain(name, _("There is no municipality with this number."))


def _institution(draft: Draft, name: str, text: str, world: World) -> None:
    if text.isascii() and text.isdigit() and 3 <= len(text) <= 5:
        draft.values[name] = text.zfill(5)
    else:
        draft.complain(name, _("Write the institution number as five digits."))


def _type(draft: Draft, name: str, text: str, world: World) -> None:
    code = world.types.get(text.casefold()) or world.types.get(text.split(" ", 1)[0].casefold())
    if code:
        draft.values[name] = code
    else:
        draft.complain(name, _("There is no type of institution with this code or name."))


def _oid(draft: Draft, name: str, text: str, world: World) -> None:
    if re.fullmatch(OID, text):
        draft.values[name] = text
    else:
        draft.complain(name, _("Write the OID as 1.2.246.562.10. followed by digits."))


def _day(draft: Draft, name: str, text: str, world: World) -> None:
    if day := day_of(text):
        draft.values[name] = day
    else:
        draft.complain(name, _("The day cannot be read. Write it as 1.8.2026."))


def day_of(text: str) -> date | None:
    """Return the day of 1.8.2026, 2026-08-01 or a moment of that day; None when it is no day of 1900 to 2199."""
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _YEAR_FIRST.fullmatch(text.split(" ", 1)[0].split("T", 1)[0]):
        year, month, day = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day) if 1900 <= year < 2200 else None
    except ValueError:
        return None


def _school_year(draft: Draft, name: str, text: str, world: World) -> None:
    if found := _SCHOOL_YEAR.fullmatch(text):
        draft.values.setdefault("valid_from", date(int(found[1]), 8, 1))


def _as_it_is(draft: Draft, name: str, text: str, world: World) -> None:
    draft.values[name] = text


READERS: dict[str, Callable[[Draft, str, str, World], None]] = {
    "kind": _kind,
    "name_fi": _name,
    "name_sv": _name,
    "name_en": _name,
    "municipality_number": _municipality,
    "institution_number": _institution,
    "institution_type": _type,
    "oid": _oid,
    "valid_from": _day,
    "valid_to": _day,
    "school_year": _school_year,
    "key": _as_it_is,
    "parent": _as_it_is,
    "provider_name": _as_it_is,
    "provider_code": _as_it_is,
}
