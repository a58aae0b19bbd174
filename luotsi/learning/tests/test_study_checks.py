"""The validator: a sound document breaks no rule, and each rule finds its own fault at its place."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.rules import hoks, koski
from luotsi.learning.rules.checks import PLANS, RIGHTS, TUVA
from luotsi.learning.rules.checks.finding import check
from luotsi.learning.rules.checks.hoks import Planned
from luotsi.learning.tests.documents import (
    TODAY,
    changed,
    period,
    plan,
    planned_of,
    right_of,
    tuva,
    tuva_part,
    tuva_plan,
    vocational,
)

EXAMPLES = Path(__file__).parents[4] / "shared" / "data" / "koski_ehoks"
R = "/opiskeluoikeudet/0"
S = f"{R}/suoritukset/0"
P = f"{S}/osasuoritukset"
W = "/hankittavat-ammat-tutkinnon-osat/0/osaamisen-hankkimistavat/0"
D = "/hankittavat-ammat-tutkinnon-osat/0/osaamisen-osoittaminen/0"
T = "/hankittavat-koulutuksen-osat/0"


def codes(data: dict[str, Any], day: date = TODAY) -> set[str]:
    """Return the rules that a right breaks."""
    return {one.code for one in check((*RIGHTS, *TUVA), right_of(data), day)}


def plan_codes(data: dict[str, Any], right: dict[str, Any]) -> set[str]:
    """Return the rules that a plan breaks beside its right."""
    return {one.code for one in check(PLANS, planned_of(data, right_of(right)), TODAY)}


VOCATIONAL = [
    ("K01", f"{R}/tila/opiskeluoikeusjaksot", []),
    ("K02", f"{R}/tila/opiskeluoikeusjaksot", [period("2024-08-12", "lasna"), period("2024-08-12", "loma")]),
    ("K03", f"{R}/tila/opiskeluoikeusjaksot", [period("2024-08-12", "eronnut"), period("2024-09-12", "lasna")]),
    ("K04", f"{R}/tila/opiskeluoikeusjaksot/0/tila", {"koodiarvo": "paattynyt"}),
    ("K05", f"{R}/tila/opiskeluoikeusjaksot", [period("2024-08-12", "lasna", None)]),
    ("K06", f"{R}/tila/opiskeluoikeusjaksot", [period("2024-08-12", "lasna"), period("2026-06-05", "valmistunut")]),
    ("K07", f"{S}/vahvistus", {"päivä": "2026-06-05"}),
    ("K08", f"{R}/päättymispäivä", "2026-06-05"),
    ("K09", f"{R}/alkamispäivä", "2024-08-13"),
    ("K10", f"{R}/arvioituPäättymispäivä", "2024-08-11"),
    ("K11", f"{R}/arvioituPäättymispäivä", None),
    ("K12", f"{P}/0/arviointi/0/päivä", "2024-08-11"),
    ("K13", f"{P}/1/vahvistus", {"päivä": "2026-06-05"}),
    ("K14", f"{P}/0/vahvistus", {"päivä": "2025-05-19"}),
    ("K15", f"{S}/keskiarvo", 4.1),
    ("K16", f"{P}/2/koulutusmoduuli/laajuus/arvo", 12),
    ("K17", f"{P}/0/näyttö/suoritusaika/loppu", "2025-05-11"),
    ("K18", f"{R}/lisätiedot/erityinenTuki", [{"alku": "2025-08-11"}]),
    ("K19", f"{R}/tila/opiskeluoikeusjaksot", [period("2024-08-12", "lasna"), period("2026-06-05", "loma")]),
    ("K20", f"{R}/lisätiedot/erityinenTuki", [{"alku": "2024-08-11", "loppu": "2025-06-01"}]),
    ("K21", f"{R}/lisätiedot/osaAikaisuusjaksot/0/osaAikaisuus", 100),
    ("K22", f"{S}/osaamisenHankkimistavat/0/loppu", "2024-08-11"),
    ("K23", f"{P}/1/koulutusmoduuli/tunniste", {"koodiarvo": "900001", "koodistoUri": "tutkinnonosat"}),
    ("K25", f"{P}/0/koulutusmoduuli/laajuus/arvo", -45),
    ("K26", f"{P}/0/arviointi/0/arvosana", {"koodiarvo": "E10", "koodistoUri": "arviointiasteikkoammatillinen15"}),
    ("K24", f"{S}/koulutussopimukset", [{"alku": "2026-08-10", "työssäoppimispaikanYTunnus": "1234567-2"}]),
]
PREPARATORY = [
    ("T01", f"{R}/järjestämislupa", None),
    ("T02", f"{R}/suoritukset", []),
    ("T03", f"{P}/3/koulutusmoduuli/tunniste/koodiarvo", "109"),
    ("T04", f"{P}/3/koulutusmoduuli/laajuus/yksikkö/koodiarvo", "6"),
    ("T05", f"{P}/0", tuva_part("101", 4)),
    ("T06", f"{P}/0", tuva_part("101", 1, "2026-05-04")),
    ("T07", f"{P}/1", tuva_part("102", 21, "2026-05-04")),
    ("T08", f"{R}/tila/opiskeluoikeusjaksot", [period("2025-08-11", "lasna"), period("2026-01-11", "eronnut", None)]),
    ("T09", f"{R}/järjestämislupa/koodiarvo", "lukio"),
    ("T10", f"{R}/tila/opiskeluoikeusjaksot/0/opintojenRahoitus/koodiarvo", "2"),
    ("T11", f"{P}/2", tuva_part("104", 2, "2026-05-04")),
    ("T12", f"{S}/koulutusmoduuli/laajuus/arvo", 38),
    ("T13", f"{S}/koulutusmoduuli/laajuus/arvo", 39),
    ("T15", f"{P}/1", tuva_part("102", 21, "2026-05-04")),
    ("T14", P, [tuva_part("101", 4, "2026-05-04"), tuva_part("102", 20, "2026-05-04")]),
]
COMPLETION = {"T05", "T06", "T07", "T13", "T14"}


def going_on(data: dict[str, Any]) -> dict[str, Any]:
    """Return a learner whose preparatory studies have not ended."""
    return changed(data, f"{R}/tila/opiskeluoikeusjaksot", [period("2025-08-11", "lasna")])


def preparatory(code: str, place: str, value: object) -> dict[str, Any]:
    """Return preparatory studies that break a rule."""
    data = changed(tuva(), place, value)
    if code == "T09":
        return changed(data, f"{R}/tila/opiskeluoikeusjaksot/0/tila/koodiarvo", "loma")
    return going_on(data) if code == "T15" else data


PLANNED = [
    ("H01", "/hankittavat-ammat-tutkinnon-osat", []),
    ("H02", f"{W}/loppu", None),
    ("H03", f"{W}/loppu", "2026-08-09"),
    ("H04", f"{W}/keskeytymisajanjaksot/1/alku", "2026-10-16"),
    ("H05", f"{W}/osa-aikaisuustieto", 0),
    ("H06", f"{W}/alku", "2024-08-11"),
    ("H07", f"{D}/loppu", "2027-06-05"),
    ("H08", f"{W}/loppu", "2031-08-11"),
    ("H12", f"{W}/tyopaikalla-jarjestettava-koulutus/tyopaikan-y-tunnus", "1234567-2"),
    ("H13", f"{W}/tyopaikalla-jarjestettava-koulutus", None),
    ("H14", "/osaamisen-saavuttamisen-pvm", "2026-12-11"),
    ("H15", f"{D}/koulutuksen-jarjestaja-osaamisen-arvioijat", []),
    ("H16", f"{D}/sisallon-kuvaus", [" "]),
    ("H17", "/paivitetty", "2024-08-31"),
    ("H18", "/hankittavat-ammat-tutkinnon-osat/0/laajuus", 0),
]


class TestSoundDocuments:
    @pytest.mark.parametrize("data", [vocational(), tuva()])
    def test_no_rule_of_rights_is_broken(self, data: dict[str, Any]) -> None:
        assert codes(data) == set()

    def test_no_rule_of_plans_is_broken(self) -> None:
        assert plan_codes(plan(), vocational()) == set()
        assert plan_codes(tuva_plan(), tuva()) == set()

    def test_each_rule_has_a_code_and_a_case_of_its_own(self) -> None:
        told = [*(one.code for one in (*RIGHTS, *TUVA)), *(one.code for one in PLANS)]
        assert len(told) == len(set(told))
        cases = {code for code, *_rest in (*VOCATIONAL, *PREPARATORY, *PLANNED)} | {"H09", "H10", "H11"}
        assert cases == set(told)


class TestEachRule:
    @pytest.mark.parametrize(("code", "place", "value"), VOCATIONAL)
    def test_of_vocational_studies(self, code: str, place: str, value: object) -> None:
        assert code in codes(changed(vocational(), place, value))

    @pytest.mark.parametrize(("code", "place", "value"), PREPARATORY)
    def test_of_preparatory_studies(self, code: str, place: str, value: object) -> None:
        assert code in codes(preparatory(code, place, value))

    @pytest.mark.parametrize(("code", "place", "value"), [case for case in PREPARATORY if case[0] in COMPLETION])
    def test_studies_that_go_on_are_not_judged_as_if_they_had_ended(
        self, code: str, place: str, value: object
    ) -> None:
        assert code in codes(changed(tuva(), place, value))
        assert not codes(going_on(changed(tuva(), place, value))) & COMPLETION

    @pytest.mark.parametrize(("code", "place", "value"), PLANNED)
    def test_of_plans(self, code: str, place: str, value: object) -> None:
        assert code in plan_codes(changed(plan(), place, value), vocational())

    @pytest.mark.parametrize(
        ("code", "place", "value"), [("H09", f"{T}/loppu", "2026-12-19"), ("H10", f"{T}/laajuus", 21)]
    )
    def test_of_plans_of_preparatory_studies(self, code: str, place: str, value: object) -> None:
        assert code in plan_codes(changed(tuva_plan(), place, value), tuva())

    def test_parts_of_the_other_kind_are_found_both_ways(self) -> None:
        assert plan_codes(plan(), tuva()) >= {"H11"}
        assert plan_codes(tuva_plan(), vocational()) >= {"H11"}

    def test_an_interruption_outside_its_way_is_found(self) -> None:
        assert "H04" in plan_codes(changed(plan(), f"{W}/keskeytymisajanjaksot/0/alku", "2026-08-09"), vocational())

    def test_the_place_leads_to_the_value(self) -> None:
        (found,) = check(RIGHTS, right_of(changed(vocational(), f"{P}/2/koulutusmoduuli/laajuus/arvo", 12)), TODAY)
        assert (found.code, found.at) == ("K16", f"{P}/2/koulutusmoduuli/laajuus")
        assert {name: str(value) for name, value in found.params.items()} == {"points": "12", "parts": "11"}


class TestTheReformOfSupport:
    SUPPORTED = changed(vocational(), f"{R}/lisätiedot/erityinenTuki", [{"alku": "2024-08-12", "loppu": "2025-12-31"}])

    def test_support_that_ended_with_2025_is_sound(self) -> None:
        assert codes(self.SUPPORTED) == set()

    def test_before_2026_nobody_was_held_against_it(self) -> None:
        open_ = changed(vocational(), f"{R}/lisätiedot/erityinenTuki", [{"alku": "2024-08-12"}])
        assert codes(open_, date(2025, 12, 31)) == set()
        assert codes(open_, date(2026, 1, 1)) == {"K18"}


NAMES = """
opiskeluoikeudet suoritukset osasuoritukset koulutusmoduuli tunniste laajuus arvo yksikkö koodiarvo tila
opiskeluoikeusjaksot alku loppu arviointi päivä lisätiedot erityinenTuki tyyppi henkilö oppilaitos oid
hankittavat-koulutuksen-osat hankittavat-ammat-tutkinnon-osat osaamisen-hankkimistavat
""".split()  # noqa: SIM905  a list of words
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 99) | st.text(max_size=6) | st.dates().map(str),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(NAMES),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)


class TestWhateverIsSent:
    @given(anything)
    def test_it_is_read_and_checked_without_an_error(self, data: object) -> None:
        for right in koski.read(data).rights:
            check((*RIGHTS, *TUVA), right, TODAY)
        for one in hoks.read(data).plans:
            check(PLANS, Planned(one, None, TODAY), TODAY)

    def test_parts_within_parts_without_end_are_told(self) -> None:
        inner: dict[str, Any] = {"koulutusmoduuli": {}}
        for _level in range(60):
            inner = {"koulutusmoduuli": {}, "osasuoritukset": [inner]}
        read = koski.read(changed(vocational(), f"{P}/1", inner))
        assert [one.code for one in read.faults] == ["too_deep"]

    @given(st.sampled_from(sorted({place for _code, place, _value in VOCATIONAL})), anything)
    def test_a_foreign_value_anywhere_in_a_sound_document_is_told_or_checked(self, place: str, value: object) -> None:
        for right in koski.read(changed(vocational(), place, value)).rights:
            check((*RIGHTS, *TUVA), right, TODAY)


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="The example documents of the national services are not here.")
class TestTheExamplesOfTheServices:
    def test_every_example_is_read_whole(self) -> None:
        told = [json.loads(path.read_text("utf-8")) for path in sorted(EXAMPLES.glob("koski_*.json"))]
        assert len(told) == 9
        assert all(koski.read(data).rights and not koski.read(data).faults for data in told)
        plans = [json.loads(path.read_text("utf-8")) for path in sorted(EXAMPLES.glob("ehoks_hoks*.json"))]
        assert all(hoks.read(data).plans and not hoks.read(data).faults for data in plans)

    def test_the_real_defects_are_found(self) -> None:
        (one,) = hoks.read(json.loads((EXAMPLES / "ehoks_hoks_tuva.json").read_text("utf-8"))).plans
        found = {(each.code, each.at): each.params for each in check(PLANS, Planned(one, None, TODAY), TODAY)}
        assert found["H10", f"{T}/laajuus"]["weeks"] == 150
        assert found["H09", "/hankittavat-koulutuksen-osat/1"]["days"] == 1571

    def test_the_completed_preparatory_studies_are_sound(self) -> None:
        path = next(EXAMPLES.glob("*valmentavakoulutus-valmistunut*"))
        (right,) = koski.read(json.loads(path.read_text("utf-8"))).rights
        assert check(TUVA, right, TODAY) == ()
