"""Searching: names with Nordic letters are found in any case, on both databases."""

from __future__ import annotations

import pytest

from luotsi.people.actions.invitations import Invitee, invite_person
from luotsi.people.models import Person, Unit
from luotsi.people.queries.audit import entries_listed
from luotsi.people.queries.invitations import invitations_listed
from luotsi.people.rules import Role
from luotsi.people.tests.cast import Cast
from luotsi.ui.lists import Ask

pytestmark = pytest.mark.django_db


class TestSearchingNordicNames:
    @pytest.mark.parametrize("typed", ["käpytikan", "KÄPYTIKAN", "Käpytikan"])
    def test_a_unit_is_found(self, cast: Cast, typed: str) -> None:
        assert list(Unit.objects.named_like(typed)) == [cast.school]

    @pytest.mark.parametrize("typed", ["åsa öhman", "ÖHMAN", "Åsa"])
    def test_a_person_is_found(self, typed: str) -> None:
        asa = Person(given_name="Åsa", family_name="Öhman")
        asa.save(force_insert=True)
        assert list(Person.objects.named_like(typed)) == [asa]

    def test_an_invitation_and_its_row_in_the_log_are_found(self, cast: Cast) -> None:
        invitee = Invitee(email="asa@example.org", given_name="Åsa", family_name="Öhman")
        invite_person(invitee=invitee, role=Role.TEACHER, unit=cast.school, by=cast.bilal)
        ask = Ask(filters={"q": "öhman"}, sort="name", descending=False, offset=0, limit=50)
        assert [row.email for row in invitations_listed(cast.aino, cast.region, ask).items] == ["asa@example.org"]
        assert [row.target for row in entries_listed(cast.aino, cast.region, ask).items] == ["Åsa Öhman"]
