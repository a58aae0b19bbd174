"""Rules over right and plan together: each finds its own fault, and sound documents none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from luotsi.learning.rules import hoks, koski
from luotsi.learning.rules.checks import TOGETHER
from luotsi.learning.rules.checks.finding import check
from luotsi.learning.rules.checks.together import Learner
from luotsi.learning.tests.documents import RIGHT, TODAY, changed, part, period, plan, tuva, tuva_plan, vocational, way

R = "/opiskeluoikeudet/0"
S = f"{R}/suoritukset/0"
WAY = "/hankittavat-ammat-tutkinnon-osat/0"
OTHER = "1.2.246.562.15.44444444444"


def sound() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a right and its plan that agree."""
    right = changed(
        vocational(),
        f"{S}/osaamisenHankkimistavat",
        [
            {
                "alku": "2026-08-10",
                "loppu": "2027-03-05",
                "osaamisenHankkimistapa": {"tunniste": {"koodiarvo": "koulutussopimus"}},
            }
        ],
    )
    done = [
        {
            "tutkinnon-osa-koodi-uri": f"tutkinnonosat_{number}",
            "osaamisen-hankkimistavat": [way("2024-08-12", "2025-05-20")],
        }
        for number in ("900001", "900003")
    ]
    return right, changed(plan(), "/hankittavat-yhteiset-tutkinnon-osat", done)


def codes(right: dict[str, Any], *plans: dict[str, Any], day: date = TODAY) -> set[str]:
    """Return the rules that the documents of a learner break."""
    read = koski.read(right)
    told = tuple(found for one in plans for found in hoks.read(one).plans)
    return {one.code for one in check(TOGETHER, Learner(read.student, read.rights, told, day), day)}


def two_rights(**more: Any) -> dict[str, Any]:
    """Return a learner with two rights at the same time."""
    right, _plan = sound()
    another = changed(vocational(), f"{R}/oid", OTHER)["opiskeluoikeudet"][0] | more
    return changed(right, "/opiskeluoikeudet", [right["opiskeluoikeudet"][0], another])


def another_permit() -> Learner:
    """Return a learner of preparatory studies whose permit was told otherwise before."""
    read = koski.read(tuva())
    return Learner(read.student, read.rights, hoks.read(tuva_plan()).plans, TODAY, {RIGHT: "lukio"})


class TestTogether:
    def test_documents_that_agree_break_no_rule(self) -> None:
        assert codes(*sound()) == set()

    @pytest.mark.parametrize(
        ("code", "place", "value"),
        [
            ("X01", "/henkilö", {"sukunimi": "Merkki"}),
            ("X02", "/henkilö/hetu", "010100A900A"),
            ("X04", f"{R}/oid", OTHER),
            ("X07", f"{S}/osasuoritukset/1", part("900004", 30, "2026-05-29")),
            ("X08", f"{S}/osaamisenHankkimistavat", []),
            (
                "X11",
                f"{R}/tila/opiskeluoikeusjaksot",
                [period("2024-08-12", "lasna"), period("2026-10-01", "valmistunut")],
            ),
        ],
    )
    def test_a_fault_of_the_register(self, code: str, place: str, value: object) -> None:
        right, made = sound()
        assert code in codes(changed(right, place, value), made)

    @pytest.mark.parametrize(
        ("code", "place", "value"),
        [
            ("X05", "/paivitetty", "2026-08-27"),
            ("X06", f"{WAY}/osaamisen-osoittaminen/0/loppu", "2026-10-26"),
            ("X09", f"{WAY}/osaamisen-hankkimistavat", [way("2026-08-10", "2027-03-05")]),
        ],
    )
    def test_a_fault_of_the_plan(self, code: str, place: str, value: object) -> None:
        right, made = sound()
        assert code in codes(right, changed(made, place, value))

    def test_a_right_without_a_plan_has_a_month(self) -> None:
        right, _made = sound()
        assert codes(right) == {"X03"}
        assert codes(right, day=date(2024, 9, 11)) == set()
        ended = changed(
            right, f"{R}/tila/opiskeluoikeusjaksot", [period("2024-08-12", "lasna"), period("2026-10-01", "eronnut")]
        )
        assert codes(ended) == set()

    def test_a_permit_is_the_one_that_was_told_first(self) -> None:
        learner = another_permit()
        (one,) = [found for found in check(TOGETHER, learner, TODAY) if found.code == "X12"]
        assert (one.at, dict(one.params)) == (f"{R}/järjestämislupa", {"permit": "ammatillinen", "before": "lukio"})
        for permits in ({}, {RIGHT: "ammatillinen"}, {OTHER: "lukio"}):
            told = check(TOGETHER, replace(learner, permits=permits), TODAY)
            assert "X12" not in {found.code for found in told}

    def test_a_period_at_work_within_a_common_part_is_in_the_plan_too(self) -> None:
        right, made = sound()
        ways = changed(made, f"{WAY}/osaamisen-hankkimistavat", [way("2026-08-10", "2027-03-05")])
        work = way("2026-09-01", "2026-12-18", "koulutussopimus")
        inner = {"tutkinnon-osa-koodi-uri": "tutkinnonosat_400012"} | {
            "osa-alueet": [{"osaamisen-hankkimistavat": [work]}]
        }
        common = [*ways["hankittavat-yhteiset-tutkinnon-osat"], inner]
        assert "X09" not in codes(right, changed(ways, "/hankittavat-yhteiset-tutkinnon-osat", common))

    def test_two_rights_at_once_unless_one_is_within_the_other(self) -> None:
        _right, made = sound()
        assert "X10" in codes(two_rights(), made)
        assert "X10" not in codes(two_rights(sisältyyOpiskeluoikeuteen={"oid": RIGHT}), made)
        ended = {"opiskeluoikeusjaksot": [period("2022-08-12", "lasna"), period("2024-08-12", "eronnut")]}
        assert "X10" not in codes(two_rights(tila=ended), made)

    def test_of_two_plans_the_one_touched_last_counts(self) -> None:
        right, made = sound()
        old = changed(made, "/paivitetty", "2025-01-01")
        assert codes(right, old, made) == codes(right, made, old) == set()

    def test_preparatory_studies_that_agree(self) -> None:
        parts = [
            {"koulutuksen-osa-koodi-uri": f"koulutuksenosattuva_{number}", "alku": "2025-09-01", "loppu": "2026-05-04"}
            for number in ("101", "102", "104", "105")
        ]
        reached = changed(
            changed(tuva_plan(), "/hankittavat-koulutuksen-osat", parts), "/osaamisen-saavuttamisen-pvm", "2026-06-05"
        )
        assert codes(tuva(), reached) == set()

    def test_each_rule_has_a_code_of_its_own(self) -> None:
        told = [one.code for one in TOGETHER]
        assert told == [f"X{number:02d}" for number in range(1, len(told) + 1)]
