"""The one way from cohorts to a model: no other split can be made, weights agree with sense, figures are fair."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.rules.model.cohorts import Case, Split
from luotsi.learning.rules.model.measures import auc, average_precision, drawn_again, intervals
from luotsi.learning.rules.model.refusals import HasLeft, NotInTime, NotLearnt
from luotsi.learning.rules.model.training import train

DAY = date(2026, 11, 26)


def cohort(name: str, count: int = 200, seed: int = 1, *, shift: float = 0.0) -> tuple[Case, ...]:
    """Return made-up cases: more of `late` means that more leave; `noise` says nothing."""
    rng = Random(f"{name}{seed}")  # noqa: S311  made up the same way every time
    found = []
    for number in range(count):
        late = rng.random()
        leaves = rng.random() < min(1.0, late * 0.8 + shift)
        snapshot = {"late": late, "noise": rng.random()}
        found.append(
            Case(f"{name}/{number}", name, DAY, snapshot, outcome=int(leaves), groups={"g": "ab"[number % 2]})
        )
    return tuple(found)


class TestSplits:
    @given(st.permutations(["2021", "2022", "2023"]))
    def test_only_the_order_of_time_can_be_made(self, order: list[str]) -> None:
        parts = [cohort(name, 5) for name in order]
        if order == sorted(order):
            assert len(Split(*parts).judge) == 5
        else:
            with pytest.raises(NotInTime):
                Split(*parts)

    def test_one_cohort_in_two_parts_is_a_split_by_chance(self) -> None:
        cases = cohort("2023", 10)
        with pytest.raises(NotInTime):
            Split(cases[::2], (), cases[1::2])

    def test_nobody_who_had_left_gets_in_by_any_way(self) -> None:
        gone = Case("x", "2024", DAY, {}, outcome=1, left_on=DAY - timedelta(days=1))
        with pytest.raises(HasLeft, match="1 of 11"):
            Split(cohort("2023", 10), (), (gone,))


class TestTraining:
    SPLIT = Split(cohort("2021", 600), cohort("2022", 400, shift=0.2), cohort("2023", 400, shift=0.2))

    def test_it_ranks_later_people_better_than_chance_and_tells_how_sure_that_is(self) -> None:
        found = train(self.SPLIT, ["late", "noise"], draws=200).judged
        assert found.auc.value is not None
        assert found.auc.low is not None
        assert 0.6 < found.auc.low < found.auc.value

    def test_it_is_calibrated_on_the_cohort_between(self) -> None:
        with_it = train(self.SPLIT, ["late"], draws=1).judged
        without = train(Split(self.SPLIT.learn, (), self.SPLIT.judge), ["late"], draws=1).judged
        assert with_it.error is not None
        assert without.error is not None
        assert with_it.error < without.error / 2

    def test_a_weight_that_says_the_opposite_of_sense_is_not_learnt(self) -> None:
        found = train(self.SPLIT, ["late", "noise"], more_is={"late": -1}, draws=1)
        assert found.contrary == ("late",)
        assert list(found.weights.weights) == ["noise"]

    def test_the_same_cases_give_the_same_numbers_bit_by_bit(self) -> None:
        one, other = (train(self.SPLIT, ["late", "noise"], draws=50) for _time in range(2))
        assert one == other

    def test_of_one_outcome_nothing_is_learnt(self) -> None:
        stayed = tuple(Case(f"s{number}", "2020", DAY, {"late": 0.5}, outcome=0) for number in range(10))
        with pytest.raises(NotLearnt):
            train(Split(stayed, (), self.SPLIT.judge), ["late"])


class TestIntervals:
    OUTCOMES = [one.outcome or 0 for one in cohort("2025", 400)]
    SCORES = [round(one.snapshot["late"] or 0, 1) for one in cohort("2025", 400)]

    def test_they_are_those_of_drawing_case_by_case(self) -> None:
        found = intervals(self.OUTCOMES, self.SCORES, [str(place) for place in range(400)], draws=1_000)
        for one, measure in zip(found, (auc, average_precision), strict=True):
            slow = drawn_again(self.OUTCOMES, self.SCORES, measure, draws=300)
            assert one.value == slow.value
            assert one.low == pytest.approx(slow.low, abs=0.02)
            assert one.high == pytest.approx(slow.high, abs=0.02)

    def test_snapshots_of_the_same_people_make_nothing_surer(self) -> None:
        who = [str(place) for place in range(400)]
        once, _precision = intervals(self.OUTCOMES, self.SCORES, who)
        four, _precision = intervals(self.OUTCOMES * 4, self.SCORES * 4, who * 4)
        told = [one.high - one.low for one in (once, four) if one.high is not None and one.low is not None]
        assert told[0] == pytest.approx(told[1], abs=1e-9)

    def test_of_nobody_and_of_one_outcome_there_is_none(self) -> None:
        assert intervals([], [], [])[0].value is None
        assert intervals([1, 1], [0.5, 0.6], ["a", "b"], draws=5)[0] == intervals([1, 1], [0.5, 0.6], ["a", "b"])[0]
