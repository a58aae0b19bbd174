"""The watch over a model in use: what has moved within a year, how chances came true, and what an alarm does."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import clock
from luotsi.learning.actions.models import mode_at, move_switch, release_model
from luotsi.learning.actions.watching import watch_daily, watch_model
from luotsi.learning.models import DriftWatch, Learner, StudyLine
from luotsi.learning.rules.model.drift import MOST_SHIFT, shift, watched
from luotsi.learning.tests.closed import add_closed_cohorts
from luotsi.learning.tests.made_models import make_model
from luotsi.people.tests.cast import Cast

values = st.lists(st.none() | st.floats(0, 50), min_size=100, max_size=160)


class TestShifts:
    @given(values)
    def test_the_same_people_have_not_moved(self, told: list[float | None]) -> None:
        assert shift(told, told) == pytest.approx(0)

    @given(values, values)
    def test_it_is_never_below_nothing(self, before: list[float | None], now: list[float | None]) -> None:
        found = shift(before, now)
        assert found is not None
        assert found >= 0

    def test_a_register_that_fell_silent_is_a_large_shift(self) -> None:
        told = [float(number % 7) for number in range(200)]
        found = shift(told, [None] * 200)
        assert found is not None
        assert found > MOST_SHIFT

    def test_of_few_people_nothing_is_said(self) -> None:
        assert shift([1.0] * 99, [2.0] * 500) is None


class TestChances:
    @staticmethod
    def told(count: int, bias: float) -> tuple[list[int], list[float]]:
        rng = Random(8)  # noqa: S311  made up the same way every time
        chances = [rng.random() * 0.6 for _one in range(count)]
        return [int(rng.random() < chance) for chance in chances], [min(1.0, chance + bias) for chance in chances]

    def test_chances_that_came_true_raise_no_alarm(self) -> None:
        found = watched((), [], [], *self.told(2_000, 0.0))
        assert not found.is_alarm
        assert found.expected == pytest.approx(found.events, rel=0.1)

    def test_chances_that_did_not_come_true_raise_one(self) -> None:
        assert watched((), [], [], *self.told(2_000, 0.2)).is_alarm

    def test_of_few_cases_nothing_is_said(self) -> None:
        found = watched((), [], [], *self.told(50, 0.4))
        assert found.error is None
        assert not found.is_alarm


@pytest.mark.django_db
class TestTheWatch:
    DAY = date(2023, 6, 1)

    def test_a_model_whose_chances_do_not_come_true_is_switched_off(self, cast: Cast) -> None:
        add_closed_cohorts(cast.tampere, cast.school, each=60)
        model = make_model(cast.tampere)
        model.calibration = [6.0, 0.0]  # it says of everybody that they leave
        model.save(update_fields=["calibration"])
        release_model(model=model, by=cast.aino)
        move_switch(provider=cast.tampere, mode="model", reason="Käyttöön.", by=cast.aino)
        watch = watch_model(model=model, on=self.DAY)
        assert watch.calibration["people"] >= 100
        assert watch.is_alarm
        assert mode_at(cast.tampere) == "rules"

    def test_who_had_left_by_the_day_is_in_no_figure_of_it(self, cast: Cast) -> None:
        add_closed_cohorts(cast.tampere, cast.school, each=60)
        model = release_model(model=make_model(cast.tampere), by=cast.aino)
        found = watch_model(model=model, on=self.DAY).calibration
        assert 0 < found["events"] < found["people"] < Learner.objects.filter(provider=cast.tampere).count()

    def test_it_looks_once_a_month_and_only_at_what_is_in_use(self, cast: Cast) -> None:
        make_model(cast.tampere, 2)
        model = release_model(model=make_model(cast.tampere), by=cast.aino)
        for _time in range(2):
            assert watch_daily() == 0
        assert list(DriftWatch.objects.values_list("model", "month")) == [(model.pk, clock.today().replace(day=1))]
        assert not StudyLine.objects.exists()
