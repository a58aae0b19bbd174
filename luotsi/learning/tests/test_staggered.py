"""Staggered starts at work: planned, drawn and locked; whoever waits has no lists; the result is told at the end."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.learning.actions.refusals import LearningRefused
from luotsi.learning.actions.scoring import score_week
from luotsi.learning.actions.staggered import lock_start, plan_start, stop_start
from luotsi.learning.models import Score, StaggeredStart, StartingUnit, StudyRight, Turn
from luotsi.learning.queries.guidance.staggered.outcomes import judged_of, studying_in
from luotsi.learning.queries.guidance.staggered.page import start_page
from luotsi.learning.queries.guidance.using import score_in_use
from luotsi.learning.rules.caseload import monday_of
from luotsi.learning.rules.using import Unused
from luotsi.learning.tests.staged import Staged, make_learner, stage
from luotsi.people.models import Account, Unit
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import Cast, make_unit

EACH = 5


@pytest.fixture
def staged(cast: Cast) -> Staged:
    return stage(cast)


@pytest.fixture
def groups(cast: Cast) -> list[Unit]:
    """Eight groups of five learners each, all late by their plans, with nothing open."""
    found = [make_unit(Kind.GROUP, cast.school, f"Esimerkkiryhmä {number}") for number in range(8)]
    for at, group in enumerate(found):
        for one in range(EACH):
            make_learner(cast, group, f"Ryhmä {at} {one}", number=100 + at * EACH + one, done=1)
    return found


def next_monday() -> date:
    return monday_of(clock.today()) + timedelta(weeks=1)


def planned(cast: Cast, groups: list[Unit], **changes: Any) -> StaggeredStart:
    given: dict[str, Any] = {
        "unit": cast.school,
        "units": groups,
        "starts_on": next_monday(),
        "step": 8,
        "waves": 4,
        "outcome": "staying",
        "seed": "7 12 19 23 31 36 40",
        "by": cast.bilal,
    }
    return plan_start(**given | changes)


def opened(by: Account, name: str, scope: Unit, *args: Any) -> Any:
    client = Client(headers={"accept-language": "en"})
    client.force_login(by)
    return client.get(reverse(f"learning:{name}", args=[scope.key, *args]))


def sent(by: Account, name: str, scope: Unit, *args: Any, **given: Any) -> Any:
    client = Client(headers={"accept-language": "en"})
    client.force_login(by)
    return client.post(reverse(f"learning:{name}", args=[scope.key, *args]), given)


def ended(start: StaggeredStart) -> list[StartingUnit]:
    """Move a start that was locked into the past, as if all of it had gone by."""
    begun = monday_of(clock.today()) - timedelta(weeks=start.step * start.waves)
    start.starts_on = begun
    start.save(update_fields=["starts_on"])
    units = list(start.units.select_related("unit"))
    for one in units:
        one.begins_on = begun + timedelta(weeks=start.step * (one.wave or 0))
        one.save(update_fields=["begins_on"])
    return units


class TestPlanning:
    def test_all_that_is_compared_is_told_before_and_no_order_is_there(self, cast: Cast, groups: list[Unit]) -> None:
        start = planned(cast, groups)
        assert start.locked_at is None
        assert set(start.units.values_list("wave", "begins_on")) == {(None, None)}
        row = AuditEntry.objects.get(verb="learning.start.planned")
        assert row.after["words of the lot"] == "7 12 19 23 31 36 40"
        assert row.after["compared"] == "staying"

    def test_with_too_few_groups_it_is_refused(self, cast: Cast, groups: list[Unit]) -> None:
        with pytest.raises(LearningRefused, match="6"):
            planned(cast, groups[:5])
        assert not StaggeredStart.objects.exists()

    def test_a_group_of_too_few_is_refused(self, cast: Cast, groups: list[Unit]) -> None:
        StudyRight.objects.filter(learner__unit=groups[0]).update(ends_on=clock.today(), state="eronnut", periods=[])
        assert studying_in(groups, clock.today())[groups[0].pk.hex] == 0
        with pytest.raises(LearningRefused):
            planned(cast, groups)

    def test_the_page_plans_all_groups_but_those_left_out(self, cast: Cast, groups: list[Unit]) -> None:
        given = {
            "level": "group",
            "without": [groups[3].key],
            "starts_on": next_monday().strftime("%d.%m.%Y"),
            "step": "8",
            "waves": "7",
            "outcome": "points",
            "seed": "1 2 3",
        }
        answered = sent(cast.bilal, "plan-staggered", cast.school, **given)
        start = StaggeredStart.objects.get()
        assert answered.headers["Location"].endswith(f"/effects/staggered/{start.pk}/")
        assert set(start.units.values_list("unit", flat=True)) == {one.pk for one in groups} - {groups[3].pk}

    def test_what_stands_against_it_is_told_at_the_field(self, cast: Cast, groups: list[Unit]) -> None:
        given = {
            "level": "group",
            "starts_on": "01.01.2026",
            "step": "8",
            "waves": "4",
            "outcome": "staying",
            "seed": "x",
        }
        answered = sent(cast.bilal, "plan-staggered", cast.school, **given)
        assert answered.status_code == 422
        assert "starts_on" in answered.context["form"].errors


class TestTheLot:
    def test_it_gives_every_group_its_monday_and_is_written_down(self, cast: Cast, groups: list[Unit]) -> None:
        start = lock_start(start=planned(cast, groups), by=cast.bilal)
        begins = sorted(one.begins_on for one in start.units.all() if one.begins_on is not None)
        assert begins == sorted([next_monday() + timedelta(weeks=8 * wave) for wave in range(4)] * 2)
        assert len(AuditEntry.objects.get(verb="learning.start.locked").after["order"]) == 8

    def test_it_is_drawn_once(self, cast: Cast, groups: list[Unit]) -> None:
        start = lock_start(start=planned(cast, groups), by=cast.bilal)
        with pytest.raises(LearningRefused, match="already"):
            lock_start(start=start, by=cast.bilal)

    def test_after_the_first_start_nothing_is_drawn(self, cast: Cast, groups: list[Unit]) -> None:
        start = planned(cast, groups)
        start.starts_on = monday_of(clock.today())
        start.save(update_fields=["starts_on"])
        with pytest.raises(LearningRefused, match="later than today"):
            lock_start(start=start, by=cast.bilal)

    def test_a_group_is_in_one_that_goes_on_only_once(self, cast: Cast, groups: list[Unit]) -> None:
        first, second = planned(cast, groups), planned(cast, groups, seed="other words")
        lock_start(start=first, by=cast.bilal)
        with pytest.raises(LearningRefused, match="another staggered start"):
            lock_start(start=second, by=cast.bilal)
        stop_start(start=first, reason="Liian pitkä.", by=cast.bilal)
        assert lock_start(start=second, by=cast.bilal).locked_at is not None

    def test_one_that_was_stopped_is_kept_with_its_reason_and_never_drawn(
        self, cast: Cast, groups: list[Unit]
    ) -> None:
        start = stop_start(start=planned(cast, groups), reason="Väärä aika.", by=cast.bilal)
        with pytest.raises(LearningRefused):
            lock_start(start=start, by=cast.bilal)
        words = opened(cast.bilal, "see-staggered", cast.school, start.pk).text
        assert "Väärä aika." in words
        assert "Nothing is claimed." in words


class TestWhoeverWaits:
    def test_has_no_score_and_no_turn_and_others_have(self, cast: Cast, staged: Staged, groups: list[Unit]) -> None:
        score_week(provider=cast.tampere, on=clock.today() - timedelta(weeks=1))
        lock_start(start=planned(cast, groups), by=cast.bilal)
        staged.caseload.slots = 30
        staged.caseload.save(update_fields=["slots"])
        score_week(provider=cast.tampere, on=clock.today())
        week = monday_of(clock.today())
        assert set(Turn.objects.filter(week=week).values_list("learner", flat=True)) == {staged.late.pk}
        assert set(Score.objects.filter(week=week).values_list("learner", flat=True)) == {
            staged.late.pk,
            staged.fine.pk,
        }

    def test_is_shown_no_score_of_before_either(self, cast: Cast, staged: Staged, groups: list[Unit]) -> None:
        learner = groups[0].learners.first()
        assert learner is not None
        score_week(provider=cast.tampere, on=clock.today())
        assert score_in_use(learner, clock.today()).score is not None
        lock_start(start=planned(cast, groups), by=cast.bilal)
        assert score_in_use(learner, clock.today()).unused is Unused.NOT_BEGUN
        words = opened(staged.leo, "see-guidance", cast.school, learner.pk).text
        assert "staggered start" in words
        page = opened(staged.leo, "see-caseload", cast.school).context["page"]
        assert [one.name for one in page.turns if one.name.startswith("Ryhmä")] == []
        assert [len(names) for _day, names in page.waits] == [2, 2, 2, 2]

    def test_begins_on_the_day_of_its_wave(self, cast: Cast, staged: Staged, groups: list[Unit]) -> None:
        start = lock_start(start=planned(cast, groups), by=cast.bilal)
        first = {one.unit_id for one in start.units.all() if one.wave == 0}
        StartingUnit.objects.filter(wave=0).update(begins_on=monday_of(clock.today()))
        score_week(provider=cast.tampere, on=clock.today())
        scored = Score.objects.filter(learner__unit__in=groups).values_list("learner__unit", flat=True)
        assert set(scored) == first

    def test_when_it_is_stopped_lists_are_for_all_again(self, cast: Cast, staged: Staged, groups: list[Unit]) -> None:
        start = lock_start(start=planned(cast, groups), by=cast.bilal)
        stop_start(start=start, reason="Ei jatketa.", by=cast.bilal)
        score_week(provider=cast.tampere, on=clock.today())
        assert Score.objects.filter(learner__unit__in=groups).count() == 8 * EACH


class TestWhatItCameTo:
    def test_nothing_is_told_before_the_end(self, cast: Cast, groups: list[Unit]) -> None:
        start = lock_start(start=planned(cast, groups), by=cast.bilal)
        page = start_page(start, clock.today())
        assert page.result is None
        assert "not before" in opened(cast.bilal, "see-staggered", cast.school, start.pk).text

    def test_lists_that_help_are_found(self, cast: Cast, groups: list[Unit]) -> None:
        """Points are got each period by who has begun only: five a head, of lines that the register tells."""
        start = lock_start(start=planned(cast, groups, outcome="points"), by=cast.bilal)
        units = ended(start)
        for one in units:
            for learner in one.unit.learners.all():
                lines = list(learner.lines.filter(done_on=None).order_by("key"))
                for at in range(one.wave or 0, 4):
                    line = lines[at]
                    line.done_on = start.starts_on + timedelta(weeks=start.step * at + 1)
                    line.amount = Decimal(5)
                    line.save(update_fields=["done_on", "amount"])
        judged = judged_of(start, units)
        assert judged.difference == pytest.approx(5.0)
        assert judged.is_shown
        page = start_page(start, clock.today())
        assert page.result is not None
        assert page.result.figure in {"5.0", "5,0"}
        words = opened(cast.bilal, "see-staggered", cast.school, start.pk).text
        assert "competence points more" in words
        assert "Näytesaari" not in words

    def test_lists_that_do_nothing_show_nothing(self, cast: Cast, groups: list[Unit]) -> None:
        start = lock_start(start=planned(cast, groups), by=cast.bilal)
        units = ended(start)
        leavers = [one.unit.learners.first() for one in units[::2]]
        for learner in leavers:
            left = start.starts_on + timedelta(weeks=3)
            StudyRight.objects.filter(learner=learner).update(ends_on=left, state="eronnut")
        judged = judged_of(start, units)
        assert judged.is_told
        assert not judged.is_shown
        assert "No effect is shown" in opened(cast.bilal, "see-staggered", cast.school, start.pk).text

    def test_its_page_asks_a_fixed_number_of_times(
        self, cast: Cast, groups: list[Unit], django_assert_max_num_queries: Any
    ) -> None:
        start = lock_start(start=planned(cast, groups, outcome="points"), by=cast.bilal)
        ended(start)
        with django_assert_max_num_queries(5):
            start_page(start, clock.today())


class TestWhoMay:
    def test_who_watches_sees_it_and_draws_nothing(self, cast: Cast, groups: list[Unit]) -> None:
        start = planned(cast, groups)
        assert opened(cast.hilkka, "see-staggered", cast.school, start.pk).status_code == 200
        assert sent(cast.hilkka, "lock-staggered", cast.school, start.pk).status_code == 403
        assert opened(cast.hilkka, "plan-staggered", cast.school).status_code == 403
        start.refresh_from_db()
        assert start.locked_at is None

    def test_those_who_teach_see_none_of_it(self, cast: Cast, groups: list[Unit]) -> None:
        start = planned(cast, groups)
        assert opened(cast.celia, "see-staggered", cast.school, start.pk).status_code == 404
