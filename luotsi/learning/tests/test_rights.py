"""Who may what: figures of many, a person's studies and a score of a person are three rights."""

from __future__ import annotations

from uuid import uuid4

import pytest

from luotsi.learning.access import learners_visible_to
from luotsi.learning.rules.rights import HOLDERS, Right, may
from luotsi.learning.tests.staged import stage
from luotsi.people.rules import Grip, Kind, Reach, Role
from luotsi.people.tests.cast import Cast

SCHOOL, GROUP = "a/b/", "a/b/c/"


def reach(role: Role, path: str) -> Reach:
    return Reach((Grip(role, uuid4(), path),))


class TestATeacher:
    def test_reaches_persons_of_the_very_group(self) -> None:
        assert may(reach(Role.TEACHER, GROUP), Right.FOLLOW, GROUP, Kind.GROUP)

    def test_of_a_school_reaches_none_in_its_groups_nor_at_the_school_itself(self) -> None:
        assert not may(reach(Role.TEACHER, SCHOOL), Right.FOLLOW, GROUP, Kind.GROUP)
        assert not may(reach(Role.TEACHER, SCHOOL), Right.FOLLOW, SCHOOL, Kind.INSTITUTION)

    @pytest.mark.django_db
    def test_of_a_school_sees_no_learner_without_a_group(self, cast: Cast) -> None:
        staged = stage(cast)
        staged.fine.unit = cast.school
        staged.fine.save(update_fields=["unit"])
        assert not learners_visible_to(cast.celia, cast.school).exists()
        assert staged.fine in learners_visible_to(staged.leo, cast.school)


class TestManagement:
    @pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PRINCIPAL, Role.BOARD, Role.DIGITAL_TEAM])
    def test_sees_figures_and_no_person(self, role: Role) -> None:
        assert may(reach(role, SCHOOL), Right.SEE, SCHOOL, Kind.INSTITUTION)
        for right in (Right.FOLLOW, Right.GUIDE, Right.JUDGE, Right.STEWARD):
            assert role not in HOLDERS[right]


class TestWhoKeepsTheRegister:
    def test_sees_studies_and_no_score(self) -> None:
        assert may(reach(Role.SECRETARY, SCHOOL), Right.FOLLOW, GROUP, Kind.GROUP)
        assert not may(reach(Role.SECRETARY, SCHOOL), Right.GUIDE, GROUP, Kind.GROUP)
