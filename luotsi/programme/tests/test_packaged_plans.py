"""The plans that come with Luotsi: complete, free of errors, and with the gaps that their sources have."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from luotsi.programme.queries.outline import IndicatorRow, counts, outline
from luotsi.programme.queries.plan_files import packaged_keys, read_file
from luotsi.programme.rules.checks import Severity, faults
from luotsi.programme.rules.figures import Figures, rounded_like
from luotsi.programme.rules.plan import Milestone, Plan, coded, measures_of, sections_of, walk

CITY, REGION = "HKI-DIGI-2016-2019", "TRE-SEUTU-DIGI-2024-2027"
FACTS = Path(__file__).parents[4] / "shared" / "facts" / "source_facts.yaml"
needs_facts = pytest.mark.skipif(not FACTS.exists(), reason="The facts of the sources lie outside the repository.")


def packaged(key: str) -> Plan:
    """Return a plan that comes with Luotsi."""
    plan = read_file(key).plan
    assert plan
    return plan


def kinds(plan: Plan) -> Counter[str]:
    """Return how many faults of each kind a plan has."""
    return Counter(fault.code for fault in faults(plan))


class TestEachPlan:
    @pytest.mark.parametrize("key", packaged_keys())
    def test_it_has_no_errors(self, key: str) -> None:
        assert [fault for fault in faults(packaged(key)) if fault.severity == Severity.ERROR] == []

    @pytest.mark.parametrize("key", packaged_keys())
    def test_its_names_are_there_in_all_languages(self, key: str) -> None:
        plan = packaged(key)
        names = [plan.names, plan.owner.names]
        names += [item.names for item in sections_of(plan)] + [item.names for item in measures_of(plan)]
        names += [item.names for item in plan.indicators] + [item.names for item in plan.populations]
        names += [item.names for item in plan.actors] + [item.names for item in plan.levels]
        assert [name for name in names if name.missing] == []


class TestTheCity:
    def test_it_is_complete(self) -> None:
        found = counts(packaged(CITY))
        wanted = {"Observation": 67, "Indicator": 8, "Finding": 18, "Decision": 3, "BudgetLine": 5, "Level": 4}
        assert {name: found[name] for name in wanted} == wanted
        assert (found["Section"], found["Derived"]) == (7, 10)

    def test_its_levels_stand_far_from_their_targets(self) -> None:
        rows = {row.code: row for row in outline(packaged(CITY)).indicators}
        assert stand(rows["I2"]) == (Decimal("9.4"), "gte", Decimal(90))
        assert stand(rows["I3"]) == (Decimal("1.9"), "gte", Decimal(20))

    def test_the_checks_find_what_its_sources_leave_open(self) -> None:
        found = kinds(packaged(CITY))
        assert found["population.several"] == 1  # Q6: three denominators, none of them counted
        assert found["percentage.without_denominator"] == 7
        assert found["indicator.without_rule"] == found["indicator.without_version"] == 8  # Q7
        assert found["indicator.sources"] == 1  # Q8: a fifth by their own word, 79 persons by badges
        assert (found["words.read"], found["words.without_number"]) == (3, 1)  # Q9
        assert (found["appendix.missing"], found["budget.without_amount"]) == (1, 1)  # Q10
        assert found["finding.without_action"] == 4  # Q11

    def test_the_findings_without_action_are_named(self) -> None:
        about = [fault.about for fault in faults(packaged(CITY)) if fault.code == "finding.without_action"]
        assert about == ["K04", "K05", "K07", "K17"]

    def test_the_three_populations_are_named_and_uncounted(self) -> None:
        [fault] = [fault for fault in faults(packaged(CITY)) if fault.code == "population.several"]
        assert fault.params["count"] == fault.params["uncounted"] == 3

    def test_granted_and_reserved_money_is_held_against_the_need(self) -> None:
        [fault] = [fault for fault in faults(packaged(CITY)) if fault.code == "budget.under_need"]
        assert fault.params["percent"] == Decimal("37.6")


class TestTheRegion:
    def test_it_is_complete(self) -> None:
        found = counts(packaged(REGION))
        wanted = {
            "Section": 4, "Measure": 13, "Milestone": 39, "Responsibility": 13, "Participant": 8,
            "BaselineRemark": 10, "ReportingLine": 4, "Communication": 1,
        }  # fmt: skip
        assert {name: found[name] for name in wanted} == wanted

    def test_every_measure_has_a_milestone_in_each_school_year(self) -> None:
        plan = packaged(REGION)
        for measure in measures_of(plan):
            assert [item.period for item in measure.milestones] == list(plan.periods)

    def test_no_milestone_has_number_baseline_or_owner(self) -> None:
        found = kinds(packaged(REGION))
        keys = ("number", "baseline", "owner")
        assert [found[f"milestone.without_{key}"] for key in keys] == [39, 39, 39]  # Q12
        assert not [fault for fault in faults(packaged(REGION)) if fault.severity == Severity.WARNING]


@needs_facts
class TestAgainstTheFacts:
    def test_every_fact_of_the_city_is_an_observation_with_its_value(self) -> None:
        facts, plan = source("ohjelma_S002"), packaged(CITY)
        by_code = {item.code: item for item in plan.observations}
        assert list(by_code) == [fact["id"] for fact in facts["faktat"]]
        for fact in facts["faktat"]:
            if isinstance(fact.get("arvo"), int | float):
                assert by_code[fact["id"]].value == Decimal(str(fact["arvo"])), fact["id"]
            assert by_code[fact["id"]].text.fi == fact["teksti"]

    @pytest.mark.parametrize(
        ("there", "here"),
        [
            ("mittarit", "indicators"),
            ("paatokset", "decisions"),
            ("budjetti", "budget"),
            ("korjaavat_toimet", "findings"),
            ("johdetut", "derived"),
        ],
    )
    def test_the_lists_of_the_city_have_the_same_codes(self, there: str, here: str) -> None:
        facts = source("ohjelma_S002")
        assert [item.code for item in getattr(packaged(CITY), here)] == [fact["id"] for fact in facts[there]]

    def test_money_and_targets_are_those_of_the_facts(self) -> None:
        facts, plan = source("ohjelma_S002"), packaged(CITY)
        sums = [None if row["arvo"] is None else Decimal(row["arvo"]) for row in facts["budjetti"]]
        assert [line.amount for line in plan.budget] == sums
        for fact, item in zip(facts["mittarit"], plan.indicators, strict=True):
            wanted = [(fact["tavoite"]["op"], Decimal(fact["tavoite"]["arvo"]))] if "tavoite" in fact else []
            assert [(target.operator, target.value) for target in item.targets] == wanted

    def test_derived_values_are_counted_to_what_is_expected(self) -> None:
        results = Figures(packaged(CITY)).derived
        for fact in source("ohjelma_S002")["johdetut"]:
            value, expected = results[fact["id"]].value, Decimal(str(fact["odotus"]))
            assert value is not None
            assert rounded_like(value, expected) == expected, fact["id"]

    def test_the_milestones_of_the_region_are_those_of_the_facts(self) -> None:
        plan, facts = packaged(REGION), source("ohjelma_S003")
        areas = facts.get("painopisteet") or source("painopisteet")
        wanted = [text for area in areas for row in area["toimenpiteet"] for text in row["virstanpylvaat"].values()]
        assert [item.text.fi for item in walk(plan) if isinstance(item, Milestone)] == wanted
        codes = [row["id"] for area in areas for row in (*area["vastuut"], *area["toimenpiteet"])]
        assert set(codes) <= coded(plan).keys()


def source(name: str) -> Any:
    """Return a part of the facts file."""
    import yaml

    return yaml.safe_load(FACTS.read_text(encoding="utf-8"))[name]


def stand(row: IndicatorRow) -> tuple[Decimal | None, str, Decimal | None]:
    """Return the derived value of an indicator beside its target."""
    [derived], [target] = row.derived, row.targets
    return derived.value, target.operator, target.value
