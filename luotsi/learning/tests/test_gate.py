"""Cohorts in time, nobody who had left, and a gate that stops what must not be released."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.rules.model.cohorts import Case, in_time, studying
from luotsi.learning.rules.model.gate import LEAST_GROUP, Judged, Rate, Stop, judge, stops
from luotsi.learning.rules.model.refusals import HasLeft, NotInTime

DAY = date(2026, 11, 26)


def case(number: int, cohort: str = "2024-2", **more: object) -> Case:
    """Return a case of somebody who studies."""
    return Case(f"l{number}", cohort, DAY, {}, **{"outcome": number % 2, **more})  # type: ignore[arg-type]


class TestThePopulation:
    def test_who_left_on_the_day_or_before_is_not_in_it(self) -> None:
        told = [case(1, left_on=DAY + timedelta(days=more)) for more in (-1, 0, 1)]
        assert studying(told) == told[2:]

    @pytest.mark.parametrize("cohort", ["2023-2", "2024-2", "2025-2"])
    def test_one_of_them_anywhere_is_refused(self, cohort: str) -> None:
        cases = [case(1, "2023-2"), case(2, "2024-2"), case(3, "2025-2"), case(9, cohort, left_on=DAY)]
        with pytest.raises(HasLeft, match="l9"):
            in_time(cases, ["2023-2"], ["2025-2"], ["2024-2"])

    def test_cohorts_that_are_not_used_may_hold_anybody(self) -> None:
        cases = [case(1, "2023-2"), case(3, "2025-2"), case(9, "2020-2", left_on=DAY)]
        assert len(in_time(cases, ["2023-2"], ["2025-2"]).judge) == 1


class TestSplitting:
    @given(st.lists(st.integers(2015, 2025).map(str), min_size=2, max_size=6, unique=True), st.data())
    def test_whatever_is_asked_no_judged_cohort_is_as_early_as_one_learnt_from(
        self, cohorts: list[str], data: st.DataObject
    ) -> None:
        learn, judged = (data.draw(st.sets(st.sampled_from(cohorts), min_size=1)) for _part in range(2))
        cases = [case(number, cohort) for number, cohort in enumerate(cohorts)]
        if max(learn) < min(judged):
            split = in_time(cases, learn, judged)
            assert {one.cohort for one in split.learn} == learn
            assert {one.cohort for one in split.judge} == judged
        else:
            with pytest.raises(NotInTime):
                in_time(cases, learn, judged)

    def test_a_split_by_chance_is_refused(self) -> None:
        cases = [case(number, f"{2020 + number % 4}-2") for number in range(40)]
        with pytest.raises(NotInTime):
            in_time(cases, {one.cohort for one in cases[::2]}, {one.cohort for one in cases[1:]})

    def test_what_is_not_known_yet_is_neither_learnt_nor_judged(self) -> None:
        cases = [case(1, "2023-2"), case(2, "2023-2", outcome=None), case(3, "2025-2")]
        assert len(in_time(cases, ["2023-2"], ["2025-2"]).learn) == 1

    def test_both_are_needed(self) -> None:
        with pytest.raises(NotInTime):
            in_time([], [], ["2025-2"])


class TestRates:
    @given(st.integers(0, 500), st.integers(1, 500))
    def test_the_interval_holds_the_rate_and_stays_within_0_and_1(self, hits: int, of: int) -> None:
        rate = Rate(min(hits, of), of)
        assert rate.value is not None
        assert rate.interval is not None
        low, high = rate.interval
        assert 0 <= low <= rate.value + 1e-12
        assert rate.value - 1e-12 <= high <= 1

    def test_nobody_has_no_rate(self) -> None:
        assert Rate(0, 0).value is None
        assert Rate(0, 0).interval is None


def cohort(count: int = 400, worse: float = 0.0) -> tuple[list[Case], list[float]]:
    """Return made-up cases with chances that rank well; those of group b are found less often by `worse`."""
    rng = Random(5)  # noqa: S311  made up the same way every time
    cases, chances = [], []
    for number in range(count):
        outcome, group = number % 2, "ab"[number // 2 % 2]
        cases.append(case(number, outcome=outcome, groups={"g": group}))
        blind = worse if group == "b" and outcome else 0.0
        chances.append(min(max(0.35 + 0.3 * outcome - blind + rng.gauss(0, 0.05), 0.0), 1.0))
    return cases, chances


class TestTheGate:
    @staticmethod
    def stopped(judged: Judged, **more: object) -> list[tuple[Stop, str]]:
        given: dict[str, object] = {"learnt_events": 300, "cohorts": 2, "rules_auc": 0.6}
        return list(stops(judged, **given | more))  # type: ignore[arg-type]

    def test_a_model_that_ranks_well_and_alike_is_released(self) -> None:
        judged = judge(*cohort(), capacity=0.5, draws=50)
        assert judged.auc.value is not None
        assert judged.auc.value > 0.99
        assert self.stopped(judged) == []

    def test_a_gap_between_groups_stops_it_until_somebody_signs(self) -> None:
        judged = judge(*cohort(worse=0.3), capacity=0.5, draws=50)
        assert judged.gaps["g"] > 0.1
        assert self.stopped(judged) == [(Stop.GAP, "g")]
        assert self.stopped(judged, signed=frozenset({"g"})) == []

    def test_a_group_of_few_is_not_told_and_makes_no_gap(self) -> None:
        cases, chances = cohort(LEAST_GROUP * 2 - 4, worse=0.3)
        judged = judge(cases, chances, capacity=0.5, draws=10)
        assert not any(one.is_enough for one in judged.groups)
        assert judged.gaps == {}

    @pytest.mark.parametrize(
        ("more", "stop"),
        [
            ({"learnt_events": 299}, (Stop.FEW_EVENTS, "299")),
            ({"cohorts": 1}, (Stop.FEW_COHORTS, "1")),
            ({"rules_auc": 1.0}, (Stop.NO_BETTER, "")),
        ],
    )
    def test_each_other_stop(self, more: dict[str, object], stop: tuple[Stop, str]) -> None:
        assert self.stopped(judge(*cohort(), capacity=0.5, draws=10), **more) == [stop]

    def test_a_cohort_of_one_outcome_judges_nothing(self) -> None:
        judged = judge([case(2), case(4)], [0.1, 0.2], capacity=0.5, draws=10)
        assert (judged.auc.value, judged.slope) == (None, None)
        assert self.stopped(judged) == [(Stop.NOT_JUDGED, "")]

    def test_the_capacity_is_never_passed(self) -> None:
        cases, chances = cohort(99)
        judged = judge(cases, chances, capacity=0.2, draws=10)
        assert sum(one.hit.hits + one.alarm.hits for one in judged.groups) <= 99 * 0.2
