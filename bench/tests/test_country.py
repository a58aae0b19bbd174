"""The made-up city is whole, always the same, and as large as asked."""

from __future__ import annotations

import random

import pytest

from bench.country import Size, load, persons
from luotsi.base import chain
from luotsi.people import access
from luotsi.people.models import Invitation, Person, RoleAssignment, Unit
from luotsi.people.rules import Right

pytestmark = pytest.mark.django_db
SMALL = Size(units=3, staff=20, pupils=60, group=10, invitations=6, log=12)


class TestTheCity:
    def test_it_is_as_large_as_asked(self) -> None:
        load(SMALL)
        assert Unit.objects.filter(kind="institution").count() == 3
        assert RoleAssignment.objects.filter(role="student").count() == 60
        assert Person.objects.count() == 80
        assert Invitation.objects.count() == 6

    def test_its_units_keep_the_rules_of_the_tree(self) -> None:
        load(SMALL)
        for unit in Unit.objects.select_related("parent"):
            unit.full_clean(exclude=["parent", "key"])
            assert unit.path == f"{unit.parent.path if unit.parent else ''}{unit.pk.hex}/"

    def test_its_log_can_be_proved(self) -> None:
        load(SMALL)
        verdict = chain.verify()
        assert verdict.sound, verdict.why
        assert verdict.rows == 12

    def test_the_same_seed_makes_the_same_people(self) -> None:
        once, again, other = (
            [person.full_name for person in persons(40, [], random.Random(seed))]  # noqa: S311
            for seed in (1, 1, 2)
        )
        assert once == again
        assert once != other

    def test_the_two_who_are_measured_reach_what_they_lead(self) -> None:
        city = load(SMALL)
        assert access.unit_for(city.coordinator, city.provider.key, to=Right.SEE_AUDIT) == city.provider
        assert access.unit_for(city.principal, city.school.key, to=Right.SEE_PERSONS) == city.school
