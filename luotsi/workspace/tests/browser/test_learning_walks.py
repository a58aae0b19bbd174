"""Studies, walked by those for whom they are: learner on a phone, teacher, counsellor, manager, steward of data."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from luotsi.base import clock
from luotsi.learning.actions.intake import jobs
from luotsi.learning.actions.scoring import score_week
from luotsi.learning.models import GuidanceDeed, Judgement, Need, Saying, Score, ScoreView, StudyImport
from luotsi.learning.tests.documents import SCHOOL, vocational
from luotsi.learning.tests.staged import Staged, stage
from luotsi.learning.tests.tuva_staged import stage_tuva
from luotsi.people.tests.cast import Cast
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.eyes import faults, too_wide

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


def sound(page: Page) -> bool:
    """Return True when the page as it stands is accessible and no wider than the screen."""
    return [*faults(page), *too_wide(page)] == []


@pytest.fixture
def staged(cast: Cast) -> Staged:
    """The learners of the cast in a week that has been scored: Minna is behind her plan."""
    found = stage(cast)
    score_week(provider=cast.tampere, on=clock.today())
    return found


def enter(page: Page, unit: str) -> None:
    """Come in by the home page and the main menu."""
    page.goto(f"/u/{unit}/")
    if page.get_by_role("button", name="Menu").is_visible():
        page.get_by_role("button", name="Menu").click()
    page.locator("#menu").get_by_role("link", name="Learners").click()


class TestALearnerAndWhoGuidesThem:
    def test_reasons_are_contested_on_a_phone_and_answered_by_a_person(
        self, cast: Cast, staged: Staged, open_as: OpenAs
    ) -> None:
        phone, desk = open_as(staged.minna, viewport=PHONE), open_as(staged.leo)
        self.see_own_studies(phone, staged)
        self.contest(phone)
        self.answer(desk, cast)
        self.guide(desk)
        phone.reload()
        phone.get_by_text("It stands.").wait_for()
        phone.get_by_text("Taito", exact=False).first.wait_for()
        phone.get_by_text("Sovittiin paja maanantaille.").wait_for()
        assert sound(phone)
        self.object(phone, staged)

    @staticmethod
    def see_own_studies(page: Page, staged: Staged) -> None:
        enter(page, staged.group.key)
        page.locator("h1", has_text="My studies").wait_for()
        assert "30" in page.locator("[aria-labelledby=done]").inner_text()
        assert sound(page)
        page.get_by_label("In a week").fill("0")
        page.get_by_role("button", name="Try").click()
        page.locator(".lu-field-error").first.wait_for()
        page.get_by_label("In a week").fill("6")
        page.get_by_role("button", name="Try").click()
        page.get_by_text("Counted with 6", exact=False).wait_for()
        assert sound(page)
        part = page.locator("[aria-labelledby=parts] .lu-task").first
        assert not part.evaluate("part => part.checkVisibility()")
        page.emulate_media(media="print")  # on paper nothing can be opened
        assert part.evaluate("part => part.checkVisibility()")
        page.emulate_media(media="screen")

    @staticmethod
    def contest(page: Page) -> None:
        page.locator(".lu-tabs").get_by_role("link", name="My guidance").click()
        page.locator(".lu-reasons li").first.wait_for()
        assert page.locator(".lu-reasons li").count() <= 3
        assert "%" not in page.locator("[aria-labelledby=why]").inner_text()
        page.get_by_role("link", name="This is not right").click()
        page.get_by_role("button", name="Send to my counsellor").click()
        page.locator(".lu-error-summary").wait_for()
        page.get_by_label("In your own words").fill("Olin työpaikalla, eikä sitä ole kirjattu.")
        page.get_by_role("button", name="Send to my counsellor").click()
        page.get_by_text("Nothing is used until you have an answer", exact=False).wait_for()
        assert page.locator(".lu-reasons").count() == 0
        assert sound(page)

    @staticmethod
    def answer(page: Page, cast: Cast) -> None:
        page.goto(f"/u/{cast.school.key}/")
        page.get_by_role("link", name="Answer 1 learner who contests").first.click()
        page.locator("h1", has_text="Caseload").wait_for()
        assert page.locator("[aria-labelledby=turns]").get_by_text("Minna").count() == 0  # contested: on no list
        assert sound(page)
        page.locator("[aria-labelledby=sayings]").get_by_role("link", name="Minna").click()
        page.locator("article.lu-said", has_text="Olin työpaikalla").get_by_role("link", name="Answer").click()
        page.get_by_label("No, it stands").check(force=True)
        page.get_by_label("Answer", exact=False).last.fill(
            "Taito on arvioitu vasta kun se on KOSKIssa; katsotaan yhdessä."
        )
        page.get_by_role("button", name="Answer", exact=True).click()
        page.get_by_text("The learner has your answer.").wait_for()
        assert Saying.objects.get(learner__given_name="Minna").is_upheld is False

    @staticmethod
    def guide(page: Page) -> None:
        page.locator(".lu-reasons li").first.wait_for()
        reason = page.locator(".lu-reasons a").first
        anchor = str(reason.get_attribute("href"))
        assert page.locator(anchor).count() == 1  # each reason leads to its record
        page.get_by_role("link", name="Contact", exact=True).click()
        page.get_by_label("What was agreed").fill("Sovittiin paja maanantaille.")
        page.get_by_role("button", name="Write down").click()
        page.get_by_text("Written down.").wait_for()
        assert GuidanceDeed.objects.get().words == "Sovittiin paja maanantaille."
        page.get_by_role("link", name="End the need").click()
        page.get_by_label("No need", exact=True).check(force=True)
        page.get_by_role("button", name="End the need").click()
        page.locator(".lu-error-summary").wait_for()  # no need has to be given a reason
        assert sound(page)
        page.get_by_label("Met", exact=True).check(force=True)
        page.get_by_role("button", name="End the need").click()
        page.get_by_text("The need has ended.").wait_for()
        assert Need.objects.get(learner__given_name="Minna").ending == Need.Ending.MET

    @staticmethod
    def object(page: Page, staged: Staged) -> None:
        page.get_by_role("button", name="Object", exact=True).click()
        page.get_by_text("nothing is computed of you", exact=False).first.wait_for()
        assert page.locator(".lu-reasons").count() == 0
        staged.late.refresh_from_db()
        assert staged.late.objected_on == clock.today()


class TestATeacher:
    def test_judges_a_start_of_the_own_group_and_sees_no_other(
        self, cast: Cast, staged: Staged, open_as: OpenAs
    ) -> None:
        self.begin_anew(staged)
        page = open_as(staged.tuure, viewport={"width": 768, "height": 1024})
        enter(page, staged.group.key)
        page.locator("h1", has_text="Progress").wait_for()
        assert sound(page)
        page.locator(".lu-tabs").get_by_role("link", name="Starts").click()
        assert page.get_by_role("link", name="Judge the start").count() == 1  # nobody else is in the second week
        page.locator("tr", has_text="Otso").get_by_role("link", name="Judge the start").click()
        page.get_by_role("button", name="Keep the judgement").click()
        page.locator(".lu-error-summary").wait_for()
        page.get_by_label("Hardly").check(force=True)
        page.get_by_role("button", name="Keep the judgement").click()
        page.get_by_text("Your judgement has been kept.").wait_for()
        assert sound(page)
        assert Judgement.objects.get().value == Judgement.Value.HARDLY
        assert ScoreView.objects.filter(person=staged.tuure.person, learner=staged.late).exists()
        assert (answer := page.goto(f"/u/{cast.school.key}/learning/progress/"))
        assert answer.status == 404

    @staticmethod
    def begin_anew(staged: Staged) -> None:
        """Let Otso be in the second week of his studies."""
        right, begun = staged.fine.rights.get(), clock.today() - timedelta(days=14)
        right.starts_on, right.periods = begun, [[begun.isoformat(), "lasna", "1"]]
        right.save(update_fields=["starts_on", "periods"])


class TestAPlanOfPreparatoryStudies:
    def test_what_is_wrong_has_the_keyboard_when_it_is_tried(self, cast: Cast, open_as: OpenAs) -> None:
        from playwright.sync_api import expect

        made = stage_tuva(cast)
        page = open_as(made.nea)
        page.goto(f"/u/{made.group.key}/learning/learners/{made.learner.pk}/tuva/edit/")
        page.get_by_label("Studies begin").fill("yesterday")
        page.get_by_role("button", name="Try", exact=True).click()
        expect(page.locator(".lu-error-summary")).to_be_focused()


class TestWhoManages:
    def test_sees_figures_forecasts_and_effects_and_no_person(
        self, cast: Cast, staged: Staged, open_as: OpenAs
    ) -> None:
        page = open_as(cast.bilal)
        enter(page, cast.school.key)
        page.locator("h1", has_text="Figures of studies").wait_for()
        for tab in ("Progress in sums", "Forecasts", "Groups by need", "Quality of data", "Effect of guidance"):
            page.locator(".lu-tabs").get_by_role("link", name=tab).click()
            page.locator(".lu-tabs [aria-current=page]", has_text=tab).wait_for()
            assert sound(page)
            for name in ("Minna", "Otso", "Petra"):
                assert name not in page.locator("main").inner_text()
        for address in ("progress/", "caseload/", f"learners/{staged.late.pk}/progress/"):
            assert (answer := page.goto(f"/u/{cast.school.key}/learning/{address}"))
            assert answer.status in {403, 404}
        assert not ScoreView.objects.filter(person=cast.bilal.person).exists()


class TestWhoKeepsTheRegister:
    def test_sends_a_broken_extract_and_a_sound_one_and_follows_what_is_found(
        self, cast: Cast, staged: Staged, open_as: OpenAs, tmp_path: Path
    ) -> None:
        cast.school.oid = SCHOOL
        cast.school.save(update_fields=["oid"])
        page = open_as(staged.irma)
        enter(page, cast.school.key)
        page.locator("h1", has_text="Quality of study data").wait_for()
        self.send(page, None)
        page.locator(".lu-error-summary").wait_for()
        assert sound(page)
        self.send(page, self.saved(tmp_path, '[{"henkilö": {}'))
        page.get_by_text("Refused", exact=False).first.wait_for()
        page.get_by_text("Nothing of the file was taken in.", exact=False).wait_for()
        assert sound(page)
        told = vocational()
        del told["opiskeluoikeudet"][0]["tila"]["opiskeluoikeusjaksot"][0]["opintojenRahoitus"]
        self.send(page, self.saved(tmp_path, json.dumps(told)))
        page.get_by_text("Imported", exact=False).first.wait_for()
        assert sound(page)
        page.locator(".lu-tabs").get_by_role("link", name="Quality of data").click()
        page.get_by_role("link", name="No source of funding", exact=False).first.wait_for()
        page.goto(f"/u/{cast.school.key}/learning/quality/findings/?q=merkki+esi")
        page.locator("tbody tr", has_text="No source of funding").first.wait_for()
        assert sound(page)
        assert Score.objects.exists()
        assert not ScoreView.objects.filter(person=staged.irma.person).exists()

    def test_a_file_with_a_long_name_makes_no_page_too_wide(self, cast: Cast, staged: Staged, open_as: OpenAs) -> None:
        told = StudyImport.objects.get(pk=staged.study_import.pk)
        told.filename, told.state, told.finished_at = "ä" * 200, StudyImport.State.REFUSED, clock.now()
        told.faults = [{"file": told.filename, "line": 1, "at": "", "code": "failed", "found": ""}]
        told.save(update_fields=["filename", "state", "finished_at", "faults"])
        page = open_as(staged.irma, viewport=PHONE)
        page.goto(f"/u/{cast.school.key}/learning/imports/{told.pk}/")
        page.get_by_role("rowheader", name="ä" * 200).wait_for()
        assert too_wide(page) == []

    @staticmethod
    def saved(folder: Path, text: str) -> Path:
        found = folder / "otos.json"
        found.write_text(text, encoding="utf-8")
        return found

    @staticmethod
    def send(page: Page, file: Path | None) -> None:
        """Send a file, as the worker would then read it, and look at what came of it."""
        page.locator(".lu-tabs").get_by_role("link", name="Imports").click()
        page.get_by_role("link", name="Send an extract").first.click()
        if file is not None:
            page.locator("[name=file]").set_input_files(file)
        page.get_by_role("button", name="Send and check").click()
        if file is None:
            return
        page.locator("#import").wait_for()
        jobs.go_on(StudyImport.objects.filter(state=StudyImport.State.WAITING).latest("uploaded_at").pk)
        page.reload()
