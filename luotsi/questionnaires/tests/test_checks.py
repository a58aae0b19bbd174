"""Sets of checks: read with their faults, held against answers by role, findings with both sides of the evidence."""

from __future__ import annotations

import time
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.questionnaires.rules.checks import Finding, RuleSet, Severity, findings, read_rules
from luotsi.questionnaires.rules.definition import Definition, read
from luotsi.questionnaires.rules.evaluation import evaluate
from luotsi.questionnaires.rules.expressions import Budget
from luotsi.questionnaires.tests.making import packaged

PLACES = [folder / "shared" / "facts" / "strategy_form_2021.yaml" for folder in Path(__file__).resolve().parents]
FACTS = next((place for place in PLACES if place.exists()), None)
NOW = datetime(2021, 5, 17, 12)  # noqa: DTZ001 - moments of an evaluation are those of the place
RULE = {"id": "R", "severity": "warn", "scope": "whole", "when": "{cost} > 1", "texts": {"fi": "Liikaa: {cost}"}}


def form(name: str = "strategy-form") -> Definition:
    """Return a packaged definition."""
    definition = read(packaged(name)).definition
    assert definition is not None
    return definition


def rules() -> RuleSet:
    """Return the packaged checks."""
    told = read_rules(packaged("strategy-form.rules"))
    assert told.ok, told.faults
    assert told.rule_set is not None
    return told.rule_set


def sums(staff: Any, **others: Any) -> dict[str, Any]:
    """Return the answer to a table of money."""
    return {key: {"amount": value} for key, value in {"staff": staff, **others}.items() if value is not None}


def sound() -> dict[str, Any]:
    """Return answers of an invented provider in which nothing is wrong."""
    return {
        "provider": "Esimerkkilän koulutuskuntayhtymä",
        "areas": ["quality"],
        "quality_costs": {key: {"amount": value} for key, value in zip(COSTS, (900, 0, 100, 0), strict=True)},
        "quality_funding": {key: {"amount": value} for key, value in zip(FUNDS, (800, 200, 0, 0), strict=True)},
        "quality_starts": "2021-06-01",
        "quality_ends": "2022-12-31",
        "grant_summary": {"quality": {"amount": 800}},
    }


COSTS, FUNDS = ("staff", "premises", "services", "other"), ("grant", "own", "public", "private")


def told(answers: dict[str, Any], language: str = "en") -> list[Finding]:
    """Return what the packaged checks say about answers to the ministry's form."""
    return list(findings(rules(), form(), answers, now=NOW, language=language))


def ids(answers: dict[str, Any]) -> list[tuple[str, str]]:
    """Return rule and area of each finding."""
    return [(finding.rule, finding.area) for finding in told(answers)]


class TestReading:
    @pytest.mark.parametrize(
        ("key", "value", "code"),
        [
            ("when", "{a} >", "expression.unreadable"),
            ("when", "nothing({a})", "expression.function.unknown"),
            ("severity", "bad", "word"),
            ("scope", None, "word"),
            ("texts", [], "type"),
            ("texts", {}, "type"),
            ("texts", "x" * 3_000, "limit.text"),
            ("evidence", "cost", "type"),
            ("id", " ", "type"),
            ("extra", 1, "unknown"),
        ],
    )
    def test_a_rule_that_does_not_fit_is_told_with_its_place(self, key: str, value: Any, code: str) -> None:
        read = read_rules({"id": "s", "version": "1.0.0", "rules": [RULE, RULE | {"id": "S", key: value}]})
        assert [(fault.code, fault.at) for fault in read.faults] == [(code, f"/rules/1/{key}")]
        assert not read.ok

    def test_an_id_is_given_once(self) -> None:
        assert [fault.code for fault in read_rules({"rules": [RULE, RULE]}).faults] == ["name.twice"]

    @given(
        st.recursive(
            st.none() | st.booleans() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["rules", "id", "when", "groups"]), inner)
            ),
            max_leaves=8,
        )
    )
    def test_whatever_it_is_nothing_is_raised(self, data: Any) -> None:
        read_rules(data)


class TestSoundAnswers:
    def test_nothing_is_found(self) -> None:
        assert told(sound()) == []

    def test_nothing_is_found_in_the_mended_form_either(self) -> None:
        assert findings(rules(), form("strategy-form-mended"), sound(), now=NOW) == ()


class TestMoney:
    def test_costs_and_financing_differ(self) -> None:
        answers = sound()
        answers["quality_costs"]["staff"]["amount"] = Decimal("900.10")
        (finding,) = told(answers)
        assert (finding.rule, finding.severity, finding.area) == ("M1", Severity.BLOCK, "quality")
        assert finding.message == "Costs of 1000.1 € and financing of 1000 € are not equal."
        assert [(side.name, side.value) for side in finding.evidence] == [
            ("cost", Decimal("1000.10")),
            ("financing", 1000),
        ]
        assert finding.evidence[0].fields == tuple(f"quality_costs.{key}.amount" for key in COSTS)
        assert finding.evidence[1].fields == tuple(f"quality_funding.{key}.amount" for key in FUNDS)

    def test_the_summary_differs_from_its_section(self) -> None:
        assert ids(sound() | {"grant_summary": {"quality": {"amount": 700}}}) == [("M2", "quality"), ("M3", "")]
        assert ids(sound() | {"grant_summary": {}}) == [("M2-missing", "quality")]

    def test_an_area_that_was_not_chosen_has_money(self) -> None:
        assert ids(sound() | {"data_costs": sums(5)}) == [("M7", "data"), ("M8", "data")]
        summary = {"quality": {"amount": 800}, "mergers": {"amount": 1}}
        assert set(ids(sound() | {"grant_summary": summary})) == {("M7", "mergers"), ("M3", "")}

    def test_a_chosen_area_has_none(self) -> None:
        assert ids(sound() | {"areas": ["quality", "data"]}) == [("M6-zero", "data")]

    def test_blank_is_not_nothing(self) -> None:
        answers = sound()
        del answers["quality_costs"]["premises"]
        (finding,) = told(answers)
        assert (finding.rule, finding.severity) == ("M8", Severity.INFO)
        assert finding.evidence[0].fields == ("quality_costs.premises.amount",)


class TestDays:
    def test_an_end_before_the_start(self) -> None:
        (finding,) = told(sound() | {"quality_starts": "2022-10-01", "quality_ends": "2022-07-31"})
        assert finding.rule == "D1"
        assert [side.value for side in finding.evidence] == ["2022-10-01", "2022-07-31"]

    def test_a_period_outside_that_of_the_call(self) -> None:
        assert ids(sound() | {"quality_ends": "2023-01-01"}) == [("D2", "quality")]


class TestWords:
    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_every_rule_has_words_and_a_fix_in_each_language(self, language: str) -> None:
        for rule in rules().rules:
            assert rule.texts.has(language)
            assert rule.fix.has(language)

    def test_what_is_missing_is_shown_as_missing(self) -> None:
        (finding,) = told(sound() | {"grant_summary": {}}, "fi")
        assert finding.fix == "Merkitse yhteenvetoon 800 €."
        assert finding.evidence[1].value is None


class TestWork:
    def test_a_check_that_takes_too_much_work_is_told_rather_than_missed(self) -> None:
        answers = sound() | {"grant_summary": {}}
        assert [rule for rule, _area in ids(answers)] == ["M2-missing"]
        told = findings(rules(), form(), answers, now=NOW, budget=Budget(50))
        assert {"M2-missing", "M7", "D2"} <= {finding.rule for finding in told}

    def test_expressions_without_end_are_refused_before_they_are_read(self) -> None:
        started = time.perf_counter()
        many = [RULE | {"id": f"R{n}", "when": f"{n} = " + "{cost}" * 1_600} for n in range(500)]
        assert "limit.text" in {fault.code for fault in read_rules({"rules": many}).faults}
        assert time.perf_counter() - started < 5


class TestAnyAnswers:
    @given(
        st.dictionaries(
            st.sampled_from(["areas", "quality_costs", "grant_summary", "quality_starts", "data_funding"]),
            st.recursive(
                st.none() | st.integers(-9, 9) | st.text(max_size=4) | st.booleans(),
                lambda inner: (
                    st.lists(inner, max_size=3)
                    | st.dictionaries(st.sampled_from(["staff", "quality", "amount"]), inner)
                ),
                max_leaves=8,
            ),
        )
    )
    def test_whatever_they_are_nothing_is_raised(self, answers: dict[str, Any]) -> None:
        assert all(isinstance(finding, Finding) for finding in told(answers))


@pytest.fixture
def filled_in() -> dict[str, Any]:
    """Return the figures of the answers as they were handed in, from the facts of the project."""
    if FACTS is None:
        pytest.skip("the facts of the project are not beside the repository")
    import yaml

    given_in = yaml.safe_load(FACTS.read_text(encoding="utf-8"))["application"]["answers"]
    answers: dict[str, Any] = {"areas": ["quality", "environments", "data"]}
    for area, first, second in (("quality", 7, 8), ("environments", 15, 16), ("data", 21, 22)):
        for table, number, keys in (("costs", first, COSTS), ("funding", second, FUNDS)):
            figures = given_in[f"q{number}"].values()
            answers[f"{area}_{table}"] = {
                key: {"amount": value} for key, value in zip(keys, figures, strict=True) if value is not None
            }
    for area, number in (("quality", 9), ("environments", 17)):
        answers[f"{area}_starts"] = given_in[f"q{number}"]["start_on"].isoformat()
        answers[f"{area}_ends"] = given_in[f"q{number}"]["end_on"].isoformat()
    answers["grant_summary"] = {key: {"amount": value} for key, value in given_in["q40"].items() if value is not None}
    return answers


class TestTheAnswersOf2021:
    def test_costs_equal_financing_and_the_rows_of_the_summary_are_swapped(self, filled_in: dict[str, Any]) -> None:
        found = {(finding.rule, finding.area): finding for finding in told(filled_in)}
        assert set(found) == {
            ("M2-swap", "quality"),
            ("M2-swap", "data"),
            ("M8", "data"),
            ("M8-financing", "data"),
        }
        quality, data = found["M2-swap", "quality"], found["M2-swap", "data"]
        assert [side.value for side in quality.evidence] == [1_319_500, 1_424_150, "data"]
        assert [side.value for side in data.evidence] == [1_424_150, 1_319_500, "quality"]
        assert quality.evidence[1].fields == ("grant_summary.quality.amount",)
        assert quality.severity is Severity.BLOCK
        assert found["M8", "data"].evidence[0].fields == ("data_costs.premises.amount",)

    def test_the_totals_are_those_of_the_source(self, filled_in: dict[str, Any]) -> None:
        outcome = evaluate(form(), filled_in, today=NOW.date())
        totals = {name: total for name, total in outcome.totals.items() if name.endswith("_costs.amount")}
        assert totals == {
            "quality_costs.amount": 1_450_000,
            "environments_costs.amount": 630_000,
            "data_costs.amount": 1_565_000,
        }

    def test_with_the_rows_in_their_places_only_the_blanks_are_told(self, filled_in: dict[str, Any]) -> None:
        summary = filled_in["grant_summary"]
        summary["quality"], summary["data"] = summary["data"], summary["quality"]
        assert {rule for rule, _area in ids(filled_in)} == {"M8", "M8-financing"}

    def test_the_three_of_a_longer_turn_are_named_too(self, filled_in: dict[str, Any]) -> None:
        summary = filled_in["grant_summary"]
        own = [1_319_500, 573_300, 1_424_150]
        for area, value in zip(("quality", "environments", "data"), own[1:] + own[:1], strict=True):
            summary[area] = {"amount": value}
        swaps = {finding.area: finding.evidence[2].value for finding in told(filled_in) if finding.rule == "M2-swap"}
        assert swaps == {"quality": "environments", "environments": "data", "data": "quality"}
