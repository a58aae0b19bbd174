"""Forecasts of cohorts: range, naive line, errors of the past; refused where too little has been closed."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.learning.rules.cohorts import Half, Horizon
from luotsi.learning.rules.forecast import Case, Cohort, Forecast, Refusal, closed_by, forecast, is_of_few, record_of

YEAR = Horizon(1)
DAY = date(2026, 3, 1)
AUTUMN = Half(2025, 2)


def cohort(half: Half, size: int, share: float, seed: int = 0) -> Cohort:
    """Return a cohort in which the share leaves in its first year, evenly over it, and nobody else does."""
    dice, cases = random.Random(f"{half.key} {seed}"), []  # noqa: S311 - nothing secret
    for place in range(size):
        start = half.first + timedelta(days=9)
        leaves = place < round(size * share)
        cases.append(Case(start, start + timedelta(days=dice.randrange(20, 360)) if leaves else None))
    return Cohort(half, tuple(cases))


def halves(count: int, last: Half = AUTUMN) -> list[Half]:
    """Return so many half-years in a row, in order of time."""
    found = [last]
    while len(found) < count:
        here = found[0]
        found.insert(0, Half(here.year, 1) if here.half == 2 else Half(here.year - 1, 2))
    return found


def history(count: int, size: int = 100, share: float = 0.2) -> list[Cohort]:
    return [cohort(half, size, share) for half in halves(count)]


class TestRefusing:
    def test_fewer_than_three_closed_cohorts_are_too_few(self) -> None:
        assert forecast(history(3), AUTUMN, DAY, YEAR) is Refusal.TOO_FEW_CLOSED

    def test_without_past_forecasts_no_range_can_be_told(self) -> None:
        assert forecast(history(4), AUTUMN, DAY, YEAR) is Refusal.TOO_FEW_PAST

    def test_fewer_than_ten_learners_are_too_few(self) -> None:
        assert forecast([*history(9)[:-1], cohort(AUTUMN, 9, 0.2)], AUTUMN, DAY, YEAR) is Refusal.SMALL
        assert forecast(history(9)[:-1], AUTUMN, DAY, YEAR) is Refusal.SMALL


class TestForecasting:
    def test_it_is_near_what_steady_cohorts_do(self) -> None:
        found = forecast(history(9), AUTUMN, DAY, YEAR)
        assert isinstance(found, Forecast)
        assert found.value == pytest.approx(0.2, abs=0.05)
        assert found.naive == pytest.approx(0.2)
        assert found.closed == 8
        assert found.low <= found.value <= found.high

    def test_a_cohort_is_closed_when_nobody_in_it_is_open_any_more(self) -> None:
        one = cohort(Half(2025, 1), 20, 0.5)
        assert one.half.full_on(YEAR) == date(2026, 7, 31)
        assert not one.is_closed(date(2026, 1, 9), YEAR)
        assert one.is_closed(date(2026, 1, 10), YEAR)
        assert not Cohort(AUTUMN, ()).is_closed(date(2025, 12, 30), YEAR)

    def test_what_has_happened_already_is_in_it(self) -> None:
        gone = tuple(Case(date(2025, 8, 10), date(2025, 9, 1)) for _place in range(60))
        stays = tuple(Case(date(2025, 8, 10)) for _place in range(40))
        found = forecast([*history(9)[:-1], Cohort(AUTUMN, gone + stays)], AUTUMN, DAY, YEAR)
        assert isinstance(found, Forecast)
        assert found.so_far == pytest.approx(0.6)
        assert found.low >= 0.6

    def test_a_past_forecast_knows_nothing_of_its_own_future(self) -> None:
        cohorts = history(9)
        whole = record_of(cohorts, AUTUMN, DAY, YEAR)
        for place, miss in enumerate(whole.misses):
            then = miss.half.first + (DAY - AUTUMN.first)
            known = [one for one in cohorts if one.half <= miss.half]
            changed = [one if one.half <= miss.half else cohort(one.half, 100, 0.9) for one in cohorts]
            assert all(one.is_closed(then, YEAR) for one in closed_by(known, then, YEAR, miss.half))
            again = record_of(changed, AUTUMN, DAY, YEAR).misses[place]
            assert (again.value, again.low, again.high) == (miss.value, miss.low, miss.high)

    def test_a_change_of_level_is_an_error_that_is_told(self) -> None:
        cohorts = [cohort(half, 100, 0.1 if place < 5 else 0.4) for place, half in enumerate(halves(9))]
        found = forecast(cohorts, AUTUMN, DAY, YEAR)
        assert isinstance(found, Forecast)
        assert found.record.mae > 0
        assert found.record.bias > 0

    @settings(max_examples=30, deadline=None)
    @given(
        shares=st.lists(st.floats(0, 1), min_size=9, max_size=9),
        size=st.integers(10, 60),
        days=st.integers(153, 500),
    )
    def test_the_range_holds_the_number_and_stays_where_it_can_be(
        self, shares: list[float], size: int, days: int
    ) -> None:
        cohorts = [cohort(half, size, share) for half, share in zip(halves(9), shares, strict=True)]
        found = forecast(cohorts, AUTUMN, AUTUMN.first + timedelta(days=days), YEAR)
        if isinstance(found, Refusal):
            return
        assert 0 <= found.so_far <= found.low <= found.value + 1e-9
        assert found.value <= found.high + 1e-9
        assert found.high <= 1
        assert found.record.covered <= found.record.ranged <= len(found.record.misses)


def drawn(half: Half, size: int, share: float, dice: random.Random) -> Cohort:
    """Return a cohort in which each leaves by the toss of a coin, on any day of the first year."""
    cases = []
    for _place in range(size):
        start = half.first + timedelta(days=dice.randrange(60))
        leaves = dice.random() < share
        cases.append(Case(start, start + timedelta(days=dice.randrange(5, 360)) if leaves else None))
    return Cohort(half, tuple(cases))


class TestRanges:
    """On invented histories the ranges hold what they say: four of five, neither far fewer nor nearly all."""

    @pytest.mark.parametrize(
        ("size", "spread", "count", "days"),
        [(40, 0.0, 7, 170), (40, 0.0, 8, 280), (40, 0.08, 7, 170), (60, 0.03, 9, 170), (15, 0.05, 9, 200)],
        ids=["chance alone", "late in the year", "cohorts differ", "both", "small cohorts"],
    )
    def test_four_of_five_turn_out_within_them(self, size: int, spread: float, count: int, days: int) -> None:
        day, inside, histories = AUTUMN.first + timedelta(days=days), 0, 0
        for number in range(120):
            dice = random.Random(f"{size} {spread} {count} {days} {number}")  # noqa: S311 - nothing secret
            shares = [min(max(dice.gauss(0.2, spread), 0.01), 0.9) for _half in range(count)]
            cohorts = [drawn(half, size, share, dice) for half, share in zip(halves(count), shares, strict=True)]
            found = forecast(cohorts, AUTUMN, day, YEAR)
            if isinstance(found, Forecast):
                histories += 1
                inside += found.low <= cohorts[-1].final(YEAR) <= found.high
        assert histories > 100
        assert 0.71 < inside / histories < 0.92

    def test_they_are_wider_where_cohorts_differ(self) -> None:
        widths = []
        for spread in (0.0, 0.1):
            dice = random.Random(11)  # noqa: S311 - nothing secret
            cohorts = [drawn(half, 200, dice.gauss(0.3, spread), dice) for half in halves(9)]
            found = forecast(cohorts, AUTUMN, DAY, YEAR)
            assert isinstance(found, Forecast)
            widths.append(found.high - found.low)
        assert widths[1] > 1.2 * widths[0]

    def test_what_never_happened_so_far_may_still_happen(self) -> None:
        found = forecast([cohort(half, 100, 0.0) for half in halves(9)], AUTUMN, DAY, YEAR)
        assert isinstance(found, Forecast)
        assert found.value == 0
        assert 0 < found.high < 0.02


class TestTelling:
    @pytest.mark.parametrize(("count", "few"), [(0, False), (1, True), (4, True), (5, False), (36, True), (40, False)])
    def test_a_share_of_one_to_four_or_of_all_but_so_many_is_of_few(self, count: int, few: bool) -> None:
        assert is_of_few(count / 40, 40) is few

    def test_an_end_of_the_range_does_not_tell_how_few_it_has_happened_to(self) -> None:
        gone = tuple(Case(date(2025, 8, 10), date(2025, 9, 1)) for _place in range(3))
        stays = tuple(Case(date(2025, 8, 10)) for _place in range(37))
        found = forecast([*[cohort(half, 100, 0.0) for half in halves(9)][:-1], Cohort(AUTUMN, gone + stays)],
                         AUTUMN, DAY, YEAR)  # fmt: skip
        assert isinstance(found, Forecast)
        assert found.low == found.so_far
        assert found.told() == (0.0, found.high)

    def test_what_it_is_made_of_makes_it(self) -> None:
        found = forecast(history(9), AUTUMN, DAY, YEAR)
        assert isinstance(found, Forecast)
        assert found.is_open_to_tell
        assert found.value == pytest.approx(found.so_far + (found.most - found.so_far) * found.coming)

    def test_what_it_is_made_of_is_not_told_where_few_are_in_a_part(self) -> None:
        few = forecast([*history(9)[:-1], cohort(AUTUMN, 100, 0.03)], AUTUMN, AUTUMN.first + timedelta(400), YEAR)
        assert isinstance(few, Forecast)
        assert not few.is_open_to_tell
