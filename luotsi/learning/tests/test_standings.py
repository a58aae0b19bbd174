"""Where many learners stand: the database counts as the rules do, and asks no more for many than for one."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from luotsi.base import clock
from luotsi.learning.models import Learner, StudyLine, StudyRight
from luotsi.learning.queries.standings import stands_of, weeks_late_of
from luotsi.learning.queries.studies import line_of
from luotsi.learning.rules.progress import progress_on
from luotsi.learning.tests.staged import Staged, make_learner, stage

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast


@pytest.fixture
def staged(cast: Cast) -> Staged:
    """Learners of the group."""
    return stage(cast)


def scatter(seed: int) -> None:
    """Give every part random days and amounts, some of them unknown, several on one day."""
    chance = random.Random(seed)  # noqa: S311 - a seeded test
    today = clock.today()
    for line in StudyLine.objects.all():
        line.amount = chance.choice([None, Decimal(5), Decimal("12.5"), Decimal(30)])
        line.planned_until = chance.choice([None, *(today + timedelta(days=30 * step) for step in range(-6, 4))])
        line.done_on = chance.choice([None, None, *(today + timedelta(days=25 * step) for step in range(-6, 2))])
        line.recognised = chance.random() < 0.3
        line.save(update_fields=["amount", "planned_until", "done_on", "recognised"])


class TestCounting:
    def test_it_is_what_the_rules_count(self, staged: Staged) -> None:
        for seed in range(12):
            scatter(seed)
            self.compare(staged)

    def compare(self, staged: Staged) -> None:
        day = clock.today()
        found = {one.learner: one for one in stands_of(Learner.objects.all(), day)}
        assert found.keys() == {staged.late.pk, staged.fine.pk, staged.objected.pk}
        for pk, stand in found.items():
            told = progress_on(day, [line_of(row) for row in StudyLine.objects.known().filter(learner=pk)])
            assert (stand.total, stand.planned, stand.done) == (told.total, told.planned, told.done)
            assert (stand.behind, stand.recognised) == (told.behind, told.recognised)
            assert weeks_late_of([stand], day).get(stand.pair, 0) == told.weeks_late
        for stand in found.values():
            assert weeks_late_of(found.values(), day).get(stand.pair) == weeks_late_of([stand], day).get(stand.pair)

    def test_what_is_over_or_never_was_does_not_stand_there(self, staged: Staged) -> None:
        others = {staged.fine.pk, staged.objected.pk}
        for state in ("peruutettu", "mitatoity", "valmistunut", "eronnut"):
            StudyRight.objects.filter(learner=staged.late).update(state=state)
            assert {one.learner for one in stands_of(Learner.objects.all(), clock.today())} == others

    def test_a_right_without_a_plan_or_parts_stands_there_with_nothing(self, staged: Staged) -> None:
        StudyLine.objects.filter(learner=staged.late).delete()
        staged.late.plans.all().delete()
        (found,) = stands_of(Learner.objects.filter(pk=staged.late.pk), clock.today())
        assert (found.total, found.behind) == (Decimal(0), Decimal(0))
        assert weeks_late_of([found], clock.today()) == {}
        assert not found.has_plan
        assert not found.has_days


class TestWhatItCosts:
    def test_it_asks_no_more_for_many_than_for_one(
        self, cast: Cast, staged: Staged, django_assert_num_queries: Any
    ) -> None:
        for number in range(4, 40):
            make_learner(cast, staged.group, f"Oppija {number}", number=number, done=number % 6)
        with django_assert_num_queries(4):
            found = stands_of(Learner.objects.in_unit(staged.group), clock.today())
            assert len(weeks_late_of(found, clock.today())) > 25
        assert len(found) == 39
