"""Pages of observations: entering, handing over, approving, sending back, changing, the grid, the import."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from luotsi.indicators.models import Observation, ObservationImport
from luotsi.indicators.tests.making import Followed, make_followed
from luotsi.people.models import Account, Unit
from luotsi.people.tests.cast import Cast


@pytest.fixture
def followed(cast: Cast) -> Followed:
    return make_followed(cast)


class Browser:
    """A person at the pages of a unit."""

    def __init__(self, who: Account, unit: Unit) -> None:
        """Sign the person in."""
        self.unit = unit
        self.client = Client(headers={"accept-language": "en"})
        self.client.force_login(who)

    def address(self, name: str, query: str = "", **given: object) -> str:
        return reverse(f"indicators:{name}", kwargs={"scope": self.unit.key, **given}) + query

    def get(self, name: str, query: str = "", **given: Any) -> Any:
        return self.client.get(self.address(name, query, **given))

    def text(self, name: str, query: str = "", **given: object) -> str:
        text: str = self.get(name, query, **given).content.decode()
        return text

    def post(self, name: str, data: dict[str, Any] | None = None, query: str = "", **given: Any) -> Any:
        return self.client.post(self.address(name, query, **given), data or {})


FIGURE = {"operator": "eq", "mark": "", "source": "Lomake"}


class TestTheList:
    def test_it_shows_what_was_entered_with_its_state(self, cast: Cast, followed: Followed) -> None:
        page = Browser(cast.bilal, cast.school).text("list-observations")
        for words in ("82.5%", "66 ÷ 80", "Draft", "Submitted", "Approved"):
            assert words in page

    def test_it_narrows_by_state_indicator_and_period(self, cast: Cast, followed: Followed) -> None:
        browser = Browser(cast.bilal, cast.school)
        page = browser.text("list-observations", "?state=draft&indicator=signing-in&period=2026")
        assert "82.5%" in page
        assert "60 ÷ 80" not in page

    def test_a_coordinator_is_told_what_waits_for_approval(self, cast: Cast, followed: Followed) -> None:
        assert "Approve 1 figure" in Browser(cast.aino, cast.school).text("list-observations")
        assert "Approve 1 figure" not in Browser(cast.bilal, cast.school).text("list-observations")


class TestEntering:
    def test_it_asks_first_for_indicator_and_unit(self, cast: Cast, followed: Followed) -> None:
        page = Browser(cast.bilal, cast.school).text("enter-observation")
        assert 'name="indicator"' in page
        assert 'name="numerator"' not in page

    def test_it_shows_the_definition_and_the_figures_before(self, cast: Cast, followed: Followed) -> None:
        page = Browser(cast.bilal, cast.school).text("enter-observation", self.query(cast))
        assert "numerator ÷ denominator × 100" in page
        assert "56.2%" in page or "56.3%" in page

    def query(self, cast: Cast) -> str:
        return f"?indicator=signing-in&unit={cast.school.key}"

    def test_it_saves_a_draft_and_counts_its_value(self, cast: Cast, followed: Followed) -> None:
        data = FIGURE | {"period": "2021", "numerator": "12", "denominator": "96,0"}
        Observation.objects.filter(period="2021").delete()
        answer = Browser(cast.bilal, cast.school).post("enter-observation", data, self.query(cast))
        assert answer.status_code == 302
        made = Observation.objects.get(period="2021")
        assert (made.state, made.value, made.source) == ("draft", Decimal("12.5"), "Lomake")

    def test_it_hands_over_when_asked(self, cast: Cast, followed: Followed) -> None:
        Observation.objects.filter(period="2021").delete()
        data = FIGURE | {"period": "2021", "value": "12.5", "hand_over": "yes"}
        Browser(cast.bilal, cast.school).post("enter-observation", data, self.query(cast))
        assert Observation.objects.get(period="2021").state == "submitted"

    def test_it_keeps_what_was_typed_and_says_what_is_wrong(self, cast: Cast, followed: Followed) -> None:
        data = FIGURE | {"period": "2021", "numerator": "120", "denominator": "96"}
        answer = Browser(cast.bilal, cast.school).post("enter-observation", data, self.query(cast))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="120"' in page
        assert "The numerator is larger than the denominator" in page

    def test_it_refuses_a_unit_where_the_visitor_may_not_enter(self, cast: Cast, followed: Followed) -> None:
        query = f"?indicator=signing-in&unit={cast.nokia.key}"
        assert Browser(cast.bilal, cast.school).get("enter-observation", query).status_code == 422


class TestOneObservation:
    def test_it_shows_versions_and_source(self, cast: Cast, followed: Followed) -> None:
        page = Browser(cast.bilal, cast.school).text("see-observation", pk=followed.approved.pk)
        assert "No source has been given." in page
        assert "Change with a reason" in page

    def test_a_draft_is_changed_and_handed_over(self, cast: Cast, followed: Followed) -> None:
        browser = Browser(cast.bilal, cast.school)
        data = FIGURE | {"numerator": "40", "denominator": "80", "hand_over": "yes"}
        assert browser.post("edit-observation", data, pk=followed.draft.pk).status_code == 302
        followed.draft.refresh_from_db()
        assert (followed.draft.value, followed.draft.state) == (Decimal(50), "submitted")

    def test_approving_makes_it_count(self, cast: Cast, followed: Followed) -> None:
        browser = Browser(cast.aino, cast.school)
        browser.post("submit-observation", pk=followed.draft.pk)
        browser.post("approve-observation", pk=followed.draft.pk)
        page = browser.text("see-indicator", key="signing-in")
        assert "82.5%" in page

    def test_sending_back_needs_a_reason(self, cast: Cast, followed: Followed) -> None:
        browser = Browser(cast.aino, cast.school)
        assert browser.post("send-back-observation", {"reason": ""}, pk=followed.submitted.pk).status_code == 422
        answer = browser.post("send-back-observation", {"reason": "Tarkista luku"}, pk=followed.submitted.pk)
        assert answer.status_code == 302
        followed.submitted.refresh_from_db()
        assert followed.submitted.state == "draft"

    def test_an_approved_figure_changes_with_a_reason_only(self, cast: Cast, followed: Followed) -> None:
        browser = Browser(cast.bilal, cast.school)
        data = FIGURE | {"numerator": "62", "denominator": "80"}
        assert browser.post("change-observation", data, pk=followed.approved.pk).status_code == 422
        browser.post("change-observation", data | {"reason": "Laskettu uudelleen"}, pk=followed.approved.pk)
        new = Observation.objects.get(replaces=followed.approved)
        assert (new.version, new.state, new.value) == (2, "draft", Decimal("77.5"))
        page = browser.text("see-observation", pk=followed.approved.pk)
        assert "A new version of this figure is in work." in page

    def test_a_draft_is_thrown_away(self, cast: Cast, followed: Followed) -> None:
        Browser(cast.bilal, cast.school).post("discard-observation", pk=followed.spare.pk)
        assert not Observation.objects.filter(pk=followed.spare.pk).exists()

    def test_an_approved_one_is_not_thrown_away(self, cast: Cast, followed: Followed) -> None:
        Browser(cast.bilal, cast.school).post("discard-observation", pk=followed.approved.pk)
        assert Observation.objects.filter(pk=followed.approved.pk).exists()


class TestApprovingMany:
    def test_each_stands_beside_the_figure_before(self, cast: Cast, followed: Followed) -> None:
        browser = Browser(cast.aino, cast.school)
        browser.post("submit-observation", pk=followed.draft.pk)
        page = browser.text("approve-observations")
        assert "82.5%" in page
        assert "75%" in page

    def test_it_approves_the_chosen_ones_only(self, cast: Cast, followed: Followed) -> None:
        browser = Browser(cast.aino, cast.school)
        browser.post("submit-observation", pk=followed.draft.pk)
        browser.post("approve-observations", {"chosen": [str(followed.submitted.pk)]})
        states = {one.pk: one.state for one in Observation.objects.all()}
        assert states[followed.submitted.pk] == "approved"
        assert states[followed.draft.pk] == "submitted"

    def test_it_asks_for_at_least_one(self, cast: Cast, followed: Followed) -> None:
        answer = Browser(cast.aino, cast.school).post("approve-observations")
        assert answer.status_code == 422
        assert "Choose at least one figure." in answer.content.decode()


class TestTheGrid:
    def test_it_holds_a_row_for_each_unit_that_tells(self, cast: Cast, followed: Followed) -> None:
        page = Browser(cast.aino, cast.tampere).text("enter-many", "?indicator=signing-in&period=2025")
        assert "Käpytikan esimerkkikoulu" in page
        assert "approved; change with a reason" in page
        assert "Kuopio" not in page

    def test_it_saves_all_rows_that_were_filled_in(self, cast: Cast, followed: Followed) -> None:
        key = cast.other_school.key
        data = {f"{key}-numerator": "30", f"{key}-denominator": "60", f"{key}-mark": "", f"{cast.school.key}-mark": ""}
        answer = Browser(cast.aino, cast.tampere).post("enter-many", data, "?indicator=signing-in&period=2026")
        assert answer.status_code == 302
        assert Observation.objects.get(unit=cast.other_school, period="2026").value == Decimal(50)

    def test_one_wrong_row_keeps_all_out_and_is_named(self, cast: Cast, followed: Followed) -> None:
        wrong, right = cast.other_school.key, cast.school.key
        data = {f"{wrong}-numerator": "90", f"{wrong}-denominator": "60", f"{wrong}-mark": ""}
        data |= {f"{right}-numerator": "30", f"{right}-denominator": "60", f"{right}-mark": ""}
        answer = Browser(cast.aino, cast.tampere).post("enter-many", data, "?indicator=signing-in&period=2026")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Nothing was saved. Correct these rows:" in page
        assert not Observation.objects.filter(unit=cast.other_school, period="2026").exists()
        followed.draft.refresh_from_db()
        assert followed.draft.numerator == 66

    def test_nothing_typed_is_said(self, cast: Cast, followed: Followed) -> None:
        browser = Browser(cast.aino, cast.nokia)
        answer = browser.post("enter-many", {f"{cast.nokia.key}-mark": ""}, "?indicator=signing-in&period=2026")
        assert "Nothing was typed." in answer.content.decode()


class TestTheImport:
    def test_the_dry_run_tells_what_it_would_do_and_saves_nothing(self, cast: Cast, followed: Followed) -> None:
        before = Observation.objects.count()
        page = Browser(cast.bilal, cast.school).text("see-import", pk=followed.tried.pk)
        assert "Import 1 clean row" in page
        assert "1 row needs a correction" in page
        assert "colour" in page
        assert Observation.objects.count() == before

    def test_a_file_that_is_none_is_refused_at_its_field(self, cast: Cast, followed: Followed) -> None:
        file = SimpleUploadedFile("x.csv", b"nothing\n")
        answer = Browser(cast.bilal, cast.school).post("import-observations", {"file": file})
        assert answer.status_code == 422

    def test_it_imports_drafts_hands_them_over_and_undoes(self, cast: Cast, followed: Followed) -> None:
        browser = Browser(cast.bilal, cast.school)
        browser.post("run-import", {"new": 1}, pk=followed.tried.pk)
        assert Observation.objects.get(period="2020").state == "draft"
        browser.post("undo-import", pk=followed.tried.pk)
        assert not Observation.objects.filter(period="2020").exists()
        browser.post("submit-import", pk=followed.imported.pk)
        assert Observation.objects.get(period="2021").state == "submitted"

    def test_an_import_whose_numbers_have_changed_is_not_run(self, cast: Cast, followed: Followed) -> None:
        Browser(cast.bilal, cast.school).post("run-import", {"new": 7}, pk=followed.tried.pk)
        assert ObservationImport.objects.get(pk=followed.tried.pk).state == "tried"

    def test_the_errors_are_a_file(self, cast: Cast, followed: Followed) -> None:
        text = Browser(cast.bilal, cast.school).text("download-errors", pk=followed.tried.pk)
        assert text.splitlines()[0] == "\ufeffRow;Cell;Problem"
        assert len(text.splitlines()) > 1

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_the_template_can_be_filled_in(self, cast: Cast, followed: Followed, kind: str) -> None:
        answer = Browser(cast.bilal, cast.school).get("download-template", kind=kind)
        assert answer.status_code == 200
        assert answer.content
