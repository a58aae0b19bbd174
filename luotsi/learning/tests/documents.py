"""Study documents in the shapes of the national services, without a fault; everything in them is made up."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

from luotsi.learning.rules import hoks, koski
from luotsi.learning.rules.checks.hoks import Planned

TODAY = date(2026, 11, 26)
SCHOOL, RIGHT, LEARNER = "1.2.246.562.10.11111111111", "1.2.246.562.15.22222222222", "1.2.246.562.24.33333333333"


def code(value: str, scheme: str) -> dict[str, str]:
    """Return a coded value."""
    return {"koodiarvo": value, "koodistoUri": scheme}


def period(day: str, state: str, funding: str | None = "1") -> dict[str, Any]:
    """Return a state of a right from a day."""
    found: dict[str, Any] = {"alku": day, "tila": code(state, "koskiopiskeluoikeudentila")}
    return found | ({"opintojenRahoitus": code(funding, "opintojenrahoitus")} if funding else {})


def part(number: str, points: float, graded: str | None = None, group: str = "1", **more: Any) -> dict[str, Any]:
    """Return a part of a qualification."""
    found = {
        "koulutusmoduuli": {
            "tunniste": code(number, "tutkinnonosat"),
            "laajuus": {"arvo": points, "yksikkö": code("6", "opintojenlaajuusyksikko")},
        },
        "tutkinnonOsanRyhmä": code(group, "ammatillisentutkinnonosanryhma"),
        "tyyppi": code("ammatillisentutkinnonosa", "suorituksentyyppi"),
    }
    if graded:
        found["arviointi"] = [{"arvosana": code("4", "arviointiasteikkoammatillinen15"), "päivä": graded}]
    return found | more


def vocational() -> dict[str, Any]:
    """Return a learner in the third year of a vocational qualification."""
    return {
        "henkilö": {"oid": LEARNER, "kutsumanimi": "Esi", "sukunimi": "Merkki"},
        "opiskeluoikeudet": [
            {
                "oid": RIGHT,
                "versionumero": 7,
                "tyyppi": code("ammatillinenkoulutus", "opiskeluoikeudentyyppi"),
                "oppilaitos": {"oid": SCHOOL},
                "alkamispäivä": "2024-08-12",
                "arvioituPäättymispäivä": "2027-06-04",
                "tila": {"opiskeluoikeusjaksot": [period("2024-08-12", "lasna")]},
                "lisätiedot": {"osaAikaisuusjaksot": [{"alku": "2026-08-10", "osaAikaisuus": 80}]},
                "suoritukset": [
                    {
                        "tyyppi": code("ammatillinentutkinto", "suorituksentyyppi"),
                        "koulutusmoduuli": {"tunniste": code("351301", "koulutus"), "perusteenDiaarinumero": "X-1"},
                        "osaamisenHankkimistavat": [
                            {
                                "alku": "2024-08-12",
                                "osaamisenHankkimistapa": {
                                    "tunniste": code("oppilaitosmuotoinenkoulutus", "osaamisenhankkimistapa")
                                },
                            }
                        ],
                        "osasuoritukset": [
                            part("900001", 45, "2025-05-20", näyttö={"suoritusaika": {"alku": "2025-05-12"}}),
                            part("900002", 30),
                            part(
                                "900003",
                                11,
                                "2026-05-29",
                                "2",
                                osasuoritukset=[part("a", 7, "2026-05-29"), part("b", 4, "2026-05-29")],
                            ),
                        ],
                    }
                ],
            }
        ],
    }


def tuva_part(number: str, weeks: float, graded: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a part of preparatory studies."""
    found: dict[str, Any] = {
        "koulutusmoduuli": {
            "tunniste": code(number, "koulutuksenosattuva"),
            "laajuus": {"arvo": weeks, "yksikkö": code("8", "opintojenlaajuusyksikko")},
        },
        "tyyppi": code("tutkintokoulutukseenvalmentava", "suorituksentyyppi"),
    }
    if graded:
        found["arviointi"] = [{"arvosana": code("Hyväksytty", "arviointiasteikkotuva"), "päivä": graded}]
    return found | more


def tuva() -> dict[str, Any]:
    """Return a learner who completed preparatory studies."""
    return {
        "henkilö": {"oid": LEARNER, "kutsumanimi": "Esi", "sukunimi": "Merkki"},
        "opiskeluoikeudet": [
            {
                "oid": RIGHT,
                "tyyppi": code("tuva", "opiskeluoikeudentyyppi"),
                "järjestämislupa": code("ammatillinen", "tuvajarjestamislupa"),
                "oppilaitos": {"oid": SCHOOL},
                "tila": {"opiskeluoikeusjaksot": [period("2025-08-11", "lasna"), period("2026-06-05", "valmistunut")]},
                "suoritukset": [
                    {
                        "tyyppi": code("tuvakoulutuksensuoritus", "suorituksentyyppi"),
                        "koulutusmoduuli": {
                            "tunniste": code("999908", "koulutus"),
                            "laajuus": {"arvo": 30, "yksikkö": code("8", "opintojenlaajuusyksikko")},
                        },
                        "vahvistus": {"päivä": "2026-06-05"},
                        "osasuoritukset": [
                            tuva_part("101", 4, "2026-05-04"),
                            tuva_part("102", 12, "2026-05-04"),
                            tuva_part("104", 2, "2026-05-04", osasuoritukset=[tuva_part("oma", 2, "2026-05-04")]),
                            tuva_part("105", 12, "2026-05-04"),
                        ],
                    }
                ],
            }
        ],
    }


def way(start: str, end: str, kind: str = "oppilaitosmuotoinenkoulutus", **more: Any) -> dict[str, Any]:
    """Return a way of acquiring competence."""
    uri = f"osaamisenhankkimistapa_{kind}"
    return {"alku": start, "loppu": end, "osaamisen-hankkimistapa-koodi-uri": uri, **more}


def plan() -> dict[str, Any]:
    """Return the plan of the vocational learner."""
    shown = {
        "alku": "2027-03-01",
        "loppu": "2027-03-05",
        "sisallon-kuvaus": ["Näyttää esimerkin."],
        "koulutuksen-jarjestaja-osaamisen-arvioijat": [{"nimi": "Esi Merkki"}],
    }
    work = {"tyopaikan-nimi": "Esimerkkityö", "tyopaikan-y-tunnus": "1234567-1"}
    return {
        "opiskeluoikeus-oid": RIGHT,
        "oppija-oid": LEARNER,
        "ensikertainen-hyvaksyminen": "2024-09-01",
        "paivitetty": "2026-10-20T08:00:00.000Z",
        "osaamisen-hankkimisen-tarve": True,
        "hankittavat-ammat-tutkinnon-osat": [
            {
                "tutkinnon-osa-koodi-uri": "tutkinnonosat_900002",
                "osaamisen-hankkimistavat": [
                    way(
                        "2026-08-10",
                        "2027-03-05",
                        "koulutussopimus",
                        **{
                            "osa-aikaisuustieto": 100,
                            "tyopaikalla-jarjestettava-koulutus": work,
                            "keskeytymisajanjaksot": [
                                {"alku": "2026-10-12", "loppu": "2026-10-16"},
                                {"alku": "2026-12-21", "loppu": "2027-01-01"},
                            ],
                        },
                    )
                ],
                "osaamisen-osoittaminen": [shown],
            }
        ],
    }


def tuva_plan() -> dict[str, Any]:
    """Return a plan of preparatory studies."""
    return {
        "opiskeluoikeus-oid": RIGHT,
        "oppija-oid": LEARNER,
        "ensikertainen-hyvaksyminen": "2025-09-01",
        "osaamisen-hankkimisen-tarve": True,
        "hankittavat-koulutuksen-osat": [
            {
                "koulutuksen-osa-koodi-uri": "koulutuksenosattuva_102",
                "alku": "2025-09-01",
                "loppu": "2025-12-19",
                "laajuus": 12,
            }
        ],
    }


def changed(data: dict[str, Any], place: str, value: Any) -> dict[str, Any]:
    """Return a document whose value at a JSON Pointer is another; None takes it away."""
    found: Any = deepcopy(data)
    *way_down, last = place.strip("/").split("/")
    inner = found
    for name in way_down:
        inner = inner[int(name)] if isinstance(inner, list) else inner.setdefault(name, {})
    if isinstance(inner, list):
        inner[int(last)] = value
    elif value is None:
        inner.pop(last, None)
    else:
        inner[last] = value
    assert isinstance(found, dict)
    return found


def right_of(data: dict[str, Any]) -> koski.Right:
    """Return the only right that a document tells; it has no fault."""
    read = koski.read(data)
    assert read.faults == ()
    (right,) = read.rights
    return right


def planned_of(data: dict[str, Any], right: koski.Right | None) -> Planned:
    """Return a plan beside its right, as it is checked today."""
    read = hoks.read(data)
    assert read.faults == ()
    (found,) = read.plans
    return Planned(found, right, TODAY)
