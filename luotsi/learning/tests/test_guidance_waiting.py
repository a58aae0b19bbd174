"""What waits for counsellors and teachers, and the page of effects for those who answer for guidance."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from luotsi.base import clock
from luotsi.learning.actions.sayings import say
from luotsi.learning.actions.scoring import score_week
from luotsi.learning.models import Need, StudyRight, Turn
from luotsi.learning.queries.guidance.effects_page import effect_at
from luotsi.learning.rules.caseload import monday_of
from luotsi.learning.tests.staged import Staged, make_learner, stage
from luotsi.learning.waiting import tasks_for
from luotsi.people.models import Account, Unit
from luotsi.people.tests.cast import Cast


@pytest.fixture
def staged(cast: Cast) -> Staged:
    return stage(cast)


def waiting(visitor: Account, scope: Unit) -> dict[str, Any]:
    return {task.key: task for task in tasks_for(visitor, scope)}


class TestWhatWaits:
    def test_a_counsellor_goes_on_with_needs_and_tells_outcomes(self, cast: Cast, staged: Staged) -> None:
        found = waiting(staged.leo, cast.school)
        assert set(found) == {"learning.needs", "learning.outcomes"}
        assert found["learning.needs"].due == clock.today() - timedelta(weeks=3)

    def test_a_contest_is_answered_within_a_week(self, cast: Cast, staged: Staged) -> None:
        say(learner=staged.late, kind="contest", words="Ei pidä.", by=staged.minna)
        assert waiting(staged.leo, cast.school)["learning.contests"].due == clock.today() + timedelta(days=7)

    def test_a_teacher_judges_starts_of_weeks_two_to_four(self, staged: Staged) -> None:
        assert waiting(staged.tuure, staged.group) == {}
        begun = clock.today() - timedelta(days=10)
        StudyRight.objects.filter(learner=staged.fine).update(starts_on=begun)
        task = waiting(staged.tuure, staged.group)["learning.starts"]
        assert task.due == begun + timedelta(weeks=4)

    @pytest.mark.parametrize("who", ["sanni", "irma", "minna"])
    def test_nothing_waits_for_others(self, staged: Staged, who: str) -> None:
        assert waiting(getattr(staged, who), staged.group) == {}


def lots(cast: Cast, staged: Staged) -> None:
    """Let chance part ten learners with the same score, twelve weeks ago; those who were met caught up since."""
    then = clock.today() - timedelta(weeks=12)
    for number in range(20, 30):
        make_learner(cast, staged.group, f"Arpa {number}", number=number, done=1)
    Need.objects.all().delete()
    score_week(provider=cast.tampere, on=then)
    for turn in Turn.objects.filter(is_listed=True):
        turn.learner.lines.update(done_on=then + timedelta(weeks=2))
    score_week(provider=cast.tampere, on=clock.today())


class TestEffects:
    def test_they_are_counted_from_the_order_of_weeks_as_it_was_drawn(self, cast: Cast, staged: Staged) -> None:
        lots(cast, staged)
        week = monday_of(clock.today()) - timedelta(weeks=12)
        assert Turn.objects.filter(week=week, is_listed=True).count() == 5
        found = effect_at(cast.school, clock.today())
        assert (found.met, found.met_well, found.waited, found.waited_well) == (5, 5, 6, 0)
        assert not found.is_enough

    def test_small_cells_are_hidden_and_nothing_is_claimed(self, cast: Cast, staged: Staged) -> None:
        client = Client(headers={"accept-language": "en"})
        client.force_login(cast.bilal)
        words = client.get(reverse("learning:see-effects", args=[cast.school.key])).text
        assert "Too few to say" in words
        assert "Näytesaari" not in words

    def test_the_meter_counts_needs_of_the_list_that_were_none(self, cast: Cast, staged: Staged) -> None:
        for number in range(20, 26):
            Need.objects.create(
                learner=make_learner(cast, staged.group, f"Arpa {number}", number=number, done=1),
                source="rules",
                opened_on=clock.today(),
                owner=staged.leo.person,
                due_on=clock.today(),
                closed_on=clock.today(),
                ending="no_need" if number < 22 else "met",
                ending_reason="Kaikki on kunnossa." if number < 22 else "",
            )
        client = Client()
        client.force_login(cast.bilal)
        page = client.get(reverse("learning:see-effects", args=[cast.school.key])).context["page"]
        assert (page.meter.decided, page.meter.otherwise) == (6, 2)
        assert not page.meter.is_alarm
