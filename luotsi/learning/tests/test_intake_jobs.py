"""Imports in the worker: one after another, told how far they are, whole or not at all."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from luotsi.base import background, clock
from luotsi.base.models import AuditEntry
from luotsi.learning.actions.intake import IntakeRefused, begin_import, jobs
from luotsi.learning.models import Learner, StudyImport
from luotsi.learning.tests import documents
from luotsi.learning.tests.documents import SCHOOL, changed
from luotsi.people.tests.cast import Cast

GOOD = json.dumps([documents.vocational(), documents.plan()]).encode()
BAD = json.dumps([documents.vocational(), {"mitä": "muuta"}]).encode()


@pytest.fixture
def college(cast: Cast) -> Cast:
    """The cast, whose school has the OID of the documents."""
    cast.school.oid = SCHOOL
    cast.school.save(update_fields=["oid"])
    return cast


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the worker was asked to do."""
    found: list[Any] = []
    monkeypatch.setattr(background, "later", lambda _deed, key: found.append(key))
    return found


def send(cast: Cast, data: bytes = GOOD, **more: Any) -> StudyImport:
    """Send a file for the provider."""
    told = {"filename": "koski.json", "extract_on": clock.today(), "by": cast.bilal, **more}
    return begin_import(unit=cast.tampere, data=data, **told)


class TestSending:
    def test_it_is_kept_and_the_worker_is_asked(self, college: Cast, asked: list[Any]) -> None:
        found = send(college)
        assert asked == [found.pk]
        assert (found.state, bool(found.data)) == ("waiting", True)
        assert AuditEntry.objects.filter(verb="learning.import.begun", target_id=str(found.pk)).exists()
        assert not Learner.objects.exists()

    def test_the_worker_takes_it_in_and_forgets_the_file(self, college: Cast, asked: list[Any]) -> None:
        found = send(college)
        jobs.go_on(found.pk)
        found.refresh_from_db()
        assert (found.state, bytes(found.data), found.counts["learners"]) == ("done", b"", 1)
        assert Learner.objects.count() == 1

    def test_what_is_refused_tells_why_and_leaves_nothing(self, college: Cast, asked: list[Any]) -> None:
        found = send(college, BAD)
        jobs.go_on(found.pk)
        found.refresh_from_db()
        assert (found.state, bytes(found.data)) == ("refused", b"")
        assert [(one["at"], one["code"]) for one in found.faults] == [("/1", "not_study")]
        assert not Learner.objects.exists()
        assert AuditEntry.objects.filter(verb="learning.import.refused").exists()

    @pytest.mark.parametrize(
        "more",
        [{"data": b" \n"}, {"data": b"x" * 100}, {"extract_on": clock.today() + timedelta(days=1)}],
        ids=["empty", "too large", "of a day to come"],
    )
    def test_some_files_are_not_even_kept(
        self, college: Cast, asked: list[Any], settings: Any, more: dict[str, Any]
    ) -> None:
        settings.UPLOAD_LIMIT = 99
        with pytest.raises(IntakeRefused):
            send(college, **{"data": b"{}", **more})
        assert not StudyImport.objects.exists()

    def test_the_same_file_is_taken_once_a_day(self, college: Cast, asked: list[Any]) -> None:
        found = send(college)
        with pytest.raises(IntakeRefused, match="sent before"):
            send(college)
        jobs.go_on(found.pk)
        with pytest.raises(IntakeRefused, match="sent before"):
            send(college)

    def test_a_refused_file_may_be_sent_again(self, college: Cast, asked: list[Any]) -> None:
        jobs.go_on(send(college, BAD).pk)
        assert send(college, BAD).state == "waiting"

    def test_a_region_takes_no_study_data(self, college: Cast) -> None:
        with pytest.raises(IntakeRefused, match="provider or a school"):
            begin_import(unit=college.region, filename="a", data=GOOD, extract_on=clock.today(), by=None)


class TestWorking:
    def test_one_import_of_a_provider_at_a_time(self, college: Cast, asked: list[Any]) -> None:
        first, second = send(college), send(college, BAD)
        StudyImport.objects.filter(pk=first.pk).update(state="running", beat_at=clock.now())
        jobs.go_on(second.pk)
        second.refresh_from_db()
        assert second.state == "waiting"
        StudyImport.objects.filter(pk=first.pk).update(state="waiting", beat_at=None)
        asked.clear()
        jobs.go_on(first.pk)
        assert asked == [second.pk]

    def test_an_import_that_is_over_is_not_done_again(self, college: Cast, asked: list[Any]) -> None:
        found = send(college)
        jobs.go_on(found.pk)
        jobs.go_on(found.pk)
        assert AuditEntry.objects.filter(verb="learning.import.done").count() == 1

    def test_it_tells_how_far_it_is(self, college: Cast, asked: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
        told: list[tuple[str, int, int]] = []
        monkeypatch.setattr(jobs._Beat, "tell", lambda _self, *how_far: told.append(how_far))
        monkeypatch.setattr(jobs, "BEAT_S", -1.0)
        jobs.go_on(send(college).pk)
        assert told == [("reading", 1, 1), ("writing", 0, 1)]

    def test_one_whose_worker_died_is_taken_up_again(self, college: Cast, asked: list[Any]) -> None:
        found = send(college)
        long_ago = clock.now() - jobs.QUIET - timedelta(seconds=1)
        StudyImport.objects.filter(pk=found.pk).update(state="running", beat_at=long_ago)
        asked.clear()
        jobs.sweep()
        jobs.sweep()
        assert asked == [found.pk]
        jobs.go_on(found.pk)
        found.refresh_from_db()
        assert found.state == "done"

    def test_one_on_which_somebody_works_is_left_alone(self, college: Cast, asked: list[Any]) -> None:
        found = send(college)
        StudyImport.objects.filter(pk=found.pk).update(state="running", beat_at=clock.now())
        asked.clear()
        jobs.sweep()
        assert asked == []

    def test_a_failure_nobody_thought_of_is_told_and_harms_nothing(
        self, college: Cast, asked: list[Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_told: Any, **_more: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr(jobs, "finish", fail)
        found = send(college)
        jobs.go_on(found.pk)
        found.refresh_from_db()
        assert (found.state, found.faults[0]["code"]) == ("refused", "failed")
        assert not Learner.objects.exists()

    def test_a_newer_extract_first_makes_the_older_one_be_refused(self, college: Cast, asked: list[Any]) -> None:
        jobs.go_on(send(college).pk)
        older = changed(documents.vocational(), "/opiskeluoikeudet/0/versionumero", 6)
        found = send(college, json.dumps(older).encode(), extract_on=clock.today() - timedelta(days=1))
        jobs.go_on(found.pk)
        found.refresh_from_db()
        assert found.faults[0]["code"] == "older"
