"""Pages of imports: who keeps the register sends a file, sees how far it is, what came of it and what was wrong."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from luotsi.base import background, clock
from luotsi.learning.actions.intake import jobs
from luotsi.learning.models import StudyImport
from luotsi.learning.queries.coming import Coming, coming_to
from luotsi.learning.queries.import_words import FAULTS, LEFT_OUT, fault_words, left_out_words
from luotsi.learning.tests import documents
from luotsi.learning.tests.documents import SCHOOL
from luotsi.learning.tests.staged import Staged, stage
from luotsi.people.tests.cast import Cast


@pytest.fixture
def staged(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Staged:
    """Learners and those around them; the worker is asked, and does nothing by itself."""
    monkeypatch.setattr(background, "later", lambda _deed, _key: None)
    cast.school.oid = SCHOOL
    cast.school.save(update_fields=["oid"])
    return stage(cast)


@pytest.fixture
def irma(staged: Staged, client: Client) -> Client:
    """The browser of who keeps the register."""
    client.force_login(staged.irma)
    return client


def page(cast: Cast, name: str, *more: Any) -> str:
    return reverse(f"learning:{name}", args=[cast.school.key, *more])


def send(cast: Cast, irma: Client, data: object, name: str = "koski.json") -> Any:
    """Send a file and return the answer."""
    file = SimpleUploadedFile(name, json.dumps(data).encode(), "application/json")
    return irma.post(page(cast, "begin-import"), {"file": file, "extract_on": clock.today().isoformat()})


class TestSending:
    def test_a_file_is_sent_and_its_page_tells_what_came_of_it(self, cast: Cast, irma: Client) -> None:
        doc = documents.changed(documents.vocational(), "/henkilö/oid", "1.2.246.562.24.00000000077")
        sent = send(cast, irma, doc)
        found = StudyImport.objects.get(filename="koski.json")
        assert (sent.status_code, sent["Location"]) == (302, page(cast, "see-import", found.pk))
        waiting = irma.get(sent["Location"]).content.decode()
        assert 'hx-trigger="every 2s"' in waiting
        jobs.go_on(found.pk)
        done = irma.get(sent["Location"]).content.decode()
        assert "every 2s" not in done
        assert "Oppijoita" in done or "Learners told of" in done

    def test_what_was_wrong_stands_with_its_place_and_goes_as_a_file(self, cast: Cast, irma: Client) -> None:
        wrong = documents.changed(documents.vocational(), "/opiskeluoikeudet/0/arvioituPäättymispäivä", "eilen")
        sent = send(cast, irma, [wrong])
        found = StudyImport.objects.get(filename="koski.json")
        jobs.go_on(found.pk)
        shown = irma.get(sent["Location"]).content.decode()
        assert "/0/opiskeluoikeudet/0/arvioituPäättymispäivä" in shown
        assert "eilen" in shown
        file = irma.get(page(cast, "download-import-faults", found.pk))
        assert "/0/opiskeluoikeudet/0/arvioituPäättymispäivä" in file.content.decode()

    def test_how_far_it_is_stands_on_the_page(self, cast: Cast, irma: Client) -> None:
        sent = send(cast, irma, documents.vocational())
        StudyImport.objects.filter(filename="koski.json").update(
            state="running", done=1200, total=10_000, counts={"phase": "reading"}
        )
        shown = irma.get(sent["Location"]).content.decode()
        assert 'max="10000" value="1200"' in shown

    def test_without_a_file_the_form_tells(self, cast: Cast, irma: Client) -> None:
        assert irma.post(page(cast, "begin-import"), {"extract_on": "2026-11-26"}).status_code == 422

    def test_a_refusal_stands_at_its_field(self, cast: Cast, irma: Client) -> None:
        send(cast, irma, documents.vocational())
        again = send(cast, irma, documents.vocational())
        assert again.status_code == 422
        assert again.context["form"].errors["file"]

    def test_a_group_sends_nothing(self, cast: Cast, staged: Staged, irma: Client) -> None:
        listed = irma.get(reverse("learning:list-imports", args=[staged.group.key]))
        assert reverse("learning:begin-import", args=[staged.group.key]) not in listed.content.decode()


class TestListing:
    def test_the_list_costs_the_same_for_many(
        self, cast: Cast, staged: Staged, irma: Client, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(30):
            StudyImport.objects.create(
                unit=cast.school,
                filename=f"{number}.json",
                sha256="",
                extract_on=clock.today(),
                uploaded_at=clock.now(),
                uploaded_by=staged.irma,
                state="done",
                counts={"learners": number},
            )
        with django_assert_max_num_queries(24):
            shown = irma.get(page(cast, "list-imports"))
        assert "29.json" in shown.content.decode()

    def test_it_is_narrowed_by_name_and_state(self, cast: Cast, irma: Client) -> None:
        send(cast, irma, documents.vocational())
        shown = irma.get(page(cast, "list-imports"), {"q": "koski", "state": "waiting"})
        assert shown.context["listing"].rows.total == 1
        assert irma.get(page(cast, "list-imports"), {"state": "refused"}).context["listing"].rows.total == 0

    def test_another_school_does_not_see_it(self, cast: Cast, staged: Staged, irma: Client) -> None:
        other = StudyImport.objects.create(
            unit=cast.other_school, filename="x", sha256="", extract_on=clock.today(), uploaded_at=clock.now()
        )
        assert irma.get(page(cast, "see-import", other.pk)).status_code == 404


class TestWords:
    def test_every_code_has_words(self) -> None:
        assert all("x" in fault_words(code, "x") or "%" not in str(words) for code, words in FAULTS.items())
        assert all("x" in left_out_words(code, "x") for code in LEFT_OUT)


class TestComing:
    @pytest.fixture
    def open_import(self, cast: Cast) -> StudyImport:
        return StudyImport.objects.create(
            unit=cast.school,
            filename="koski.json",
            sha256="",
            extract_on=date(2026, 2, 14),
            uploaded_at=clock.now(),
            state="running",
        )

    def test_pages_say_so_while_data_are_taken_in_at_the_unit_above_or_below(
        self, staged: Staged, open_import: StudyImport
    ) -> None:
        for unit in (open_import.unit, staged.group, open_import.unit.parent):
            assert unit is not None
            assert coming_to(unit) == Coming(1, date(2026, 2, 14))

    def test_another_school_hears_nothing_of_it(self, cast: Cast, open_import: StudyImport) -> None:
        assert coming_to(cast.other_school) is None

    def test_nothing_is_said_when_it_is_done(self, cast: Cast, irma: Client, open_import: StudyImport) -> None:
        shown = irma.get(page(cast, "list-imports")).content.decode()
        assert "Study data are being taken in" in shown
        open_import.state = StudyImport.State.DONE
        open_import.save(update_fields=["state"])
        assert "Study data are being taken in" not in irma.get(page(cast, "list-imports")).content.decode()
