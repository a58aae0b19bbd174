"""Paths to targets, whether they are met, and whether targets of units and of the whole fit together."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.indicators.rules.targets import TargetPath, UnitTarget, consistency, gap, meets, pace
from luotsi.indicators.rules.values import PERCENT, Definition, Operator, PathKind, Rollup

NUMBERS = st.decimals(-1000, 1000, places=2)
BEGIN, END = date(2020, 1, 1), date(2024, 1, 1)


def path(**more: object) -> TargetPath:
    given = {
        "operator": Operator.GTE,
        "value": Decimal(80),
        "due_on": END,
        "baseline": Decimal(40),
        "baseline_on": BEGIN,
    }
    return TargetPath(**{**given, **more})  # type: ignore[arg-type]


class TestPath:
    def test_it_goes_straight_from_baseline_to_target(self) -> None:
        halfway = BEGIN + (END - BEGIN) / 2

        assert path().value_on(BEGIN) == 40
        assert abs((path().value_on(halfway) or Decimal(0)) - 60) < Decimal("0.03")
        assert path().value_on(END) == 80

    def test_it_stays_at_the_baseline_until_a_step(self) -> None:
        step = path(kind=PathKind.STEP)

        assert step.value_on(END - timedelta(days=1)) == 40
        assert step.value_on(END) == 80

    def test_it_goes_through_its_own_points_in_any_order(self) -> None:
        points = ((date(2023, 1, 1), Decimal(70)), (date(2021, 1, 1), Decimal(45)))
        own = path(kind=PathKind.POINTS, points=points)

        assert own.value_on(date(2021, 1, 1)) == 45
        assert own.value_on(date(2022, 1, 1)) == Decimal("57.5")
        assert own.value_on(date(2023, 1, 1)) == 70

    def test_it_asks_for_nothing_before_it_begins(self) -> None:
        assert path().value_on(BEGIN - timedelta(days=1)) is None

    def test_it_asks_for_nothing_on_the_way_without_a_baseline(self) -> None:
        bare = path(baseline=None, baseline_on=None)

        assert bare.value_on(BEGIN) is None
        assert bare.value_on(END + timedelta(days=400)) == 80
        assert bare.on_track(Decimal(50), BEGIN) is None

    @given(st.dates(BEGIN, END), NUMBERS, NUMBERS)
    def test_it_stays_between_its_ends(self, day: date, first: Decimal, last: Decimal) -> None:
        found = path(baseline=first, value=last).value_on(day)

        assert found is not None
        assert min(first, last) <= found <= max(first, last)

    def test_it_tells_whether_a_value_is_on_track(self) -> None:
        assert path().on_track(Decimal(61), date(2022, 1, 1)) is True
        assert path().on_track(Decimal(59), date(2022, 1, 1)) is False
        assert path().on_track(None, date(2022, 1, 1)) is None

    def test_it_tells_the_pace_that_is_needed(self) -> None:
        found = path().needed_pace(Decimal(50), date(2022, 1, 1))

        assert found is not None
        assert abs(found - 15) < Decimal("0.02")
        assert path().needed_pace(Decimal(90), date(2022, 1, 1)) == 0
        assert path().needed_pace(None, date(2022, 1, 1)) is None
        assert path().needed_pace(Decimal(50), END) is None


class TestMeeting:
    @pytest.mark.parametrize(
        ("value", "operator", "met"),
        [
            (80, Operator.GTE, True),
            (79, Operator.GTE, False),
            (80, Operator.GT, False),
            (81, Operator.GT, True),
            (80, Operator.LTE, True),
            (81, Operator.LTE, False),
            (80, Operator.LT, False),
            (80, Operator.EQ, True),
            (81, Operator.EQ, False),
            (88, Operator.APPROX, True),
            (89, Operator.APPROX, False),
            (80, Operator.RANGE, None),
        ],
    )
    def test_it_goes_by_the_operator(self, value: int, operator: Operator, met: bool | None) -> None:
        assert meets(Decimal(value), operator, Decimal(80)) is met

    def test_a_range_has_two_ends(self) -> None:
        low, high = Decimal(10), Decimal(20)

        assert meets(low, Operator.RANGE, low, high=high) is True
        assert meets(high + 1, Operator.RANGE, low, high=high) is False
        assert meets(high + 1, Operator.RANGE, low, Decimal(1), high=high) is True

    @given(st.sampled_from(Operator))
    def test_it_is_unknown_without_a_number(self, operator: Operator) -> None:
        assert meets(None, operator, Decimal(1), high=Decimal(2)) is None
        assert meets(Decimal(1), operator, None, high=Decimal(2)) is None
        assert gap(None, operator, Decimal(1)) is None

    @given(NUMBERS, st.sampled_from([Operator.GTE, Operator.LTE, Operator.EQ]), NUMBERS)
    def test_what_has_no_gap_is_met_and_closing_the_gap_meets(
        self, value: Decimal, operator: Operator, limit: Decimal
    ) -> None:
        missing = gap(value, operator, limit)

        assert missing is not None
        assert (missing == 0) is meets(value, operator, limit)
        assert meets(value + missing, operator, limit) is True


class TestPace:
    def test_it_is_unknown_of_one_day(self) -> None:
        assert pace([]) is None
        assert pace([(BEGIN, Decimal(3)), (END, None)]) is None

    def test_it_is_the_change_per_year_in_any_order(self) -> None:
        found = pace([(END, Decimal(80)), (date(2022, 1, 1), Decimal(7)), (BEGIN, Decimal(40))])

        assert found is not None
        assert abs(found - 10) < Decimal("0.01")


SUM = Definition(indicator="devices", rollup=Rollup.SUM)
RATIO = Definition(indicator="share", rollup=Rollup.RATIO, unit=PERCENT, factor=Decimal(100))
UNITS = Definition(
    indicator="units",
    rollup=Rollup.SHARE_OF_UNITS,
    unit=PERCENT,
    factor=Decimal(100),
    limit=(Operator.GTE, Decimal(50)),
)


def unit(name: str, value: int | None, weight: int | None = None, last: int | None = None) -> UnitTarget:
    number = {"value": value, "weight": weight, "last": last}
    decimals = {key: None if told is None else Decimal(told) for key, told in number.items()}
    return UnitTarget(unit=name, **decimals)  # type: ignore[arg-type]


def codes(found: object) -> list[str]:
    return [item.code for item in found.remarks]  # type: ignore[attr-defined]


class TestConsistency:
    def test_sums_that_fall_short_tell_by_how_much(self) -> None:
        found = consistency(SUM, [unit("a", 40), unit("b", 50)], Operator.GTE, Decimal(100))

        assert (found.fits, found.reached, found.difference) == (False, Decimal(90), Decimal(10))
        assert "units.fall_short" in codes(found)

    def test_sums_that_aim_at_more_tell_that_too(self) -> None:
        found = consistency(SUM, [unit("a", 60), unit("b", 50)], Operator.GTE, Decimal(100))

        assert (found.fits, found.difference) == (True, Decimal(0))
        assert [item.params["difference"] for item in found.remarks] == [10]

    def test_targets_that_add_up_need_no_remark(self) -> None:
        found = consistency(SUM, [unit("a", 60), unit("b", 40)], Operator.GTE, Decimal(100))

        assert (found.fits, found.remarks) == (True, ())

    def test_ratios_are_weighted_by_denominators(self) -> None:
        found = consistency(RATIO, [unit("a", 90, 100), unit("b", 50, 300)], Operator.GTE, Decimal(70))

        assert (found.reached, found.difference) == (Decimal(60), Decimal(10))

    def test_a_unit_without_a_target_stays_where_it_is_and_may_do_its_best(self) -> None:
        found = consistency(RATIO, [unit("a", 80, 100), unit("b", None, 100, last=40)], Operator.GTE, Decimal(85))

        assert (found.reached, found.possible, found.without) == (Decimal(60), Decimal(90), ("b",))
        assert codes(found) == ["unit.no_target", "units.fall_short"]

    def test_a_whole_that_not_even_the_best_reaches_is_impossible(self) -> None:
        found = consistency(RATIO, [unit("a", 50, 100), unit("b", None, 100, last=40)], Operator.GTE, Decimal(80))

        assert "whole.impossible" in codes(found)

    def test_it_is_unknown_without_a_weight(self) -> None:
        found = consistency(RATIO, [unit("a", 50), unit("b", 60, 100)], Operator.GTE, Decimal(80))

        assert (found.fits, found.reached) == (None, None)
        assert "units.unknown" in codes(found)

    def test_shares_of_units_count_those_that_aim_at_the_limit(self) -> None:
        units = [unit("a", 60), unit("b", 40), unit("c", 55), unit("d", 50)]
        found = consistency(UNITS, units, Operator.GTE, Decimal(100))

        assert (found.reached, found.by_unit) == (Decimal(75), (("b", Decimal(10)),))

    @pytest.mark.parametrize(("rollup", "operator"), [(Rollup.MIN, Operator.GTE), (Rollup.MAX, Operator.LTE)])
    def test_each_unit_counts_for_the_smallest_and_the_largest(self, rollup: Rollup, operator: Operator) -> None:
        sign = 1 if rollup == Rollup.MIN else -1
        units = [unit("a", 80), unit("b", 80 - sign * 10)]
        found = consistency(Definition(indicator="x", rollup=rollup), units, operator, Decimal(80))

        assert found.by_unit == (("b", Decimal(sign * 10)),)
        assert found.fits is False

    def test_targets_that_aim_the_other_way_clash(self) -> None:
        other = UnitTarget(unit="a", value=Decimal(100), operator=Operator.LTE)

        assert "unit.other_direction" in codes(consistency(SUM, [other], Operator.GTE, Decimal(100)))

    def test_shares_over_a_hundred_are_out_of_bounds(self) -> None:
        found = consistency(RATIO, [unit("a", 120, 10)], Operator.GTE, Decimal(101))

        assert [item.params["unit"] for item in found.remarks if item.code == "target.out_of_bounds"] == ["", "a"]

    def test_nothing_is_known_of_no_units(self) -> None:
        assert consistency(SUM, [], Operator.GTE, Decimal(1)).fits is None

    @given(st.lists(st.integers(0, 100), min_size=1, max_size=8), st.integers(0, 800))
    def test_raising_each_unit_by_the_difference_makes_a_sum_fit(self, aims: list[int], target: int) -> None:
        found = consistency(
            SUM, [unit(str(place), aim) for place, aim in enumerate(aims)], Operator.GTE, Decimal(target)
        )
        raised = [unit(str(place), aim + int(found.difference or 0)) for place, aim in enumerate(aims)]

        assert found.fits is (sum(aims) >= target)
        assert consistency(SUM, raised, Operator.GTE, Decimal(target)).fits is True

    @given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 500)), min_size=1, max_size=8))
    def test_a_ratio_lies_between_its_units(self, units: list[tuple[int, int]]) -> None:
        given = [unit(str(place), aim, weight) for place, (aim, weight) in enumerate(units)]
        reached = consistency(RATIO, given, Operator.GTE, Decimal(50)).reached
        aims = [aim for aim, _ in units]

        assert reached is not None
        assert min(aims) - Decimal("1e-20") <= reached <= max(aims) + Decimal("1e-20")
