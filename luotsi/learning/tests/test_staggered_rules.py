"""A staggered start: the lot, what cannot be planned, and a figure that finds what is there and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import factorial
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.learning.rules.staggered.cells import Cell, Life, Time, cell_of, series_of
from luotsi.learning.rules.staggered.effect import Judged, Series, difference_of, judge, weights_of
from luotsi.learning.rules.staggered.plans import (
    Fault,
    Outcome,
    Period,
    Plan,
    before,
    begins_on,
    draw,
    ends_on,
    faults_of,
    orders_of,
    periods_of,
    sizes_of,
)

MONDAY = date(2027, 1, 11)
TODAY = date(2026, 11, 26)
PLAN = Plan(tuple(f"unit-{n}" for n in range(8)), 4, 8, MONDAY, "7 12 19 23 31 36 40")
ENOUGH = dict.fromkeys(PLAN.units, 12)
SIZES = st.integers(6, 14)


def studied(
    random: Random, plan: Plan, *, lift: float = 0.0, grows: float = 0.0, noise: float = 0.05
) -> dict[str, Series]:
    """Return units of unlike levels, in weeks that are good or bad for all, with an effect from their starts on."""
    weeks = [random.gauss(0, 0.1) for _one in periods_of(plan)]
    found = {}
    for unit, wave in draw(plan).items():
        level = random.gauss(0.8, 0.1)
        outcomes = [
            level + week + random.gauss(0, noise) + (lift + grows * (at - wave) if wave <= at else 0.0)
            for at, week in enumerate(weeks)
        ]
        found[unit] = Series(wave, level + random.gauss(0, noise / 2), tuple(outcomes))
    return found


def told(random: Random, rounds: int, *, lift: float) -> list[Judged]:
    """Return what studies of the same truth came to, each with a lot of its own."""
    found = []
    for number in range(rounds):
        plan = replace(PLAN, seed=f"{number} {random.random()}")
        found.append(judge(studied(random, plan, lift=lift), plan.seed, most=200))
    return found


class TestThePlan:
    def test_a_whole_one_can_be_locked(self) -> None:
        assert faults_of(PLAN, ENOUGH, TODAY) == ()

    @pytest.mark.parametrize(
        ("plan", "fault"),
        [
            (replace(PLAN, units=PLAN.units[:5]), Fault.FEW_UNITS),
            (replace(PLAN, waves=2), Fault.FEW_WAVES),
            (replace(PLAN, waves=9), Fault.MANY_WAVES),
            (replace(PLAN, units=PLAN.units[:6], waves=3), Fault.FEW_ORDERS),
            (replace(PLAN, step=5), Fault.NO_STEP),
            (replace(PLAN, starts_on=MONDAY + timedelta(days=1)), Fault.NO_MONDAY),
            (replace(PLAN, starts_on=TODAY - timedelta(days=3)), Fault.TOO_LATE),
            (replace(PLAN, seed=" "), Fault.NO_SEED),
        ],
    )
    def test_what_cannot_be_told_from_is_refused(self, plan: Plan, fault: Fault) -> None:
        assert faults_of(plan, ENOUGH, TODAY) == (fault,)

    def test_a_unit_of_too_few_learners_is_refused(self) -> None:
        assert faults_of(PLAN, ENOUGH | {"unit-3": 4}, TODAY) == (Fault.SMALL,)

    @given(SIZES, st.integers(3, 6))
    def test_waves_are_as_even_as_can_be(self, units: int, waves: int) -> None:
        sizes = sizes_of(units, waves)
        assert sum(sizes) == units
        assert max(sizes) - min(sizes) <= 1

    def test_the_number_of_orders_is_that_of_ways_to_fall(self) -> None:
        assert orders_of((2, 2, 2, 2)) == 2520
        assert orders_of((1,) * 6) == factorial(6)

    def test_its_periods_are_those_in_which_some_have_begun_and_some_have_not(self) -> None:
        assert [one.first for one in periods_of(PLAN)] == [begins_on(PLAN, wave) for wave in range(3)]
        assert periods_of(PLAN)[-1].end == ends_on(PLAN) == begins_on(PLAN, 3)
        assert before(PLAN)[-1].end == MONDAY


class TestTheLot:
    def test_the_same_words_give_the_same_order(self) -> None:
        assert draw(PLAN) == draw(replace(PLAN, units=PLAN.units[::-1]))
        assert draw(PLAN) != draw(replace(PLAN, seed="7 12 19 23 31 36 41"))

    @given(SIZES, st.integers(3, 6), st.text(min_size=1, max_size=20))
    def test_every_unit_begins_once_and_every_wave_is_filled(self, units: int, waves: int, seed: str) -> None:
        plan = Plan(tuple(f"u{n}" for n in range(units)), waves, 8, MONDAY, seed)
        lot = draw(plan)
        assert set(lot) == set(plan.units)
        assert tuple(list(lot.values()).count(wave) for wave in range(waves)) == sizes_of(units, waves)

    def test_each_unit_is_first_about_as_often(self) -> None:
        first = dict.fromkeys(PLAN.units, 0)
        for number in range(800):
            for unit, wave in draw(replace(PLAN, seed=str(number))).items():
                first[unit] += wave == 0
        assert all(150 <= count <= 250 for count in first.values()), first


class TestTheFigure:
    def test_without_noise_it_is_the_effect_itself(self) -> None:
        found = judge(studied(Random(3), PLAN, lift=0.1, noise=0.0), PLAN.seed)  # noqa: S311
        assert found.difference == pytest.approx(0.1)
        assert found.is_whole
        assert found.orders == 2520
        assert found.is_shown

    @given(st.floats(-5, 5), st.floats(-5, 5), st.integers(0, 10_000))
    @settings(max_examples=25, deadline=None)
    def test_good_weeks_and_high_units_change_nothing(self, week: float, level: float, seed: int) -> None:
        units = studied(Random(seed), PLAN)  # noqa: S311
        moved = {
            key: Series(
                one.wave,
                one.level + level * at,
                tuple(value + level * at + week * time for time, value in enumerate(one.outcomes)),
            )
            for at, (key, one) in enumerate(units.items())
        }
        first, second = (judge(one, PLAN.seed, most=50).difference for one in (units, moved))
        assert second == pytest.approx(first, abs=1e-9)

    @given(st.floats(-0.5, 0.5), st.integers(0, 10_000))
    @settings(max_examples=25, deadline=None)
    def test_a_larger_effect_moves_figure_and_interval_by_as_much(self, lift: float, seed: int) -> None:
        none, some = (judge(studied(Random(seed), PLAN, lift=one), PLAN.seed, most=100) for one in (0.0, lift))  # noqa: S311
        for name in ("difference", "low", "high"):
            assert getattr(some, name) - getattr(none, name) == pytest.approx(lift, abs=1e-9)

    @given(st.integers(0, 10_000), st.floats(-0.1, 0.1))
    @settings(max_examples=40, deadline=None)
    def test_the_interval_holds_the_figure_and_leaves_nothing_out_just_when_chance_is_not_believed(
        self, seed: int, lift: float
    ) -> None:
        found = judge(studied(Random(seed), PLAN, lift=lift), PLAN.seed, most=200)  # noqa: S311
        assert found.low is not None
        assert found.high is not None
        assert found.difference is not None
        assert found.low <= found.difference <= found.high
        assert found.is_shown is (not found.low <= 0 <= found.high)

    def test_an_effect_that_grows_is_not_turned_round(self) -> None:
        """Units that have begun are never compared with each other: a growing effect would make them look worse."""
        found = judge(studied(Random(5), PLAN, lift=0.0, grows=0.2, noise=0.0), PLAN.seed)  # noqa: S311
        assert (found.difference or 0) > 0

    def test_a_planted_effect_is_found(self) -> None:
        shown = [one for one in told(Random(17), 40, lift=0.15) if one.is_shown]  # noqa: S311
        assert len(shown) >= 36
        assert all((one.difference or 0) > 0 for one in shown)

    def test_chance_alone_is_taken_for_an_effect_as_seldom_as_is_said(self) -> None:
        shown = sum(one.is_shown for one in told(Random(11), 400, lift=0.0))  # noqa: S311
        assert 8 <= shown <= 32  # 20 are meant

    def test_the_interval_holds_the_truth_about_nineteen_times_in_twenty(self) -> None:
        held = sum((one.low or 0) <= 0.08 <= (one.high or 0) for one in told(Random(23), 300, lift=0.08))  # noqa: S311
        assert 274 <= held <= 295  # 285 are meant

    def test_of_few_units_nothing_is_claimed(self) -> None:
        units = dict(list(studied(Random(1), PLAN).items())[:5])  # noqa: S311
        found = judge(units, PLAN.seed)
        assert not found.is_told
        assert not found.is_shown

    def test_a_unit_that_nothing_can_be_told_of_is_left_out_and_counted(self) -> None:
        units = studied(Random(1), replace(PLAN, waves=8))  # noqa: S311
        found = judge({**units, "unit-9": None}, PLAN.seed, most=200)
        assert (found.units, found.left_out, found.is_told) == (8, 1, True)

    def test_of_nobody_there_is_no_figure(self) -> None:
        assert judge({}, "") == Judged(0, 0)

    def test_a_period_in_which_all_have_begun_weighs_nothing(self) -> None:
        assert weights_of((0, 0, 1, 1), 3) == (1.0, 0.0, 0.0)
        assert difference_of((0, 0, 1, 1), [(3.0, 9.0)] * 2 + [(1.0, 0.0)] * 2, (1.0, 0.0)) == 2.0


def life(
    *times: tuple[int, int | None], points: Sequence[tuple[int, float]] = (), completed: int | None = None
) -> Life:
    return Life(
        tuple(Time(day_of(first), None if end is None else day_of(end)) for first, end in times),
        () if completed is None else (day_of(completed),),
        tuple((day_of(on), amount) for on, amount in points),
    )


def day_of(week: int) -> date:
    return MONDAY + timedelta(weeks=week)


class TestWhatIsCompared:
    PERIOD = Period(0, day_of(0), day_of(8))

    @pytest.mark.parametrize(
        ("one", "mean"),
        [
            (life((-20, None)), 1.0),
            (life((-20, 4)), 0.0),
            (life((-20, 4), completed=4), 1.0),
            (life((-20, 4), (5, None)), 1.0),
        ],
    )
    def test_to_go_on_is_to_study_or_to_have_completed(self, one: Life, mean: float) -> None:
        assert cell_of([one], Outcome.STAYING, self.PERIOD) == Cell(1, mean)

    def test_who_did_not_study_when_it_began_does_not_count(self) -> None:
        assert cell_of([life((-20, -2)), life((3, None))], Outcome.STAYING, self.PERIOD) == Cell(0, None)

    def test_points_are_those_got_in_the_period(self) -> None:
        one = life((-20, None), points=[(-1, 10.0), (0, 15.0), (7, 5.0), (8, 30.0)])
        assert cell_of([one, life((-9, None))], Outcome.POINTS, self.PERIOD) == Cell(2, 10.0)

    def test_a_period_with_nobody_leaves_the_unit_out(self) -> None:
        some, none = Cell(4, 0.5), Cell(0, None)
        assert series_of(2, [none, some], [some, some]) == Series(2, 0.5, (0.5, 0.5))
        assert series_of(2, [none, none], [some, some]) is None
        assert series_of(2, [some], [some, none]) is None
