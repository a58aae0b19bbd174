"""What is foreseen of a target, and how good kept forecasts were."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from luotsi.indicators.rules.forecast import Aim, Forecast, Kept, Method, Point, forecast, score
from luotsi.indicators.rules.forecast.student import quantile, share_below
from luotsi.indicators.rules.values import Direction, Operator, Verdict

BEGIN = date(2015, 9, 20)
SHARES = st.lists(st.decimals(0, 100, places=1), min_size=3, max_size=9)
NUMBERS = st.lists(st.decimals(-500, 500, places=1), min_size=3, max_size=9)


def yearly(*values: Decimal | int) -> list[Point]:
    return [Point(day=BEGIN.replace(year=2015 + place), value=Decimal(value)) for place, value in enumerate(values)]


def aim(value: Decimal | int, *, years: int = 3, after: list[Point], operator: Operator = Operator.GTE) -> Aim:
    last = after[-1].day
    return Aim(operator=operator, value=Decimal(value), day=last.replace(year=last.year + years))


def foreseen(points: list[Point], target: Decimal | int, *, share: bool = False, years: int = 3) -> Forecast:
    return forecast(points, aim(target, years=years, after=points), share=share)


class TestTooLittleData:
    @given(st.lists(st.decimals(0, 100, places=1), min_size=1, max_size=2), st.integers(0, 100))
    def test_one_or_two_points_are_never_guessed_from(self, values: list[Decimal], target: int) -> None:
        points = yearly(*values)
        found = foreseen(points, target, share=True)

        assert found.verdict == Verdict.TOO_LITTLE
        assert (found.method, found.value, found.probability, found.low80, found.bands) == (None, None, None, None, ())
        assert (found.naive_value, [value for _, value in found.naive]) == (values[-1], [values[-1]] * 2)
        assert (found.pace_so_far is None) is (len(values) == 1)
        assert found.needed_pace is not None

    def test_no_points_say_nothing(self) -> None:
        found = forecast([], Aim(operator=Operator.GTE, value=Decimal(1), day=BEGIN))

        assert (found.verdict, found.naive, found.naive_value) == (Verdict.TOO_LITTLE, (), None)

    def test_it_is_said_that_the_last_value_meets_the_target(self) -> None:
        assert "forecast.met_now" in [item.code for item in foreseen(yearly(90), 80).remarks]


class TestCentralLine:
    @given(st.decimals(1, 90, places=1), st.integers(3, 9))
    def test_a_constant_series_stays(self, value: Decimal, length: int) -> None:
        found = foreseen(yearly(*[value] * length), value + 5, share=True)

        assert (found.method, found.value) == (Method.LAST, value)
        assert found.low95 == found.high95 == value

    @given(st.integers(-100, 100), st.integers(-20, 20).filter(bool), st.integers(3, 9), st.integers(1, 6))
    def test_a_straight_series_goes_on_exactly(self, start: int, slope: int, length: int, years: int) -> None:
        points = [
            Point(day=BEGIN + timedelta(days=365 * place), value=Decimal(start + slope * place))
            for place in range(length)
        ]
        day = points[-1].day + timedelta(days=365 * years)
        expected = start + slope * (length - 1 + years)
        found = forecast(points, Aim(operator=Operator.GTE, value=Decimal(expected), day=day))

        assert found.method == Method.LINEAR
        assert found.value is not None
        assert abs(found.value - expected) < Decimal("0.000001")

    @given(NUMBERS, st.randoms(use_true_random=False))
    def test_the_order_of_the_points_does_not_matter(self, values: list[Decimal], source: random.Random) -> None:
        points = yearly(*values)
        target = aim(100, after=points)
        mixed = list(points)
        source.shuffle(mixed)

        assert forecast(mixed, target) == forecast(points, target)

    @given(SHARES, st.integers(0, 100), st.integers(1, 8))
    def test_shares_stay_within_bounds(self, values: list[Decimal], target: int, years: int) -> None:
        found = foreseen(yearly(*values), target, share=True, years=years)
        told = [value for _, value in found.central]
        told += [edge for band in found.bands for edge in (band.low95, band.low80, band.high80, band.high95)]

        assert all(0 <= value <= 100 for value in told)

    @given(NUMBERS, st.integers(2, 1000))
    def test_linear_methods_do_not_depend_on_the_unit_of_measure(self, values: list[Decimal], factor: int) -> None:
        one = foreseen(yearly(*values), 100)
        other = foreseen(yearly(*[value * factor for value in values]), 100 * factor)
        assume(one.method == other.method)

        assert one.value is not None
        assert other.value is not None
        assert float(other.value) == pytest.approx(float(one.value) * factor, rel=1e-6, abs=1e-4)
        assert float(other.probability or 0) == pytest.approx(float(one.probability or 0), abs=2e-3)

    def test_growth_that_saturates_is_seen_in_shares(self) -> None:
        values = [4, 8, 16, 29, 47, 65, 80, 89]
        found = foreseen(yearly(*values), 95, share=True, years=2)

        assert found.method == Method.LOGISTIC
        assert found.value is not None
        assert 94 < found.value < 98

    def test_growth_that_saturates_is_not_tried_on_numbers_or_on_three_points_inside(self) -> None:
        for found in (foreseen(yearly(4, 8, 16, 29, 47), 95), foreseen(yearly(0, 0, 4, 8, 16), 95, share=True)):
            assert Method.LOGISTIC not in [row.method for row in found.backtest]

    def test_the_last_value_is_always_there_to_draw(self) -> None:
        found = foreseen(yearly(1, 5, 9), 20)

        assert found.naive == ((date(2017, 9, 20), Decimal(9)), (date(2020, 9, 20), Decimal(9)))
        assert found.central[0][0] == date(2017, 9, 20)
        assert found.central[-1][0] == date(2020, 9, 20)


class TestRange:
    @given(NUMBERS, st.integers(1, 6))
    def test_the_ranges_nest_around_the_line_and_widen(self, values: list[Decimal], years: int) -> None:
        found = foreseen(yearly(*values), 100, years=years)

        for band, (day, value) in zip(found.bands, found.central, strict=True):
            assert band.day == day
            assert band.low95 <= band.low80 <= value <= band.high80 <= band.high95
        widths = [band.high80 - band.low80 for band in found.bands]
        assert widths == sorted(widths)

    @pytest.mark.parametrize("kind", ["walk", "trend"])
    def test_80_in_100_ranges_hold_what_comes(self, kind: str) -> None:
        source, held, rounds = random.Random(7), 0, 400  # noqa: S311
        for _ in range(rounds):
            values, level = [], 50.0
            for place in range(10):
                level += source.gauss(0, 2)
                values.append(level if kind == "walk" else 50 + 2 * place + source.gauss(0, 2))
            found = foreseen(yearly(*[Decimal(repr(value)) for value in values[:8]]), 200, years=2)
            held += (found.low80 or 0) <= Decimal(repr(values[9])) <= (found.high80 or 0)

        assert 0.7 <= held / rounds <= 0.93


class TestProbability:
    @given(NUMBERS, st.integers(-600, 600), st.integers(0, 300))
    def test_a_higher_target_is_never_more_probable(self, values: list[Decimal], target: int, more: int) -> None:
        points = yearly(*values)
        near, far = foreseen(points, target), foreseen(points, target + more)

        assert near.probability is not None
        assert far.probability is not None
        assert near.probability >= far.probability

    @given(NUMBERS, st.integers(-600, 600))
    def test_at_least_and_less_than_make_one_together(self, values: list[Decimal], target: int) -> None:
        points = yearly(*values)
        over = forecast(points, aim(target, after=points))
        under = forecast(points, aim(target, after=points, operator=Operator.LT))

        assert over.probability is not None
        assert under.probability is not None
        assert abs(over.probability + under.probability - 1) <= Decimal("0.0002")

    @given(SHARES)
    def test_few_tests_make_nobody_sure(self, values: list[Decimal]) -> None:
        found = foreseen(yearly(*values[:3]), 50, share=True)

        assert found.probability is not None
        assert Decimal("0.25") <= found.probability <= Decimal("0.75")

    def test_a_share_is_never_over_a_hundred(self) -> None:
        points = yearly(90, 93, 96, 99)

        assert foreseen(points, 101, share=True).probability == 0
        assert forecast(points, aim(100, after=points, operator=Operator.GT), share=True).probability == 0
        assert foreseen(points, 100, share=True).probability != 0

    @pytest.mark.parametrize(("freedom", "below"), [(1, 0.75), (2, 0.788675), (5, 0.818391), (30, 0.837342)])
    def test_the_distribution_is_students(self, freedom: int, below: float) -> None:
        assert share_below(1.0, freedom) == pytest.approx(below, abs=2e-5)
        assert share_below(-1.0, freedom) == pytest.approx(1 - below, abs=2e-5)

    @pytest.mark.parametrize(("freedom", "value"), [(1, 12.7062), (4, 2.77645), (10, 2.22814)])
    def test_its_quantiles_are_those_of_the_tables(self, freedom: int, value: float) -> None:
        assert quantile(0.975, freedom) == pytest.approx(value, abs=1e-3)


class TestVerdict:
    def test_a_target_that_is_met_is_reached_though_it_may_not_hold(self) -> None:
        found = foreseen(yearly(99, 95, 90, 86, 82, 81), 80)

        assert found.verdict == Verdict.REACHED
        assert "forecast.may_not_hold" in [item.code for item in found.remarks]

    def test_a_steady_climb_will_reach_what_lies_on_its_way(self) -> None:
        assert foreseen(yearly(10, 21, 29, 41, 50, 59), 75).verdict == Verdict.WILL

    def test_a_steady_climb_will_not_reach_what_is_far_beyond(self) -> None:
        assert foreseen(yearly(10, 21, 29, 41, 50, 59), 300).verdict == Verdict.WILL_NOT

    def test_a_target_on_the_line_is_at_risk(self) -> None:
        points = yearly(10, 24, 27, 43, 48, 61)
        centre = foreseen(points, 300).value

        assert centre is not None
        assert foreseen(points, centre).verdict == Verdict.AT_RISK

    @pytest.mark.parametrize(("target", "verdict"), [(40, Verdict.REACHED), (70, Verdict.WILL_NOT)])
    def test_a_day_that_has_come_is_judged_by_the_last_value_until_then(self, target: int, verdict: Verdict) -> None:
        points = yearly(10, 20, 50, 90)
        found = forecast(points, Aim(operator=Operator.GTE, value=Decimal(target), day=points[2].day))

        assert (found.verdict, found.value) == (verdict, Decimal(50))

    def test_exactly_is_read_by_the_direction(self) -> None:
        points = yearly(10, 21, 29, 41, 50, 59)
        exact = aim(55, after=points, operator=Operator.EQ)

        assert forecast(points, exact).verdict == Verdict.REACHED
        assert forecast(points, exact, direction=Direction.FALLING).verdict == Verdict.WILL_NOT

    def test_doubts_are_told(self) -> None:
        points = [Point(day=point.day, value=point.value, approximate=True) for point in yearly(10, 20, 29)]
        found = [item.code for item in foreseen(points, 80, years=9).remarks]

        assert found == ["forecast.approximate", "forecast.few_tests", "forecast.far"]


class TestBacktest:
    @given(NUMBERS)
    def test_one_method_is_chosen_and_none_did_better_at_its_places(self, values: list[Decimal]) -> None:
        found = foreseen(yearly(*values), 100)
        chosen = [row for row in found.backtest if row.chosen]

        assert [row.method for row in chosen] == [found.method]
        last = next(row for row in found.backtest if row.method == Method.LAST)
        assert last.mae == last.naive_mae
        assert chosen[0].mae <= chosen[0].naive_mae


class TestScore:
    def test_it_tells_errors_bias_and_how_many_ranges_held(self) -> None:
        first, second, third = (date(2020 + place, 9, 20) for place in range(3))
        kept = [
            Kept(made_on=BEGIN, for_day=first, value=Decimal(50), low=Decimal(45), high=Decimal(55)),
            Kept(made_on=BEGIN, for_day=second, value=Decimal(60), low=Decimal(58), high=Decimal(62)),
            Kept(made_on=BEGIN, for_day=third, value=Decimal(70)),
            Kept(made_on=BEGIN, for_day=third, value=None),
        ]
        found = score(kept, {first: Decimal(52), second: Decimal(54)})

        assert (found.n, found.mae, found.bias) == (2, Decimal(4), Decimal(-2))
        assert found.coverage80 == Decimal("0.5")

    def test_it_is_unknown_of_none(self) -> None:
        assert score([], {}).mae is None
        assert score([], {}).coverage80 is None
