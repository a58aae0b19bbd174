"""Roles, rights and reach, as pure decisions."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.people.rules import (
    CHILD,
    GIVEN_BY_PRINCIPAL,
    LEADER,
    PARENTS,
    PLACES,
    REACHES_ONLY_ITS_UNIT,
    RIGHTS,
    Grip,
    Kind,
    Reach,
    Right,
    Role,
    givable_roles,
    in_force,
    overlaps,
)

REGION, TAMPERE, SCHOOL, GROUP, NOKIA = "r/", "r/t/", "r/t/s/", "r/t/s/g/", "r/n/"
PATHS = [REGION, TAMPERE, SCHOOL, GROUP, NOKIA, "x/", "x/y/"]
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
grips = st.builds(Grip, role=st.sampled_from(Role), unit_id=st.uuids(), path=st.sampled_from(PATHS))
reaches = st.builds(Reach, st.lists(grips, max_size=5).map(tuple))


def grip(role: Role, path: str, pk: UUID | None = None) -> Grip:
    return Grip(role, pk or uuid4(), path)


class TestReaching:
    def test_a_role_reaches_everything_below_its_unit(self) -> None:
        reach = Reach((grip(Role.COORDINATOR, TAMPERE),))
        assert [path for path in PATHS if reach.may(Right.SEE_PERSONS, path)] == [TAMPERE, SCHOOL, GROUP]

    def test_a_member_of_the_digital_team_stays_at_the_region(self) -> None:
        reach = Reach((grip(Role.DIGITAL_TEAM, REGION),))
        assert [path for path in PATHS if reach.may(Right.SEE_UNIT, path)] == [REGION]

    def test_a_member_shares_the_region_without_reaching_the_other_members(self) -> None:
        reach = Reach((grip(Role.COORDINATOR, NOKIA),))
        assert reach.shares(REGION)
        assert not reach.may(Right.SEE_UNIT, TAMPERE)
        assert not reach.may(Right.SEE_UNIT, REGION)

    def test_somebody_without_roles_reaches_nothing(self) -> None:
        assert not any(Reach().may(right, path) for right in Right for path in PATHS)

    @given(reaches, st.sampled_from(PATHS))
    def test_no_right_is_held_that_no_role_there_gives(self, reach: Reach, path: str) -> None:
        for right in Right:
            assert reach.may(right, path) == any(right in RIGHTS[role] for role in reach.roles_at(path))

    @given(reaches, st.sampled_from(Right))
    def test_dropping_covered_roles_reaches_the_same_units(self, reach: Reach, right: Right) -> None:
        kept = reach.gripping(right)
        for path in PATHS:
            assert any(held.covers(path) for held in kept) == reach.may(right, path)

    @given(reaches, grips, st.sampled_from(PATHS), st.sampled_from(Right))
    def test_one_role_more_never_takes_a_right_away(self, reach: Reach, more: Grip, path: str, right: Right) -> None:
        if reach.may(right, path):
            assert Reach((*reach.grips, more)).may(right, path)


class TestGivingRoles:
    def test_a_coordinator_gives_every_role_that_fits_the_kind_of_unit(self) -> None:
        reach = Reach((grip(Role.COORDINATOR, TAMPERE),))
        assert givable_roles(reach, SCHOOL, Kind.INSTITUTION) == tuple(
            role for role in Role if Kind.INSTITUTION in PLACES[role]
        )

    def test_a_principal_gives_only_the_roles_of_the_own_school(self) -> None:
        reach = Reach((grip(Role.PRINCIPAL, SCHOOL),))
        assert set(givable_roles(reach, SCHOOL, Kind.INSTITUTION)) <= GIVEN_BY_PRINCIPAL
        assert Role.PRINCIPAL not in givable_roles(reach, SCHOOL, Kind.INSTITUTION)

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR, Role.PRINCIPAL}))
    def test_nobody_else_gives_roles(self, role: Role) -> None:
        assert givable_roles(Reach((grip(role, TAMPERE),)), SCHOOL, Kind.INSTITUTION) == ()

    @given(reaches, st.sampled_from(PATHS), st.sampled_from(Kind))
    def test_nobody_gives_a_role_where_it_cannot_be(self, reach: Reach, path: str, kind: Kind) -> None:
        assert all(kind in PLACES[role] for role in givable_roles(reach, path, kind))


class TestPeriods:
    @given(days, st.none() | days, days)
    def test_a_day_is_in_force_when_a_one_day_period_overlaps(self, start: date, end: date | None, day: date) -> None:
        if end is None or end >= start:
            assert in_force(start, end, day) == overlaps((day, day), [(start, end)])

    @given(days, days, days, days)
    def test_overlapping_is_mutual(self, a: date, b: date, c: date, d: date) -> None:
        first, second = (min(a, b), max(a, b)), (min(c, d), max(c, d))
        assert overlaps(first, [second]) == overlaps(second, [first])

    def test_touching_periods_do_not_overlap(self) -> None:
        end = date(2026, 7, 31)
        assert not overlaps((date(2025, 8, 1), end), [(end + timedelta(days=1), None)])


class TestTheTables:
    def test_every_role_has_rights_and_places(self) -> None:
        assert set(RIGHTS) == set(PLACES) == set(Role)

    def test_every_kind_below_has_the_kind_above_among_its_parents(self) -> None:
        assert all(above in PARENTS[below] for above, below in CHILD.items())

    def test_a_leader_can_be_given_where_it_leads(self) -> None:
        assert all(kind in PLACES[role] for kind, role in LEADER.items())

    def test_roles_that_stay_have_no_rights_over_others(self) -> None:
        assert all(RIGHTS[role] <= {Right.SEE_UNIT} for role in REACHES_ONLY_ITS_UNIT)
