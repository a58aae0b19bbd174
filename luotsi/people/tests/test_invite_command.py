"""Inviting from the terminal: the first person of an empty installation."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from luotsi.base.models import AuditEntry, OutboxMail
from luotsi.people.actions.reference import load_reference
from luotsi.people.models import Invitation, Unit
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db
NAMES = {"given_name": "Oona", "family_name": "Esimerkki"}
OONA = "oona@luotsi.example"


def invite(**options: object) -> str:
    told = StringIO()
    call_command("invite", OONA, **{**NAMES, **options}, stdout=told)
    return told.getvalue()


def link_in(text: str) -> str:
    found = re.search(r"/invitation/[^/\s]+/", text)
    assert found
    return found[0]


class TestInvitingTheFirstPerson:
    def test_it_adds_the_provider_of_the_municipality(self) -> None:
        load_reference()
        invite(add_provider="853")
        turku = Unit.objects.get()
        assert (turku.kind, turku.municipality_number, turku.key) == ("provider", "853", "turku")
        assert turku.name_sv == "Åbo"
        assert Invitation.objects.get().unit == turku
        assert AuditEntry.objects.filter(verb="people.unit.added", actor_id=None).exists()

    def test_the_printed_link_lets_the_person_in(self) -> None:
        load_reference()
        link = link_in(invite(add_provider="853"))
        client = Client()
        form = NAMES | {"password": "eight calm herons"}
        assert client.post(link, form).status_code == 302
        assert client.get(reverse("people:list-units", args=["turku"])).status_code == 200

    def test_the_mail_carries_the_same_link_in_the_language_asked_for(self) -> None:
        load_reference()
        told = invite(add_provider="853", language="sv")
        mail = OutboxMail.objects.get()
        assert mail.language == "sv"
        assert link_in(told) in mail.body

    def test_a_number_of_no_municipality_is_refused(self) -> None:
        with pytest.raises(CommandError, match="000"):
            invite(add_provider="000")


class TestInvitingToAUnit:
    def test_a_provider_that_is_there_is_not_added_again(self, cast: Cast) -> None:
        load_reference()
        invite(add_provider="837")
        assert Invitation.objects.get().unit == cast.tampere

    def test_the_unit_is_named_by_its_address(self, cast: Cast) -> None:
        invite(unit=cast.school.key, role="teacher")
        invitation = Invitation.objects.get()
        assert (invitation.unit, invitation.role, invitation.invited_by) == (cast.school, "teacher", None)

    def test_an_unknown_unit_is_refused(self) -> None:
        with pytest.raises(CommandError, match="/u/nowhere/"):
            invite(unit="nowhere")

    def test_a_role_that_does_not_fit_is_refused_and_adds_no_provider(self) -> None:
        load_reference()
        with pytest.raises(CommandError):
            invite(add_provider="853", role="principal")
        assert not Unit.objects.exists()

    def test_one_place_is_asked_for(self, cast: Cast) -> None:
        with pytest.raises(CommandError):
            invite()
