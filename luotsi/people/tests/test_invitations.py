"""Inviting by mail, accepting, sending again, withdrawing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.models import AuditEntry, OutboxMail
from luotsi.people import access
from luotsi.people.actions import invitations as actions
from luotsi.people.actions.invitations import InvitationRefused, Invitee
from luotsi.people.actions.roles import RoleRefused
from luotsi.people.models import Account, Invitation, Person, RoleAssignment
from luotsi.people.rules import Role
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db
OONA = Invitee(email="oona@luotsi.example", given_name="Oona", family_name="Esimerkki", language="sv")
PASSWORD = "eight calm herons"


def invite(cast: Cast, invitee: Invitee = OONA, role: Role = Role.PRINCIPAL) -> Invitation:
    reach = access.reach_of(cast.aino)
    return actions.invite_person(invitee=invitee, role=role, unit=cast.other_school, by=cast.aino, reach=reach)


def mailed_token() -> str:
    body = OutboxMail.objects.latest("created_at").body
    found = re.search(r"/invitation/([^/\s]+)/", body)
    assert found
    return found[1]


class TestInviting:
    def test_it_puts_a_mail_in_the_language_of_the_invited_into_the_outbox(self, cast: Cast) -> None:
        invite(cast)
        mail = OutboxMail.objects.latest("created_at")
        assert (mail.to, mail.language) == ("oona@luotsi.example", "sv")
        assert "Aino" in mail.body
        assert actions.open_invitation(mailed_token()).email == "oona@luotsi.example"

    def test_it_keeps_only_a_digest_of_the_link(self, cast: Cast) -> None:
        invitation = invite(cast)
        kept = [str(value) for value in vars(invitation).values()]
        assert not any(mailed_token() in value for value in kept)
        assert mailed_token() not in str(AuditEntry.objects.latest("seq").after)

    def test_it_refuses_a_second_open_invitation_to_the_same_role(self, cast: Cast) -> None:
        invite(cast)
        with pytest.raises(InvitationRefused):
            invite(cast)

    def test_it_refuses_somebody_who_has_the_role(self, cast: Cast) -> None:
        celia = Invitee(email=cast.celia.email.upper(), given_name="Celia", family_name="X")
        with pytest.raises(InvitationRefused):
            actions.invite_person(invitee=celia, role=Role.TEACHER, unit=cast.school, by=cast.bilal)

    def test_it_refuses_an_address_that_is_none(self, cast: Cast) -> None:
        with pytest.raises(InvitationRefused) as refused:
            invite(cast, Invitee(email="nobody at all", given_name="N", family_name="N"))
        assert "email" in {reason.field for reason in refused.value.reasons}

    def test_a_principal_does_not_invite_a_principal(self, cast: Cast) -> None:
        with pytest.raises(RoleRefused):
            actions.invite_person(
                invitee=OONA,
                role=Role.PRINCIPAL,
                unit=cast.school,
                by=cast.bilal,
                reach=access.reach_of(cast.bilal),
            )


class TestAccepting:
    def test_it_makes_the_account_the_person_and_the_role(self, cast: Cast) -> None:
        invitation = invite(cast)
        account = actions.accept_with_password(
            invitation=invitation, given_name="Oona", family_name="Mallikas", password=PASSWORD
        )
        assert account.check_password(PASSWORD)
        assert account.person.full_name == "Oona Mallikas"
        held = RoleAssignment.objects.get(person=account.person)
        assert (held.role, held.unit, held.valid_from) == (Role.PRINCIPAL, cast.other_school, clock.today())
        assert AuditEntry.objects.latest("seq").verb == "people.invitation.accepted"

    def test_it_gives_the_account_to_a_person_already_known(self, cast: Cast) -> None:
        known = Person(given_name="Oona", family_name="Esimerkki", email="OONA@luotsi.example")
        known.save(force_insert=True)
        account = actions.accept_with_password(
            invitation=invite(cast), given_name="Oona", family_name="Esimerkki", password=PASSWORD
        )
        assert account.person == known

    def test_it_refuses_a_weak_password_and_makes_nothing(self, cast: Cast) -> None:
        invitation = invite(cast)
        with pytest.raises(InvitationRefused) as refused:
            actions.accept_with_password(
                invitation=invitation, given_name="O", family_name="E", password="password1234"
            )
        assert {reason.field for reason in refused.value.reasons} == {"password"}
        assert not Account.objects.filter(email="oona@luotsi.example").exists()

    def test_the_link_works_once(self, cast: Cast) -> None:
        invitation = invite(cast)
        token = mailed_token()
        actions.accept_with_password(invitation=invitation, given_name="O", family_name="E", password=PASSWORD)
        with pytest.raises(InvitationRefused):
            actions.open_invitation(token)

    def test_the_link_expires(self, cast: Cast) -> None:
        invite(cast)
        token = mailed_token()
        with time_machine.travel(clock.now() + timedelta(days=15), tick=False), pytest.raises(InvitationRefused):
            actions.open_invitation(token)

    def test_somebody_else_signed_in_does_not_take_the_role(self, cast: Cast) -> None:
        with pytest.raises(InvitationRefused):
            actions.accept_with_account(invitation=invite(cast), account=cast.celia)

    def test_an_existing_account_accepts_signed_in(self, cast: Cast) -> None:
        celia = Invitee(email=cast.celia.email, given_name="Celia", family_name="X")
        actions.accept_with_account(invitation=invite(cast, celia, Role.TEACHER), account=cast.celia)
        assert access.unit_for(cast.celia, cast.other_school.key) == cast.other_school


class TestSendingAgain:
    def test_the_old_link_stops_working(self, cast: Cast) -> None:
        invitation = invite(cast)
        old = mailed_token()
        actions.send_again(invitation=invitation, by=cast.aino)
        with pytest.raises(InvitationRefused):
            actions.open_invitation(old)
        assert actions.open_invitation(mailed_token()) == invitation


class TestWithdrawing:
    def test_the_link_stops_working(self, cast: Cast) -> None:
        invitation = invite(cast)
        token = mailed_token()
        actions.withdraw_invitation(invitation=invitation, by=cast.aino)
        with pytest.raises(InvitationRefused):
            actions.open_invitation(token)

    def test_an_accepted_one_is_not_withdrawn(self, cast: Cast) -> None:
        invitation = invite(cast)
        actions.accept_with_password(invitation=invitation, given_name="O", family_name="E", password=PASSWORD)
        with pytest.raises(InvitationRefused):
            actions.withdraw_invitation(invitation=invitation, by=cast.aino)


class TestTheLinkOnThePage:
    def test_it_takes_the_invited_from_the_mail_to_the_own_school(self, cast: Cast) -> None:
        invite(cast)
        address = reverse("people:accept-invitation", args=[mailed_token()])
        client = Client()
        page = client.get(address)
        assert page.status_code == 200
        form = {"given_name": "Oona", "family_name": "Esimerkki", "password": PASSWORD}
        assert client.post(address, form).status_code == 302
        assert client.get(f"/u/{cast.other_school.key}/").status_code == 200
        assert client.get(f"/u/{cast.school.key}/").status_code == 404

    def test_it_keeps_what_was_typed_when_the_password_is_weak(self, cast: Cast) -> None:
        invite(cast)
        address = reverse("people:accept-invitation", args=[mailed_token()])
        page = Client().post(address, {"given_name": "Oona-Maria", "family_name": "E", "password": "short"})
        assert page.status_code == 422
        assert b"Oona-Maria" in page.content
        assert b'value="short"' not in page.content

    def test_an_unknown_link_answers_gone_in_plain_words(self, cast: Cast) -> None:
        page = Client().get(reverse("people:accept-invitation", args=["nonsense"]))
        assert page.status_code == 410
