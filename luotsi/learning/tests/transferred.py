"""Documents as the register of studies gives them in tables: what has columns in columns, the rest in `data`."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

RIGHTS, STUDIES, PARTS, SPANS = "opiskeluoikeus", "paatason_suoritus", "osasuoritus", "opiskeluoikeus_aikajakso"
OF_RIGHT = {
    "oid", "versionumero", "aikaleima", "oppilaitos", "koulutustoimija", "suoritukset", "tyyppi", "alkamispäivä",
    "päättymispäivä",
}  # fmt: skip
OF_STUDY = {"osasuoritukset", "tyyppi", "toimipiste", "koulutustyyppi"}
OF_PART = {"osasuoritukset", "tyyppi"}

type Tables = dict[str, list[dict[str, object]]]


def tables_of(documents: Iterable[Mapping[str, Any]], *, with_data: bool = True) -> Tables:
    """Return the rows of every table for learners with rights to study."""
    found: Tables = {RIGHTS: [], STUDIES: [], PARTS: [], SPANS: []}
    numbers = count(1)
    for document in documents:
        for right in document["opiskeluoikeudet"]:
            _right(found, document["henkilö"]["oid"], right, numbers)
    if not with_data:
        for rows in found.values():
            for row in rows:
                row.pop("data", None)
    return found


def written(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return a table as the register writes it: commas, quotes where needed, lines ended by CR LF."""
    told = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(told[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(told)
    return text.getvalue().encode()


def transfer(documents: Iterable[Mapping[str, Any]], **more: Any) -> dict[str, bytes]:
    """Return the files of a transfer that have any row."""
    return {f"{name}.csv": written(rows) for name, rows in tables_of(documents, **more).items() if rows}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return the files in an archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _right(found: Tables, learner: str, right: Mapping[str, Any], numbers: Any) -> None:
    oid, school = right["oid"], right["oppilaitos"]
    periods = right["tila"]["opiskeluoikeusjaksot"]
    found[RIGHTS].append(
        {
            "opiskeluoikeus_oid": oid,
            "versionumero": right.get("versionumero", 1),
            "oppija_oid": learner,
            "oppilaitos_oid": school["oid"],
            "koulutustoimija_oid": right.get("koulutustoimija", {}).get("oid", ""),
            "koulutusmuoto": right["tyyppi"]["koodiarvo"],
            "alkamispaiva": right.get("alkamispäivä", ""),
            "paattymispaiva": right.get("päättymispäivä", ""),
            "tuva_jarjestamislupa": right.get("järjestämislupa", {}).get("koodiarvo", ""),
            "data": _rest(right, OF_RIGHT),
        }
    )
    for one in periods:
        found[SPANS].append(
            {
                "opiskeluoikeus_oid": oid,
                "alku": one["alku"],
                "loppu": "9999-12-31",
                "tila": one["tila"]["koodiarvo"],
                "tila_alkanut": one["alku"],
                "opintojen_rahoitus": one.get("opintojenRahoitus", {}).get("koodiarvo", ""),
            }
        )
    for study in right["suoritukset"]:
        key = f"{oid}.{next(numbers)}"
        found[STUDIES].append(
            {
                "paatason_suoritus_id": key,
                **_performance(oid, study),
                "alkamispaiva": study.get("alkamispäivä", ""),
                "toimipiste_oid": study.get("toimipiste", {}).get("oid", ""),
                "data": _rest(study, OF_STUDY),
            }
        )
        _parts(found, oid, key, "", study.get("osasuoritukset", ()), numbers)


def _parts(found: Tables, oid: str, study: str, above: str, parts: Iterable[Mapping[str, Any]], numbers: Any) -> None:
    for part in parts:
        key = f"{study}.{next(numbers)}"
        found[PARTS].append(
            {
                "osasuoritus_id": key,
                "ylempi_osasuoritus_id": above,
                "paatason_suoritus_id": study,
                **_performance(oid, part),
                "tunnustettu": "true" if "tunnustettu" in part else "false",
                "data": _rest(part, OF_PART),
            }
        )
        _parts(found, oid, study, key, part.get("osasuoritukset", ()), numbers)


def _performance(oid: str, one: Mapping[str, Any]) -> dict[str, object]:
    module, grades = one["koulutusmoduuli"], one.get("arviointi", ())
    best = grades[-1] if grades else {}
    return {
        "opiskeluoikeus_oid": oid,
        "suorituksen_tyyppi": one["tyyppi"]["koodiarvo"],
        "koulutusmoduuli_koodisto": module["tunniste"].get("koodistoUri", ""),
        "koulutusmoduuli_koodiarvo": module["tunniste"]["koodiarvo"],
        "koulutusmoduuli_laajuus_arvo": module.get("laajuus", {}).get("arvo", ""),
        "koulutusmoduuli_laajuus_yksikko": module.get("laajuus", {}).get("yksikkö", {}).get("koodiarvo", ""),
        "vahvistus_paiva": one.get("vahvistus", {}).get("päivä", ""),
        "arviointi_arvosana_koodiarvo": best.get("arvosana", {}).get("koodiarvo", ""),
        "arviointi_arvosana_koodisto": best.get("arvosana", {}).get("koodistoUri", ""),
        "arviointi_paiva": best.get("päivä", ""),
    }


def _rest(one: Mapping[str, Any], columns: set[str]) -> str:
    return json.dumps({name: value for name, value in one.items() if name not in columns}, ensure_ascii=False)
