"""Founding a city region: providers come below it with everything they have, and roles go on reaching."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from luotsi.base import clock
from luotsi.base.models import AuditEntry, OutboxMail
from luotsi.base.names import Names
from luotsi.people import access
from luotsi.people.actions.adding import provider_of
from luotsi.people.actions.demo.cast import add_cast_member
from luotsi.people.actions.reference import load_reference
from luotsi.people.actions.regions import found_region
from luotsi.people.actions.units import UnitRefused
from luotsi.people.models import Account, Invitation, Municipality, Unit
from luotsi.people.queries.audit import AuditRow, entries_listed
from luotsi.people.queries.demo import CastMember
from luotsi.people.rules import Kind, Right, Role
from luotsi.people.tests.cast import LONG_AGO, Cast, make_unit
from luotsi.ui.lists import Ask

pytestmark = pytest.mark.django_db
NAMES = Names(fi="Kuopion kaupunkiseutu", sv="", en="Kuopio City Region")


@pytest.fixture
def reference(db: None) -> None:
    load_reference()


def municipalities(*numbers: str) -> list[Municipality]:
    return [Municipality.objects.get(number=number) for number in numbers]


def met_anew(account: Account) -> Account:
    """Return the account as the next request meets it."""
    return Account.objects.get(pk=account.pk)


def coordinator_of(region: Unit) -> Account:
    member = CastMember("Lauri", "Sepitteinen", Role.COORDINATOR, region.key)
    return add_cast_member(member=member, unit=region, valid_from=region.valid_from)


def log_seen_by(account: Account, scope: Unit) -> list[AuditRow]:
    ask = Ask(filters={"verb": "people.unit.moved"}, sort="at", descending=True, offset=0, limit=50)
    return list(entries_listed(account, scope, ask).items)


def as_the_paths_should_be(unit: Unit) -> str:
    return f"{as_the_paths_should_be(unit.parent) if unit.parent else ''}{unit.pk.hex}/"


@pytest.mark.usefixtures("reference")
class TestFounding:
    def test_providers_move_with_their_whole_tree_and_missing_ones_are_added(self, cast: Cast) -> None:
        school = make_unit(Kind.INSTITUTION, cast.elsewhere, "Haapaniemen esimerkkikoulu")
        group = make_unit(Kind.GROUP, school, "3 A")
        region = found_region(names=NAMES, members=municipalities("297", "749"), by=None)
        assert (region.kind, region.names, region.parent) == (Kind.REGION, NAMES, None)
        assert {unit.municipality_number for unit in region.children.all()} == {"297", "749"}
        assert set(Unit.objects.under(region).values_list("pk", flat=True)) >= {cast.elsewhere.pk, school.pk, group.pk}
        for unit in Unit.objects.all():
            assert unit.path == as_the_paths_should_be(unit)

    def test_other_units_stay_where_they_are(self, cast: Cast) -> None:
        before = dict(Unit.objects.under(cast.region).values_list("pk", "path"))
        found_region(names=NAMES, members=municipalities("297"), by=None)
        assert dict(Unit.objects.under(cast.region).values_list("pk", "path")) == before

    def test_the_region_begins_with_its_oldest_provider(self, cast: Cast) -> None:
        assert found_region(names=NAMES, members=municipalities("297", "749"), by=None).valid_from == LONG_AGO

    def test_a_region_of_new_providers_begins_today(self) -> None:
        assert found_region(names=NAMES, members=municipalities("749"), by=None).valid_from == clock.today()

    def test_a_provider_that_begins_later_does_not_hold_it_up(self) -> None:
        later = clock.today() + timedelta(days=30)
        make_unit(Kind.PROVIDER, None, "Siilinjärvi", municipality_number="749", valid_from=later)
        assert found_region(names=NAMES, members=municipalities("749"), by=None).valid_from == clock.today()

    def test_each_move_is_one_row_of_the_log(self, cast: Cast) -> None:
        region = found_region(names=NAMES, members=municipalities("297", "749"), by=cast.aino)
        moved = AuditEntry.objects.get(verb="people.unit.moved")
        assert (moved.actor_id, moved.unit_id) == (cast.aino.pk, cast.elsewhere.pk)
        assert (moved.before, moved.after) == ({"parent": None}, {"parent": str(region.pk)})
        (row,) = log_seen_by(met_anew(cast.farid), Unit.objects.get(pk=cast.elsewhere.pk))
        assert [(change.before, change.after) for change in row.changes] == [(None, str(region))]


@pytest.mark.usefixtures("reference")
class TestReachingAfterwards:
    def test_a_coordinator_of_a_moved_provider_keeps_the_reach_and_gets_no_more(self, cast: Cast) -> None:
        school = make_unit(Kind.INSTITUTION, cast.elsewhere, "Haapaniemen esimerkkikoulu")
        region = found_region(names=NAMES, members=municipalities("297", "749"), by=None)
        farid = met_anew(cast.farid)
        assert set(access.units_visible_to(farid, Right.EDIT_UNITS)) == {cast.elsewhere, school}
        assert access.unit_for(farid, school.key, Right.GIVE_ROLES) == school
        assert not access.reach_of(farid).may(Right.SEE_UNIT, region.path)
        assert list(access.regions_shared_with(farid)) == [region]

    def test_a_coordinator_of_the_region_reaches_everything_below_it(self, cast: Cast) -> None:
        school = make_unit(Kind.INSTITUTION, cast.elsewhere, "Haapaniemen esimerkkikoulu")
        region = found_region(names=NAMES, members=municipalities("297"), by=None)
        lead = coordinator_of(region)
        assert set(access.units_visible_to(lead, Right.EDIT_UNITS)) == {region, cast.elsewhere, school}
        assert access.persons_visible_to(lead).filter(pk=cast.farid.person.pk).exists()
        assert not access.persons_visible_to(lead).filter(pk=cast.celia.person.pk).exists()


@pytest.mark.usefixtures("reference")
class TestRefusing:
    def test_a_provider_of_another_region_stays_and_nothing_is_done(self, cast: Cast) -> None:
        units, rows = Unit.objects.count(), AuditEntry.objects.count()
        with pytest.raises(UnitRefused, match="Tampere belongs to another region: Tampere City Region"):
            found_region(names=NAMES, members=municipalities("297", "749", "837"), by=None)
        assert (Unit.objects.count(), AuditEntry.objects.count()) == (units, rows)

    def test_a_region_needs_a_member_and_a_name(self) -> None:
        with pytest.raises(UnitRefused, match="at least one education provider"):
            found_region(names=NAMES, members=[], by=None)
        with pytest.raises(UnitRefused, match="name in at least one language"):
            found_region(names=Names(fi="", sv="", en=""), members=municipalities("749"), by=None)
        assert not Unit.objects.exists()


def region(*members: str, **options: object) -> str:
    printed = StringIO()
    numbers = [word for number in members for word in ("--member", number)]
    names = {"name_fi": "Kuopion kaupunkiseutu", "name_en": "Kuopio City Region"}
    call_command("region", *numbers, **names, **options, stdout=printed)
    return printed.getvalue()


@pytest.mark.usefixtures("reference")
class TestTheCommand:
    def test_it_founds_the_region_once_for_each_number(self) -> None:
        (municipality,) = municipalities("297")
        kuopio = provider_of(municipality=municipality, by=None)
        assert "Kuopio City Region (kuopion-kaupunkiseutu) with Kuopio, Siilinjärvi" in region("297", "749", "297")
        assert Unit.objects.get(key="kuopion-kaupunkiseutu").children.count() == 2
        assert Unit.objects.get(pk=kuopio.pk).parent
        assert not Invitation.objects.exists()

    def test_it_invites_the_coordinator_and_prints_the_link_of_the_mail(self) -> None:
        names = {"given_name": "Oona", "family_name": "Esimerkki"}
        printed = region("297", coordinator="oona@luotsi.example", language="sv", **names)
        invitation = Invitation.objects.get()
        assert (invitation.role, invitation.unit.kind, invitation.invited_by) == ("coordinator", "region", None)
        link = re.search(r"/invitation/[^/\s]+/", printed)
        mail = OutboxMail.objects.get()
        assert link
        assert link[0] in mail.body
        assert mail.language == "sv"

    def test_without_the_names_of_the_coordinator_nothing_is_done(self) -> None:
        with pytest.raises(CommandError, match="--family-name"):
            region("297", coordinator="oona@luotsi.example", given_name="Oona")
        assert not Unit.objects.exists()

    def test_refusals_and_unknown_numbers_end_it_with_nothing_done(self) -> None:
        with pytest.raises(CommandError, match="000"):
            region("297", "000")
        assert not Unit.objects.exists()
        region("297")
        with pytest.raises(CommandError, match="Kuopio belongs to another region"):
            region("297", "749")
        assert Unit.objects.count() == 2
