"""Sheets of groups and of hours away: read and judged beside the documents, written after them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import connection

from luotsi.base import bulk
from luotsi.base.sheets import SheetRefused, read_plain
from luotsi.base.uploads import CSV, Upload
from luotsi.learning.actions.intake.refusals import Faults
from luotsi.learning.actions.intake.sorting import digest_of
from luotsi.learning.engine.deliveries import Place, Sheet
from luotsi.learning.models import Absence, Learner, Placement, StudyImport, StudyRight
from luotsi.learning.rules.scrubbing import is_welfare
from luotsi.learning.rules.study_sheets import GROUPS, HOURS, Away, InGroup, column_of, columns_of, rows_of
from luotsi.people.models import Unit
from luotsi.people.rules import Kind

BATCH = 500
DAY = timedelta(days=1)
type Who = tuple[str, str]
type Weeks = dict[date, Away]


@dataclass
class Sheets:
    """What the sheets of a delivery tell, by learner (OID, digest of the identity code)."""

    groups: dict[Who, list[tuple[InGroup, UUID]]] = field(default_factory=dict)
    hours: dict[Who, Weeks] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """Who and what sheets may name: learners by OID and digest, groups by key and name."""

    oids: frozenset[str]
    identities: frozenset[str]
    groups: dict[str, UUID]


def groups_of(provider: Unit) -> dict[str, UUID]:
    """Return the groups of a provider by their keys, and by their names where a name is that of one only."""
    told = list(Unit.objects.under(provider).filter(kind=Kind.GROUP).values_list("pk", "key", "name_fi", "name_sv"))
    names = Counter(name.casefold() for _pk, _key, *both in told for name in set(both) if name)
    found = {name.casefold(): pk for pk, _key, *both in told for name in both if names[name.casefold()] == 1}
    return found | {key: pk for pk, key, *_both in told}


def read_sheet(sheet: Sheet, known: Known, on: date, into: Sheets, faults: Faults) -> None:
    """Read a sheet; what is wrong with it is told with its row and column."""
    upload = Upload(CSV, sheet.file, sheet.data, hashlib.sha256(sheet.data).hexdigest())
    try:
        table = read_plain(upload, knows=column_of)
    except SheetRefused as refused:
        faults.tell(Place(sheet.file), "sheet", refused)
        return
    columns = columns_of(table.header)
    for name in table.header:
        if is_welfare(name):
            faults.tell(Place(sheet.file, table.first_row - 1, name), "welfare")
    if not (columns.keys() >= GROUPS or columns.keys() >= HOURS):
        faults.tell(Place(sheet.file), "unknown_sheet", ", ".join(table.header)[:120])
        return
    for told in rows_of(columns, table.rows, table.first_row):
        if isinstance(told, tuple):
            number, fault = told
            faults.tell(Place(sheet.file, number, fault.at), fault.code, fault.found)
        else:
            _take(told, Place(sheet.file, told.row), known, on, into, faults)


def _take(told: InGroup | Away, place: Place, known: Known, on: date, into: Sheets, faults: Faults) -> None:
    who = (told.oid, digest_of(told.identity))
    if who[0] not in known.oids and who[1] not in known.identities:
        faults.leave_out(place, "unknown_learner", told.oid)
    elif isinstance(told, InGroup):
        group = known.groups.get(told.group) or known.groups.get(told.group.casefold())
        if group is None:
            faults.tell(Place(place.file, place.line, "group"), "unknown_group", told.group)
        else:
            into.groups.setdefault(who, []).append((told, group))
    elif told.week > on:
        faults.tell(Place(place.file, place.line, "week"), "after_the_extract", told.week)
    else:
        before = into.hours.setdefault(who, {}).setdefault(told.week, told)
        if (before.hours, before.unexcused, before.lessons) != (told.hours, told.unexcused, told.lessons):
            faults.tell(Place(place.file, place.line, "week"), "contradictory", before.row)


def write_sheets(provider: Unit, source: StudyImport, on: date, sheets: Sheets) -> Counter[str]:
    """Write groups, then hours away; return how many rows of each are new or changed."""
    counts: Counter[str] = Counter()
    if not sheets.groups and not sheets.hours:
        return counts
    by: dict[str, UUID] = {}  # OIDs and digests never look alike
    for pk, *codes in Learner.objects.filter(provider=provider).values_list("pk", "oid", "identity"):
        by |= {code: pk for code in codes if code}
    groups: dict[UUID, list[tuple[InGroup, UUID]]] = {}
    for (oid, identity), rows in sheets.groups.items():
        groups.setdefault(by.get(oid) or by[identity], []).extend(rows)
    hours: dict[UUID, Weeks] = {}
    for (oid, identity), weeks in sheets.hours.items():
        hours.setdefault(by.get(oid) or by[identity], {}).update(weeks)
    for some in batched(groups.items(), BATCH):
        counts["groups"] += _write_groups(dict(some), on)
    for few in batched(hours.items(), BATCH):
        counts["absences"] += _write_hours(dict(few), source, on)
    return counts


def _write_groups(told: dict[UUID, list[tuple[InGroup, UUID]]], on: date) -> int:
    standing: dict[UUID, list[Placement]] = {}
    for one in Placement.objects.filter(learner_id__in=list(told)).order_by("since"):
        standing.setdefault(one.learner_id, []).append(one)
    new: list[Placement] = []
    ended: dict[UUID, Placement] = {}
    for pk, rows in told.items():
        placements = standing.setdefault(pk, [])
        for row, group in sorted(rows, key=lambda one: one[0].since):
            _place(pk, row, group, placements, new, ended)
    Placement.objects.bulk_update(ended.values(), ["until"], batch_size=BATCH)
    Placement.objects.bulk_create(new, batch_size=BATCH)
    _move({pk: standing[pk] for pk in told}, on)
    return len(new) + len(ended)


def _place(
    pk: UUID,
    row: InGroup,
    group: UUID,
    placements: list[Placement],
    new: list[Placement],
    ended: dict[UUID, Placement],
) -> None:
    """Add a time in a group; what was open before it ends on the day before."""
    same = next((one for one in placements if (one.group_id, one.since) == (group, row.since)), None)
    if same is not None:
        if row.until is not None and same.until != row.until:
            same.until = row.until
            _ended(same, new, ended)
        return
    before = [one for one in placements if one.since < row.since and (one.until is None or one.until >= row.since)]
    for one in before:
        one.until = row.since - DAY
        _ended(one, new, ended)
    after = min((one.since for one in placements if one.since > row.since), default=None)
    until = row.until if after is None else min(row.until or after - DAY, after - DAY)
    placed = Placement(learner_id=pk, group_id=group, since=row.since, until=until)
    placements.append(placed)
    new.append(placed)


def _ended(one: Placement, new: list[Placement], ended: dict[UUID, Placement]) -> None:
    if one not in new:
        ended[one.pk] = one


def _move(standing: dict[UUID, list[Placement]], on: date) -> None:
    """Let each learner be where they are after the day: in the group, else at the school of the last right.

    Whose last day in a group it is leaves it now: no later delivery tells of them.
    """
    schools = dict(
        StudyRight.objects.known()
        .filter(learner_id__in=list(standing))
        .order_by("starts_on")
        .values_list("learner_id", "unit_id")
    )
    changed = []
    for learner in Learner.objects.filter(pk__in=list(standing)).only("unit_id"):
        now = [one for one in standing[learner.pk] if one.since <= on and (one.until is None or one.until > on)]
        unit = max(now, key=lambda one: one.since).group_id if now else schools.get(learner.pk)
        if unit and unit != learner.unit_id:
            learner.unit_id = unit
            changed.append(learner)
    Learner.objects.bulk_update(changed, ["unit"], batch_size=BATCH)


def _write_hours(told: dict[UUID, Weeks], source: StudyImport, on: date) -> int:
    """Add hours that nobody told before, or that are told otherwise now: both are kept with their days."""
    weeks = [week for some in told.values() for week in some]
    latest: dict[tuple[UUID, date], Absence] = {}
    for one in Absence.objects.filter(
        learner_id__in=list(told), week__gte=min(weeks), week__lte=max(weeks), known_from__lte=on
    ).order_by("known_from"):
        latest[one.learner_id, one.week] = one
    rows, mended = [], []
    for pk, week, row in _each(told):
        before = latest.get((pk, week))
        values = (row.hours, row.unexcused, row.lessons)
        if before and (before.hours, before.unexcused, before.lessons) == values:
            continue
        if before and before.known_from == on:
            before.hours, before.unexcused, before.lessons = values
            mended.append(before)
        else:
            rows.append((_key(pk), week.isoformat(), *(None if one is None else str(one) for one in values)))
    Absence.objects.bulk_update(mended, ["hours", "unexcused", "lessons"], batch_size=BATCH)
    names = ("learner", "week", "hours", "unexcused", "lessons")
    return len(mended) + bulk.insert(Absence, names, rows, known_from=on, source=source.pk)


def _each(told: dict[UUID, Weeks]) -> Iterator[tuple[UUID, date, Away]]:
    yield from ((pk, week, row) for pk, weeks in told.items() for week, row in weeks.items())


def _key(pk: UUID) -> Any:
    return Learner._meta.pk.get_db_prep_value(pk, connection)


def known_of(provider: Unit, oids: Iterable[str], identities: Iterable[str]) -> Known:
    """Return who and what the sheets of a delivery may name."""
    return Known(frozenset(oids) - {""}, frozenset(identities) - {""}, groups_of(provider))
