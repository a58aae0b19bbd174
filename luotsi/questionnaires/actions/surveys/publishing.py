"""Working out what may be told of a survey that has closed: answers are read in portions, figures written once."""

from __future__ import annotations

import json
import secrets as random_source
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast

from luotsi.people.models import Unit
from luotsi.questionnaires.models import Collection, OpenAnswer, Published, Sheet
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.questionnaires.rules.surveys.counting import Counted, Figures, count, publish
from luotsi.questionnaires.rules.surveys.items import items_of

DEPTH_OF_TEXTS = 2_000  # characters of an answer in words that are told
PORTION = 5_000


@dataclass(frozen=True)
class Cell:
    """Those who answered at one unit in one language."""

    unit: UUID
    path: str
    sector: str
    language: str


@dataclass(frozen=True)
class Group:
    """A group that may be asked for: `key` as in Published; `path` of a unit."""

    kind: str
    key: str = ""
    path: str = ""
    unit: UUID | None = None

    def has(self, cell: Cell) -> bool:
        """Return True where the cell belongs to the group."""
        match self.kind:
            case Published.Kind.UNIT:
                return cell.path.startswith(self.path)
            case Published.Kind.SECTOR:
                return cell.sector == self.key
            case Published.Kind.LANGUAGE:
                return cell.language == self.key
        return True


@dataclass(frozen=True)
class Results:
    """What may be told, before it is written."""

    published: list[Published]
    texts: list[OpenAnswer]


def results_of(collection: Collection, told: Callable[[int], None]) -> Results:
    """Return what may be told of a closed survey; nothing is written, and no lock is held.

    Args:
        collection: whose answers come in no more.
        told: is told how many answers have been read, now and then.
    """
    items = items_of(definition_of(collection.version))
    units = _units(collection)
    counted = count(items, _sheets(collection, units, told))
    groups = _groups(counted, units, collection.owner)
    figures = publish(counted, groups, lambda cell, group: group.has(cell))
    published = [
        Published(
            collection=collection,
            kind=group.kind,
            key=group.key,
            unit_id=group.unit,
            persons=figures.persons.get(group),
            figures=found,
        )
        for group, found in figures.groups.items()
    ]
    return Results(published, list(_texts(collection, counted, figures)))


def write_results(collection: Collection, results: Results) -> None:
    """Write what may be told, inside the transaction that settles the survey."""
    _mix(collection)
    Published.objects.bulk_create(results.published, batch_size=200)
    OpenAnswer.objects.bulk_create(results.texts, batch_size=2_000)


def _mix(collection: Collection) -> None:
    """On PostgreSQL, write the rows again in another order: their places and transactions tell when they came."""
    if connection.vendor != "postgresql" or collection.mode == Collection.Mode.IDENTIFIED:
        return
    table = Sheet._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE mixed ON COMMIT DROP AS SELECT * FROM {table} WHERE collection_id = %s",  # noqa: S608
            [collection.pk],
        )
        cursor.execute(f"DELETE FROM {table} WHERE collection_id = %s", [collection.pk])  # noqa: S608
        cursor.execute(f"INSERT INTO {table} SELECT * FROM mixed ORDER BY random()")  # noqa: S608
        cursor.execute("DROP TABLE mixed")


def _units(collection: Collection) -> dict[UUID, Unit]:
    """Return the units where people answered, and all above them up to whoever asked."""
    found = Unit.objects.in_bulk(Sheet.objects.filter(collection=collection).values_list("unit", flat=True).distinct())
    above = {pk for unit in found.values() for pk in unit.ancestor_ids} - set(found)
    return found | {
        pk: unit for pk, unit in Unit.objects.in_bulk(above).items() if unit.path.startswith(collection.owner.path)
    }


def _sector(unit: Unit, units: dict[UUID, Unit]) -> str:
    for pk in [unit.pk, *reversed(unit.ancestor_ids)]:
        if pk in units and units[pk].institution_type_id:
            return str(units[pk].institution_type_id)
    return ""


def _sheets(
    collection: Collection, units: dict[UUID, Unit], told: Callable[[int], None]
) -> Iterator[tuple[Cell, dict[str, Any]]]:
    """Yield the answers in the order of their random keys, in portions: no reading lasts while others write."""
    cells: dict[tuple[UUID, str], Cell] = {}
    read = json.JSONDecoder(parse_float=Decimal).decode
    rows = Sheet.objects.filter(collection=collection).annotate(raw=Cast("answers", TextField())).order_by("pk")
    last, seen = 0, 0
    while portion := list(rows.filter(pk__gt=last).values_list("pk", "unit_id", "language", "raw")[:PORTION]):
        for _pk, unit, language, raw in portion:
            if (unit, language) not in cells:
                known = units[unit]
                cells[unit, language] = Cell(unit, known.path, _sector(known, units), language)
            yield cells[unit, language], read(raw)
        last, seen = portion[-1][0], seen + len(portion)
        if seen >= PORTION:
            told(seen)


def _groups(counted: Counted[Cell], units: dict[UUID, Unit], owner: Unit) -> list[Group]:
    """Return everybody, then units from the top down, sectors, languages; the larger ones of a kind first."""
    sized: list[tuple[tuple[int, int, str], Group]] = []

    def add(order: int, group: Group) -> None:
        persons = sum(n for cell, n in zip(counted.cells, counted.persons, strict=True) if group.has(cell))
        sized.append(((order, -persons, group.key), group))

    for unit in units.values():
        if unit.pk != owner.pk:
            add(unit.path.count("/"), Group(Published.Kind.UNIT, unit.pk.hex, unit.path, unit.pk))
    for sector in {cell.sector for cell in counted.cells} - {""}:
        add(100, Group(Published.Kind.SECTOR, sector))
    for language in {cell.language for cell in counted.cells}:
        add(101, Group(Published.Kind.LANGUAGE, language))
    return [Group(Published.Kind.WHOLE), *(group for _order, group in sorted(sized, key=lambda one: one[0]))]


def _texts(collection: Collection, counted: Counted[Cell], figures: Figures[Group]) -> Iterator[OpenAnswer]:
    """Yield the answers in words, each at the smallest unit that is told of its item."""
    for place, texts in counted.texts.items():
        item = counted.items[place].name
        told = [group for group, found in figures.groups.items() if item in found and group.kind != "language"]
        if not any(group.kind == Published.Kind.WHOLE for group in told):
            continue
        units = sorted((group for group in told if group.unit), key=lambda group: -len(group.path))
        for cell, text in texts:
            unit = next((group.unit for group in units if group.has(counted.cells[cell])), None)
            yield OpenAnswer(
                id=random_source.randbelow(2**62) + 1,
                collection=collection,
                unit_id=unit or collection.owner_id,
                item=item,
                text=text[:DEPTH_OF_TEXTS],
            )
