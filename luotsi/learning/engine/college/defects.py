"""Faults that are planted in the documents, one in a learner at a time, each for the rule that has to find it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from luotsi.learning.engine.college.programmes import COMMON
from luotsi.learning.rules.work import AT_WORK

type Json = dict[str, Any]
RUNNING = frozenset({"lasna", "valiaikaisestikeskeytynyt"})
REFORM = "2026-01-01"


@dataclass(frozen=True)
class Documents:
    """What is delivered of a learner on a day: the latest right, its plan (None = there is none) and all plans."""

    right: Json
    plan: Json | None
    plans: list[Json]
    day: date

    @property
    def state(self) -> str:
        """The latest state of the right."""
        return str(self.right["tila"]["opiskeluoikeusjaksot"][-1]["tila"]["koodiarvo"])

    @property
    def is_tuva(self) -> bool:
        """True for preparatory studies."""
        return bool(self.right["tyyppi"]["koodiarvo"] == "tuva")

    @property
    def study(self) -> Json:
        """What the right is used for."""
        found: Json = self.right["suoritukset"][0]
        return found

    @property
    def parts(self) -> list[Json]:
        """The parts in the register."""
        found: list[Json] = self.study["osasuoritukset"]
        return found

    def graded(self) -> Iterator[Json]:
        """Yield the parts that were passed here."""
        return (one for one in self.parts if "arviointi" in one and "tunnustettu" not in one)

    def own(self) -> list[Json]:
        """Return the vocational parts of the plan."""
        return list((self.plan or {}).get("hankittavat-ammat-tutkinnon-osat", ()))

    def ways(self, *, at_work: bool) -> Iterator[Json]:
        """Yield the ways of the plan, those at work or those at school."""
        for part in self.own():
            for way in part["osaamisen-hankkimistavat"]:
                if (way["osaamisen-hankkimistapa-koodi-uri"].rpartition("_")[2] in AT_WORK) == at_work:
                    yield way

    def shown(self) -> Json | None:
        """Return a demonstration of the plan."""
        return next((one for part in self.own() for one in part.get("osaamisen-osoittaminen", ())), None)

    def work(self) -> Json | None:
        """Return a way at work that the register tells."""
        told = self.study.get("osaamisenHankkimistavat", ())
        return next((one for one in told if one["osaamisenHankkimistapa"]["tunniste"]["koodiarvo"] in AT_WORK), None)


def _earlier(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


def _no_funding(told: Documents) -> bool:
    return told.right["tila"]["opiskeluoikeusjaksot"][0].pop("opintojenRahoitus", None) is not None


def _other_end(told: Documents) -> bool:
    ends = told.right.get("päättymispäivä")
    if ends:
        told.right["päättymispäivä"] = _earlier(ends, 3)
    return bool(ends)


def _no_estimate(told: Documents) -> bool:
    if told.is_tuva or told.state not in RUNNING:
        return False
    del told.right["arvioituPäättymispäivä"]
    return True


def _confirmed_early(told: Documents) -> bool:
    part = next((one for one in told.graded() if not told.is_tuva), None)
    if part:
        part["vahvistus"] = {"päivä": _earlier(part["arviointi"][0]["päivä"], 5)}
    return part is not None


def _ungraded(told: Documents) -> bool:
    part = next((one for one in told.parts if "arviointi" not in one and not told.is_tuva), None)
    if part:
        part["vahvistus"] = {"päivä": told.right["alkamispäivä"]}
    return part is not None


def _average(told: Documents) -> bool:
    if told.is_tuva or told.state not in RUNNING:
        return False
    told.study["keskiarvo"] = 3.4
    return True


def _common_sum(told: Documents) -> bool:
    group = "tutkinnonOsanRyhmä"
    found = next((one for one in told.graded() if one.get(group, {}).get("koodiarvo") == COMMON), None)
    if found:
        found["osasuoritukset"][0]["koulutusmoduuli"]["laajuus"]["arvo"] += 1
    return found is not None


def _shown_backwards(told: Documents) -> bool:
    part = next((one for one in told.graded() if "näyttö" in one), None)
    if part:
        span = part["näyttö"]["suoritusaika"]
        span["loppu"] = _earlier(span["alku"], 1)
    return part is not None


def _support_open(told: Documents) -> bool:
    more = told.right.get("lisätiedot", {}).get("erityinenTuki")
    if not more or told.state not in RUNNING or told.day.isoformat() < REFORM:
        return False
    return more[0].pop("loppu", None) is not None


def _whole_part_time(told: Documents) -> bool:
    if told.is_tuva:
        return False
    span = {"alku": told.right["alkamispäivä"], "osaAikaisuus": 100}
    told.right.setdefault("lisätiedot", {})["osaAikaisuusjaksot"] = [span]
    return True


def _graded_before(told: Documents) -> bool:
    part = next((one for one in told.graded() if "osasuoritukset" not in one), None)
    if part:
        part["arviointi"][0] = part["arviointi"][0] | {"päivä": _earlier(told.right["alkamispäivä"], 365)}
    return part is not None


def _work_backwards(told: Documents) -> bool:
    way = told.work()
    if way:
        way["loppu"] = _earlier(way["alku"], 7)
    return way is not None


def _way_backwards(told: Documents) -> bool:
    way = next(told.ways(at_work=False), None)
    if way:
        way["loppu"] = _earlier(way["alku"], 30)
    return way is not None


def _no_share(told: Documents) -> bool:
    way = next(told.ways(at_work=True), None)
    if way:
        way["osa-aikaisuustieto"] = 0
    return way is not None


def _wrong_year(told: Documents) -> bool:
    way = next(told.ways(at_work=False), None)
    if way:
        way["loppu"] = f"{int(way['loppu'][:4]) + 10}{way['loppu'][4:8]}28"
    return way is not None


def _wrong_digit(told: Documents) -> bool:
    way = next(told.ways(at_work=True), None)
    if way:
        work = way["tyopaikalla-jarjestettava-koulutus"]
        digits, digit = work["tyopaikan-y-tunnus"].split("-")
        work["tyopaikan-y-tunnus"] = f"{digits}-{(int(digit) + 1) % 10}"
    return way is not None


def _no_workplace(told: Documents) -> bool:
    way = next(told.ways(at_work=True), None)
    return way is not None and way.pop("tyopaikalla-jarjestettava-koulutus") is not None


def _no_assessors(told: Documents) -> bool:
    shown = told.shown()
    if shown:
        shown["koulutuksen-jarjestaja-osaamisen-arvioijat"] = []
        shown.pop("tyoelama-osaamisen-arvioijat", None)
    return shown is not None


def _undescribed(told: Documents) -> bool:
    shown = told.shown()
    return shown is not None and shown.pop("sisallon-kuvaus") is not None


def _no_plan(told: Documents) -> bool:
    is_due = date.fromisoformat(told.right["alkamispäivä"]) + timedelta(days=30) < told.day
    if not is_due or told.state not in RUNNING or told.plan is None:
        return False
    told.plans.remove(told.plan)
    return True


def _work_only_planned(told: Documents) -> bool:
    if told.work() is None or not any(one["alku"] <= told.day.isoformat() for one in told.ways(at_work=True)):
        return False
    told.study["osaamisenHankkimistavat"] = told.study["osaamisenHankkimistavat"][:1]
    told.study.pop("koulutussopimukset", None)
    return True


def _work_only_registered(told: Documents) -> bool:
    if told.plan is None or told.work() is None:
        return False
    for part in told.own():
        kept = [way for way in part["osaamisen-hankkimistavat"] if "tyopaikalla-jarjestettava-koulutus" not in way]
        part["osaamisen-hankkimistavat"] = kept
    return True


def _open_plan(told: Documents) -> bool:
    return told.plan is not None and told.plan.pop("osaamisen-saavuttamisen-pvm", None) is not None


def _too_many_weeks(told: Documents) -> bool:
    return told.state == "valmistunut" and _widened(told)


def _too_many_weeks_so_far(told: Documents) -> bool:
    return told.state in RUNNING and _widened(told)


def _widened(told: Documents) -> bool:
    part = next((one for one in told.parts if one["koulutusmoduuli"]["tunniste"]["koodiarvo"] == "102"), None)
    if part:
        part["koulutusmoduuli"]["laajuus"]["arvo"] = 25
    return part is not None


def _weeks_planned(told: Documents) -> bool:
    parts = (told.plan or {}).get("hankittavat-koulutuksen-osat", ())
    part = next((one for one in parts if one["koulutuksen-osa-koodi-uri"].endswith("_102")), None)
    if part:
        part["laajuus"] = 150
    return part is not None


def _resigned(told: Documents) -> bool:
    if not told.is_tuva or told.state != "katsotaaneronneeksi":
        return False
    told.right["tila"]["opiskeluoikeusjaksot"][-1]["tila"]["koodiarvo"] = "eronnut"
    return True


def _other_funding(told: Documents) -> bool:
    if told.is_tuva:
        told.right["tila"]["opiskeluoikeusjaksot"][0]["opintojenRahoitus"]["koodiarvo"] = "14"
    return told.is_tuva


@dataclass(frozen=True)
class Defect:
    """A fault: the rule that has to find it, what it does, and what other rules it may set off."""

    rule: str
    plant: Callable[[Documents], bool]
    besides: frozenset[str] = frozenset()


DEFECTS = (
    Defect("K05", _no_funding),
    Defect("K08", _other_end),
    Defect("K11", _no_estimate),
    Defect("K12", _graded_before),
    Defect("K13", _ungraded),
    Defect("K14", _confirmed_early),
    Defect("K15", _average),
    Defect("K16", _common_sum),
    Defect("K17", _shown_backwards),
    Defect("K18", _support_open),
    Defect("K21", _whole_part_time),
    Defect("K22", _work_backwards, frozenset({"X08", "X09"})),
    Defect("H03", _way_backwards),
    Defect("H05", _no_share),
    Defect("H08", _wrong_year, frozenset({"H07"})),
    Defect("H10", _weeks_planned),
    Defect("H12", _wrong_digit),
    Defect("H13", _no_workplace),
    Defect("H15", _no_assessors),
    Defect("H16", _undescribed),
    Defect("T07", _too_many_weeks, frozenset({"T12", "T13"})),
    Defect("T08", _resigned),
    Defect("T10", _other_funding),
    Defect("T15", _too_many_weeks_so_far),
    Defect("X03", _no_plan),
    Defect("X08", _work_only_planned),
    Defect("X09", _work_only_registered),
    Defect("X11", _open_plan),
)
RARE = frozenset(
    {"H10", "K16", "K18", "T07", "T08", "T10", "T15", "X08", "X11"}
)  # possible in few lives, so tried first
