"""What the room offers to be counted: roles with their days, institutions in spans of being led."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import clock
from luotsi.people.actions.roles import end_role
from luotsi.people.facts import INSTITUTIONS, ROLES, institution_rows, parted, role_rows
from luotsi.people.models import RoleAssignment
from luotsi.people.tests.cast import LONG_AGO, Cast

DAY = date(2024, 1, 1)
days = st.integers(0, 60).map(lambda number: DAY + timedelta(days=number))
spans = st.lists(st.tuples(days, st.one_of(st.none(), days)), max_size=5).map(
    lambda found: (
        sorted((start, end) for start, end in found if end is None or start <= end)
        if all(end is not None for _start, end in found)
        else sorted(((start, end) for start, end in found if end is None or start <= end), key=lambda span: span[0])
    )
)


class TestParting:
    @given(days, st.one_of(st.none(), days), spans)
    def test_parts_cover_every_day_once_and_say_whether_a_span_does(
        self, first: date, last: date | None, covering: list[tuple[date, date | None]]
    ) -> None:
        if last is not None and last < first:
            return
        parts = list(parted(first, last, covering))
        for number in range(-3, 70):
            day = DAY + timedelta(days=number)
            own = [led for start, end, led in parts if start <= day and (end is None or day <= end)]
            inside = first <= day and (last is None or day <= last)
            led = any(start <= day and (end is None or day <= end) for start, end in covering)
            assert own == ([led] if inside else [])


@pytest.mark.django_db
class TestRows:
    def test_they_have_the_columns_that_are_declared(self, cast: Cast) -> None:
        for table in (ROLES, INSTITUTIONS):
            rows = list(table.rows())
            assert rows
            assert {len(row) for row in rows} == {len(table.columns)}

    def test_an_institution_is_led_from_the_day_of_its_principal_to_the_last(self, cast: Cast) -> None:
        role = RoleAssignment.objects.get(person__account=cast.bilal)
        end_role(held=role, last_day=date(2024, 5, 31), reason="Moves on.", by=None)
        own = [row[2:4] + row[6:] for row in institution_rows() if row[0] == cast.school.pk]
        assert own == [(LONG_AGO, date(2024, 5, 31), True), (date(2024, 6, 1), None, False)]

    def test_a_role_is_strong_from_the_day_of_the_second_factor(self, cast: Cast) -> None:
        Authenticator(user=cast.aino, type=Authenticator.Type.TOTP, data={}).save(force_insert=True)
        role = RoleAssignment.objects.get(person__account=cast.aino)
        own = [(row[3], row[4], row[8]) for row in role_rows() if row[0] == role.pk]
        today = clock.today()
        assert own == [(LONG_AGO, today - timedelta(days=1), False), (today, None, True)]

    def test_no_name_and_no_address_is_in_them(self, cast: Cast) -> None:
        text = str(list(role_rows()))
        for secret in (cast.aino.email, "Esimerkkilä", "Aino"):
            assert secret not in text
