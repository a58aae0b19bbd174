"""Pages of models: who governs signs, releases and switches; who watches looks and switches off."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from luotsi.base import clock
from luotsi.learning.actions.models import mode_at, release_model, sign_gap
from luotsi.learning.models import RiskModel, ScoreView
from luotsi.learning.queries.cohorts import cohort_words
from luotsi.learning.queries.evidence import evidence_of
from luotsi.learning.rules.model.report import digest_of, weights_from
from luotsi.learning.rules.model.training import calibrated
from luotsi.learning.tests.made_models import make_model
from luotsi.learning.tests.staged import stage
from luotsi.people.models import Account
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def signed_in(account: Account) -> Client:
    """Return a browser of somebody."""
    client = Client()
    client.force_login(account)
    return client


def url(cast: Cast, name: str, **more: object) -> str:
    """Return an address at the provider."""
    return reverse(f"learning:{name}", kwargs={"scope": cast.tampere.key, **more})


class TestWhatACohortIsCalled:
    @pytest.mark.parametrize(
        ("key", "words"),
        [("2023-2", "autumn 2023"), ("2023-1", "spring 2023"), ("2023/2", "2023/2"), ("", ""), ("2023-3", "2023-3")],
    )
    def test_a_half_year_is_read_as_elsewhere(self, key: str, words: str) -> None:
        assert cohort_words(key) == words


class TestTheList:
    def test_without_a_model_it_says_what_one_needs(self, cast: Cast) -> None:
        page = signed_in(cast.aino).get(url(cast, "list-models"), headers={"accept-language": "en"})
        assert "No model has been learnt." in page.content.decode()

    def test_a_model_is_asked_for_once(self, cast: Cast) -> None:
        browser = signed_in(cast.aino)
        for _time in range(2):
            browser.post(url(cast, "ask-for-model"))
        assert RiskModel.objects.filter(provider=cast.tampere).count() == 1

    def test_it_asks_as_often_however_many_there_are(
        self, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(1, 5):
            make_model(cast.tampere, number)
        browser = signed_in(cast.aino)
        browser.get(url(cast, "list-models"))
        with django_assert_max_num_queries(14):
            assert browser.get(url(cast, "list-models")).status_code == 200


class TestOneModel:
    def test_it_tells_its_figures_its_groups_and_what_stops_it(self, cast: Cast) -> None:
        model = make_model(cast.tampere, gap=True)
        page = signed_in(cast.aino).get(url(cast, "see-model", pk=model.pk)).content.decode()
        assert f"{model.gate['judged']['auc']['value']:.3f}" in page
        assert url(cast, "sign-gap", pk=model.pk, attribute="g") in page
        assert model.sha256 in page

    def test_a_group_of_few_is_not_told(self, cast: Cast) -> None:
        model = make_model(cast.tampere)
        few = next(one for one in model.gate["judged"]["groups"] if one["value"] == "c")
        assert few["people"] < 30
        page = signed_in(cast.aino).get(url(cast, "see-model", pk=model.pk), headers={"accept-language": "en"})
        assert page.content.decode().count("too few people to tell") == 1

    def test_who_watches_sees_it_and_signs_nothing(self, cast: Cast) -> None:
        model = make_model(cast.tampere, gap=True)
        page = signed_in(cast.hilkka).get(url(cast, "see-model", pk=model.pk)).content.decode()
        assert url(cast, "sign-gap", pk=model.pk, attribute="g") not in page

    def test_a_gap_is_signed_and_the_model_brought_into_use(self, cast: Cast) -> None:
        model = make_model(cast.tampere, gap=True)
        browser = signed_in(cast.aino)
        sign = url(cast, "sign-gap", pk=model.pk, attribute="g")
        assert browser.post(sign, {"reason": ""}).status_code == 422
        assert browser.post(sign, {"reason": "Ohjaus tavoittaa ryhmän muutenkin."}).status_code == 302
        browser.post(url(cast, "release-model", pk=model.pk))
        model.refresh_from_db()
        assert model.state == RiskModel.State.RELEASED
        browser.post(url(cast, "retire-model", pk=model.pk), {"reason": "Uusi opitaan."})
        model.refresh_from_db()
        assert model.state == RiskModel.State.RETIRED

    def test_what_the_gate_stops_cannot_be_brought_into_use_by_its_address(self, cast: Cast) -> None:
        model = make_model(cast.tampere, gap=True)
        signed_in(cast.aino).post(url(cast, "release-model", pk=model.pk))
        model.refresh_from_db()
        assert model.state == RiskModel.State.STOPPED

    def test_an_odd_gap_is_refused_in_words(self, cast: Cast) -> None:
        model = make_model(cast.tampere, gap=True)
        answer = signed_in(cast.aino).post(url(cast, "sign-gap", pk=model.pk, attribute="shoe"), {"reason": "Syy."})
        assert answer.status_code == 422

    def test_one_that_was_not_learnt_or_waits_says_so(self, cast: Cast) -> None:
        model = make_model(cast.tampere)
        refused = {"not_learnt": {"why": "few_cohorts", "cohorts": "1", "least": "3"}}
        words = {"fi": "Päättyneitä kohortteja: 1;", "sv": "Avslutade kohorter: 1;", "en": "Closed cohorts: 1;"}
        for gate in ({"waiting": True}, refused):
            RiskModel.objects.filter(pk=model.pk).update(gate=gate, weights={}, cohorts={}, state="stopped")
            for spoken, told in words.items():
                answer = signed_in(cast.aino).get(
                    url(cast, "see-model", pk=model.pk), headers={"accept-language": spoken}
                )
                assert (told in answer.content.decode()) is (gate is refused)

    def test_one_that_came_to_no_end_within_an_hour_can_be_asked_for_again(self, cast: Cast) -> None:
        browser = signed_in(cast.aino)
        browser.post(url(cast, "ask-for-model"))
        asked = RiskModel.objects.get(provider=cast.tampere)
        RiskModel.objects.filter(pk=asked.pk).update(trained_at=clock.now() - timedelta(hours=2))
        page = browser.get(url(cast, "see-model", pk=asked.pk), headers={"accept-language": "en"}).content.decode()
        assert "No model could be learnt." in page
        browser.post(url(cast, "ask-for-model"))
        assert RiskModel.objects.filter(provider=cast.tampere).count() == 2


class TestTheEvidence:
    def test_it_is_one_file_in_finnish_whose_sums_hold(self, cast: Cast) -> None:
        model = make_model(cast.tampere, gap=True)
        answer = signed_in(cast.hilkka).get(url(cast, "download-evidence", pk=model.pk))
        pack = zipfile.ZipFile(io.BytesIO(answer.content))
        lines = [line.split("  ") for line in pack.read("SHA256SUMS").decode().splitlines()]
        sums = {name: digest for digest, name in lines}
        assert set(sums) == set(pack.namelist()) - {"SHA256SUMS"}
        assert all(sha256(pack.read(name)).hexdigest() == digest for name, digest in sums.items())
        card = pack.read("mallikortti.html").decode()
        assert "Käyttötarkoitus" in card
        assert "liian vähän ihmisiä kerrottavaksi" in card

    def test_the_model_in_it_gives_the_same_scores(self, cast: Cast) -> None:
        model = make_model(cast.tampere)
        told = json.loads(zipfile.ZipFile(io.BytesIO(evidence_of(model))).read("malli.json"))
        inputs = {"weeks_late": 7.5, "done_share": None}
        kept, again = (weights_from(one) for one in (model.weights, told["weights"]))
        assert calibrated(kept, model.calibration, inputs) == calibrated(again, told["calibration"], inputs)
        assert digest_of(told["weights"], told["calibration"], told["cohorts"]) == model.sha256

    def test_views_are_told_without_anybody(self, cast: Cast) -> None:
        model, staged = make_model(cast.tampere, 2), stage(cast)
        for learner in (staged.late, staged.late, staged.fine):
            ScoreView.objects.create(
                person=staged.leo.person, learner=learner, week=MONDAY, model=model, purpose="caseload", at=clock.now()
            )
        pack = zipfile.ZipFile(io.BytesIO(evidence_of(model)))
        views = pack.read("katselut.csv").decode("utf-8-sig").splitlines()
        assert [row.split(";")[1:] for row in views[1:]] == [
            ["1", "1", "2026-11-23", "caseload"],
            ["1", "2", "2026-11-23", "caseload"],
            ["1", "2", "2026-11-23", "caseload"],
        ]
        text = b"".join(pack.read(name) for name in pack.namelist())
        assert not any(word.encode() in text for word in (str(staged.late), str(staged.leo.person), staged.late.oid))

    def test_it_tells_of_what_was_not_learnt_before_in_finnish(self, cast: Cast) -> None:
        model, other = make_model(cast.tampere), make_model(cast.tampere, 2)
        refused = {"not_learnt": {"why": "few_cohorts", "cohorts": "2", "least": "3"}}
        RiskModel.objects.filter(pk=other.pk).update(gate=refused, state="stopped")
        card = zipfile.ZipFile(io.BytesIO(evidence_of(model))).read("mallikortti.html").decode()
        assert "Päättyneitä kohortteja: 2; tarvitaan vähintään 3." in card
        assert "cohorts" not in card

    def test_of_what_was_not_learnt_there_is_none(self, cast: Cast) -> None:
        model = make_model(cast.tampere)
        RiskModel.objects.filter(pk=model.pk).update(gate={"waiting": True})
        assert signed_in(cast.aino).get(url(cast, "download-evidence", pk=model.pk)).status_code == 404


class TestTheSwitch:
    def test_who_watches_may_switch_off_and_not_on(self, cast: Cast) -> None:
        release_model(model=make_model(cast.tampere), by=cast.aino)
        switch = url(cast, "move-switch")
        signed_in(cast.aino).post(switch, {"mode": "model", "reason": "Käyttöön."})
        assert mode_at(cast.tampere) == "model"
        assert signed_in(cast.hilkka).post(switch, {"mode": "rules", "reason": "Epäily."}).status_code == 302
        assert mode_at(cast.tampere) == "rules"
        assert signed_in(cast.hilkka).post(switch, {"mode": "model", "reason": "Takaisin."}).status_code == 422
        assert mode_at(cast.tampere) == "rules"

    def test_a_model_that_is_not_in_use_cannot_be_switched_on(self, cast: Cast) -> None:
        sign_gap(model=make_model(cast.tampere, gap=True), attribute="g", reason="Syy.", by=cast.aino)
        answer = signed_in(cast.aino).post(url(cast, "move-switch"), {"mode": "model", "reason": "Käyttöön."})
        assert answer.status_code == 422
        assert mode_at(cast.tampere) == "rules"
