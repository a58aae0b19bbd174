"""Lives as the register of studies would tell them on a day: documents in the shape of KOSKI."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from luotsi.learning.engine.college.lives import (
    GRADUATED,
    PRESENT,
    RUNNING,
    SUPPORT_ENDS,
    Life,
    Passed,
    Right,
    Version,
)
from luotsi.learning.engine.college.people import PROVIDER, PROVIDER_NAME, Campus, Person
from luotsi.learning.engine.college.programmes import SCHOOL, WORK, Module

type Json = dict[str, Any]


def code(value: str, scheme: str, name: str = "") -> Json:
    """Return a coded value, with its name in Finnish where there is one."""
    found: Json = {"koodiarvo": value, "koodistoUri": scheme}
    return found | ({"nimi": {"fi": name}} if name else {})


def register_document(life: Life, day: date) -> Json:
    """Return a learner with the rights that had begun by the day, as the register knew them then."""
    return {
        "henkilö": _person(life.person),
        "opiskeluoikeudet": [_right(life.person, one, day) for one in life.rights if one.starts_on <= day],
    }


def _person(person: Person) -> Json:
    return {
        "oid": person.oid,
        "hetu": person.identity,
        "etunimet": person.given,
        "kutsumanimi": person.given,
        "sukunimi": person.family,
        "äidinkieli": code(person.language, "kieli"),
    }


def school(campus: Campus) -> Json:
    """Return a school as the register tells it."""
    number = code(campus.number, "oppilaitosnumero")
    return {"oid": campus.oid, "oppilaitosnumero": number, "nimi": {"fi": campus.name}}


def _right(person: Person, right: Right, day: date) -> Json:
    version = right.version_on(day)
    states = [(since, state) for since, state in right.states if since <= day]
    told = [known for known in right.days() if known <= day]
    found: Json = {
        "oid": right.oid,
        "versionumero": len(told),
        "aikaleima": f"{max(told).isoformat()}T12:00:00",
        "tyyppi": code("tuva" if right.is_tuva else "ammatillinenkoulutus", "opiskeluoikeudentyyppi"),
        "oppilaitos": school(right.campus),
        "koulutustoimija": {"oid": PROVIDER, "nimi": {"fi": PROVIDER_NAME}},
        "alkamispäivä": right.starts_on.isoformat(),
        "arvioituPäättymispäivä": _estimated(right, version).isoformat(),
        "tila": {"opiskeluoikeusjaksot": [_period(since, state) for since, state in states]},
        "suoritukset": [_study(right, version, day)],
    }
    if states[-1][1] not in RUNNING:
        found["päättymispäivä"] = states[-1][0].isoformat()
    if right.is_tuva:
        found["järjestämislupa"] = code(right.permit, "tuvajarjestamislupa")
    if more := _more(person, right, day):
        found["lisätiedot"] = more
    return found


def _estimated(right: Right, version: Version | None) -> date:
    first = right.versions[0].end if right.versions else None
    years = 1 if right.is_tuva else 3
    return (version.end if version else first) or right.starts_on.replace(
        year=right.starts_on.year + years, month=6, day=1
    )


def _period(since: date, state: str) -> Json:
    found: Json = {"alku": since.isoformat(), "tila": code(state, "koskiopiskeluoikeudentila")}
    return found | ({"opintojenRahoitus": code("1", "opintojenrahoitus")} if state in {PRESENT, GRADUATED} else {})


def _more(person: Person, right: Right, day: date) -> Json:
    """Return support as it was told until the end of 2025, and the move to renewed requirements."""
    found: Json = {}
    if person.has_support and not right.is_tuva and right.starts_on <= SUPPORT_ENDS:
        ends = right.ends_on if right.ends_on and right.ends_on <= day else None
        last = min((one for one in (ends, SUPPORT_ENDS) if one and one <= day), default=None)
        span = {"alku": right.starts_on.isoformat()}
        found["erityinenTuki"] = [span | ({"loppu": last.isoformat()} if last else {})]
    if right.is_renewed and right.ends_on and right.ends_on <= day:
        found["siirtynytUusiinTutkinnonPerusteisiin"] = True
    return found


def _study(right: Right, version: Version | None, day: date) -> Json:
    done = {key: one for key, one in right.done.items() if one.on <= day}
    scheme = "koulutuksenosattuva" if right.is_tuva else "tutkinnonosat"
    parts = [
        _part(one, done.get(one.code), scheme)
        for one in right.modules()
        if not right.is_tuva or one.code in done or _is_begun(version, one.code, day)
    ]
    kind = "tuvakoulutuksensuoritus" if right.is_tuva else "ammatillinentutkinto"
    found: Json = {
        "tyyppi": code(kind, "suorituksentyyppi"),
        "koulutusmoduuli": {
            "tunniste": code(right.programme.code, "koulutus", right.programme.name),
            "perusteenDiaarinumero": "OPH-1488-2021" if right.is_tuva else f"ESIMERKKI-{right.programme.code}",
        },
        "alkamispäivä": right.starts_on.isoformat(),
        "toimipiste": {"oid": right.campus.oid, "nimi": {"fi": right.campus.name}},
        "suorituskieli": code("FI", "kieli"),
        "osasuoritukset": parts,
    }
    if right.group:
        found["ryhmä"] = right.group.upper()
    if not right.is_tuva:
        found["suoritustapa"] = code("reformi", "ammatillisentutkinnonsuoritustapa")
        found["osaamisenHankkimistavat"] = list(_ways(right, version, day))
        if agreements := list(_agreements(right, version, day)):
            found["koulutussopimukset"] = agreements
    if right.state_on(day) == GRADUATED and right.ends_on:
        found |= _confirmed(right, right.ends_on, done)
    return found


def _is_begun(version: Version | None, key: str, day: date) -> bool:
    window = version.windows.get(key) if version else None
    return window is not None and window.starts_on <= day


def _confirmed(right: Right, ends_on: date, done: dict[str, Passed]) -> Json:
    found: Json = {"vahvistus": _by(right.campus, ends_on)}
    if right.is_tuva:
        weeks = sum(one.amount for one in right.modules() if one.code in done)
        module = {"tunniste": code(right.programme.code, "koulutus", right.programme.name)}
        found["koulutusmoduuli"] = module | {
            "perusteenDiaarinumero": "OPH-1488-2021",
            "laajuus": {"arvo": weeks, "yksikkö": code("8", "opintojenlaajuusyksikko")},
        }
    else:
        grades = [int(one.grade) for one in done.values()]
        found["keskiarvo"] = float(round(Decimal(sum(grades)) / len(grades), 2))
    return found


def _by(campus: Campus, day: date) -> Json:
    head = {"nimi": "Esi Merkkinen", "titteli": {"fi": "rehtori"}, "organisaatio": {"oid": campus.oid}}
    return {"päivä": day.isoformat(), "myöntäjäOrganisaatio": {"oid": campus.oid}, "myöntäjäHenkilöt": [head]}


def _part(module: Module, passed: Passed | None, scheme: str) -> Json:
    is_tuva = scheme == "koulutuksenosattuva"
    unit = code("8" if is_tuva else "6", "opintojenlaajuusyksikko")
    kind = "tutkintokoulutukseenvalmentava" if is_tuva else "ammatillisentutkinnonosa"
    found: Json = {
        "tyyppi": code(kind, "suorituksentyyppi"),
        "koulutusmoduuli": {
            "tunniste": code(module.code, scheme, module.name),
            "laajuus": {"arvo": module.amount, "yksikkö": unit},
        },
    }
    if not is_tuva:
        found["tutkinnonOsanRyhmä"] = code(module.group, "ammatillisentutkinnonosanryhma")
    if passed:
        scale = "arviointiasteikkotuva" if is_tuva else "arviointiasteikkoammatillinen15"
        graded = {"arvosana": code(passed.grade, scale), "päivä": passed.on.isoformat(), "hyväksytty": True}
        found["arviointi"] = [graded]
        if module.inner:
            found["osasuoritukset"] = [_inner(key, amount, unit, graded, scheme) for key, amount in module.inner]
        if passed.is_recognised:
            for one in (found, *found.get("osasuoritukset", ())):
                one["tunnustettu"] = {"selite": {"fi": "Osaaminen on hankittu aiemmin."}}
        elif passed.shown_on:
            shown = passed.shown_on.isoformat()
            found["näyttö"] = {"suoritusaika": {"alku": shown, "loppu": shown}}
    return found


def _inner(key: str, amount: int, unit: Json, graded: Json, scheme: str) -> Json:
    scheme = scheme if scheme == "koulutuksenosattuva" else "ammatillisenoppiaineet"
    kind = "tuvakoulutuksenosanosasuoritus" if scheme == "koulutuksenosattuva" else "ammatillisentutkinnonosanosaalue"
    return {
        "tyyppi": code(kind, "suorituksentyyppi"),
        "koulutusmoduuli": {"tunniste": code(key, scheme), "laajuus": {"arvo": amount, "yksikkö": unit}},
        "arviointi": [graded],
    }


def _ways(right: Right, version: Version | None, day: date) -> list[Json]:
    def way(starts_on: date, ends_on: date | None, kind: str) -> Json:
        found: Json = {"alku": starts_on.isoformat()}
        found |= {"loppu": ends_on.isoformat()} if ends_on else {}
        return found | {"osaamisenHankkimistapa": {"tunniste": code(kind, "osaamisenhankkimistapa")}}

    ends_on = right.ends_on if right.ends_on and right.ends_on <= day else None
    at_work = _at_work(version, day)
    return [way(right.starts_on, ends_on, SCHOOL), *(way(first, last, right.way) for first, last in at_work)]


def _agreements(right: Right, version: Version | None, day: date) -> Iterator[Json]:
    """Yield the agreements beside the ways that they make; apprentices have none."""
    for first, last in _at_work(version, day) if right.way == WORK else ():
        yield {
            "alku": first.isoformat(),
            "loppu": last.isoformat(),
            "paikkakunta": code("837", "kunta"),
            "maa": code("246", "maatjavaltiot2"),
        }


def _at_work(version: Version | None, day: date) -> list[tuple[date, date]]:
    """Return the first and last days of the periods at work that have begun."""
    return sorted(
        (window.at_work, window.until)
        for window in (version.windows.values() if version else ())
        if window.at_work and window.at_work <= day
    )
