"""Forgetting persons, accounts, roles and invitations when their retention has ended."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from luotsi.base import chain, clock
from luotsi.base.models import AuditEntry
from luotsi.people.actions.forgetting import forget, forget_daily
from luotsi.people.actions.invitations import Invitee, invite_person, withdraw_invitation
from luotsi.people.actions.roles import RoleRefused, continue_role, end_role, give_role
from luotsi.people.models import Account, Invitation, Person, RoleAssignment
from luotsi.people.queries.persons import person_page
from luotsi.people.rules import Role, kept_since
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NONE = {"invitations": 0, "accounts": 0, "names": 0, "roles": 0, "persons": 0}


def end_of(account: Account, last_day: date) -> RoleAssignment:
    held = RoleAssignment.objects.select_related("unit", "person").get(person__account=account, valid_to=None)
    return end_role(held=held, last_day=last_day, reason="", by=None)


def noon(day: date) -> datetime:
    """Return the noon of the day in Finland: no change to summer time moves it into another day."""
    return datetime.combine(day, time(12), clock.HELSINKI)


def counted(*, today: date | None = None, dry_run: bool = False) -> dict[str, int]:
    return dict(forget(today=today or clock.today(), dry_run=dry_run).counts)


def newcomer(came: date) -> Person:
    person = Person(given_name="Oona", family_name="Esimerkki", email="oona@luotsi.example", oid="1.2.246.562.24.1")
    person.save(force_insert=True)
    person.created_at = noon(came)
    person.save(update_fields=["created_at"])
    return person


class TestAPersonWhoseLastRoleEnded:
    def test_twelve_months_ago_is_kept_one_more_day(self, cast: Cast) -> None:
        end_of(cast.celia, kept_since(clock.today()).persons)
        assert counted() == NONE
        assert counted(today=clock.today() + DAY) == NONE | {"accounts": 1, "names": 1}

    def test_loses_the_account_with_every_way_to_sign_in(self, cast: Cast) -> None:
        celia = cast.celia
        Client().force_login(celia)
        Authenticator(user=celia, type="totp", data={}).save(force_insert=True)
        SocialAccount(user=celia, provider="entra", uid="1").save(force_insert=True)
        session = Session.objects.get()
        UserSession(user=celia, ip="192.0.2.1", session_key=session.pk, user_agent="").save(force_insert=True)
        end_of(celia, date(2021, 1, 1))
        forget_daily()
        assert not Account.objects.filter(pk=celia.pk).exists()
        for kind in (EmailAddress, Authenticator, SocialAccount, UserSession):
            assert not kind.objects.filter(user_id=celia.pk).exists()
        assert not Session.objects.exists()

    def test_loses_names_address_and_identifier_while_the_roles_stay(self, cast: Cast) -> None:
        person = cast.celia.person
        person.oid = "1.2.246.562.24.1"
        person.save(update_fields=["oid"])
        end_of(cast.celia, kept_since(clock.today()).persons - DAY)
        assert counted() == NONE | {"accounts": 1, "names": 1}
        emptied = Person.objects.get(pk=person.pk)
        assert (emptied.given_name, emptied.family_name, emptied.email, emptied.oid) == ("", "", "", "")
        assert emptied.is_removed
        assert emptied.account is None
        assert emptied.roles.count() == 1

    def test_is_called_a_removed_person_in_the_language_of_the_reader(self, cast: Cast) -> None:
        end_of(cast.celia, date(2024, 1, 1))
        counted()
        person = Person.objects.get(given_name="")
        assert (person.full_name, person.list_name) == ("Removed person", "Removed person")
        with translation.override("fi"):
            assert person.full_name == "Poistettu henkilö"

    def test_still_has_a_page_where_no_role_is_offered(self, cast: Cast) -> None:
        end_of(cast.celia, date(2024, 1, 1))
        counted()
        person = Person.objects.get(given_name="")
        assert not person_page(cast.aino, person, cast.school).may_give
        visitor = Client()
        visitor.force_login(cast.bilal)
        page = visitor.get(
            reverse("people:see-person", args=[cast.school.key, person.pk]), headers={"Accept-Language": "en"}
        )
        assert "Removed person" in page.content.decode()

    def test_is_given_no_role_any_more(self, cast: Cast) -> None:
        held = end_of(cast.celia, date(2024, 1, 1))
        counted()
        person = Person.objects.get(given_name="")
        with pytest.raises(RoleRefused, match="have been removed"):
            give_role(person=person, role=Role.TEACHER, unit=cast.school, valid_from=clock.today(), by=None)
        with pytest.raises(RoleRefused, match="have been removed"):
            continue_role(held=RoleAssignment.objects.get(pk=held.pk), by=None)

    def test_is_kept_while_another_role_goes_on(self, cast: Cast) -> None:
        give_role(
            person=cast.celia.person, role=Role.TUTOR_TEACHER, unit=cast.school, valid_from=date(2021, 1, 1), by=None
        )
        held = RoleAssignment.objects.get(person=cast.celia.person, role=Role.TEACHER)
        end_role(held=held, last_day=date(2022, 1, 1), reason="", by=None)
        assert counted() == NONE

    def test_of_more_than_five_years_ago_is_gone_with_the_roles(self, cast: Cast) -> None:
        end_of(cast.celia, kept_since(clock.today()).roles)
        assert counted() == NONE | {"accounts": 1, "names": 1}
        assert counted() == NONE
        assert counted(today=clock.today() + DAY) == NONE | {"roles": 1, "persons": 1}
        assert not Person.objects.filter(given_name="").exists()


class TestAPersonWhoNeverHadARole:
    def test_is_deleted_twelve_months_after_they_came(self) -> None:
        newcomer(kept_since(clock.today()).persons - DAY)
        assert counted() == NONE | {"names": 1, "persons": 1}
        assert not Person.objects.exists()

    def test_is_kept_until_then(self) -> None:
        newcomer(kept_since(clock.today()).persons + DAY)
        assert counted() == NONE

    def test_an_account_of_nobody_goes_too(self) -> None:
        account = Account(email="nobody@luotsi.example")
        account.save(force_insert=True)
        assert counted() == NONE
        account.created_at = clock.now() - timedelta(days=400)
        account.save(update_fields=["created_at"])
        assert counted() == NONE | {"accounts": 1}


class TestAnInvitation:
    def test_is_deleted_ninety_days_after_its_end_whichever_it_was(self, cast: Cast) -> None:
        last = kept_since(clock.today()).invitations
        for name in ("accepted_at", "withdrawn_at", "expires_at"):
            for end in (noon(last - DAY), noon(last)):
                self.invited(cast, f"{name}-{end:%j}", **{name: end})
        self.invited(cast, "open")
        assert counted() == NONE | {"invitations": 3}
        assert Invitation.objects.count() == 4

    def test_withdrawn_lately_is_kept_though_it_expired_long_ago(self, cast: Cast) -> None:
        invitation = self.invited(cast, "late", expires_at=clock.now() - timedelta(days=200))
        withdraw_invitation(invitation=invitation, by=cast.bilal)
        assert counted() == NONE

    def invited(self, cast: Cast, name: str, **ends: object) -> Invitation:
        invitee = Invitee(email=f"{name}@luotsi.example", given_name="Oona", family_name="Esimerkki")
        invitation = invite_person(invitee=invitee, role=Role.TEACHER, unit=cast.school, by=cast.bilal)
        for field, moment in ends.items():
            setattr(invitation, field, moment)
        invitation.save(update_fields=list(ends))
        return invitation


class TestTheLogOfForgetting:
    def test_there_is_one_row_for_each_kind_with_a_count_and_no_name(self, cast: Cast) -> None:
        end_of(cast.celia, date(2024, 1, 1))
        before = AuditEntry.objects.count()
        forget(today=clock.today(), by=cast.hilkka)
        names, accounts = AuditEntry.objects.order_by("-seq")[:2]
        assert AuditEntry.objects.count() == before + 2
        assert (accounts.verb, names.verb) == ("people.accounts.forgotten", "people.names.forgotten")
        for entry in (names, accounts):
            assert (entry.before, entry.after, entry.actor_id) == ({}, {"count": 1}, cast.hilkka.pk)
            assert "Celia" not in entry.target_label

    def test_earlier_rows_stay_and_the_chain_holds(self, cast: Cast) -> None:
        rows = AuditEntry.objects.count()
        end_of(cast.celia, date(2021, 1, 1))
        forget_daily()
        assert AuditEntry.objects.count() > rows
        assert chain.verify().sound

    def test_a_day_with_nothing_to_forget_is_no_row(self, cast: Cast) -> None:
        rows = AuditEntry.objects.count()
        forget_daily()
        assert AuditEntry.objects.count() == rows


class TestTryingOnly:
    def test_it_counts_what_each_step_would_leave_for_the_next_and_changes_nothing(self, cast: Cast) -> None:
        end_of(cast.celia, date(2021, 1, 1))
        rows = AuditEntry.objects.count()
        assert counted(dry_run=True) == NONE | {"accounts": 1, "names": 1, "roles": 1, "persons": 1}
        assert AuditEntry.objects.count() == rows
        assert Person.objects.get(pk=cast.celia.person.pk).full_name == cast.celia.person.full_name
        assert counted() == NONE | {"accounts": 1, "names": 1, "roles": 1, "persons": 1}


class TestTheCommand:
    def test_it_tells_counts_for_people_and_for_machines(self, cast: Cast) -> None:
        end_of(cast.celia, date(2024, 1, 1))
        told = StringIO()
        call_command("forget", dry_run=True, stdout=told)
        assert told.getvalue().startswith("Would be forgotten today:")
        assert "accounts of persons without a role: 1" in told.getvalue()
        assert Account.objects.filter(pk=cast.celia.pk).exists()
        told = StringIO()
        call_command("forget", json=True, stdout=told)
        counts = json.loads(told.getvalue())
        assert {kind: counts[kind] for kind in NONE} == NONE | {"accounts": 1, "names": 1}
        assert not any(counts[kind] for kind in counts.keys() - NONE.keys())
        assert not Account.objects.filter(pk=cast.celia.pk).exists()
