"""Lives as the service of personal plans would tell them on a day: documents in the shape of eHOKS."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from luotsi.learning.engine.college.lives import GRADUATED, RUNNING, SUPPORT_ENDS, Life, Right, Version, Window
from luotsi.learning.engine.college.programmes import COMMON, SCHOOL, Module

type Json = dict[str, Any]
SUPPORT_SINCE = SUPPORT_ENDS + timedelta(days=1)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
WORKPLACES = 60


def plan_documents(life: Life, day: date) -> list[Json]:
    """Return the learner's plans that there were on the day, one for each right."""
    found = []
    for right in life.rights:
        version = right.version_on(day)
        if version is not None:
            found.append(_plan(life, right, version, day))
    return found


@cache
def business_id(number: int) -> str:
    """Return a business id with its check digit, of the numbers below 10,000 that were never given."""
    while True:
        digits = f"{number:07d}"
        left = sum(int(one) * weight for one, weight in zip(digits, WEIGHTS, strict=True)) % 11
        if left != 1:
            return f"{digits}-{11 - left if left else 0}"
        number += WORKPLACES + 1


def _plan(life: Life, right: Right, version: Version, day: date) -> Json:
    first = right.versions[0].day
    ends = right.ends_on if right.ends_on and right.ends_on <= day else None
    own = [one for one in right.modules() if one.code in version.windows]
    earlier = [one for one in right.modules() if one.code in right.done and right.done[one.code].is_recognised]
    found: Json = {
        "opiskeluoikeus-oid": right.oid,
        "oppija-oid": life.person.oid,
        "ensikertainen-hyvaksyminen": first.isoformat(),
        "hyvaksytty": f"{first.isoformat()}T09:00:00.000Z",
        "paivitetty": f"{version.day.isoformat()}T09:00:00.000Z",
        "versio": right.versions.index(version) + 1,
        "urasuunnitelma-koodi-uri": "urasuunnitelma_0001",
        "osaamisen-hankkimisen-tarve": True,
    }
    if right.is_tuva:
        found["hankittavat-koulutuksen-osat"] = [_tuva_part(one, version.windows[one.code]) for one in own]
    else:
        number = life.person.number
        found["hankittavat-ammat-tutkinnon-osat"] = [
            _part(one, version.windows[one.code], right, number) for one in own if one.group != COMMON
        ]
        found["hankittavat-yhteiset-tutkinnon-osat"] = [
            _common(one, version.windows[one.code]) for one in own if one.group == COMMON
        ]
        for name, is_common in (("ammat", False), ("yhteiset", True)):
            found[f"aiemmin-hankitut-{name}-tutkinnon-osat"] = [
                {"tutkinnon-osa-koodi-uri": f"tutkinnonosat_{one.code}"}
                for one in earlier
                if (one.group == COMMON) == is_common
            ]
    if ends and right.state_on(day) == GRADUATED:
        found["osaamisen-saavuttamisen-pvm"] = max(one.on for one in right.done.values()).isoformat()
    if life.person.has_support and day >= SUPPORT_SINCE and right.state_on(SUPPORT_SINCE) in RUNNING | {""}:
        found["oppimisen-tuki"] = [_support(right, ends, life.person.number)]
    return found


def _support(right: Right, ends: date | None, number: int) -> Json:
    since = max(right.starts_on, SUPPORT_SINCE).isoformat()
    span: Json = {"alku": since} | ({"loppu": ends.isoformat()} if ends else {})
    return {"oppimisen-tuki-koodi-uri": f"oppimisentuki_0{1 + number % 3}"} | span


def _tuva_part(module: Module, window: Window) -> Json:
    return {
        "koulutuksen-osa-koodi-uri": f"koulutuksenosattuva_{module.code}",
        "alku": window.starts_on.isoformat(),
        "loppu": window.until.isoformat(),
        "laajuus": module.amount,
    }


def _way(starts_on: date, ends_on: date, kind: str) -> Json:
    return {
        "alku": starts_on.isoformat(),
        "loppu": ends_on.isoformat(),
        "osaamisen-hankkimistapa-koodi-uri": f"osaamisenhankkimistapa_{kind}",
        "osa-aikaisuustieto": 100,
    }


def _part(module: Module, window: Window, right: Right, number: int) -> Json:
    """Return a part with its ways, the first of them at school, and the demonstration in its last week."""
    ways = []
    at_school = window.at_work - timedelta(days=3) if window.at_work else window.until
    if at_school >= window.starts_on:
        ways.append(_way(window.starts_on, at_school, SCHOOL))
    if window.at_work:
        ways.append(_at_work(module, window.at_work, window.until, right, number))
    found: Json = {
        "tutkinnon-osa-koodi-uri": f"tutkinnonosat_{module.code}",
        "osaamisen-hankkimistavat": ways,
        "opetus-ja-ohjaus-maara": module.amount * (6 if window.at_work else 11) + number % 7,
    }
    if window.is_shown:
        found["osaamisen-osoittaminen"] = [_shown(module, window, number)]
    return found


def _at_work(module: Module, starts_on: date, ends_on: date, right: Right, number: int) -> Json:
    place = 1 + (number * 7 + int(module.code)) % WORKPLACES
    found = _way(starts_on, ends_on, right.way)
    found["tyopaikalla-jarjestettava-koulutus"] = {
        "tyopaikan-nimi": f"Esimerkkityöpaikka {place}",
        "tyopaikan-y-tunnus": business_id(place),
        "vastuullinen-tyopaikka-ohjaaja": {"nimi": "Esi Ohjaaja"},
    }
    rest = starts_on + timedelta(days=14)
    if (number + int(module.code)) % 5 == 0 and rest + timedelta(days=4) <= ends_on:
        found["keskeytymisajanjaksot"] = [{"alku": rest.isoformat(), "loppu": (rest + timedelta(days=4)).isoformat()}]
    if right.way == "oppisopimus":
        found["oppisopimuksen-perusta-koodi-uri"] = "oppisopimuksenperusta_01"
    return found


def _shown(module: Module, window: Window, number: int) -> Json:
    found: Json = {
        "alku": max(window.starts_on, window.until - timedelta(days=4)).isoformat(),
        "loppu": window.until.isoformat(),
        "sisallon-kuvaus": [f"Näyttää osaamisensa: {module.name.lower()}."],
        "koulutuksen-jarjestaja-osaamisen-arvioijat": [{"nimi": "Esi Opettaja"}],
    }
    if window.at_work:
        place = 1 + (number * 7 + int(module.code)) % WORKPLACES
        found["tyoelama-osaamisen-arvioijat"] = [
            {"nimi": "Esi Työelämä", "organisaatio": {"nimi": f"Esimerkkityöpaikka {place}"}}
        ]
    return found


def _common(module: Module, window: Window) -> Json:
    """Return a common part: its parts have the days, not the part itself."""
    return {
        "tutkinnon-osa-koodi-uri": f"tutkinnonosat_{module.code}",
        "osa-alueet": [
            {
                "osa-alue-koodi-uri": f"ammatillisenoppiaineet_{key}",
                "laajuus": amount,
                "osaamisen-hankkimistavat": [_way(window.starts_on, window.until, SCHOOL)],
            }
            for key, amount in module.inner
        ],
    }
