"""Study documents checked before they are sent: rights of vocational studies with their plans, by every rule.

A document is a right with fifteen parts, 20 KB with the names in three languages that KOSKI writes, or its plan. Every
tenth right and plan has a fault.
"""

from __future__ import annotations

import io
import json
import time
from datetime import date
from typing import Any

from luotsi.learning.engine.preflight import Preflight, Source

LEARNERS = 2_000
DAY = date(2026, 11, 26)
PARTS = 15
GOALS = (
    (
        "study_500_s",
        "500 study documents checked, of {study_docs:,} in a file of {checked_mb} MB with {study_found:,} findings",
        "s",
        1.0,
    ),
    ("study_500_cpu_s", "the same, time of the processor", "s", 1.0),
)


def code(value: str, scheme: str) -> dict[str, Any]:
    """Return a value of a code list as KOSKI writes it, with names that no rule reads."""
    names = {"fi": f"Nimi {value}", "sv": f"Namn {value}", "en": f"Name {value}"}
    return {"koodiarvo": value, "nimi": names, "koodistoUri": scheme, "koodistoVersio": 1}


def right(number: int) -> dict[str, Any]:
    """Return a learner with one right."""
    funding = {} if number % 10 == 7 else {"opintojenRahoitus": code("1", "opintojenrahoitus")}
    parts = [
        {
            "koulutusmoduuli": {
                "tunniste": code(f"9{place:05d}", "tutkinnonosat"),
                "laajuus": {"arvo": 12.0, "yksikkö": code("6", "opintojenlaajuusyksikko")},
            },
            "tutkinnonOsanRyhmä": code("1", "ammatillisentutkinnonosanryhma"),
            "arviointi": [{"arvosana": code("4", "arviointiasteikkoammatillinen15"), "päivä": "2025-05-20"}],
            "vahvistus": {"päivä": "2025-05-21", "paikkakunta": code("837", "kunta")},
            "tyyppi": code("ammatillisentutkinnonosa", "suorituksentyyppi"),
        }
        for place in range(PARTS)
    ]
    study = {
        "tyyppi": code("ammatillinentutkinto", "suorituksentyyppi"),
        "koulutusmoduuli": {"tunniste": code("351301", "koulutus"), "perusteenDiaarinumero": "X-1"},
        "osasuoritukset": parts,
    }
    state = {"alku": "2024-08-12", "tila": code("lasna", "koskiopiskeluoikeudentila"), **funding}
    return {
        "henkilö": {"oid": f"1.2.246.562.24.{number:011d}"},
        "opiskeluoikeudet": [
            {
                "oid": f"1.2.246.562.15.{number:011d}",
                "tyyppi": code("ammatillinenkoulutus", "opiskeluoikeudentyyppi"),
                "arvioituPäättymispäivä": "2027-06-04",
                "tila": {"opiskeluoikeusjaksot": [state]},
                "suoritukset": [study],
            }
        ],
    }


def plan(number: int) -> dict[str, Any]:
    """Return the plan of the right."""
    way = {
        "alku": "2024-08-12",
        "osaamisen-hankkimistapa-koodi-uri": "osaamisenhankkimistapa_oppilaitosmuotoinenkoulutus",
    }
    end = {} if number % 10 == 3 else {"loppu": "2026-12-04"}
    return {
        "opiskeluoikeus-oid": f"1.2.246.562.15.{number:011d}",
        "oppija-oid": f"1.2.246.562.24.{number:011d}",
        "ensikertainen-hyvaksyminen": "2024-09-01",
        "paivitetty": "2026-10-20",
        "osaamisen-hankkimisen-tarve": True,
        "hankittavat-ammat-tutkinnon-osat": [
            {"tutkinnon-osa-koodi-uri": f"tutkinnonosat_9{place:05d}", "osaamisen-hankkimistavat": [way | end]}
            for place in range(PARTS)
        ],
    }


def measure(learners: int = LEARNERS) -> dict[str, Any]:
    """Check a file of documents in memory; return the time of 500 documents and what was found."""
    data = json.dumps([each(number) for number in range(learners) for each in (right, plan)]).encode()
    check = Preflight([Source("study.json", lambda: io.BytesIO(data))], DAY)
    started, worked = time.perf_counter(), time.process_time()
    found = sum(1 for _one in check.run())
    seconds, processor = time.perf_counter() - started, time.process_time() - worked
    return {
        "study_docs": check.counts.documents,
        "checked_mb": round(len(data) / 1e6, 1),
        "study_found": found,
        "study_500_s": seconds / check.counts.documents * 500,
        "study_500_cpu_s": processor / check.counts.documents * 500,
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
