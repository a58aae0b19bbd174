"""The invented college as files: a folder for each delivery, the units it needs, and what was planted where."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from luotsi.learning.engine.college.deliveries import College, Delivery
from luotsi.learning.engine.college.people import CAMPUSES, PROVIDER, PROVIDER_NAME

LEARNERS, PLANS = "oppijat.jsonl", "suunnitelmat.jsonl"
GROUPS, HOURS = "ryhmat.csv", "poissaolot.csv"
UNITS, FAULTS = "yksikot.csv", "virheet.csv"
GROUP_HEAD = ("oid", "group", "since", "until")
HOURS_HEAD = ("oid", "week", "hours", "unexcused", "lessons")
UNIT_HEAD = ("kind", "name_fi", "parent", "institution_number", "institution_type", "oid", "valid_from")
FAULT_HEAD = ("oid", "rule", "since", "until")
VOCATIONAL_TYPE = "21"
LONG_AGO = "2015-08-01"


def write(college: College, folder: Path) -> Iterator[Delivery]:
    """Write everything below a folder, delivery by delivery; yield each after its files have been written."""
    folder.mkdir(parents=True, exist_ok=True)
    _sheet(folder / UNITS, UNIT_HEAD, _units(college))
    _sheet(folder / FAULTS, FAULT_HEAD, _faults(college))
    for delivery in college.deliveries():
        inner = folder / delivery.day.isoformat()
        inner.mkdir(exist_ok=True)
        _lines(inner / LEARNERS, delivery.learners)
        _lines(inner / PLANS, delivery.plans)
        _sheet(inner / GROUPS, GROUP_HEAD, (one.row for one in delivery.groups))
        _sheet(inner / HOURS, HOURS_HEAD, (one.row for one in delivery.hours))
        yield delivery


def _units(college: College) -> Iterator[tuple[str, ...]]:
    yield "provider", PROVIDER_NAME, "", "", "", PROVIDER, LONG_AGO
    for campus in CAMPUSES:
        yield "institution", campus.name, PROVIDER, campus.number, VOCATIONAL_TYPE, campus.oid, LONG_AGO
    for group in college.groups.values():
        yield "group", group.name, group.campus.oid, "", "", "", group.since.isoformat()


def _faults(college: College) -> Iterator[tuple[str, ...]]:
    for number, planted in college.planted.items():
        until = planted.until.isoformat() if planted.until else ""
        yield college.lives[number].person.oid, planted.defect.rule, planted.since.isoformat(), until


def _lines(path: Path, documents: Iterable[Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for one in documents:
            file.write(line(one))


def line(document: Any) -> str:
    """Return a document as a line of JSON."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def _sheet(path: Path, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    path.write_text(table(head, rows), encoding="utf-8", newline="")


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return rows as the text of a sheet, with semicolons between the cells."""
    told = io.StringIO()
    sheet = csv.writer(told, delimiter=";", lineterminator="\n")
    sheet.writerow(head)
    sheet.writerows(rows)
    return told.getvalue()
