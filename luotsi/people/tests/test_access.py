"""Fetching through access: 404 to strangers, 403 to those who may look only."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from luotsi.base import clock
from luotsi.people import access
from luotsi.people.actions.roles import end_role
from luotsi.people.models import RoleAssignment
from luotsi.people.rules import Right
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


class TestFetchingAUnit:
    def test_it_gives_a_coordinator_the_whole_region(self, cast: Cast) -> None:
        for unit in (cast.region, cast.tampere, cast.school, cast.nokia):
            assert access.unit_for(cast.aino, unit.key, to=Right.EDIT_UNITS) == unit

    def test_it_hides_the_region_from_another_municipality(self, cast: Cast) -> None:
        for unit in (cast.region, cast.tampere, cast.school, cast.nokia):
            with pytest.raises(Http404):
                access.unit_for(cast.farid, unit.key)

    def test_it_hides_a_unit_exactly_as_if_there_were_none(self, cast: Cast) -> None:
        with pytest.raises(Http404) as hidden:
            access.unit_for(cast.farid, cast.school.key)
        with pytest.raises(Http404) as missing:
            access.unit_for(cast.farid, "no-such-unit")
        assert str(hidden.value) == str(missing.value)

    def test_it_lets_a_teacher_look_but_not_change(self, cast: Cast) -> None:
        assert access.unit_for(cast.celia, cast.school.key) == cast.school
        with pytest.raises(PermissionDenied):
            access.unit_for(cast.celia, cast.school.key, to=Right.EDIT_UNITS)

    def test_it_keeps_a_principal_in_the_own_school(self, cast: Cast) -> None:
        with pytest.raises(Http404):
            access.unit_for(cast.bilal, cast.other_school.key)

    def test_it_keeps_the_digital_team_out_of_the_members(self, cast: Cast) -> None:
        assert access.unit_for(cast.gunilla, cast.region.key) == cast.region
        with pytest.raises(Http404):
            access.unit_for(cast.gunilla, cast.tampere.key)

    def test_it_shows_the_signed_out_nothing(self, cast: Cast) -> None:
        with pytest.raises(Http404):
            access.unit_for(AnonymousUser(), cast.school.key)

    def test_it_forgets_a_role_that_has_ended(self, cast: Cast) -> None:
        held = RoleAssignment.objects.get(person__account=cast.celia)
        yesterday = clock.today().replace(year=clock.today().year - 1)
        end_role(held=held, last_day=yesterday, reason="", by=cast.aino)
        with pytest.raises(Http404):
            access.unit_for(cast.celia, cast.school.key)


class TestReachingOncePerRequest:
    def test_it_asks_the_database_once(self, cast: Cast) -> None:
        with CaptureQueriesContext(connection) as queries:
            access.reach_of(cast.aino)
            access.reach_of(cast.aino)
        assert len(queries) == 1


class TestSharingARegion:
    def test_every_member_shares_the_region(self, cast: Cast) -> None:
        for account in (cast.aino, cast.bilal, cast.celia, cast.gunilla):
            assert list(access.regions_shared_with(account)) == [cast.region]

    def test_a_stranger_shares_nothing(self, cast: Cast) -> None:
        assert not access.regions_shared_with(cast.farid).exists()


class TestListingUnits:
    def test_it_agrees_with_fetching_them_one_by_one(self, cast: Cast) -> None:
        everybody = (cast.aino, cast.bilal, cast.celia, cast.daniel, cast.eeva, cast.farid, cast.gunilla)
        units = (cast.region, cast.tampere, cast.school, cast.other_school, cast.nokia, cast.elsewhere)
        for account in everybody:
            listed = set(access.units_visible_to(account))
            fetched = {unit for unit in units if _visible(account, unit.key)}
            assert listed == fetched


def _visible(account: object, key: str) -> bool:
    try:
        access.unit_for(account, key)  # type: ignore[arg-type]
    except Http404:
        return False
    return True


class TestFetchingAPerson:
    def test_a_principal_sees_the_staff_of_the_own_school(self, cast: Cast) -> None:
        assert access.person_for(cast.bilal, cast.celia.person.pk) == cast.celia.person

    def test_a_teacher_sees_oneself_but_not_the_principal(self, cast: Cast) -> None:
        assert access.person_for(cast.celia, cast.celia.person.pk) == cast.celia.person
        with pytest.raises(Http404):
            access.person_for(cast.celia, cast.bilal.person.pk)

    def test_seeing_oneself_does_not_let_one_give_roles_to_oneself(self, cast: Cast) -> None:
        with pytest.raises((Http404, PermissionDenied)):
            access.person_for(cast.celia, cast.celia.person.pk, to=Right.GIVE_ROLES)

    def test_it_looks_and_may_not_change(self, cast: Cast) -> None:
        with pytest.raises(PermissionDenied):
            access.person_for(cast.daniel, cast.celia.person.pk, to=Right.GIVE_ROLES)

    def test_another_municipality_sees_nobody(self, cast: Cast) -> None:
        assert {person.account for person in access.persons_visible_to(cast.farid)} == {cast.farid}

    def test_it_answers_404_to_an_unknown_key(self, cast: Cast) -> None:
        for fetch in (access.person_for, access.role_for, access.invitation_for, access.import_for):
            with pytest.raises(Http404):
                fetch(cast.aino, uuid4())
