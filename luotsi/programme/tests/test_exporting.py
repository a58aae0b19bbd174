"""Plans on their way out: the file reads back as an equal plan, with what has happened since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base.names import Names
from luotsi.people.tests.cast import Cast
from luotsi.programme.actions.findings import FindingDetails, add_finding, change_finding, close_finding, details_of
from luotsi.programme.actions.money import BudgetDetails, add_budget_line
from luotsi.programme.models import Finding
from luotsi.programme.queries.exports import live_plan
from luotsi.programme.queries.plan_files import packaged_keys, read
from luotsi.programme.queries.plan_workbook import read_workbook, workbook_of
from luotsi.programme.queries.plan_yaml import yaml_of
from luotsi.programme.rules.values import Text, span
from luotsi.programme.tests.programmes import (
    CITY,
    REGION,
    city_programme,
    packaged,
    region_programme,
    sound_programme,
)
from luotsi.programme.tests.sound import SOUND, plan_of

WORDS = st.one_of(
    st.sampled_from(["no", "null", "~", "091", "12", "1.50", "- a", "a: b", "#", "'", '"', "x\ny", "2016-11", "=1+1"]),
    st.text(st.characters(codec="utf-8").filter(str.isprintable), max_size=80).map(str.strip),
)


class TestTheFile:
    @pytest.mark.parametrize("key", packaged_keys())
    def test_a_packaged_plan_reads_back_equal(self, key: str) -> None:
        assert read(yaml_of(packaged(key)).encode()).plan == packaged(key)

    @given(WORDS, WORDS)
    def test_any_text_reads_back_as_it_was(self, first: str, second: str) -> None:
        plan = replace(plan_of(SOUND), aim=Text(fi=first, sv=second), foundations=(Text(fi=first or "x"),))
        file = read(yaml_of(plan).encode())
        assert file.plan == plan, file.problems

    def test_it_is_written_for_people(self) -> None:
        text = yaml_of(packaged(CITY))
        assert 'municipality: "091"' in text
        assert "  value: 2162\n" in text
        assert "\naim: Tulevaisuuden oppiminen, jota tietotekniikka mahdollistaa\n" in text
        assert "&id" not in text


class TestWhatHasHappenedSince:
    @pytest.mark.usefixtures("db")
    def test_the_city_comes_out_as_it_went_in(self) -> None:
        assert live_plan(city_programme()) == packaged(CITY)

    def test_the_region_comes_out_as_it_went_in(self, cast: Cast) -> None:
        assert live_plan(region_programme(cast)) == packaged(REGION)

    def test_findings_and_money_are_those_of_today(self, cast: Cast) -> None:
        programme = sound_programme()
        finding = Finding.objects.select_related("programme").get(programme=programme)
        change_finding(finding=finding, details=replace(details_of(finding), due_on=date(2026, 5, 31)), by=cast.aino)
        close_finding(finding=finding, effect="Osallistujia kaksi kertaa enemmän", by=cast.aino)
        new = FindingDetails(text=Names(fi="Uusi havainto"), owner="Seudun digitiimi", period="2025-26")
        add_finding(programme=programme, details=new, by=cast.aino)
        line = BudgetDetails(kind="actual", text=Names(fi="Toteuma"), period="2025", fund="Valtionavustus")
        add_budget_line(programme=programme, details=line, by=cast.aino)
        plan = live_plan(programme)
        first, second = plan.findings
        assert (first.due, first.effect, first.state) == (
            date(2026, 5, 31), "Osallistujia kaksi kertaa enemmän", "done",
        )  # fmt: skip
        assert (second.code, second.note.fi, second.period) == ("K2", "Seudun digitiimi", span("2025-26"))
        assert [item.code for item in plan.budget] == ["B1", "B2", "B3", "B4"]
        assert (plan.budget[3].amount, plan.budget[3].fund) == (None, "Valtionavustus")
        assert read(yaml_of(plan).encode()).plan == plan
        assert read_workbook(workbook_of(plan))[0].plan == plan
