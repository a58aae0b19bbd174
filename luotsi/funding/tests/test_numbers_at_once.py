"""Register numbers when many hand in at once: none twice, no gap."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections

from luotsi.funding.models import Application, Received
from luotsi.funding.tests.making import make_officer, make_principal
from luotsi.funding.tests.officiating import begun_on_form, hand_in, make_own_call
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import make_unit

if TYPE_CHECKING:
    from luotsi.people.models import Account
    from luotsi.people.tests.cast import Cast


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    """Threads with connections of their own; SQLite lets one transaction write at a time, which needs no test here."""

    @pytest.fixture(autouse=True)
    def on_postgresql(self) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("SQLite in memory has one connection.")

    def test_each_gets_a_number_of_its_own_without_a_gap(self, cast: Cast) -> None:
        call = make_own_call(cast.tampere, make_officer(cast.tampere))
        waiting: list[tuple[Application, Account]] = []
        for number in range(6):
            school = make_unit(Kind.INSTITUTION, cast.tampere, f"Esimerkkikoulu {number}")
            by = make_principal(school, f"Rehtori{number}")
            waiting.append((begun_on_form(call, school, by, f"Hanke {number}"), by))

        def handed(one: tuple[Application, Account]) -> str:
            try:
                return hand_in(*one).register_number
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(waiting)) as pool:
            numbers = list(pool.map(handed, waiting))
        assert sorted(numbers) == [f"{place}/48/2026" for place in range(1, 7)]
        assert sorted(Received.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4, 5, 6]
