"""The demo: whole, quick to find one's way in, loaded once, and never outside a demo installation."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker, Settings

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.people.access import persons_visible_to, units_visible_to
from luotsi.people.actions.demo import load_demo, reset_demo
from luotsi.people.models import Account, Invitation, Person, RoleAssignment, Unit
from luotsi.people.queries.demo import CAST, DEMO_PASSWORD, GUESTS, REGION, SCHOOL, demo_people
from luotsi.people.rules import Kind, Role


@pytest.fixture(scope="class")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo, loaded once for the tests of a class, in a transaction around theirs."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        load_demo()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def demo(loaded: None, db: None) -> None:
    """The demo, as it was loaded."""


@pytest.mark.usefixtures("demo")
class TestTheDemo:
    def test_it_has_the_city_region_with_its_eight_members_and_109_schools(self) -> None:
        region = Unit.objects.get(key=REGION)
        below = Unit.objects.under(region)
        assert below.filter(kind=Kind.PROVIDER).count() == 8
        assert below.filter(kind=Kind.INSTITUTION).count() == 109

    def test_it_has_one_of_every_role_in_the_cast_and_all_can_sign_in(self) -> None:
        assert {member.role for member in CAST} == set(Role)
        assert [person.email for person in demo_people()] == [member.email for member in (*CAST, *GUESTS)]
        account = Account.objects.get(email="aino@luotsi.example")
        assert account.check_password(DEMO_PASSWORD)

    def test_it_has_staff_enough_to_fill_lists(self) -> None:
        assert 300 <= Person.objects.count() <= 400

    def test_it_shows_units_that_have_ended_that_are_to_come_and_that_nobody_leads(self) -> None:
        today = clock.today()
        assert Unit.objects.ended(today).count() == 1
        assert Unit.objects.filter(valid_from__gt=today).count() == 1
        led = RoleAssignment.objects.in_force(today).filter(role=Role.PRINCIPAL).values("unit")
        region = Unit.objects.get(key=REGION)
        leaderless = Unit.objects.under(region).in_force(today).filter(kind=Kind.INSTITUTION).exclude(pk__in=led)
        assert leaderless.count() == 5

    def test_it_shows_missing_languages(self) -> None:
        schools = Unit.objects.filter(kind=Kind.INSTITUTION)
        assert schools.filter(name_sv="").exists()
        assert schools.exclude(name_sv="").exists()
        assert schools.filter(name_en="").exists()
        assert schools.exclude(name_en="").exists()

    def test_it_has_invitations_in_every_state(self) -> None:
        now = clock.now()
        states = {invitation.state_at(now) for invitation in Invitation.objects.all()}
        assert states == {"open", "expired", "accepted", "withdrawn"}

    def test_it_has_roles_that_end_within_a_month(self) -> None:
        ending = RoleAssignment.objects.in_force(clock.today()).exclude(valid_to=None)
        assert ending.count() == 7

    def test_farid_sees_nothing_of_the_others(self) -> None:
        farid = Account.objects.get(email="farid@luotsi.example")
        own = Unit.objects.get(key="kuopio")
        assert set(units_visible_to(farid)) == set(Unit.objects.under(own))
        assert not persons_visible_to(farid).filter(roles__unit__key=SCHOOL).exists()

    def test_its_log_can_be_read(self, client: Client) -> None:
        client.force_login(Account.objects.get(email=CAST[0].email))
        assert client.get(reverse("people:list-audit", args=[REGION])).status_code == 200

    def test_it_is_loaded_once(self) -> None:
        before = Unit.objects.count(), Person.objects.count(), AuditEntry.objects.count()
        assert load_demo() is False
        assert (Unit.objects.count(), Person.objects.count(), AuditEntry.objects.count()) == before

    def test_it_can_be_loaded_again_and_keeps_the_log(self) -> None:
        units, entries = Unit.objects.count(), AuditEntry.objects.count()
        reset_demo()
        assert not Unit.objects.exists()
        assert not Account.objects.exists()
        assert load_demo() is True
        assert Unit.objects.count() == units
        assert AuditEntry.objects.count() > entries

    def test_its_command_names_the_people_to_sign_in_as(self) -> None:
        out = StringIO()
        call_command("demo", stdout=out)
        assert "The demo is there already." in out.getvalue()
        assert "bilal@luotsi.example" in out.getvalue()


@pytest.mark.django_db
class TestOutsideADemo:
    @pytest.mark.parametrize("options", [{}, {"reset": True}])
    def test_the_command_refuses_and_writes_nothing(self, settings: Settings, options: dict[str, bool]) -> None:
        settings.DEMO = False
        with pytest.raises(CommandError, match="known password"):
            call_command("demo", **options)
        assert not Account.objects.exists()

    def test_reset_leaves_what_is_there(self, settings: Settings, cast: object) -> None:
        settings.DEMO = False
        with pytest.raises(CommandError):
            call_command("demo", reset=True)
        assert Account.objects.count() == 8
