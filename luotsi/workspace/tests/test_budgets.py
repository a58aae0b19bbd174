"""How many questions a page may ask the database, however much there is to show."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luotsi.people.actions.roles import give_role
from luotsi.people.models import Person
from luotsi.people.rules import Kind, Role
from luotsi.people.tests.cast import Cast, make_unit

pytestmark = pytest.mark.django_db

# The session, the account with its person, the roles in force and the session's activity come first on every page.
BUDGETS = {
    "workspace:see-home": 12,
    "people:see-unit": 14,
    "people:list-units": 12,
    "people:list-persons": 12,
    "people:list-invitations": 12,
    "people:list-audit": 14,
    "people:import-units": 12,
    "workspace:search": 14,
}


def fill(cast: Cast, name: str) -> None:
    """Add ten schools with a teacher each."""
    for number in range(10):
        school = make_unit(Kind.INSTITUTION, cast.tampere, f"{name} {number}")
        person = Person(given_name="Opettaja", family_name=f"Esimerkki {number}")
        person.save(force_insert=True)
        give_role(person=person, role=Role.TEACHER, unit=school, valid_from=date(2024, 8, 1), by=cast.aino)


def asked(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


class TestAPage:
    @pytest.mark.parametrize("name", BUDGETS)
    def test_it_keeps_its_budget_and_asks_no_more_when_there_is_more(self, cast: Cast, name: str) -> None:
        client = Client()
        client.force_login(cast.aino)
        url = reverse(name, args=[cast.tampere.key]) + ("?q=ko" if name.endswith("search") else "")
        fill(cast, "Koulu")
        few = asked(client, url)
        fill(cast, "Lukio")
        many = asked(client, url)
        assert many <= BUDGETS[name]
        assert many <= few
