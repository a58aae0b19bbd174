"""Progress in sums: what adds up, what is hidden of few at every level, and who sees it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import clock
from luotsi.learning.models import StudyLine, StudyRight
from luotsi.learning.queries.totals import Sum, protected, sums_around
from luotsi.learning.tests.staged import Staged, make_learner, stage
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import make_unit

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.models import Account, Unit
    from luotsi.people.tests.cast import Cast


@pytest.fixture
def staged(cast: Cast) -> Staged:
    """Learners of the group."""
    return stage(cast)


def fill(cast: Cast, name: str, first: int, size: int, late: int) -> Unit:
    """Add a group of learners, so many of whom are behind."""
    group = make_unit(Kind.GROUP, cast.school, name)
    for place in range(size):
        make_learner(cast, group, f"{name} {place}", number=first + place, done=2 if place < late else 5)
    return group


def page_of(client: Client, account: Account, unit: Unit, query: str = "", status: int = 200) -> str:
    client.force_login(account)
    response = client.get(reverse("learning:list-totals", args=[unit.key]) + query)
    assert response.status_code == status
    return response.content.decode()


class TestSums:
    def test_groups_add_up_to_the_school_and_further_up(self, cast: Cast, staged: Staged) -> None:
        first, second = fill(cast, "Ensi", 100, 12, 6), fill(cast, "Toka", 200, 10, 5)
        sums = sums_around(cast.school)
        parts = [sums.raw[unit.pk.hex, ""] for unit in (first, second, staged.group)]
        for unit in (cast.school, cast.tampere, cast.region):
            whole = sums.raw[unit.pk.hex, ""]
            assert whole.learners == sum(part.learners for part in parts) == 25
            assert whole.late == sum(part.late for part in parts) == 14
            assert whole.planned == 25 * 150
            assert whole.done == 60 * 11 + 150 * 11 + 30 + 120 + 60
            assert whole.behind == 90 * 11 + 120 + 30 + 90

    def test_who_has_two_rights_counts_once_with_the_later_one(self, cast: Cast, staged: Staged) -> None:
        first = staged.late.rights.get()
        StudyRight.objects.create(
            learner=staged.late, known_from=first.known_from, unit=first.unit, extract=first.extract,
            oid="1.2.246.562.15.00000000099", kind="vocational", name="Muu", qualification="999902", state="lasna",
            starts_on=clock.today(),
        )  # fmt: skip
        sums = sums_around(cast.school)
        assert sums.raw[cast.school.pk.hex, ""].learners == 3
        assert sums.raw[cast.school.pk.hex, "999902"].learners == 1

    def test_kinds_of_different_units_are_never_added(self, cast: Cast, staged: Staged) -> None:
        fill(cast, "Tuva", 300, 6, 0)
        StudyRight.objects.filter(learner__given_name__startswith="Tuva").update(kind="tuva")
        assert sums_around(cast.school, "vocational").raw[cast.school.pk.hex, ""].learners == 3
        assert sums_around(cast.school).raw[cast.school.pk.hex, ""].learners == 6


class TestProtection:
    @given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 12)), min_size=1, max_size=6))
    def test_neither_few_nor_what_can_be_subtracted_is_told(self, groups: list[tuple[int, int]]) -> None:
        raw = {(f"g{place}", ""): Sum(size, min(late, size)) for place, (size, late) in enumerate(groups)}
        parents = {unit: "school" for unit, _study in raw}
        raw["school", ""] = Sum(sum(one.learners for one in raw.values()), sum(one.late for one in raw.values()))
        told = protected(raw, parents)
        parts = [told[f"g{place}", ""] for place in range(len(groups))]
        assert all(one.learners is None or one.learners >= 5 for one in told.values())
        assert all(one.late is None or one.late == 0 or one.late >= 5 for one in told.values())
        if told["school", ""].learners is not None:
            assert sum(one.learners is None for one in parts) != 1
        if told["school", ""].late is not None:
            assert sum(one.late is None for one in parts) != 1

    def test_nothing_of_a_small_group_is_in_page_or_file(self, client: Client, cast: Cast, staged: Staged) -> None:
        fill(cast, "Ensi", 100, 12, 6)
        fill(cast, "Toka", 200, 10, 5)
        page = page_of(client, cast.bilal, cast.school)
        row = page.split('id="list"')[1].split("Esimerkkiryhmä</span></a>")[1].split("</tr>")[0]
        assert "under 5" in row
        assert not any(figure in row for figure in ("450", "210", "240", ">3<"))
        assert page.count("hidden</td>") >= 8
        file = page_of(client, cast.bilal, cast.school, "?format=csv")
        assert "Esimerkkiryhmä;;;;;;" in file
        whole = page_of(client, cast.bilal, staged.group)
        assert "under 5" in whole
        assert "lu-chart" not in whole


class TestWhoSees:
    def test_management_sees_sums_and_no_persons(self, client: Client, cast: Cast, staged: Staged) -> None:
        fill(cast, "Ensi", 100, 12, 6)
        for account, unit in ((cast.aino, cast.region), (cast.bilal, cast.school), (cast.celia, cast.school)):
            page = page_of(client, account, unit)
            assert "Näytesaari Minna" not in page
            assert "learners/" not in page

    def test_a_counsellor_gets_from_the_figure_to_the_learners(
        self, client: Client, cast: Cast, staged: Staged
    ) -> None:
        fill(cast, "Ensi", 100, 12, 6)
        assert reverse("learning:list-progress", args=[cast.school.key]) + "?stand=late" in page_of(
            client, staged.leo, cast.school
        )
        assert "?stand=late" not in page_of(client, cast.bilal, cast.school)

    def test_learners_and_strangers_do_not(self, client: Client, cast: Cast, staged: Staged) -> None:
        page_of(client, staged.minna, staged.group, status=403)
        page_of(client, cast.farid, cast.school, status=404)
        page_of(client, cast.eeva, cast.tampere, status=403)

    def test_nobody_studying_yet(self, client: Client, cast: Cast) -> None:
        assert "No unit below has learners" in page_of(client, cast.bilal, cast.school)


class TestWhatItCosts:
    def test_it_asks_no_more_for_many_than_for_one(
        self, client: Client, cast: Cast, staged: Staged, django_assert_max_num_queries: Any
    ) -> None:
        for place in range(4):
            fill(cast, f"Ryhmä {place}", 100 * (place + 1), 7, 5)
        StudyLine.objects.filter(key="999900").update(planned_until=clock.today() - timedelta(days=400))
        client.force_login(cast.bilal)
        address = reverse("learning:list-totals", args=[cast.school.key])
        client.get(address)
        with django_assert_max_num_queries(22):
            client.get(address)
