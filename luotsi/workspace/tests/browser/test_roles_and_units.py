"""Giving a role, ending it and taking that back; ending a unit and opening it again."""

from __future__ import annotations

import pytest

from luotsi.people.models import RoleAssignment, Unit
from luotsi.people.rules import Role
from luotsi.people.tests.cast import Cast
from luotsi.workspace.tests.browser.conftest import OpenAs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class TestARole:
    def test_it_is_given_ended_and_the_ending_is_taken_back(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.aino)
        celia = cast.celia.person
        page.goto(f"/u/{cast.school.key}/persons/{celia.pk}/")
        page.get_by_role("link", name="Give a role").click()
        page.get_by_label("Role", exact=False).first.select_option(Role.TUTOR_TEACHER)
        page.get_by_role("button", name="Give the role").click()
        page.get_by_text("The role has been given.").wait_for()

        page.get_by_role("row", name="Tutor teacher").get_by_role("link", name="End").click()
        page.get_by_label("Reason").fill("The year of tutoring is over")
        page.get_by_role("button", name="End the role").click()
        page.get_by_text("You can take it back on this page.").wait_for()
        held = RoleAssignment.objects.get(person=celia, role=Role.TUTOR_TEACHER)
        assert held.valid_to

        page.get_by_role("button", name="Take back the ending").click()
        page.get_by_text("The role goes on until further notice.").wait_for()
        held.refresh_from_db()
        assert held.valid_to is None


class TestAUnit:
    def test_it_is_ended_with_a_reason_and_opened_again(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.aino)
        page.goto(f"/u/{cast.other_school.key}/unit/")
        page.get_by_role("link", name="End this unit").click()
        page.get_by_label("Last day").fill("31.10.2026")
        page.get_by_label("Reason").fill("Merged with its neighbour")
        page.get_by_role("button", name="End the unit").click()
        page.get_by_text("Its history stays readable here.").wait_for()
        page.goto(f"/u/{cast.tampere.key}/units/")
        assert page.get_by_role("link", name="Saukon esimerkkikoulu").locator("visible=true").count() == 0

        page.goto(f"/u/{cast.other_school.key}/unit/")
        page.get_by_role("button", name="Reopen the unit").click()
        page.get_by_text("The unit is in force again.").wait_for()
        assert Unit.objects.get(pk=cast.other_school.pk).valid_to is None


class TestFarid:
    def test_he_finds_nothing_of_the_others(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.farid)
        page.goto("/")
        assert page.url.endswith(f"/u/{cast.elsewhere.key}/")
        for path in (f"/u/{cast.school.key}/unit/", f"/u/{cast.school.key}/persons/{cast.celia.person.pk}/"):
            answer = page.goto(path)
            assert answer
            assert answer.status == 404
            assert "Käpytikan" not in page.inner_text("body")
        for words in ("Käpytikan", "Celia", "99001"):
            page.goto(f"/u/{cast.elsewhere.key}/search/?q={words}")
            page.get_by_text("Nothing was found for").wait_for()
