"""Models of a provider's own studies: learnt as known on the days, stopped by the gate, signed, released, retired."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.learning.actions import models as actions
from luotsi.learning.actions.refusals import LearningRefused
from luotsi.learning.engine.snapshots import cases_of, score_all
from luotsi.learning.models import GuidanceSwitch, Learner, RiskModel
from luotsi.learning.queries.scoring.held import held_at
from luotsi.learning.rules.features import FEATURES, NotAllowed
from luotsi.learning.rules.model.report import digest_of, stops_of, weights_from
from luotsi.learning.rules.model.training import calibrated
from luotsi.learning.tests.closed import add_closed_cohorts
from luotsi.learning.tests.made_models import make_model
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


class TestLearning:
    def test_a_provider_with_closed_cohorts_gets_a_model_with_its_report(self, cast: Cast) -> None:
        add_closed_cohorts(cast.tampere, cast.school)
        asked = actions.ask_for_model(provider=cast.tampere, by=None)
        actions.learn_model(asked.pk)
        model = RiskModel.objects.get(pk=asked.pk)
        assert model.cohorts == {
            "learn": ["2021-2", "2022-1", "2022-2"],
            "calibrate": ["2023-1"],
            "judge": ["2023-2"],
        }
        assert model.gate["events"] >= 300
        assert model.gate["judged"]["auc"]["value"] > 0.6
        assert {one["attribute"] for one in model.gate["judged"]["groups"]} == {"gender", "language", "age", "support"}
        assert set(model.features) <= set(FEATURES)
        assert model.sha256 == digest_of(model.weights, model.calibration, model.cohorts)
        assert model.state == (RiskModel.State.STOPPED if stops_of(model.gate, []) else RiskModel.State.READY)
        actions.learn_model(asked.pk)  # a second time changes nothing
        assert RiskModel.objects.get(pk=asked.pk).trained_at == model.trained_at

    def test_of_too_few_cohorts_none_is_learnt_and_it_says_so(self, cast: Cast) -> None:
        asked = actions.ask_for_model(provider=cast.tampere, by=None)
        actions.learn_model(asked.pk)
        model = RiskModel.objects.get(pk=asked.pk)
        assert model.gate["not_learnt"] == {"why": "few_cohorts", "cohorts": "0", "least": "3"}
        assert model.state == RiskModel.State.STOPPED
        with pytest.raises(LearningRefused):
            actions.release_model(model=model, by=cast.celia)

    def test_while_one_is_learnt_no_other_is_asked_for(self, cast: Cast) -> None:
        actions.ask_for_model(provider=cast.tampere, by=None)
        with pytest.raises(LearningRefused):
            actions.ask_for_model(provider=cast.tampere, by=None)


class TestCases:
    def test_nobody_who_had_left_and_nothing_that_was_known_later_is_in_one(self, cast: Cast) -> None:
        add_closed_cohorts(cast.tampere, cast.school, each=20)
        today = clock.today()
        cases = cases_of(held_at(cast.tampere, today), today)
        assert cases
        assert all(one.is_studying for one in cases)
        before = {(one.learner, one.on): one.snapshot for one in cases}
        later = list(held_at(cast.tampere, today))
        for held in later:
            held.parts = [row for row in held.parts if row.since <= max(on for _learner, on in before)]
        assert {(one.learner, one.on): one.snapshot for one in cases_of(later, today)} == before

    def test_who_objected_or_was_never_told_is_not_read(self, cast: Cast) -> None:
        add_closed_cohorts(cast.tampere, cast.school, each=4)
        today = clock.today()
        one, other = Learner.objects.filter(provider=cast.tampere).order_by("oid")[:2]
        one.objected_on = today
        one.save(update_fields=["objected_on"])
        other.told_on = None
        other.save(update_fields=["told_on"])
        read = {held.learner for held in held_at(cast.tampere, today)}
        assert len(read) == 18
        assert not {str(one.pk), str(other.pk)} & read

    def test_a_week_reads_with_the_same_queries_however_many_there_are(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        add_closed_cohorts(cast.tampere, cast.school, each=10)
        today = clock.today()
        with django_assert_num_queries(8):
            list(held_at(cast.tampere, today, only=today))

    def test_a_score_is_counted_again_bit_by_bit_from_what_is_kept(self, cast: Cast) -> None:
        add_closed_cohorts(cast.tampere, cast.school, each=10)
        model = make_model(cast.tampere)
        day = clock.today() - timedelta(weeks=150)
        weights = weights_from(model.weights)
        scored = list(score_all(held_at(cast.tampere, clock.today(), only=day), day, weights, model.calibration))
        assert scored
        again = RiskModel.objects.get(pk=model.pk)
        assert [one.chance for one in scored] == [
            calibrated(weights_from(again.weights), again.calibration, one.inputs) for one in scored
        ]

    def test_a_model_with_a_feature_of_who_somebody_is_is_not_taken_in(self, cast: Cast) -> None:
        model = make_model(cast.tampere)
        model.weights["weights"]["gender"] = 1.0
        with pytest.raises(NotAllowed):
            weights_from(model.weights)


class TestReleasing:
    def test_what_passed_the_gate_is_released_by_a_person_and_logged(self, cast: Cast) -> None:
        model = actions.release_model(model=make_model(cast.tampere), by=cast.celia)
        assert model.state == RiskModel.State.RELEASED
        assert model.released_by == cast.celia
        assert AuditEntry.objects.filter(verb="learning.model.released").exists()
        assert actions.mode_at(cast.tampere) == GuidanceSwitch.Mode.RULES

    def test_a_gap_stops_it_until_somebody_signs_a_reason(self, cast: Cast) -> None:
        model = make_model(cast.tampere, gap=True)
        assert model.state == RiskModel.State.STOPPED
        with pytest.raises(LearningRefused):
            actions.release_model(model=model, by=cast.celia)
        with pytest.raises(LearningRefused):
            actions.sign_gap(model=model, attribute="g", reason="  ", by=cast.celia)
        with pytest.raises(LearningRefused):
            actions.sign_gap(model=model, attribute="another", reason="Perusteltu.", by=cast.celia)
        signed = actions.sign_gap(model=model, attribute="g", reason="Perusteltu.", by=cast.celia)
        assert signed.signed[0]["person"] == str(cast.celia.person)
        assert actions.release_model(model=signed, by=cast.celia).state == RiskModel.State.RELEASED

    def test_the_next_one_takes_its_place(self, cast: Cast) -> None:
        first = actions.release_model(model=make_model(cast.tampere), by=cast.celia)
        actions.release_model(model=make_model(cast.tampere, number=2), by=cast.celia)
        first.refresh_from_db()
        assert first.state == RiskModel.State.RETIRED
        assert first.retired_for

    def test_retiring_lets_the_rules_order_at_once(self, cast: Cast) -> None:
        model = actions.release_model(model=make_model(cast.tampere), by=cast.celia)
        actions.move_switch(provider=cast.tampere, mode="model", reason="Käyttöön.", by=cast.celia)
        actions.retire_model(model=model, reason="Ryhmien erot kasvoivat.", by=cast.celia)
        assert actions.mode_at(cast.tampere) == GuidanceSwitch.Mode.RULES
        with pytest.raises(LearningRefused):
            actions.retire_model(model=model, reason="Uudelleen.", by=cast.celia)


class TestTheSwitch:
    @pytest.mark.parametrize(("mode", "reason"), [("model", "Syy."), ("rules", " "), ("magic", "Syy.")])
    def test_it_refuses(self, mode: str, reason: str, cast: Cast) -> None:
        with pytest.raises(LearningRefused):
            actions.move_switch(provider=cast.tampere, mode=mode, reason=reason, by=cast.celia)

    def test_it_goes_off_without_any_model(self, cast: Cast) -> None:
        actions.move_switch(provider=cast.tampere, mode="off", reason="Tarkistus.", by=cast.celia)
        assert actions.mode_at(cast.tampere) == GuidanceSwitch.Mode.OFF
