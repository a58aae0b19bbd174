"""Study data of 10,000 learners taken in: rights to study and personal plans, read, held against all rules, written.

`python -m bench.study_import` fills an empty SQLite database and does it, then brings the same files once more with a
day that has slipped for each tenth learner. Learners and their studies are made up, as large as real documents are.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time
import zipfile
from datetime import date, timedelta
from typing import Any

from bench import apart

LEARNERS = 10_000
PARTS = 14
FIRST, LATER = date(2026, 8, 1), date(2026, 9, 1)
BEGUN = date(2024, 8, 12)
SCHOOL = "1.2.246.562.10.{:011d}"
GOALS = (
    (
        "study_import_s",
        "{study_learners:,} learners ({study_mb} MB of JSON, zipped) with validation into SQLite",
        "s",
        60.0,
    ),
    ("study_import_cpu_s", "the same, time of the processors", "s", None),
    ("study_again_s", "the same learners a month later, each tenth plan changed", "s", 60.0),
    ("study_memory_mb", "memory of the process at its highest", "MB", None),
)


def coded(value: str, scheme: str) -> dict[str, Any]:
    """Return a coded value with its name, as the register gives it."""
    return {"koodiarvo": value, "koodistoUri": scheme, "koodistoVersio": 1, "nimi": {"fi": f"Esimerkki {value}"}}


def part(number: int, done: bool) -> dict[str, Any]:
    """Return a part of a qualification with its grade and demonstration."""
    day = (BEGUN + timedelta(weeks=10 * number + 9)).isoformat()
    found: dict[str, Any] = {
        "koulutusmoduuli": {
            "tunniste": coded(f"9{number:05d}", "tutkinnonosat"),
            "pakollinen": True,
            "laajuus": {"arvo": 12, "yksikkö": coded("6", "opintojenlaajuusyksikko")},
        },
        "tutkinnonOsanRyhmä": coded("1", "ammatillisentutkinnonosanryhma"),
        "toimipiste": {"oid": "1.2.246.562.10.90000000001", "nimi": {"fi": "Esimerkkitoimipiste"}},
        "tyyppi": coded("ammatillisentutkinnonosa", "suorituksentyyppi"),
    }
    if done:
        found["arviointi"] = [
            {"arvosana": coded("4", "arviointiasteikkoammatillinen15"), "päivä": day, "hyväksytty": True}
        ]
        found["näyttö"] = {
            "kuvaus": {"fi": "Esimerkki siitä, mitä näytössä tehdään ja missä se tehdään."},
            "suoritusaika": {"alku": day, "loppu": day},
            "arviointi": {"arvioitsijat": [{"nimi": "Esi Merkki", "ntm": True}]},
        }
    return found


def learner(number: int, schools: int) -> dict[str, Any]:
    """Return a learner with one right to study, about ten kilobytes."""
    return {
        "henkilö": {
            "oid": f"1.2.246.562.24.{number:011d}",
            "etunimet": f"Esi{number}",
            "kutsumanimi": f"Esi{number}",
            "sukunimi": "Merkki",
            "äidinkieli": coded("FI", "kieli"),
        },
        "opiskeluoikeudet": [
            {
                "oid": f"1.2.246.562.15.{number:011d}",
                "versionumero": 3,
                "aikaleima": "2026-07-31T08:00:00.000",
                "tyyppi": coded("ammatillinenkoulutus", "opiskeluoikeudentyyppi"),
                "oppilaitos": {"oid": SCHOOL.format(number % schools), "nimi": {"fi": "Esimerkkiopisto"}},
                "alkamispäivä": BEGUN.isoformat(),
                "arvioituPäättymispäivä": "2027-06-04",
                "tila": {
                    "opiskeluoikeusjaksot": [
                        {
                            "alku": BEGUN.isoformat(),
                            "tila": coded("lasna", "koskiopiskeluoikeudentila"),
                            "opintojenRahoitus": coded("1", "opintojenrahoitus"),
                        }
                    ]
                },
                "suoritukset": [
                    {
                        "tyyppi": coded("ammatillinentutkinto", "suorituksentyyppi"),
                        "koulutusmoduuli": {"tunniste": coded("351301", "koulutus"), "perusteenDiaarinumero": "X-1"},
                        "suoritustapa": coded("reformi", "ammatillisentutkinnonsuoritustapa"),
                        "osasuoritukset": [part(one, one < number % (PARTS - 2)) for one in range(PARTS)],
                    }
                ],
            }
        ],
    }


def plan(number: int, slip: int = 0) -> dict[str, Any]:
    """Return the plan of a learner; `slip` is by how many weeks its last part is later."""
    return {
        "opiskeluoikeus-oid": f"1.2.246.562.15.{number:011d}",
        "oppija-oid": f"1.2.246.562.24.{number:011d}",
        "ensikertainen-hyvaksyminen": (BEGUN + timedelta(days=number % 40)).isoformat(),
        "paivitetty": "2026-07-20T08:00:00.000Z",
        "osaamisen-hankkimisen-tarve": True,
        "hankittavat-ammat-tutkinnon-osat": [planned(one, slip if one == PARTS - 1 else 0) for one in range(PARTS)],
    }


def planned(number: int, slip: int) -> dict[str, Any]:
    """Return a part of a plan: acquired at school or at work, then shown."""
    start = BEGUN + timedelta(weeks=10 * number)
    end = (start + timedelta(weeks=9 + slip)).isoformat()
    at_work = number % 3 == 2
    way: dict[str, Any] = {
        "alku": start.isoformat(),
        "loppu": end,
        "osaamisen-hankkimistapa-koodi-uri": "osaamisenhankkimistapa_"
        + ("koulutussopimus" if at_work else "oppilaitosmuotoinenkoulutus"),
        "osa-aikaisuustieto": 100,
    }
    if at_work:
        way["tyopaikalla-jarjestettava-koulutus"] = {
            "tyopaikan-nimi": "Esimerkkityö",
            "tyopaikan-y-tunnus": "1234567-1",
            "vastuullinen-tyopaikka-ohjaaja": {"nimi": "Esi Merkki", "sahkoposti": "esi@example.invalid"},
        }
    return {
        "tutkinnon-osa-koodi-uri": f"tutkinnonosat_9{number:05d}",
        "koulutuksen-jarjestaja-oid": "1.2.246.562.10.90000000002",
        "osaamisen-hankkimistavat": [way],
        "osaamisen-osoittaminen": [
            {
                "alku": end,
                "loppu": end,
                "sisallon-kuvaus": ["Esimerkki siitä, mitä näytetään."],
                "koulutuksen-jarjestaja-osaamisen-arvioijat": [{"nimi": "Esi Merkki"}],
            }
        ],
    }


def delivery(learners: int, schools: int, slip: int = 0) -> tuple[bytes, int]:
    """Return a zip of rights and plans, and how many bytes they are unpacked."""
    files = {
        "koski.json": [learner(number, schools) for number in range(learners)],
        "ehoks.json": [plan(number, slip if number % 10 == 0 else 0) for number in range(learners)],
    }
    packed, size = io.BytesIO(), 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, documents in files.items():
            # as registers write it: with a line for each value, so that nothing is smaller than it is in truth
            text = json.dumps(documents, ensure_ascii=False, indent=1).encode()
            size += len(text)
            archive.writestr(name, text)
    return packed.getvalue(), size


def load(learners: int) -> dict[str, Any]:
    """Take the learners in, and once more a month later; return the seconds."""
    from luotsi.learning.actions.intake import take_in
    from luotsi.learning.engine.deliveries import contents_of
    from luotsi.learning.models import Learner, QualityFinding, StudyLine
    from luotsi.people.models import Unit

    schools = 10
    owner = apart.city(schools)
    for number, school in enumerate(Unit.objects.filter(parent=owner)):
        school.oid = SCHOOL.format(number)
        school.save(update_fields=["oid"])
    found: dict[str, Any] = {"study_learners": learners}
    for name, on, slip in (("import", FIRST, 0), ("again", LATER, 6)):
        data, size = delivery(learners, schools, slip)
        wall, cpu = time.perf_counter(), apart.processor()
        take_in(unit=owner, filename="bench.zip", contents=contents_of("bench.zip", data), extract_on=on, by=None)
        found[f"study_{name}_s"] = round(time.perf_counter() - wall, 2)
        found[f"study_{name}_cpu_s"] = round(apart.processor() - cpu, 2)
        found["study_mb"] = size // 1_000_000
    lines = StudyLine.objects.known().count()
    if (Learner.objects.count(), lines) != (learners, learners * PARTS):
        sys.exit("Not everybody was taken in.")
    return found | {
        "study_lines": lines,
        "study_findings": QualityFinding.objects.count(),
        "study_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def measure(learners: int = LEARNERS) -> dict[str, Any]:
    """Measure on SQLite; return the figures."""
    with apart.database() as env:
        return apart.asked(env, __spec__.name, "load", learners)


if __name__ == "__main__":
    apart.run({"load": load}, sys.argv[1:], measure)
