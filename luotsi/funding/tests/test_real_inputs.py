"""The three real applications in our own wording: every contradiction is found by rule, a mended copy has none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from luotsi.funding.rules.checks import Difference, Finding, Percent, Plain, Severity, Sum
from luotsi.funding.tests.budgets import Json, application, codes, found_in, of_rule, packaged
from luotsi.questionnaires.rules.counting import characters

PLACES = [folder / "shared" / "facts" for folder in Path(__file__).resolve().parents]
FACTS = next((place for place in PLACES if (place / "source_facts.yaml").exists()), None)
TENTH = {"percent": 10, "base": "total_cost", "per": "area", "source": "Kirje, omarahoitus"}


@pytest.fixture
def strategy() -> list[Finding]:
    return found_in(packaged("strategy-2021.application"), packaged("strategy-2021.call"), known())


def known() -> Json:
    """Return the register that goes with the strategy funding."""
    return packaged("strategy-2021.register")


def params(found: list[Finding], name: str) -> list[Any]:
    """Return one value of each finding."""
    return [one.params[name] for one in found]


class TestStrategyFunding:
    def test_the_swapped_rows_are_named_with_the_side_that_is_wrong_and_why(self, strategy: list[Finding]) -> None:
        found = of_rule(strategy, "M2")
        assert codes(found) == ["M2.swap.summary"] * 2
        assert [one.severity for one in found] == [Severity.BLOCK] * 2
        assert params(found, "difference") == [Difference(Decimal(104_650)), Difference(Decimal(-104_650))]
        assert [(one.found, one.expected) for one in found] == [(1_424_150, 1_319_500), (1_319_500, 1_424_150)]
        assert [[field.pointer for field in one.where] for one in found] == [
            ["/summaries/0/amount", "/areas/0/financing/0/amount"],
            ["/summaries/2/amount", "/areas/2/financing/0/amount"],
        ]
        assert params(found, "with_own") == params(found, "costs") == [1_450_000, 1_565_000]
        assert params(found, "with_other") == [1_554_650, 1_460_350]

    def test_a_grand_total_that_agrees_does_not_hide_it(self) -> None:
        total = [{"of": {"what": "grant"}, "amount": 3_316_950}, {"of": {"what": "summaries"}, "amount": 3_316_950}]
        data = packaged("strategy-2021.application") | {"totals": total}
        found = found_in(data, packaged("strategy-2021.call"))
        assert of_rule(found, "M3") == []
        assert codes(of_rule(found, "M2")) == ["M2.swap.summary"] * 2

    def test_the_balances_hold(self, strategy: list[Finding]) -> None:
        assert of_rule(strategy, "M1") == []

    def test_the_own_share_cannot_be_judged_and_both_bases_are_told(self, strategy: list[Finding]) -> None:
        found = of_rule(strategy, "M4")
        assert codes(found) == ["M4.not_stated"] * 3
        assert params(found, "of_total") == [Percent(Decimal(9))] * 3
        assert {percent.value.quantize(Decimal("0.0001")) for percent in params(found, "of_grant")} == {
            Decimal("9.8901")
        }

    def test_where_the_call_asks_for_a_tenth_it_is_short_by_area_and_in_all(self) -> None:
        of = packaged("strategy-2021.call") | {"share": TENTH}
        found = of_rule(found_in(packaged("strategy-2021.application"), of), "M4")
        assert codes(found) == ["M4.short", "M4.short", "M4.short", "M4.short_whole"]
        assert params(found[:3], "short") == [14_500, 6_300, 15_650]
        whole = found[3].params
        assert (whole["parts"], whole["short"], whole["most"]) == (
            Sum((Decimal(14_500), Decimal(6_300), Decimal(15_650))),
            36_450,
            3_280_500,
        )
        assert {one.source for one in found} == {"Kirje, omarahoitus"}

    def test_the_third_area_has_no_period_of_use(self, strategy: list[Finding]) -> None:
        found = of_rule(strategy, "D1", "D2", "D4")
        assert codes(found) == ["D4.missing_with_sum", "D2.before_letter"]
        assert found[0].where[0].pointer == "/areas/2/period"
        share = found[0].params["share"]
        assert isinstance(share, Percent)
        assert share.value.quantize(Decimal("0.1")) == Decimal("42.9")

    def test_blank_stands_beside_zero(self, strategy: list[Finding]) -> None:
        found = of_rule(strategy, "M8")
        assert [[field.pointer for field in one.where] for one in found] == [
            ["/areas/2/costs/1/amount", "/areas/0/costs/1/amount"],
            ["/areas/2/financing/2/amount", "/areas/0/financing/2/amount"],
            ["/areas/2/financing/3/amount", "/areas/0/financing/3/amount"],
        ]

    def test_a_part_is_larger_than_its_whole(self, strategy: list[Finding]) -> None:
        found = of_rule(strategy, "T3")
        assert [(one.found, one.expected) for one in found] == [(Plain(Decimal(9_000)), Plain(Decimal(7_500)))]

    def test_the_claim_of_no_other_funding_meets_the_register(self, strategy: list[Finding]) -> None:
        found = of_rule(strategy, "T4")
        assert [[str(field) for field in one.where] for one in found] == [
            ["application#/texts/2/text", "register#/grants/0"],
            ["application#/texts/2/text", "register#/grants/1"],
        ]
        assert of_rule(found_in(packaged("strategy-2021.application"), packaged("strategy-2021.call")), "T4") == []

    def test_lengths_near_the_limit_are_told_by_the_counting_of_the_house_and_a_stricter_one(
        self, strategy: list[Finding]
    ) -> None:
        found = [one for one in of_rule(strategy, "T1") if one.severity is Severity.WARN]
        assert [(one.found, one.expected, one.params["strict"]) for one in found] == [
            (2_474, 2_500, 2_533),
            (2_469, 2_500, 2_543),
            (2_492, 2_500, 2_551),
            (1_983, 2_000, 2_028),
        ]

    def test_declared_counting_that_takes_a_break_as_two_makes_them_too_long(self) -> None:
        of = packaged("strategy-2021.call")
        for question in of["questions"]:
            question["counting"] = "crlf"
        found = of_rule(found_in(packaged("strategy-2021.application"), of), "T1")
        assert [one.found for one in found if one.code == "T1.over"] == [2_533, 2_543, 2_551, 2_028]

    def test_the_sentence_that_opens_two_answers_is_found(self, strategy: list[Finding]) -> None:
        assert [(one.code, one.found) for one in of_rule(strategy, "T2")] == [("T2.copied", 180)]

    def test_indicators_lack_baseline_target_day_and_source(self, strategy: list[Finding]) -> None:
        found = [one for one in strategy if one.code == "T6.incomplete"]
        assert [(one.params["count"], one.params["of"]) for one in found] == [(8, 8), (3, 3), (5, 5)]
        assert [one.found for one in strategy if one.code == "T6.no_indicator"][:1] == [
            "Hyvien käytäntöjen jako henkilöstölle"
        ]

    def test_partners_are_compared_with_the_lists(self, strategy: list[Finding]) -> None:
        assert codes(of_rule(strategy, "T5")) == ["T5.not_listed", "T5.has_applicant"]

    def test_personnel_cannot_be_judged_without_person_years(self, strategy: list[Finding]) -> None:
        found = of_rule(strategy, "M11")
        assert [one.params.get("monthly") for one in found] == [73_684, 21_053, None]


class TestEnvironmentsOf2020:
    FOUND = found_in(packaged("environments-2020.application"), packaged("environments-2020.call"))

    def test_the_end_is_62_days_before_the_start(self) -> None:
        found = of_rule(self.FOUND, "D1")
        assert [(one.code, one.severity, one.params["days"]) for one in found] == [("D1.reversed", Severity.BLOCK, 62)]

    def test_the_own_share_is_of_the_wrong_base_with_all_three_readings(self) -> None:
        found = of_rule(self.FOUND, "M4")
        assert codes(found) == ["M4.wrong_base"]
        told = found[0].params
        assert [told[name] for name in ("first_own", "first_total", "first_short")] == [43_667, 436_667, 4_367]
        assert [told[name] for name in ("second_grant", "second_over")] == [389_070, 3_930]
        assert told["third_grant"] == 353_700
        assert isinstance(told["of_total"], Percent)
        assert told["of_total"].value.quantize(Decimal("0.0001")) == Decimal("9.0909")

    def test_its_share_of_the_call_is_told(self) -> None:
        found = of_rule(self.FOUND, "M5")
        assert params(found, "share") == [Percent(Decimal("26.200000"), 1)]
        assert codes(found) == ["M5.share_of_about"]


class TestEnvironmentsOf2022:
    FOUND = found_in(packaged("environments-2022.application"), packaged("environments-2022.call"))

    def test_the_grant_is_nine_tenths_of_the_total(self) -> None:
        assert of_rule(self.FOUND, "M4") == []

    def test_the_own_share_has_no_decision_because_noting_commits_to_nothing(self) -> None:
        found = of_rule(self.FOUND, "D8")
        assert [(one.code, one.found) for one in found] == [("D8.only_noted", 3_350)]

    def test_the_refusal_has_neither_day_nor_reasons(self) -> None:
        assert codes(of_rule(self.FOUND, "D7")) == ["D7.no_day", "D7.no_reasons"]


class TestMendedCopies:
    @pytest.mark.parametrize("name", ["strategy-2021", "environments-2020", "environments-2022"])
    def test_nothing_blocks_or_warns(self, name: str) -> None:
        more = known() if name == "strategy-2021" else {}
        found = found_in(packaged(f"{name}.mended"), packaged(f"{name}.call"), more)
        assert [one for one in found if one.severity is not Severity.INFO] == []

    def test_nothing_follows_from_names(self) -> None:
        """The same contradictions are found when every label, title and name is another."""

        def renamed(value: Any) -> Any:
            if isinstance(value, dict):
                told = {"label", "title", "name", "funder", "body", "project_name"}
                return {key: f"X {item}" if key in told else renamed(item) for key, item in value.items()}
            if isinstance(value, list) and all(isinstance(item, str) for item in value):
                return [f"X {item}" for item in value] if any(" " in item for item in value) else value
            return [renamed(item) for item in value] if isinstance(value, list) else value

        for name in ("strategy-2021", "environments-2020", "environments-2022"):
            data, of = packaged(f"{name}.application"), packaged(f"{name}.call")
            same = found_in(renamed(data), renamed(of), renamed(known()))
            assert codes(same) == codes(found_in(data, of, known()))


@pytest.mark.skipif(FACTS is None, reason="The facts of the sources are not on this machine.")
class TestTheFigures:
    """What comes with Luotsi has the figures of the sources."""

    def facts(self) -> dict[str, Any]:
        import yaml

        assert FACTS is not None
        told = yaml.safe_load((FACTS / "source_facts.yaml").read_text(encoding="utf-8"))
        return {grant["id"]: grant for grant in told["avustukset"]}

    def test_of_the_strategy_funding(self) -> None:
        told, ours = self.facts()["G004"], application(packaged("strategy-2021.application"))
        for area, part in zip(ours.areas, told["osahankkeet"], strict=True):
            assert [row.amount for row in area.costs] == list(part["kustannukset"].values())
            assert [row.amount for row in area.financing] == list(part["rahoitus"].values())
            days = (area.period.start_on, area.period.end_on) if area.period else (None, None)
            assert days == (part["kaytto"]["alku"], part["kaytto"]["loppu"])
            assert len(area.measures) == part["toimenpiteita"]
        summaries = [value for key, value in told["yhteenveto_q40"].items() if key != "rivit"]
        assert [row.amount for row in ours.summaries] == summaries

    def test_of_the_lengths_of_its_answers(self) -> None:
        import yaml

        assert FACTS is not None
        form = yaml.safe_load((FACTS / "strategy_form_2021.yaml").read_text(encoding="utf-8"))
        answers = form["application"]["answers"]
        for text in packaged("strategy-2021.application")["texts"]:
            assert characters(text["text"]) == answers[f"q{text['question']}"]["length"]
        limits = {question["number"]: question["limit"] for question in packaged("strategy-2021.call")["questions"]}
        asked = {str(one["n"]): one["max"] for one in form["form"]["questions"] if one["type"] == "text"}
        assert limits == asked

    def test_of_the_environments(self) -> None:
        told, ours = self.facts()["G001"], application(packaged("environments-2020.application"))
        rows = ours.areas[0].financing
        assert [row.amount for row in rows] == [told["haettu"]["arvo"], told["omarahoitus"]["arvo"]]
        period = ours.areas[0].period
        assert period is not None
        assert (period.start_on, period.end_on) == (told["kaytto"]["alku"], told["kaytto"]["loppu"])
        later = application(packaged("environments-2022.application"))
        assert later.areas[0].financing[0].amount == self.facts()["G000"]["haettu"]["arvo"]
        assert packaged("environments-2022.call")["budget"] == self.facts()["G000"]["haku"]["maararaha"]["arvo"]


class TestWhatComesWithLuotsi:
    @pytest.mark.parametrize("kind", ["application", "mended"])
    @pytest.mark.parametrize("name", ["strategy-2021", "environments-2020", "environments-2022"])
    def test_no_application_names_a_real_applicant_or_a_person(self, name: str, kind: str) -> None:
        data = packaged(f"{name}.{kind}")
        assert "simerk" in data["applicant"]["name"]
        assert of_rule(found_in(data, packaged(f"{name}.call")), "T8") == []
