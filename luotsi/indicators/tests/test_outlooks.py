"""Outlooks, kept forecasts, fit of targets, traces and tasks: all made of protected figures."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from luotsi.base import clock
from luotsi.base.uploads import CSV, Upload
from luotsi.indicators.actions.definitions import new_version
from luotsi.indicators.actions.forecasts import keep, keep_daily
from luotsi.indicators.actions.imports import try_import
from luotsi.indicators.actions.observations import enter, submit
from luotsi.indicators.actions.reference import LED, load_reference
from luotsi.indicators.actions.targets import set_target
from luotsi.indicators.models import Indicator, KeptForecast, Target
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.queries.outlook import outlook_of, outlooks_of
from luotsi.indicators.queries.target_fit import target_fit
from luotsi.indicators.queries.trace import trace_of
from luotsi.indicators.rules.values import Mark, Rollup
from luotsi.indicators.tests.telling import OPEN, details, make_indicator, part, tell
from luotsi.indicators.waiting import tasks_for
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db
COMING = str(clock.today().year + 2)
ON = date(2025, 3, 1)


@pytest.fixture
def share(cast: Cast) -> Indicator:
    """A growing share of the school."""
    found = make_indicator("share", cast.region, policy=OPEN)
    for year, numerator in (("2021", 100), ("2022", 120), ("2023", 140), ("2024", 160)):
        tell(found, cast.school, year, numerator, 400)
    return found


def aim(share: Indicator, cast: Cast, period: str = COMING, value: int = 50) -> Target:
    return set_target(indicator=share, unit=cast.region, period=period, value=Decimal(value), by=None)


class TestOutlooks:
    def test_it_tells_where_the_indicator_stands_and_goes(self, cast: Cast, share: Indicator) -> None:
        aim(share, cast)
        outlook = outlook_of(share, cast.region, on=ON)
        assert outlook.latest is not None
        assert [outlook.latest.value, outlook.gap] == [40, 10]
        assert outlook.forecast is not None
        assert outlook.forecast.value is not None
        assert outlook.forecast.value > 45
        assert not outlook.inherited

    def test_a_share_is_held_against_the_target_of_the_unit_above_a_sum_is_not(
        self, cast: Cast, share: Indicator
    ) -> None:
        aim(share, cast)
        outlook = outlook_of(share, cast.school, on=ON)
        assert outlook.inherited
        amount = make_indicator("amount", cast.region, rollup=Rollup.SUM, unit_of_measure="", factor=Decimal(1))
        set_target(indicator=amount, unit=cast.region, period=COMING, value=Decimal(9), by=None)
        assert outlook_of(amount, cast.school, on=ON).target is None

    def test_another_version_breaks_the_line_and_what_is_foreseen(self, cast: Cast, share: Indicator) -> None:
        aim(share, cast)
        changed = details(valid_from=date(2025, 1, 1), policy=OPEN)
        new_version(indicator=share, details=changed, change="Another scale.", by=None)
        tell(share, cast.school, "2025", 10, 400)
        outlook = outlook_of(share, cast.region, on=date(2025, 12, 31))
        assert {cell.version for cell in outlook.series} == {1, 2}
        assert outlook.previous is None
        assert outlook.forecast is not None
        assert outlook.forecast.method is None

    def test_it_asks_the_same_number_of_queries_for_one_and_for_many(
        self, cast: Cast, share: Indicator, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        others = [make_indicator(f"other-{number}", cast.region, policy=OPEN) for number in range(5)]
        outlooks_of([share, *others], cast.region)
        with django_assert_num_queries(5):
            outlooks_of([share], cast.region)
        with django_assert_num_queries(5):
            outlooks_of([share, *others], cast.region)


class TestKeeping:
    def test_the_same_points_make_no_second_row(self, cast: Cast, share: Indicator) -> None:
        aim(share, cast)
        keep_daily()
        keep_daily()
        assert KeptForecast.objects.count() == 1
        tell(share, cast.school, "2025", 170, 400)
        keep_daily()
        assert KeptForecast.objects.count() == 2

    def test_a_forecast_is_scored_by_what_became_of_it(self, cast: Cast, share: Indicator) -> None:
        target = aim(share, cast, "2025")
        keep(targets=[target], on=ON, by=None)
        assert outlook_of(share, cast.region, on=ON).score.n == 0
        tell(share, cast.school, "2025", 180, 400)
        outlook = outlook_of(share, cast.region, on=date(2026, 1, 1))
        kept = KeptForecast.objects.get()
        assert kept.value is not None
        assert [outlook.score.n, outlook.score.mae] == [1, abs(Decimal(45) - kept.value)]


class TestFitting:
    def test_targets_of_units_are_held_against_that_of_the_whole(self, cast: Cast, share: Indicator) -> None:
        tell(share, cast.nokia, "2024", 100, 400)
        whole = aim(share, cast)
        for unit in (cast.tampere, cast.nokia):
            set_target(indicator=share, unit=unit, period=COMING, value=Decimal(40), by=None)
        fit = target_fit(whole, on=ON)
        assert fit is not None
        assert fit.consistency.fits is False
        assert [fit.consistency.reached, fit.consistency.difference] == [40, 10]


class TestTracing:
    def test_an_observed_figure_leads_to_its_sources_and_gives_the_same_value_again(
        self, cast: Cast, share: Indicator
    ) -> None:
        trace = trace_of(cast.aino, share, cast.region, "2024")
        assert trace.agrees is True
        assert trace.recomputed == 40
        assert trace.line == "160 ÷ 400 × 100 = 40.0"
        assert [one.unit.fi for one in trace.observations] == [cast.school.name_fi]
        assert [one.key for one in trace.units] == ["tampere"]

    def test_a_reader_who_does_not_work_with_figures_sees_no_observation(self, cast: Cast, share: Indicator) -> None:
        trace = trace_of(cast.celia, share, cast.school, "2024")
        assert trace.observations == ()
        assert trace.agrees is True

    def test_a_protected_figure_tells_nothing_more_on_its_way_down(self, cast: Cast) -> None:
        small = make_indicator("small", cast.region)
        tell(small, cast.school, "2024", 2, 40)
        tell(small, cast.other_school, "2024", 30, 60)
        trace = trace_of(cast.celia, small, cast.school, "2024")
        assert trace.cell is not None
        assert trace.cell.mark is Mark.PROTECTED
        assert (trace.line, trace.recomputed, trace.sources, trace.observations) == ("", None, (), ())

    def test_a_counted_figure_leads_to_its_records(self, cast: Cast) -> None:
        load_reference()
        led = Indicator.objects.get(key=LED)
        trace = trace_of(cast.aino, led, cast.tampere, "2025-02")
        assert trace.agrees is True
        assert {(record.unit.fi, record.counted) for record in trace.records} == {
            (cast.school.name_fi, True),
            (cast.other_school.name_fi, False),
        }
        assert trace.day == date(2025, 2, 28)


class TestWaiting:
    def test_those_who_approve_are_told_what_waits_and_the_others_are_not(self, cast: Cast, share: Indicator) -> None:
        draft = enter(indicator=share, unit=cast.other_school, period="2024", figures=part(3, 4), by=cast.daniel)
        assert [task.key for task in tasks_for(cast.daniel, cast.tampere)] == ["indicators.drafts"]
        submit(observation=draft, by=cast.daniel)
        assert [task.key for task in tasks_for(cast.aino, cast.region)] == ["indicators.approve"]
        assert tasks_for(cast.daniel, cast.tampere) == []
        assert tasks_for(cast.celia, cast.school) == []

    def test_a_dry_run_waits_for_the_one_who_sent_the_file(self, cast: Cast, share: Indicator) -> None:
        text = f"mittari;yksikkö;jakso;arvo\nshare;{cast.other_school.key};2024;5\n"
        try_import(scope=cast.tampere, upload=Upload(CSV, "luvut.csv", text.encode(), "0" * 64), by=cast.daniel)
        assert [task.title for task in tasks_for(cast.daniel, cast.tampere)] == ["Finish the import: luvut.csv"]
        assert tasks_for(cast.aino, cast.region) == []

    def test_a_target_that_was_missed_lately_asks_for_an_explanation(self, cast: Cast, share: Indicator) -> None:
        lately = clock.today() - timedelta(days=20)
        tell(share, cast.school, lately.isoformat(), 160, 400)
        missed = aim(share, cast, lately.isoformat(), 50)
        assert [task.key for task in tasks_for(cast.aino, cast.region)] == [f"indicators.missed.{missed.pk}"]
        aim(share, cast, lately.isoformat(), 40)
        assert tasks_for(cast.aino, cast.region) == []

    def test_frozen_figures_are_those_of_their_moment(self, cast: Cast, share: Indicator) -> None:
        moment = clock.now()
        tell(share, cast.other_school, "2024", 0, 400)
        assert figures_of([share], cast.region, at=moment).latest(share, cast.region).value == 40  # type: ignore[union-attr]
        assert figures_of([share], cast.region).latest(share, cast.region).value == 20  # type: ignore[union-attr]
