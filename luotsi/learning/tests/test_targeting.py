"""Groups by need, and whom help for groups and for single learners would have reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from luotsi.base import clock
from luotsi.learning.models import StudyRight
from luotsi.learning.queries.targeting_pages import targeting_page
from luotsi.learning.rules.targeting import Learner, needs, needs_by_studies, reach_of
from luotsi.learning.tests.staged import make_learner, stage
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import Cast, make_unit


def group(name: str, size: int, late: int, left: int = 0, school: str = "s") -> list[Learner]:
    """Return learners of a group, the first of them late, the first of them left."""
    return [Learner(school, name or None, Decimal(30 if place < late else 0), place < left) for place in range(size)]


class TestNeeds:
    def test_the_group_with_the_largest_share_late_is_first(self) -> None:
        found = needs([*group("a", 20, 5), *group("b", 20, 10), *group("c", 15, 6)])
        assert [(one.group, one.hidden) for one in found] == [("b", False), ("c", False), ("a", False)]

    @pytest.mark.parametrize(
        ("late", "hides"), [(0, False), (1, True), (4, True), (5, False), (16, True), (20, False)]
    )
    def test_a_group_in_which_few_are_late_or_few_are_not_is_hidden(self, late: int, hides: bool) -> None:
        found = {one.group: one.hidden for one in needs([*group("a", 20, late), *group("b", 40, 20)])}
        assert found["a"] is hides
        assert found["b"] is hides, "what would tell of it by the school's own figure is hidden with it"

    def test_a_small_group_is_hidden_and_so_is_the_smallest_beside_it(self) -> None:
        found = {one.group: one.hidden for one in needs([*group("a", 11, 6), *group("b", 20, 10), *group("c", 3, 1)])}
        assert found == {"a": True, "b": False, "c": True}

    def test_small_groups_that_are_five_of_either_kind_together_hide_nobody_else(self) -> None:
        found = {one.group: one.hidden for one in needs([*group("a", 10, 5), *group("b", 9, 4), *group("c", 4, 4)])}
        assert found == {"a": False, "b": True, "c": True}

    @given(
        sizes=st.lists(
            st.tuples(st.sampled_from("st"), st.sampled_from(["", *"abcdef"]), st.integers(1, 9)), max_size=12
        )
    )
    def test_a_school_less_its_groups_never_tells_of_one_to_four(self, sizes: list[tuple[str, str, int]]) -> None:
        learners = [one for school, name, size in sizes for one in group(name, size, size // 2, school=school)]
        for school in "st":
            here = [one for one in needs(learners) if one.school == school]
            apart = [one for one in here if one.hidden]
            late = sum(one.late for one in apart)
            rest = sum(one.learners for one in apart)
            for one in here:
                assert one.hidden or not any(0 < n < 5 for n in (one.learners, one.late, one.learners - one.late))
            assert len(apart) == len(here) or not any(0 < n < 5 for n in (rest, late, rest - late))

    @given(
        sizes=st.lists(
            st.tuples(
                st.sampled_from("st"), st.sampled_from("xyz"), st.sampled_from(["", *"abcd"]), st.integers(1, 9)
            ),
            max_size=14,
        )
    )
    def test_neither_a_school_less_its_studies_nor_studies_less_their_groups_tell_of_one_to_four(
        self, sizes: list[tuple[str, str, str, int]]
    ) -> None:
        learners = [
            replace(one, studies=about)
            for school, about, name, size in sizes
            for one in group(name, size, size // 2, school=school)
        ]
        studies, groups = needs_by_studies(learners)
        shown = {(one.school, one.group) for one in studies if not one.hidden}
        assert all(one.hidden or one.school in shown for one in groups)
        for told, wholes in ((studies, {one.school for one in studies}), (groups, shown)):
            for whole in wholes:
                here = [one for one in told if one.school == whole]
                apart = [one for one in here if one.hidden]
                rest, late = sum(one.learners for one in apart), sum(one.late for one in apart)
                assert len(apart) == len(here) or not any(0 < n < 5 for n in (rest, late, rest - late))


class TestReach:
    def test_groups_reach_all_when_all_who_left_were_in_one(self) -> None:
        found = reach_of([*group("a", 20, 15, 15), *group("b", 80, 0)])
        assert found is not None
        assert (found.groups, found.single, found.chance) == (1.0, 1.0, 0.2)

    def test_single_learners_reach_more_where_need_is_spread(self) -> None:
        learners = [one for name in "abcde" for one in group(name, 20, 3, 3)]
        found = reach_of(learners)
        assert found is not None
        assert found.helped == 20
        assert found.groups == pytest.approx(0.2)
        assert found.single == pytest.approx(1.0)

    def test_fewer_than_ten_who_left_tell_nothing(self) -> None:
        assert reach_of([*group("a", 20, 9, 9), *group("b", 80, 0)]) is None

    @given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5), st.booleans()), min_size=10, max_size=60))
    def test_shares_are_shares(self, told: list[tuple[str, int, bool]]) -> None:
        found = reach_of([Learner("s", name, Decimal(behind), left) for name, behind, left in told])
        if found is not None:
            assert 0 <= found.groups <= 1
            assert 0 <= found.single <= 1
            assert 0 < found.chance <= 1


@pytest.mark.django_db
class TestTargetingPage:
    def test_groups_stand_by_need_and_nobody_by_name(self, cast: Cast, client: Client) -> None:
        staged = stage(cast)
        for number in range(10, 16):
            make_learner(cast, staged.group, f"Oppija {number}", number=number, done=number % 3)
        client.force_login(cast.bilal)
        text = client.get(reverse("learning:see-targeting", args=[cast.school.key])).content.decode()
        page = targeting_page(cast.bilal, cast.school)
        assert [row.names.fi for row in page.rows] == ["Esimerkkiryhmä"]
        assert page.rows[0].learners == "9"
        assert "Esimerkkiryhmä" in text
        assert "Näytesaari" not in text.split("<main")[1]

    def test_groups_of_few_behind_stand_by_name_without_figures_and_those_of_nobody_apart(
        self, cast: Cast, client: Client
    ) -> None:
        sizes = {"vähän": (10, 2), "moni": (12, 6), "paljon": (14, 7), "ei": (16, 0)}
        number = 10
        for name, (size, late) in sizes.items():
            unit = make_unit(Kind.GROUP, cast.school, f"Esimerkkiryhmä {name}")
            for place in range(size):
                make_learner(cast, unit, f"Oppija {number}", number=number, done=0 if place < late else 6)
                number += 1
        page = targeting_page(cast.bilal, cast.school)
        year = str((clock.today() - timedelta(weeks=52)).year)
        assert [(row.since, row.learners, row.late) for row in page.studies] == [(year, "52", "29%")]
        assert [(row.names.fi, row.learners) for row in page.rows] == [("Esimerkkiryhmä paljon", "14")]
        assert [row.names.fi for row in page.even] == ["Esimerkkiryhmä ei"]
        assert {row.names.fi: (row.learners, row.late, row.behind) for row in page.hidden} == {
            "Esimerkkiryhmä moni": ("", "", ""),  # its figure would give that of the other away
            "Esimerkkiryhmä vähän": ("", "", ""),
        }
        client.force_login(cast.bilal)
        text = client.get(reverse("learning:see-targeting", args=[cast.school.key])).content.decode()
        assert "Esimerkkiryhmä vähän" in text
        assert "Oppija" not in text.split("<main")[1]

    def test_whom_each_way_would_have_reached_is_told_from_what_was_known_then(self, cast: Cast) -> None:
        since = clock.today() - timedelta(weeks=80)
        groups = [make_unit(Kind.GROUP, cast.school, f"Esimerkkiryhmä {number}") for number in range(2)]
        for number in range(30):
            learner = make_learner(cast, groups[number % 2], f"N{number}", number=100 + number, done=0, since=since)
            begun = clock.today() - timedelta(weeks=70)
            for rows in (learner.rights, learner.lines):
                rows.update(known_from=begun)
            learner.placements.update(since=begun)
            learner.lines.update(planned_until=begun + timedelta(weeks=5))
            gone = number % 2 == 0 and number < 24
            ended = clock.today() - timedelta(weeks=20)
            StudyRight.objects.filter(learner=learner).update(
                starts_on=begun, ends_on=ended if gone else None, state="eronnut" if gone else "lasna"
            )
        page = targeting_page(cast.bilal, cast.tampere)
        assert page.reach is not None
        assert page.reach.groups == "100%"
        assert page.reach.chance == "50%"

    def test_more_learners_are_no_more_queries(
        self, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        staged = stage(cast)
        for number in range(10, 18):
            make_learner(cast, staged.group, f"Oppija {number}", number=number, done=2)
        with django_assert_max_num_queries(10):
            targeting_page(cast.bilal, cast.school)
