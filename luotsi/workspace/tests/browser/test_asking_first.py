"""What cannot be taken back asks first, and works without scripts too."""

from __future__ import annotations

import pytest

from luotsi.people.actions.invitations import Invitee, invite_person
from luotsi.people.models import Invitation
from luotsi.people.rules import Role
from luotsi.people.tests.cast import Cast
from luotsi.workspace.tests.browser.conftest import OpenAs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def invitation(cast: Cast) -> Invitation:
    invitee = Invitee(email="oona@luotsi.example", given_name="Oona", family_name="Esimerkki")
    return invite_person(invitee=invitee, role=Role.TEACHER, unit=cast.school, by=cast.bilal)


class TestWithdrawingAnInvitation:
    def test_it_is_done_only_after_yes(self, cast: Cast, invitation: Invitation, open_as: OpenAs) -> None:
        page = open_as(cast.bilal)
        page.goto(f"/u/{cast.school.key}/invitations/")
        page.get_by_role("button", name="Withdraw").click()
        page.locator("#confirm").get_by_text("The invitation stops working at once.").wait_for()
        page.keyboard.press("Escape")
        invitation.refresh_from_db()
        assert invitation.withdrawn_at is None
        page.get_by_role("button", name="Withdraw").click()
        page.click("#confirm [value=yes]")
        page.wait_for_load_state()
        page.get_by_text("withdrawn").first.wait_for()
        invitation.refresh_from_db()
        assert invitation.withdrawn_at

    def test_without_scripts_it_is_done_at_once(self, cast: Cast, invitation: Invitation, open_as: OpenAs) -> None:
        page = open_as(cast.bilal, java_script_enabled=False)
        page.goto(f"/u/{cast.school.key}/invitations/")
        page.get_by_role("button", name="Withdraw").click()
        page.get_by_text("withdrawn").first.wait_for()
        invitation.refresh_from_db()
        assert invitation.withdrawn_at
