"""Answers are kept for as long as was told, and then they are gone: rows, words, invitations and files."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.questionnaires.actions.attachments import add_file
from luotsi.questionnaires.actions.forgetting import forget, forget_daily
from luotsi.questionnaires.actions.responses import begin_response, renew_response
from luotsi.questionnaires.actions.surveys.settling import settle_survey
from luotsi.questionnaires.models import (
    Attachment,
    Collection,
    Invitation,
    OpenAnswer,
    Published,
    Response,
    Sheet,
    Submission,
)
from luotsi.questionnaires.rules import retention
from luotsi.questionnaires.rules.rights import Grant
from luotsi.questionnaires.tests.answered import hand_in, held_by, make_asked, make_collection, make_version, write
from luotsi.questionnaires.tests.surveying import answer, answer_many, door_of, make_survey, token_to

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

NONE = {"shares": 0, "drafts": 0, "answers": 0}
CELIA = "celia@luotsi.example"


def after(collection: Collection, days: int = 1) -> Any:
    """Go to so many days after the last day on which answers are kept."""
    collection.refresh_from_db()
    assert collection.kept_until is not None
    return time_machine.travel(datetime.combine(collection.kept_until + timedelta(days=days), time(10), UTC))


class TestTheDays:
    @given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(retention.CHOICES))
    def test_the_last_day_is_whole_months_after_closing(self, closed: date, months: int) -> None:
        last = retention.last_day(closed, months)
        assert (last.year * 12 + last.month) - (closed.year * 12 + closed.month) == months
        assert last.day == closed.day or ((last + timedelta(days=1)).day == 1 and last.day < closed.day)

    def test_the_months_are_chosen_among_those_there_are(self, cast: Cast) -> None:
        survey = make_survey(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Collection.objects.filter(pk=survey.pk).update(kept_months=600)


@pytest.mark.django_db
class TestAnswersToSurveys:
    @pytest.mark.parametrize("mode", ["anonymous", "confidential", "identified"])
    def test_they_are_deleted_and_the_figures_stay(self, cast: Cast, mode: str) -> None:
        survey = make_survey(cast, mode, kept_months=6)
        answer(door_of(CELIA), why="Aikaa")
        answer_many(survey, cast.school, 11, why="Aikaa") if mode == "anonymous" else None
        settle_survey(collection=survey, by=cast.aino)
        told = list(Published.objects.values_list("kind", "persons", "figures"))
        with after(survey, days=0):
            assert forget() == NONE
        with after(survey):
            assert forget() == NONE | {"answers": 12 if mode == "anonymous" else 1}
            assert forget() == NONE
        for model in (Sheet, OpenAnswer, Invitation):
            assert not model._default_manager.exists()
        assert list(Published.objects.values_list("kind", "persons", "figures")) == told
        entry = AuditEntry.objects.get(verb="questionnaires.answers.forgotten")
        assert (entry.target_id, entry.after["answers"]) == (str(survey.pk), 12 if mode == "anonymous" else 1)
        assert CELIA not in str(entry.after)

    def test_they_are_kept_until_the_results_have_been_worked_out(self, cast: Cast) -> None:
        survey = make_survey(cast, kept_months=3)
        answer(door_of(CELIA))
        with after(survey, days=30):
            assert forget() == NONE
            settle_survey(collection=survey, by=None)
            assert forget()["answers"] == 1

    def test_an_open_survey_forgets_nothing(self, cast: Cast) -> None:
        survey = make_survey(cast)
        Collection.objects.filter(pk=survey.pk).update(closes_at=None)
        answer(door_of(CELIA))
        with time_machine.travel(clock.now() + timedelta(days=9000)):
            assert forget() == NONE

    def test_whoever_answers_is_told_on_the_first_screen(self, cast: Cast) -> None:
        survey = make_survey(cast, "confidential", kept_months=36)
        page = Client(headers={"accept-language": "fi"}).get(
            reverse("questionnaires:answer-survey", args=[token_to(CELIA)])
        )
        last = survey.kept_until
        assert last is not None
        assert f"{last.day}.{last.month}.{last.year}" in page.content.decode()

    def test_afterwards_pages_and_files_tell_of_figures_alone(self, cast: Cast) -> None:
        survey = make_survey(cast, kept_months=3)
        answer_many(survey, cast.school, 12, why="Salainen sana")
        settle_survey(collection=survey, by=cast.aino)
        with after(survey):
            forget_daily()
            client = Client(headers={"accept-language": "en"})
            client.force_login(cast.aino)
            page = client.get(reverse("questionnaires:see-results", args=["tampere", survey.pk])).content.decode()
            assert "12 persons answered" in page
            assert "Answers were deleted" in page
            assert "Salainen sana" not in page
            for file, status in (("figures-csv", 200), ("rows-csv", 404), ("spss", 404), ("texts-csv", 404)):
                path = reverse("questionnaires:download-results", args=["tampere", survey.pk, file])
                assert client.get(path).status_code == status, file


@pytest.mark.django_db
class TestDrafts:
    def test_one_that_was_never_handed_in_is_deleted_with_its_files_and_shares(
        self, cast: Cast, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
    ) -> None:
        asked = make_asked(cast, closes_at=clock.now() + timedelta(days=1), kept_months=6)
        held = held_by(cast.bilal, asked.response)
        write(held, title="Luonnos")
        stored = add_file(
            held=held_by(cast.bilal, asked.response), question="plan", file=SimpleUploadedFile("a.csv", b"a;b\n1;2\n")
        ).stored
        assert default_storage.exists(stored)
        with after(asked.collection, days=0):
            assert forget() == NONE
        with after(asked.collection), django_capture_on_commit_callbacks(execute=True):
            assert forget() == NONE | {"drafts": 1}
        assert not Response.objects.exists()
        assert not Attachment.objects.exists()
        assert not default_storage.exists(stored)
        assert AuditEntry.objects.get(verb="questionnaires.drafts.forgotten").after == {"drafts": 1, "files": 1}

    def test_what_was_handed_in_stays(self, cast: Cast) -> None:
        collection = make_collection(
            make_version(cast.tampere), cast.tampere, closes_at=clock.now() + timedelta(days=1)
        )
        response = begin_response(collection=collection, unit=cast.school, by=cast.bilal)
        write(held_by(cast.bilal, response), title="Asiakirja")
        hand_in(cast.bilal, response)
        with after(collection):
            assert forget() == NONE
        assert Submission.objects.get().content["answers"]["title"] == "Asiakirja"
        assert Response.objects.get().values["title"] == "Asiakirja"

    def test_a_new_draft_of_what_was_handed_in_goes_back_to_it(self, cast: Cast) -> None:
        collection = make_collection(
            make_version(cast.tampere), cast.tampere, closes_at=clock.now() + timedelta(days=1)
        )
        response = begin_response(collection=collection, unit=cast.school, by=cast.bilal)
        write(held_by(cast.bilal, response), title="Asiakirja")
        hand_in(cast.bilal, response)
        renew_response(held=held_by(cast.bilal, response, Grant.SUBMIT))
        write(held_by(cast.bilal, response), title="Keskeneräinen")
        with after(collection):
            assert forget() == NONE | {"drafts": 1}
        kept = Response.objects.get()
        assert kept.state == "submitted"
        assert "Keskeneräinen" not in json.dumps(kept.answers, default=str)
        assert kept.values["title"] == "Asiakirja"
        assert Submission.objects.count() == 1

    def test_a_collection_that_never_closes_forgets_nothing(self, cast: Cast) -> None:
        make_asked(cast)
        with time_machine.travel(clock.now() + timedelta(days=9000)):
            assert forget()["drafts"] == 0

    def test_whoever_writes_is_told(self, cast: Cast) -> None:
        asked = make_asked(cast, closes_at=clock.now() + timedelta(days=1))
        client = Client(headers={"accept-language": "en"})
        client.force_login(cast.bilal)
        page = client.get(reverse("questionnaires:fill-page", args=[asked.response.pk, 0])).content.decode()
        assert "A draft that is not handed in is deleted after" in page


@pytest.mark.django_db
class TestTheCommand:
    def test_it_counts_without_deleting_and_then_deletes(self, cast: Cast) -> None:
        survey = make_survey(cast, "confidential", kept_months=3)
        answer(door_of(CELIA))
        settle_survey(collection=survey, by=cast.aino)
        with after(survey):
            for dry_run, left in ((True, True), (False, False)):
                told = StringIO()
                call_command("forget", json=True, dry_run=dry_run, stdout=told)
                assert json.loads(told.getvalue())["answers"] == 1
                assert Sheet.objects.exists() == left
