"""Tables of a mass transfer of the register of studies (KOSKI): rows of four files put together to documents again.

The register gives rights to study as JSON or as CSV (`organisaationOpiskeluoikeudet`, text/csv): a file of rights, one
of what they are used for, one of parts, one of spans of time, and one of rights that were invalidated. Each row has a
column `data` with what has no column of its own, as JSON; together they say what a document of JSON says. Keys between
the files hold within one transfer only. Large transfers come in pieces with a number in their names, so files are told
apart by their headings. Source: the register's public description of the transfer and of its reporting tables.
"""

from __future__ import annotations

import csv
import io
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import groupby
from typing import Any, BinaryIO

from luotsi.learning.engine.pieces import MOST_TEXT, Broken, Document, Place
from luotsi.learning.engine.unfit import NamedTwice, once, unfit_in

type Row = Mapping[str, str]
type Json = dict[str, Any]
TABLE = ".csv"
RIGHT = "opiskeluoikeus_oid"
MAY_BE_EMPTY = frozenset({"loppu", "mitatoitu"})
YES = {"true": True, "false": False}


class Table(Enum):
    """The files, by the columns that tell them; those with more columns come first."""

    PARTS = frozenset({RIGHT, "osasuoritus_id", "paatason_suoritus_id", "suorituksen_tyyppi"})
    STUDIES = frozenset({RIGHT, "paatason_suoritus_id", "suorituksen_tyyppi"})
    INVALIDATED = frozenset({RIGHT, "oppija_oid", "mitatoitu"})
    RIGHTS = frozenset({RIGHT, "oppija_oid", "koulutusmuoto"})
    SPANS = frozenset({RIGHT, "alku", "loppu", "tila"})


def table_of(line: bytes) -> Table | None:
    """Return which table of a transfer begins with this line; None when it is none."""
    names = frozenset(name.strip().strip('"') for name in line.decode("utf-8-sig", "replace").strip().split(","))
    return next((one for one in Table if one.value <= names), None)


class Transfer:
    """The tables of one transfer, taken file by file; rows of a right are kept packed until all are there."""

    def __init__(self) -> None:
        """Begin with no table."""
        self._rows: dict[Table, dict[str, list[bytes]]] = {one: defaultdict(list) for one in Table}
        self._first: dict[Table, Place] = {}
        self._places: dict[str, Place] = {}

    def __bool__(self) -> bool:
        """Return True once there is a table."""
        return bool(self._first)

    def take(self, name: str, file: BinaryIO, line: bytes | None = None) -> Iterator[Broken]:
        """Take a file; yield what cannot be read of it.

        Args:
            name: how the file is called.
            file: its content, of which the first line may have been read.
            line: that line.
        """
        line = file.readline(MOST_TEXT) if line is None else line
        table = table_of(line)
        if table is None:
            yield Broken(Place(name), "unknown_file")
            return
        self._first.setdefault(table, Place(name))
        csv.field_size_limit(MOST_TEXT)
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        rows = csv.DictReader(text, next(csv.reader([line.decode("utf-8-sig", "replace")])), strict=True)
        numbered = ((rows.line_num + 1, row) for row in rows)
        try:
            for right, some in groupby(numbered, key=lambda one: one[1].get(RIGHT) or ""):
                yield from self._keep(name, table, right, list(some))
        except UnicodeDecodeError:
            yield Broken(Place(name), "not_utf8")
        except csv.Error:
            yield Broken(Place(name, rows.line_num + 1), "not_table", rows.line_num + 1)
        finally:
            text.detach()

    def _keep(self, name: str, table: Table, right: str, some: list[tuple[int, Row]]) -> Iterator[Broken]:
        for number, row in some:
            if None in row or None in row.values() or not all(row[one] for one in table.value - MAY_BE_EMPTY):
                yield Broken(Place(name, number), "not_table", number)
                return
        if table in {Table.RIGHTS, Table.INVALIDATED}:
            self._places.setdefault(right, Place(name, some[0][0]))
        told = [{key: value for key, value in row.items() if value} for _number, row in some]
        self._rows[table][right].append(zlib.compress(json.dumps([told, some[0][0]]).encode(), 1))

    def documents(self) -> Iterator[Document | Broken]:
        """Yield a document for each right, in the order of the files; tables that lack their fellows are told."""
        if alone := self._alone():
            yield Broken(alone, "table_alone")
            return
        for table in (Table.STUDIES, Table.PARTS, Table.SPANS):
            for right in self._rows[table]:
                if right not in self._places:
                    _rows, line = self._told(table, right)[0]
                    yield Broken(Place(self._first[table].file, line), "table_alone", line)
        for right, place in self._places.items():
            is_gone = right not in self._rows[Table.RIGHTS]
            try:
                value = self._invalidated(right) if is_gone else self._right(right)
            except (ValueError, RecursionError, NamedTwice) as error:
                yield Broken(place, "named_twice" if isinstance(error, NamedTwice) else "not_json", place.line)
                continue
            if why := unfit_in(value):
                yield Broken(Place(place.file, place.line, why[1]), why[0])
            else:
                yield Document(place, value, "")

    def _alone(self) -> Place | None:
        """Return the place of a table without which the others say nothing, or that says nothing without them."""
        if Table.RIGHTS in self._first:
            return None if Table.STUDIES in self._first else self._first[Table.RIGHTS]
        others = [place for table, place in self._first.items() if table != Table.INVALIDATED]
        return others[0] if others else None

    def _told(self, table: Table, right: str) -> list[tuple[list[Row], int]]:
        return [json.loads(zlib.decompress(one)) for one in self._rows[table].get(right, [])]

    def _all(self, table: Table, right: str) -> list[Row]:
        return [row for rows, _line in self._told(table, right) for row in rows]

    def _right(self, oid: str) -> Json:
        row = self._all(Table.RIGHTS, oid)[-1]  # a piece that was fetched twice
        parts: dict[str, list[Row]] = defaultdict(list)
        for part in self._all(Table.PARTS, oid):
            parts[part.get("ylempi_osasuoritus_id") or part["paatason_suoritus_id"]].append(part)
        studies = [
            _study(one, _nested(parts, one["paatason_suoritus_id"])) for one in self._all(Table.STUDIES, oid)
        ]  # fmt: skip
        made = {
            **_head(row),
            "versionumero": _number(row.get("versionumero")),
            "aikaleima": row.get("aikaleima"),
            "koulutustoimija": _named(row, "koulutustoimija"),
            "tyyppi": _code(row.get("koulutusmuoto"), "opiskeluoikeudentyyppi"),
            "alkamispäivä": row.get("alkamispaiva"),
            "päättymispäivä": row.get("paattymispaiva"),
            "sisältyyOpiskeluoikeuteen": _only(oid=row.get("sisaltyy_opiskeluoikeuteen_oid")),
            "järjestämislupa": _code(row.get("tuva_jarjestamislupa"), "tuvajarjestamislupa"),
            "tila": _only(opiskeluoikeusjaksot=_periods(self._all(Table.SPANS, oid))),
        }
        return _filled(_data(row), made) | {"suoritukset": studies}

    def _invalidated(self, oid: str) -> Json:
        """Return a right that was entered by mistake: no studies, and an end on the day on which it was taken back."""
        row = self._all(Table.INVALIDATED, oid)[-1]
        day = row.get("mitatoitu") or row.get("suostumus_peruttu")
        period = {"alku": day, "tila": _code("mitatoity", "koskiopiskeluoikeudentila")}
        kind = _code(row.get("tyyppi"), "opiskeluoikeudentyyppi")
        return _filled({}, {**_head(row), "tyyppi": kind, "tila": {"opiskeluoikeusjaksot": [period]}}) | {
            "suoritukset": []
        }


def _head(row: Row) -> Json:
    number = _code(row.get("oppilaitosnumero"), "oppilaitosnumero")
    return {
        "oid": row[RIGHT],
        "oppijaOid": row.get("oppija_oid"),
        "oppilaitos": _only(**_named(row, "oppilaitos"), oppilaitosnumero=number),
    }


def _study(row: Row, parts: list[Json]) -> Json:
    made = {
        "toimipiste": _named(row, "toimipiste"),
        "alkamispäivä": row.get("alkamispaiva"),
        **_performance(row),
    }
    return _filled(_data(row), made) | _only(osasuoritukset=parts)


def _nested(parts: Mapping[str, list[Row]], of: str) -> list[Json]:
    """Return the parts within something, each with those within itself."""
    return [
        _part(one, _nested(parts, one["osasuoritus_id"])) for one in parts.get(of, []) if one["osasuoritus_id"] != of
    ]


def _part(row: Row, parts: list[Json]) -> Json:
    shown = _only(arviointi=_only(päivä=row.get("nayton_arviointi_paiva")))
    recognised: Json = {"tunnustettu": {"selite": {}}} if row.get("tunnustettu") == "true" else {}
    return _filled(_data(row), {**_performance(row), "näyttö": shown, **recognised}) | _only(osasuoritukset=parts)


def _performance(row: Row) -> Json:
    """Return what a study and a part have in columns alike."""
    grade = _only(
        arvosana=_code(row.get("arviointi_arvosana_koodiarvo"), row.get("arviointi_arvosana_koodisto")),
        päivä=row.get("arviointi_paiva"),
        hyväksytty=YES.get(row.get("arviointi_hyvaksytty", "")),
    )
    amount = _number(row.get("koulutusmoduuli_laajuus_arvo"))
    unit = _code(row.get("koulutusmoduuli_laajuus_yksikko"), "opintojenlaajuusyksikko")
    name = row.get("koulutusmoduuli_nimi")
    return {
        "tyyppi": _code(row.get("suorituksen_tyyppi"), "suorituksentyyppi"),
        "koulutusmoduuli": _only(
            tunniste=_only(
                **_code(row.get("koulutusmoduuli_koodiarvo"), row.get("koulutusmoduuli_koodisto")),
                nimi=_only(fi=name),
            ),
            laajuus=_only(arvo=amount, yksikkö=unit) if amount is not None else None,
        ),
        "vahvistus": _only(päivä=row.get("vahvistus_paiva")),
        "arviointi": [grade] if grade else None,
    }


def _periods(spans: list[Row]) -> list[Json]:
    """Return states since when, from spans that begin anew whenever anything changes."""
    found: dict[str, Json] = {}
    for one in sorted(spans, key=lambda span: span["alku"]):
        told = _only(
            alku=one.get("tila_alkanut") or one["alku"],
            tila=_code(one.get("tila"), "koskiopiskeluoikeudentila"),
            opintojenRahoitus=_code(one.get("opintojen_rahoitus"), "opintojenrahoitus"),
        )
        found.setdefault(str(told["alku"]), told)
    return list(found.values())


def _data(row: Row) -> Json:
    """Return the column with what has no column. Raises ValueError or NamedTwice of what is no object of JSON."""
    found = json.loads(row.get("data") or "{}", object_pairs_hook=once)
    if not isinstance(found, dict):
        raise ValueError("No object.")
    return found


def _filled(data: Json, made: Json) -> Json:
    """Return the document, what it does not tell taken from the columns."""
    return data | {name: value for name, value in made.items() if name not in data and value not in (None, "", {}, [])}


def _only(**told: Any) -> Json:
    """Return what is told."""
    return {name: value for name, value in told.items() if value not in (None, "", {}, [])}


def _code(value: str | None, of: str | None) -> Json:
    return _only(koodiarvo=value, koodistoUri=of) if value else {}


def _named(row: Row, what: str) -> Json:
    return _only(
        oid=row.get(f"{what}_oid"), nimi=_only(fi=row.get(f"{what}_nimi"), sv=row.get(f"{what}_nimi_sv"))
    )  # fmt: skip


def _number(told: str | None) -> int | float | None:
    """Return a number as JSON has it; whole ones whole. Raises ValueError for what is none."""
    if not told:
        return None
    found = float(told)
    return int(found) if found.is_integer() else found
