"""Scoring of a week: who is scored by what, what is never scored, and that nothing else is written."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.core import serializers
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import clock, ids
from luotsi.learning.access import learners_guided_by
from luotsi.learning.actions.scoring import order_week, score_daily, score_week
from luotsi.learning.models import (
    Absence,
    GuidanceSwitch,
    Learner,
    Need,
    RiskModel,
    Saying,
    Score,
    StudyImport,
    StudyRight,
    Turn,
)
from luotsi.learning.queries.guidance.caseload_page import caseload_page
from luotsi.learning.queries.guidance.using import ranker_of, score_in_use
from luotsi.learning.rules.caseload import monday_of
from luotsi.learning.rules.features import FEATURES, NotAllowed
from luotsi.learning.rules.scores import by_model_again, by_rules_again, placed
from luotsi.learning.tests.staged import Staged, make_learner, stage
from luotsi.people.tests.cast import Cast

WRITTEN = {"learning.score", "learning.turn", "base.auditentry", "base.audithead"}


@pytest.fixture
def staged(cast: Cast) -> Staged:
    return stage(cast)


def everything(*, but: set[str]) -> dict[str, str]:
    """Return every row of every table as text, but those of some."""
    return {
        model._meta.label_lower: serializers.serialize("json", model._base_manager.order_by("pk"))
        for model in apps.get_models()
        if model._meta.label_lower not in but
    }


def switch(cast: Cast, mode: str) -> None:
    GuidanceSwitch.objects.create(provider=cast.tampere, mode=mode, at=clock.now(), reason="Koe")


class TestStudiesThatEnded:
    def test_since_the_week_was_scored_their_score_is_used_no_more(self, cast: Cast, staged: Staged) -> None:
        score_week(provider=cast.tampere, on=clock.today())
        assert score_in_use(staged.late, clock.today()).score is not None
        right = staged.late.rights.get()
        right.ends_on, right.state = clock.today(), "valmistunut"
        right.save(update_fields=["ends_on", "state"])
        assert score_in_use(staged.late, clock.today()).score is None
        caseloads, guided = [staged.caseload], learners_guided_by(staged.leo, cast.school)
        page = caseload_page(caseloads, guided, staged.leo.person, cast.school, clock.today())
        assert page.turns == ()
        assert page.learners == 2

    def test_in_a_week_before_that_was_known_they_stand_in_its_order(self, cast: Cast, staged: Staged) -> None:
        today, then = clock.today(), clock.today() - timedelta(weeks=1)
        right = staged.late.rights.get()
        right.known_to = today
        right.save(update_fields=["known_to"])
        right.pk, right.known_from, right.known_to = ids.new_id(), today, None
        right.ends_on, right.state = then + timedelta(days=2), "eronnut"
        right.save(force_insert=True)
        score_week(provider=cast.tampere, on=then)
        score_week(provider=cast.tampere, on=today)
        assert list(Turn.objects.filter(learner=staged.late).values_list("week", flat=True)) == [monday_of(then)]
        assert score_in_use(staged.late, then).score is not None
        assert score_in_use(staged.late, today).score is None


class TestScoringAWeek:
    def test_it_scores_who_studies_and_draws_the_order_of_the_week(self, cast: Cast, staged: Staged) -> None:
        done = score_week(provider=cast.tampere, on=clock.today())
        assert (done.scored, done.listed) == (2, 1)
        score = Score.objects.get(learner=staged.late)
        assert score.band == Score.Band.FIRST
        assert [one["why"] for one in score.reasons] == ["late", "idle", "stale_plan"]
        assert Score.objects.get(learner=staged.fine).band == Score.Band.FINE
        assert list(Turn.objects.values_list("learner", "rank", "is_listed")) == [(staged.late.pk, 1, True)]

    def test_a_second_run_adds_only_who_was_not_there(self, cast: Cast, staged: Staged) -> None:
        score_week(provider=cast.tampere, on=clock.today())
        assert score_week(provider=cast.tampere, on=clock.today()).scored == 0
        make_learner(cast, staged.group, "Uusi", number=9, done=1)
        assert score_week(provider=cast.tampere, on=clock.today()).scored == 1
        assert Turn.objects.count() == 1

    def test_every_score_is_counted_again_to_the_last_bit(self, cast: Cast, staged: Staged) -> None:
        score_week(provider=cast.tampere, on=clock.today())
        for score in Score.objects.all():
            again = by_rules_again(score.inputs)
            assert (again.value, again.band, list(again.reasons)) == (score.value, score.band, score.reasons)
            assert again.sha256 == score.sha256

    def test_it_is_as_known_on_the_day(self, cast: Cast, staged: Staged) -> None:
        then = clock.today() - timedelta(weeks=30)
        score_week(provider=cast.tampere, on=then)
        seen = Score.objects.get(learner=staged.late).inputs["seen"]
        assert seen["weeks_late"] == "2.0"
        assert Score.objects.get(learner=staged.late).week == monday_of(then)

    def test_hours_away_that_were_told_later_are_not_seen(self, cast: Cast, staged: Staged) -> None:
        for week in range(1, 5):
            Absence.objects.create(
                learner=staged.fine,
                week=monday_of(clock.today()) - timedelta(weeks=week),
                hours=Decimal(12),
                lessons=Decimal(25),
                known_from=clock.today() + timedelta(days=week - 3),
            )
        score_week(provider=cast.tampere, on=clock.today())
        weeks = Score.objects.get(learner=staged.fine).inputs["seen"]["weeks"]
        assert len(weeks) == 3

    def test_it_asks_no_more_for_many_than_for_few(
        self, cast: Cast, staged: Staged, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(20, 50):
            make_learner(cast, staged.group, f"Monta {number}", number=number, done=number % 5)
        with django_assert_max_num_queries(30):
            score_week(provider=cast.tampere, on=clock.today())
        assert Score.objects.count() == 32

    def test_the_daily_run_scores_every_provider_once(self, cast: Cast, staged: Staged) -> None:
        assert score_daily() == 2
        assert score_daily() == 0

    def test_it_waits_where_study_data_are_just_coming_in(self, cast: Cast, staged: Staged) -> None:
        staged.study_import.state = StudyImport.State.WAITING
        staged.study_import.save(update_fields=["state"])
        assert score_daily() == 0
        staged.study_import.state = StudyImport.State.DONE
        staged.study_import.save(update_fields=["state"])
        assert score_daily() == 2


class TestNobodyIsScored:
    def test_who_objected(self, cast: Cast, staged: Staged) -> None:
        score_week(provider=cast.tampere, on=clock.today())
        assert not Score.objects.filter(learner=staged.objected).exists()

    def test_who_has_objected_since_not_even_for_a_week_of_before(self, cast: Cast, staged: Staged) -> None:
        score_week(provider=cast.tampere, on=clock.today() - timedelta(weeks=10))
        assert not Score.objects.filter(learner=staged.objected).exists()

    def test_who_was_not_told_by_the_day(self, cast: Cast, staged: Staged) -> None:
        staged.late.told_on = clock.today() + timedelta(days=1)
        staged.late.save(update_fields=["told_on"])
        staged.fine.told_on = None
        staged.fine.save(update_fields=["told_on"])
        assert score_week(provider=cast.tampere, on=clock.today()).scored == 0

    def test_who_contests_until_somebody_has_answered(self, cast: Cast, staged: Staged) -> None:
        saying = Saying.objects.create(learner=staged.late, kind="contest", words="Ei pidä", said_at=clock.now())
        score_week(provider=cast.tampere, on=clock.today())
        assert not Score.objects.filter(learner=staged.late).exists()
        saying.answered_at = clock.now()
        saying.is_upheld = False
        saying.save(update_fields=["answered_at", "is_upheld"])
        assert score_week(provider=cast.tampere, on=clock.today()).scored == 1

    @pytest.mark.parametrize("state", ["valmistunut", "katsotaaneronneeksi", "eronnut"])
    def test_who_studies_no_more(self, cast: Cast, staged: Staged, state: str) -> None:
        right = StudyRight.objects.get(learner=staged.late)
        right.state, right.ends_on = state, clock.today() - timedelta(days=3)
        right.periods = [*right.periods, [right.ends_on.isoformat(), state, ""]]
        right.save(update_fields=["state", "ends_on", "periods"])
        score_week(provider=cast.tampere, on=clock.today())
        assert not Score.objects.filter(learner=staged.late).exists()

    def test_nobody_while_the_switch_is_off(self, cast: Cast, staged: Staged) -> None:
        switch(cast, "off")
        assert score_week(provider=cast.tampere, on=clock.today()).scored == 0
        assert not Score.objects.exists()


class TestTheSwitch:
    def test_without_a_released_model_the_rules_rule(self, cast: Cast, staged: Staged) -> None:
        switch(cast, "model")
        score_week(provider=cast.tampere, on=clock.today())
        assert Score.objects.filter(rules="1", model=None).count() == Score.objects.count() == 2

    def test_switching_off_takes_the_order_of_the_week_away(self, cast: Cast, staged: Staged) -> None:
        score_week(provider=cast.tampere, on=clock.today())
        switch(cast, "off")
        assert order_week(provider=cast.tampere, on=clock.today()) == 0
        assert not Turn.objects.exists()
        switch(cast, "rules")
        assert order_week(provider=cast.tampere, on=clock.today()) == 1


class TestTheOrderOfAWeek:
    def test_it_is_never_longer_than_the_meetings(self, cast: Cast, staged: Staged) -> None:
        staged.caseload.slots = 3
        staged.caseload.save(update_fields=["slots"])
        for number in range(20, 40):
            make_learner(cast, staged.group, f"Monta {number}", number=number, done=1)
        assert score_week(provider=cast.tampere, on=clock.today()).listed == 3
        assert Turn.objects.filter(is_listed=True).count() == 3
        assert Turn.objects.count() == 20

    def test_who_is_guided_already_takes_no_place(self, cast: Cast, staged: Staged) -> None:
        today = clock.today()
        Need.objects.create(
            learner=staged.late, source="counsellor", opened_on=today, owner=staged.leo.person, due_on=today
        )
        assert score_week(provider=cast.tampere, on=today).listed == 0


class TestAScoreWritesNothingElse:
    def test_no_status_grade_funding_or_access_is_changed(self, cast: Cast, staged: Staged) -> None:
        before = everything(but=WRITTEN)
        score_week(provider=cast.tampere, on=clock.today())
        order_week(provider=cast.tampere, on=clock.today())
        assert Score.objects.exists()
        assert everything(but=WRITTEN) == before


def released(cast: Cast) -> RiskModel:
    """Return a model in use that knows two things: being late, and a plan of long ago; the switch says model."""
    scales = {"weeks_late": [5.0, 5.0], "plan_weeks": [8.0, 4.0], "weeks_studied": [40.0, 20.0]}
    made = RiskModel.objects.create(
        provider=cast.tampere,
        number=2,
        features=list(scales),
        weights={
            "base": -1.0,
            "scales": scales,
            "weights": {"weeks_late": 0.9, "plan_weeks": 0.4, "weeks_studied": -0.1},
            "gaps": {},
            "learnt_from": 900,
        },
        calibration=[0.1, 0.9],
        gate={"bands": {"first": 0.6, "soon": 0.4}},
        sha256="1" * 64,
        state=RiskModel.State.RELEASED,
        trained_at=clock.now(),
    )
    switch(cast, "model")
    return made


class TestAModelInUse:
    def test_it_orders_the_week_with_the_rules_ready_beside_it(self, cast: Cast, staged: Staged) -> None:
        model = released(cast)
        score_week(provider=cast.tampere, on=clock.today())
        assert Score.objects.filter(model=model).count() == 2
        assert Score.objects.filter(model=None).count() == 2
        turn = Turn.objects.get()
        assert (turn.learner, turn.score.model) == (staged.late, model)
        assert [one["why"] for one in turn.score.reasons] == ["late", "stale_plan"]

    def test_its_scores_are_counted_again_to_the_last_bit(self, cast: Cast, staged: Staged) -> None:
        model = released(cast)
        score_week(provider=cast.tampere, on=clock.today())
        for score in Score.objects.filter(model=model):
            again = by_model_again(score.inputs, ranker_of(model))
            assert (again.value, again.band, list(again.reasons)) == (score.value, score.band, score.reasons)
            assert again.sha256 == score.sha256

    def test_what_it_counted_with_has_no_name_that_is_not_on_the_list(self, cast: Cast, staged: Staged) -> None:
        released(cast)
        score_week(provider=cast.tampere, on=clock.today())
        for score in Score.objects.exclude(model=None):
            assert set(score.inputs["snapshot"]) == set(FEATURES)

    def test_a_model_with_a_protected_feature_scores_nobody(self, cast: Cast, staged: Staged) -> None:
        model = released(cast)
        model.weights["scales"]["gender"] = [0.5, 0.5]
        model.weights["weights"]["gender"] = 1.0
        model.save(update_fields=["weights"])
        with pytest.raises(NotAllowed):
            score_week(provider=cast.tampere, on=clock.today())
        assert not Score.objects.exists()

    def test_switched_to_rules_the_rules_rule_at_once(self, cast: Cast, staged: Staged) -> None:
        model = released(cast)
        score_week(provider=cast.tampere, on=clock.today())
        assert score_of(staged).model == model
        switch(cast, "rules")
        assert score_of(staged).model is None
        order_week(provider=cast.tampere, on=clock.today())
        assert Turn.objects.get().score.model is None

    def test_nobody_is_scored_twice_in_a_week(self, cast: Cast, staged: Staged) -> None:
        released(cast)
        score_week(provider=cast.tampere, on=clock.today())
        assert score_week(provider=cast.tampere, on=clock.today()).scored == 0

    def test_whom_it_does_not_know_is_ordered_by_the_rules(self, cast: Cast, staged: Staged) -> None:
        released(cast)
        StudyRight.objects.filter(learner=staged.late).update(kind=StudyRight.Kind.TUVA)
        score_week(provider=cast.tampere, on=clock.today())
        turn = Turn.objects.get()
        assert (turn.learner, turn.score.model) == (staged.late, None)


def score_of(staged: Staged) -> Score:
    found = score_in_use(Learner.objects.select_related("provider").get(pk=staged.late.pk), clock.today()).score
    assert found is not None
    return found


class TestTheHeightOfAScore:
    BANDS: ClassVar = {"first": 0.6, "soon": 0.4}

    @given(st.integers(0, 30), st.integers(0, 30))
    def test_more_points_never_stand_lower(self, one: int, other: int) -> None:
        low, high = sorted([one, other])
        heights = [placed(float(points), self.BANDS, is_chance=False) for points in (low, high)]
        assert heights == sorted(heights)

    def test_bands_begin_at_the_same_height(self) -> None:
        assert placed(3.0, self.BANDS, is_chance=False) == 0.4
        assert placed(6.0, self.BANDS, is_chance=False) == 0.6

    def test_chances_of_the_same_whole_percent_are_equals(self) -> None:
        assert placed(0.6149, None, is_chance=True) == placed(0.6051, None, is_chance=True)
