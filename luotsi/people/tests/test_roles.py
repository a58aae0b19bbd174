"""Giving, ending and continuing roles."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.people import access
from luotsi.people.actions import roles as actions
from luotsi.people.actions.roles import RoleRefused
from luotsi.people.models import Account, RoleAssignment
from luotsi.people.rules import Role
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def held(account: Account) -> RoleAssignment:
    return RoleAssignment.objects.select_related("unit", "person").get(person__account=account)


class TestGivingARole:
    def test_it_opens_the_unit_at_once(self, cast: Cast) -> None:
        given = actions.give_role(
            person=cast.celia.person,
            role=Role.TUTOR_TEACHER,
            unit=cast.other_school,
            valid_from=clock.today(),
            by=cast.aino,
            reach=access.reach_of(cast.aino),
        )
        assert access.unit_for(cast.celia, cast.other_school.key) == cast.other_school
        entry = AuditEntry.objects.latest("seq")
        assert (entry.verb, entry.target_id, entry.unit_id) == (
            "people.role.given",
            str(given.pk),
            cast.other_school.pk,
        )

    def test_it_refuses_a_role_that_the_giver_may_not_give(self, cast: Cast) -> None:
        for giver, role in ((cast.bilal, Role.PRINCIPAL), (cast.daniel, Role.TEACHER), (cast.farid, Role.TEACHER)):
            with pytest.raises(RoleRefused):
                actions.give_role(
                    person=cast.celia.person,
                    role=role,
                    unit=cast.school,
                    valid_from=clock.today(),
                    by=giver,
                    reach=access.reach_of(giver),
                )

    def test_it_refuses_the_same_role_twice_at_a_time(self, cast: Cast) -> None:
        with pytest.raises(RoleRefused) as refused:
            actions.give_role(
                person=cast.celia.person, role=Role.TEACHER, unit=cast.school, valid_from=clock.today(), by=cast.aino
            )
        assert [reason.field for reason in refused.value.reasons] == ["role"]

    def test_it_refuses_a_principal_of_a_region(self, cast: Cast) -> None:
        with pytest.raises(RoleRefused):
            actions.give_role(
                person=cast.celia.person, role=Role.PRINCIPAL, unit=cast.region, valid_from=clock.today(), by=None
            )

    def test_it_refuses_reversed_days(self, cast: Cast) -> None:
        with pytest.raises(RoleRefused) as refused:
            actions.give_role(
                person=cast.bilal.person,
                role=Role.TEACHER,
                unit=cast.school,
                valid_from=clock.today(),
                valid_to=clock.today() - DAY,
                by=cast.aino,
            )
        assert "valid_to" in {reason.field for reason in refused.value.reasons}


class TestEndingARole:
    def test_it_closes_the_unit_on_the_day_after(self, cast: Cast) -> None:
        actions.end_role(held=held(cast.celia), last_day=clock.today() - DAY, reason="Moved", by=cast.bilal)
        assert not access.units_visible_to(cast.celia).exists()
        assert AuditEntry.objects.latest("seq").reason == "Moved"

    def test_it_keeps_the_last_coordinator(self, cast: Cast) -> None:
        with pytest.raises(RoleRefused) as refused:
            actions.end_role(held=held(cast.aino), last_day=clock.today(), reason="", by=cast.aino)
        assert "last_day" in {reason.field for reason in refused.value.reasons}

    def test_it_lets_a_coordinator_go_when_another_stays(self, cast: Cast) -> None:
        actions.give_role(
            person=cast.daniel.person, role=Role.COORDINATOR, unit=cast.region, valid_from=clock.today(), by=cast.aino
        )
        ended = actions.end_role(held=held(cast.aino), last_day=clock.today(), reason="", by=cast.aino)
        assert ended.valid_to == clock.today()

    def test_it_refuses_a_day_before_the_role_began(self, cast: Cast) -> None:
        role = held(cast.celia)
        with pytest.raises(RoleRefused):
            actions.end_role(held=role, last_day=role.valid_from - DAY, reason="", by=cast.bilal)

    def test_a_principal_does_not_end_the_coordinator(self, cast: Cast) -> None:
        reach = access.reach_of(cast.bilal)
        with pytest.raises(RoleRefused):
            actions.end_role(held=held(cast.aino), last_day=clock.today(), reason="", by=cast.bilal, reach=reach)


class TestTakingBackAnEnding:
    def test_the_role_goes_on(self, cast: Cast) -> None:
        role = actions.end_role(held=held(cast.celia), last_day=clock.today() - DAY, reason="", by=cast.bilal)
        assert actions.continue_role(held=role, by=cast.bilal).valid_to is None

    def test_it_refuses_when_the_role_has_been_given_again(self, cast: Cast) -> None:
        role = actions.end_role(held=held(cast.celia), last_day=clock.today() - DAY, reason="", by=cast.bilal)
        actions.give_role(
            person=cast.celia.person, role=Role.TEACHER, unit=cast.school, valid_from=clock.today(), by=cast.bilal
        )
        with pytest.raises(RoleRefused):
            actions.continue_role(held=role, by=cast.bilal)

    def test_it_refuses_a_role_that_goes_on_anyway(self, cast: Cast) -> None:
        with pytest.raises(RoleRefused):
            actions.continue_role(held=held(cast.celia), by=cast.bilal)
