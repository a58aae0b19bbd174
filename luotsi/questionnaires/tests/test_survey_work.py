"""Long work on surveys: done in the background, gone on with after a crash, told while it goes, never done twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from luotsi.base import chain, clock, outbox
from luotsi.base.housekeeping import look_round
from luotsi.base.models import AuditEntry, OutboxMail
from luotsi.base.tasks import do_deed
from luotsi.questionnaires import access
from luotsi.questionnaires.actions.refusals import AnswerRefused, QuestionnaireRefused
from luotsi.questionnaires.actions.surveys import going_on, letters, publishing, settling, works
from luotsi.questionnaires.actions.surveys.inviting import remind
from luotsi.questionnaires.actions.surveys.settling import settle_survey
from luotsi.questionnaires.models import Collection, Invitation, OpenAnswer, Published, Sheet, SurveyWork
from luotsi.questionnaires.models.works import MOST_ATTEMPTS, QUIET
from luotsi.questionnaires.queries.surveys.work import work_told
from luotsi.questionnaires.tests.answered import make_version
from luotsi.questionnaires.tests.making import changed
from luotsi.questionnaires.tests.surveying import (
    ADDRESSES,
    MANY,
    SURVEY,
    answer,
    answer_many,
    door_of,
    make_large_survey,
    make_survey,
    token_to,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from luotsi.people.tests.cast import Cast


def work_of(collection: Collection) -> SurveyWork:
    return SurveyWork.objects.get(pk=collection.pk)


class Crash(BaseException):
    """The process dies: nothing that runs after it is run."""


def crashing(times: Iterator[int]) -> Callable[..., int]:
    """Return what writes letters and dies after some of them, before the transaction has been committed."""
    post_many, seen = outbox.post_many, iter(times)

    def post(found: Any) -> int:
        count = post_many(found)
        if next(seen, None):
            raise Crash
        return count

    return post


class TestOpening:
    def test_a_small_survey_is_open_at_once(self, cast: Cast) -> None:
        survey = make_survey(cast)
        assert work_of(survey).ended_at
        assert len(written()) == 5
        assert not Invitation.objects.exclude(due="").exists()

    def test_a_large_one_is_opened_by_the_worker(
        self, cast: Cast, few_at_once: None, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            survey = make_large_survey(cast)
        assert not written()
        told = DBTaskResult.objects.get().args_kwargs
        assert told["args"] == [works.GO_ON, str(survey.pk)]
        do_deed.func(*told["args"])
        assert written() == sorted(ADDRESSES)
        assert (work_of(survey).done, work_of(survey).ended_at is not None) == (MANY, True)

    def test_whoever_has_the_letter_answers_while_others_wait_for_theirs(self, cast: Cast, few_at_once: None) -> None:
        survey = make_large_survey(cast)
        letters.write_some(survey.pk)
        (first, *_others) = written()
        assert len(written()) == 5
        answer(door_of(first))
        going_on.go_on(survey.pk)
        assert written() == sorted(ADDRESSES)

    @pytest.mark.parametrize("deaths", [[1], [0, 1], [0, 0, 1, 1], [1, 1, 1, 0, 0, 1]])
    def test_a_worker_that_dies_leaves_nobody_out_and_writes_to_nobody_twice(
        self, cast: Cast, few_at_once: None, monkeypatch: pytest.MonkeyPatch, deaths: list[int]
    ) -> None:
        survey = make_large_survey(cast)
        monkeypatch.setattr(outbox, "post_many", crashing(iter(deaths)))
        for _process in range(sum(deaths)):
            with pytest.raises(Crash):
                going_on.go_on(survey.pk)
            assert len(written()) == work_of(survey).done, "what is told has been written"
        going_on.go_on(survey.pk)
        going_on.go_on(survey.pk)
        assert written() == sorted(ADDRESSES)
        assert {access.door_by_token(token_to(email)) is not None for email in ADDRESSES} == {True}

    def test_a_second_click_opens_no_second_survey(self, cast: Cast) -> None:
        first = make_large_survey(cast, key="page")
        again = make_large_survey(cast, key="page", version=first.version)
        other = make_large_survey(cast, key="another page", version=first.version)
        assert first == again != other
        assert len(written()) == 2 * MANY

    def test_the_key_of_a_page_opens_nothing_of_others(self, cast: Cast) -> None:
        first = make_large_survey(cast, key="page")
        version = make_version(cast.tampere, changed(SURVEY, "/x-luotsi/name", "other"), cast.aino)
        assert make_large_survey(cast, key="page", version=version) != first

    def test_a_survey_that_is_closed_meanwhile_invites_nobody_more(self, cast: Cast, few_at_once: None) -> None:
        survey = make_large_survey(cast, "confidential")
        letters.write_some(survey.pk)
        settle_survey(collection=survey, by=cast.aino)
        going_on.go_on(survey.pk)
        assert len(written()) == 5
        assert not Invitation.objects.exclude(due="").exists()

    def test_nobody_is_invited_after_the_closing_time(self, cast: Cast, few_at_once: None) -> None:
        survey = make_large_survey(cast)
        letters.write_some(survey.pk)
        with time_machine.travel(clock.now() + timedelta(days=8)):
            going_on.go_on(survey.pk)
        assert len(written()) == 5
        assert work_of(survey).ended_at

    def test_reminders_wait_for_invitations_and_are_written_likewise(self, cast: Cast, few_at_once: None) -> None:
        survey = make_large_survey(cast)
        with pytest.raises(QuestionnaireRefused, match="still being written"):
            remind(collection=survey, by=cast.aino)
        going_on.go_on(survey.pk)
        answer(door_of(ADDRESSES[3]))
        OutboxMail.objects.all().delete()
        assert remind(collection=survey, by=cast.aino) == MANY - 1
        assert not written()
        going_on.go_on(survey.pk)
        assert written() == sorted(set(ADDRESSES) - {ADDRESSES[3]})

    def test_it_is_one_row_of_the_log(self, cast: Cast, few_at_once: None) -> None:
        make_survey(cast)
        before = AuditEntry.objects.count()
        survey = make_large_survey(cast, version=Collection.objects.get().version)
        going_on.go_on(survey.pk)
        (entry,) = AuditEntry.objects.order_by("seq")[before:]
        assert (entry.verb, entry.after["audience"]["invited"]) == ("questionnaires.collection.opened", MANY)


class TestSettling:
    def settled(self, cast: Cast, count: int = 11) -> Collection:
        survey = make_survey(cast, by_link=True)
        answer_many(survey, cast.school, count, why="Aikaa")
        return settle_survey(collection=survey, by=cast.aino)

    def test_a_small_survey_is_settled_at_once(self, cast: Cast) -> None:
        assert self.settled(cast).settled_at

    def test_a_large_one_is_closed_at_once_and_worked_out_by_the_worker(self, cast: Cast, few_at_once: None) -> None:
        survey = self.settled(cast)
        assert not survey.settled_at
        assert survey.state_at(clock.now()) == "closed"
        with pytest.raises(AnswerRefused, match="closed"):
            answer_many(survey, cast.school, 1)
        going_on.go_on(survey.pk)
        assert Collection.objects.get(settled_at__isnull=False) == survey
        assert Published.objects.get(collection=survey, kind="whole").persons == 11

    def test_an_answer_on_its_way_is_refused_rather_than_kept_uncounted(self, cast: Cast, few_at_once: None) -> None:
        """The page fetched the survey while it was open, and is sent in the moment after."""
        survey = make_survey(cast, by_link=True)
        door = access.Door(Collection.objects.get(pk=survey.pk), cast.school.pk)
        settle_survey(collection=survey, by=cast.aino)
        with pytest.raises(AnswerRefused, match="closed"):
            answer(door)
        assert not Sheet.objects.exists()

    @pytest.mark.parametrize("place", ["results_of", "write_results"])
    def test_a_worker_that_dies_leaves_nothing_half_done(
        self, cast: Cast, few_at_once: None, monkeypatch: pytest.MonkeyPatch, place: str
    ) -> None:
        survey = self.settled(cast)
        real = getattr(settling, place)

        def dies(*given: Any) -> None:
            real(*given)
            raise Crash

        with monkeypatch.context() as patched:
            patched.setattr(settling, place, dies)
            with pytest.raises(Crash):
                going_on.go_on(survey.pk)
        assert not Published.objects.exists()
        going_on.go_on(survey.pk)
        told = list(Published.objects.values_list("kind", "persons"))
        assert ("whole", 11) in told
        assert OpenAnswer.objects.count() == 11
        going_on.go_on(survey.pk)
        assert list(Published.objects.values_list("kind", "persons")) == told
        assert OpenAnswer.objects.count() == 11

    def test_a_second_click_is_refused(self, cast: Cast, few_at_once: None) -> None:
        survey = self.settled(cast)
        with pytest.raises(QuestionnaireRefused, match="being worked out"):
            settle_survey(collection=survey, by=cast.aino)
        going_on.go_on(survey.pk)
        with pytest.raises(QuestionnaireRefused, match="have been worked out"):
            settle_survey(collection=survey, by=cast.aino)

    def test_closing_and_settling_are_told_in_the_log_with_who_wanted_it(self, cast: Cast, few_at_once: None) -> None:
        survey = self.settled(cast)
        going_on.go_on(survey.pk)
        rows = AuditEntry.objects.filter(target_id=str(survey.pk)).order_by("seq").values_list("verb", "actor_id")
        assert list(rows)[-2:] == [
            ("questionnaires.survey.closed", cast.aino.pk),
            ("questionnaires.survey.settled", cast.aino.pk),
        ]
        assert chain.verify().sound

    def test_results_are_those_of_a_survey_that_was_settled_at_once(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.settled(cast)
        whole = Published.objects.get(kind="whole").figures
        monkeypatch.setattr(settling, "AT_ONCE", 0)
        monkeypatch.setattr(publishing, "PORTION", 3)
        going_on.go_on(self.settled(cast).pk)
        assert [one.figures for one in Published.objects.filter(kind="whole")] == [whole, whole]


class TestSweeping:
    def test_a_survey_whose_time_has_passed_is_settled_by_itself(self, cast: Cast) -> None:
        survey = make_survey(cast, by_link=True)
        answer_many(survey, cast.school, 6)
        assert survey.closes_at is not None
        for past, begun in ((timedelta(seconds=30), False), (timedelta(seconds=61), True)):
            with time_machine.travel(survey.closes_at + past):
                going_on.sweep()
            assert SurveyWork.objects.filter(kind="settling").exists() == begun
        going_on.go_on(survey.pk)
        survey.refresh_from_db()
        assert survey.settled_at
        assert survey.closed_at is None, "it closed when it was to close"
        assert AuditEntry.objects.get(verb="questionnaires.survey.settled").actor_id is None

    def test_open_and_settled_surveys_and_other_collections_are_left_alone(self, cast: Cast) -> None:
        settle_survey(collection=make_survey(cast), by=cast.aino)
        going = make_survey(cast)
        before = AuditEntry.objects.count()
        going_on.sweep()
        assert AuditEntry.objects.count() == before
        assert going.state_at(clock.now()) == "open"

    def test_work_that_came_to_rest_is_taken_up_once(
        self, cast: Cast, few_at_once: None, django_capture_on_commit_callbacks: Any
    ) -> None:
        survey = make_large_survey(cast)
        going_on.sweep()
        assert not DBTaskResult.objects.exists(), "it may be going on"
        with time_machine.travel(clock.now() + QUIET + timedelta(seconds=1)):
            with django_capture_on_commit_callbacks(execute=True):
                going_on.sweep()
                going_on.sweep()
            assert DBTaskResult.objects.get().args_kwargs["args"] == [works.GO_ON, str(survey.pk)]

    def test_the_worker_looks_for_it_all_the_time(self, cast: Cast, few_at_once: None) -> None:
        make_survey(cast)
        with time_machine.travel(clock.now() + timedelta(days=8)):
            look_round()
        assert SurveyWork.objects.filter(kind="settling").exists()


class TestFailing:
    def fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def post(_letters: Any) -> int:
            raise ValueError("the template cannot be read")

        monkeypatch.setattr(outbox, "post_many", post)

    def test_it_is_told_tried_again_and_given_up_in_the_end(
        self, cast: Cast, few_at_once: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        survey = make_large_survey(cast)
        letters.write_some(survey.pk)
        with monkeypatch.context() as patched:
            self.fails(patched)
            for number in range(1, MOST_ATTEMPTS + 1):
                going_on.go_on(survey.pk)
                told = work_told(Collection.objects.select_related("work").get(pk=survey.pk))
                assert told
                assert told.count.startswith("5 of 23 invited")
                assert ("by itself; nothing is lost" in told.words) == (number < MOST_ATTEMPTS)
        assert told
        assert (told.look, told.moves) == ("error", False)
        assert told.title == "The survey is being opened: this has stopped"
        with time_machine.travel(clock.now() + timedelta(days=2)):
            assert not SurveyWork.objects.at_rest(clock.now()).exists()
        works.try_again(collection=survey, by=cast.aino)
        going_on.go_on(survey.pk)
        assert written() == sorted(ADDRESSES)

    def test_what_goes_on_is_not_begun_again(self, cast: Cast, few_at_once: None) -> None:
        survey = make_large_survey(cast)
        with pytest.raises(QuestionnaireRefused, match="being done now"):
            works.try_again(collection=survey, by=cast.aino)
        going_on.go_on(survey.pk)
        with pytest.raises(QuestionnaireRefused, match="it is done"):
            works.try_again(collection=survey, by=cast.aino)


class TestThePage:
    def client(self, cast: Cast) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(cast.aino)
        return client

    def see(self, survey: Collection) -> str:
        return reverse("questionnaires:see-survey", args=["tampere", survey.pk])

    def test_it_tells_how_many_are_invited_and_looks_again_by_itself(self, cast: Cast, few_at_once: None) -> None:
        survey = make_large_survey(cast)
        letters.write_some(survey.pk)
        client, path = self.client(cast), self.see(survey)
        page = client.get(path).content.decode()
        assert "The survey is being opened" in page
        assert "5 of 23 invited" in page
        assert 'hx-trigger="every 3s"' in page
        assert "Remind those" not in page
        asked = client.get(path, headers={"HX-Request": "true", "HX-Target": "work"})
        assert "HX-Refresh" not in asked.headers
        going_on.go_on(survey.pk)
        assert client.get(path, headers={"HX-Request": "true", "HX-Target": "work"})["HX-Refresh"] == "true"
        assert "being opened" not in client.get(path).content.decode()

    def test_it_says_when_nobody_works(self, cast: Cast, few_at_once: None) -> None:
        survey = make_large_survey(cast)
        client = self.client(cast)
        with time_machine.travel(clock.now() + QUIET + timedelta(minutes=1)):
            page = client.get(self.see(survey)).content.decode()
        assert "seems to stand still" in page
        assert "Try again" in page

    def test_settling_is_told_on_both_pages(self, cast: Cast, few_at_once: None) -> None:
        survey = make_large_survey(cast, by_link=True)
        answer_many(survey, cast.school, 2)
        client = self.client(cast)
        sent = client.post(reverse("questionnaires:settle-survey", args=["tampere", survey.pk]), follow=True)
        assert sent.redirect_chain[-1][0] == self.see(survey)
        assert "The results are being worked out" in sent.content.decode()
        assert "Close and work out" not in sent.content.decode()
        results = client.get(reverse("questionnaires:see-results", args=["tampere", survey.pk])).content.decode()
        assert "The results are being worked out" in results

    def test_a_double_click_on_open_leads_to_one_survey(self, cast: Cast) -> None:
        version = make_survey(cast).version
        client = self.client(cast)
        path = reverse("questionnaires:open-survey", args=["tampere", version.pk])
        key = client.get(path).context["key"]
        sent = {
            "name_fi": "Kysely",
            "mode": "anonymous",
            "addresses": "a@luotsi.example",
            "language": "fi",
            "closes_on": "31.12.2099",
            "closes_time": "16.15",
            "kept_months": "12",
            "key": key,
            "do": "open",
        }
        first, second = client.post(path, sent), client.post(path, sent)
        assert first.status_code == 302
        assert first["Location"] == second["Location"]
        assert Collection.objects.filter(kept_months=12).count() == 1
        assert Collection.objects.count() == 2
