"""Sheets that stand beside study data: who is in which group from when to when, and hours away week by week."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from luotsi.learning.rules.places import Fault

MOST_HOURS = Decimal(168)
HUNDREDTH = Decimal("0.01")


class Column(StrEnum):
    """What a column holds."""

    OID = "oid"
    IDENTITY = "identity"
    GROUP = "group"
    SINCE = "since"
    UNTIL = "until"
    WEEK = "week"
    HOURS = "hours"
    UNEXCUSED = "unexcused"
    LESSONS = "lessons"


NAMES: Mapping[Column, frozenset[str]] = {
    Column.OID: frozenset({"oid", "oppijaoid", "oppijanumero", "studentnummer", "learneroid"}),
    Column.IDENTITY: frozenset({"identity", "hetu", "henkilötunnus", "personbeteckning"}),
    Column.GROUP: frozenset({"group", "ryhmä", "ryhma", "grupp", "groupkey"}),
    Column.SINCE: frozenset({"since", "alkaen", "alku", "från", "from"}),
    Column.UNTIL: frozenset({"until", "asti", "loppu", "päättyen", "till"}),
    Column.WEEK: frozenset({"week", "viikko", "vecka"}),
    Column.HOURS: frozenset({"hours", "tunnit", "poissaolot", "poissaolotunnit", "timmar", "frånvaro"}),
    Column.UNEXCUSED: frozenset({"unexcused", "luvattomat", "joistaluvattomia", "olovliga"}),
    Column.LESSONS: frozenset({"lessons", "opetustunnit", "lektioner"}),
}
BY_NAME = {name: column for column, names in NAMES.items() for name in names}
GROUPS = frozenset({Column.GROUP, Column.SINCE})
HOURS = frozenset({Column.WEEK, Column.HOURS})
FINNISH_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
WEEK_FIRST = re.compile(r"(\d{1,2})/(\d{4})", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})-?W(\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class InGroup:
    """A learner is in a group from a day until a day (None = still)."""

    row: int
    oid: str
    identity: str
    group: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Away:
    """Hours away in the week that begins on a Monday."""

    row: int
    oid: str
    identity: str
    week: date
    hours: Decimal
    unexcused: Decimal | None
    lessons: Decimal | None


def column_of(name: str) -> Column | None:
    """Return what a column holds by its heading; None when nobody knows."""
    return BY_NAME.get(re.sub(r"[\s_-]", "", name).casefold())


def columns_of(header: Sequence[str]) -> dict[Column, int]:
    """Return the place of each known column; of several of one kind the first."""
    found: dict[Column, int] = {}
    for place, name in enumerate(header):
        if column := column_of(name):
            found.setdefault(column, place)
    return found


def rows_of(
    columns: Mapping[Column, int], rows: Sequence[Sequence[str]], first_row: int
) -> Iterator[InGroup | Away | tuple[int, Fault]]:
    """Yield what the rows tell, or (row, fault) for one that cannot be read; the place of a fault is its column."""
    is_groups = columns.keys() >= GROUPS
    for number, row in enumerate(rows, start=first_row):
        cells = {column: row[place].strip() if place < len(row) else "" for column, place in columns.items()}
        if not any(cells.values()):
            continue
        faults: list[Fault] = []
        oid, identity = cells.get(Column.OID, ""), cells.get(Column.IDENTITY, "")
        if not oid and not identity:
            faults.append(Fault(Column.OID, "missing"))
        read = _in_group if is_groups else _away
        told: InGroup | Away | None = read(number, oid, identity, cells, faults)
        if faults or told is None:
            yield from ((number, fault) for fault in faults)
        else:
            yield told


def _in_group(
    number: int, oid: str, identity: str, cells: Mapping[Column, str], faults: list[Fault]
) -> InGroup | None:
    group = cells[Column.GROUP]
    if not group:
        faults.append(Fault(Column.GROUP, "missing"))
    since = _day(cells, Column.SINCE, faults)
    until = _day(cells, Column.UNTIL, faults) if cells.get(Column.UNTIL) else None
    if since and until and until < since:
        faults.append(Fault(Column.UNTIL, "backwards", until.isoformat()))
    return InGroup(number, oid, identity, group, since, until) if since else None


def _away(number: int, oid: str, identity: str, cells: Mapping[Column, str], faults: list[Fault]) -> Away | None:
    week = week_in(cells[Column.WEEK])
    if week is None:
        faults.append(Fault(Column.WEEK, "not_week" if cells[Column.WEEK] else "missing", cells[Column.WEEK]))
    hours = _hours(cells, Column.HOURS, faults)
    if hours is None and not cells[Column.HOURS]:
        faults.append(Fault(Column.HOURS, "missing"))
    unexcused, lessons = _hours(cells, Column.UNEXCUSED, faults), _hours(cells, Column.LESSONS, faults)
    if hours is not None and unexcused is not None and unexcused > hours:
        faults.append(Fault(Column.UNEXCUSED, "more_than_all", str(unexcused)))
    return Away(number, oid, identity, week, hours, unexcused, lessons) if week and hours is not None else None


def _day(cells: Mapping[Column, str], column: Column, faults: list[Fault]) -> date | None:
    text = cells.get(column, "")
    found = day_in(text)
    if found is None:
        faults.append(Fault(column, "not_day" if text else "missing", text))
    return found


def _hours(cells: Mapping[Column, str], column: Column, faults: list[Fault]) -> Decimal | None:
    text = cells.get(column, "")
    if not text:
        return None
    try:
        found = Decimal(text.replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        faults.append(Fault(column, "not_number", text))
        return None
    if not 0 <= found <= MOST_HOURS:
        faults.append(Fault(column, "no_such_hours", text))
        return None
    return found.quantize(HUNDREDTH)


def day_in(text: str) -> date | None:
    """Return the day of 2026-08-10 or 10.8.2026; None when it is none."""
    with suppress(ValueError):
        if found := FINNISH_DAY.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text[:10])
    return None


def week_in(text: str) -> date | None:
    """Return the Monday of a week that is told by a day in it, as 35/2026 or as 2026-W35; None when it is none."""
    with suppress(ValueError):
        if found := WEEK_FIRST.fullmatch(text):
            return date.fromisocalendar(int(found[2]), int(found[1]), 1)
        if found := YEAR_FIRST.fullmatch(text):
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    day = day_in(text)
    return day - timedelta(days=day.weekday()) if day else None
