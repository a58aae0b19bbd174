"""The list of units counts its staff for the page shown only, and sorts and cuts as before."""

from __future__ import annotations

import pytest

from luotsi.people import access
from luotsi.people.queries.search import found_by
from luotsi.people.queries.units import UnitRow, units_listed
from luotsi.people.tests.cast import Cast
from luotsi.ui.lists import Ask

pytestmark = pytest.mark.django_db


def listed(
    cast: Cast, *, sort: str = "name", descending: bool = False, offset: int = 0, limit: int | None = 50
) -> list[UnitRow]:
    ask = Ask(filters={}, sort=sort, descending=descending, offset=offset, limit=limit)
    rows = units_listed(cast.aino, cast.region, ask)
    assert rows.total == 4
    return list(rows.items)


class TestListingUnits:
    def test_it_counts_the_staff_of_each_unit(self, cast: Cast) -> None:
        assert {row.key: row.staff for row in listed(cast)} == {
            cast.nokia.key: 0,
            cast.school.key: 2,
            cast.other_school.key: 0,
            cast.tampere.key: 3,
        }

    def test_it_sorts_by_staff_over_all_pages(self, cast: Cast) -> None:
        assert [row.staff for row in listed(cast, sort="staff", descending=True)] == [3, 2, 0, 0]
        second = listed(cast, sort="staff", descending=True, offset=1, limit=1)
        assert [row.key for row in second] == [cast.school.key]

    @pytest.mark.parametrize("sort", ["name", "kind", "parent", "staff", "from", "to"])
    def test_pages_put_together_are_the_list(self, cast: Cast, sort: str) -> None:
        pages = [row for offset in (0, 2) for row in listed(cast, sort=sort, offset=offset, limit=2)]
        assert pages == listed(cast, sort=sort) == listed(cast, sort=sort, limit=None)


class TestWhoIsInSight:
    def test_persons_of_another_municipality_are_not(self, cast: Cast) -> None:
        assert not access.persons_visible_to(cast.farid).filter(pk=cast.celia.person.pk).exists()
        assert not [hit for hit in found_by(cast.farid, "celia") if "Celia" in hit.title]

    def test_each_person_is_found_once(self, cast: Cast) -> None:
        assert [hit.title for hit in found_by(cast.aino, "celia")] == [cast.celia.person.full_name]
        assert access.persons_visible_to(cast.bilal).count() == 2
