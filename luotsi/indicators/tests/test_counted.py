"""Counted indicators: equal to hand-written SQL at every level, and a new record is in every level at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from luotsi.indicators.actions.reference import LED, SIGNING_IN, load_reference
from luotsi.indicators.models import Indicator
from luotsi.indicators.queries.fact_store import log_now, stored
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.queries.figures.blocks import Asked, raw_cells, versions_of
from luotsi.indicators.queries.figures.inputs import block_of, root_of
from luotsi.indicators.rules.values import Audience, Cell
from luotsi.people.actions.roles import end_role, give_role
from luotsi.people.models import Person, Unit
from luotsi.people.rules import STAFF, Role
from luotsi.people.tests.cast import LONG_AGO, Cast

pytestmark = pytest.mark.django_db
MARCH = date(2025, 3, 14)


@pytest.fixture(autouse=True)
def reference(db: None) -> None:
    """The indicators of the program."""
    load_reference()


def counted_by_sql(unit: Unit, day: date) -> tuple[int, int]:
    """Return persons of the staff with an account, and all of them, under a unit on a day."""
    roles = ", ".join(["%s"] * len(STAFF))
    sql = f"""
        SELECT COUNT(DISTINCT CASE WHEN account.is_active THEN person.id END), COUNT(DISTINCT person.id)
        FROM people_roleassignment role
        JOIN people_unit unit ON unit.id = role.unit_id
        JOIN people_person person ON person.id = role.person_id
        LEFT JOIN people_account account ON account.id = person.account_id
        WHERE unit.path LIKE %s AND role.role IN ({roles})
          AND role.valid_from <= %s AND (role.valid_to IS NULL OR role.valid_to >= %s)
    """  # noqa: S608 - only marks for parameters are put in
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"{unit.path}%", *sorted(STAFF), day, day])
        found = cursor.fetchone()
    return int(found[0]), int(found[1])


def before_protection(indicator: Indicator, unit: Unit) -> dict[str, Cell]:
    """Return the cells of March by unit as they were counted; nobody is shown these."""
    now = log_now()
    asked = Asked(audience=Audience.STAFF, on=MARCH)
    block = block_of(root_of(unit), stored("institutions", now).stamp.text)
    cells = raw_cells(versions_of([indicator]), block, asked, now)
    return {cell.unit: cell for cell in cells if cell.period == "2025-03" and not cell.split}


def add_teachers(unit: Unit, number: int) -> None:
    for place in range(number):
        person = Person(given_name=f"Opettaja {place}", family_name="Esimerkki")
        person.save(force_insert=True)
        give_role(person=person, role=Role.TEACHER, unit=unit, valid_from=LONG_AGO, by=None)


class TestCounting:
    def test_it_gives_what_hand_written_sql_gives(self, cast: Cast) -> None:
        add_teachers(cast.school, 12)
        add_teachers(cast.other_school, 9)
        cells = before_protection(Indicator.objects.get(key=SIGNING_IN), cast.region)
        for unit in (cast.region, cast.tampere, cast.school, cast.other_school):
            cell = cells[unit.pk.hex]
            assert [cell.numerator, cell.denominator] == list(counted_by_sql(unit, MARCH))

    def test_a_person_in_two_schools_is_one_person_above_them(self, cast: Cast) -> None:
        add_teachers(cast.school, 12)
        indicator = Indicator.objects.get(key=SIGNING_IN)
        before = before_protection(indicator, cast.tampere)[cast.tampere.pk.hex]
        for person in Person.objects.filter(family_name="Esimerkki"):
            give_role(person=person, role=Role.TEACHER, unit=cast.other_school, valid_from=LONG_AGO, by=None)
        after = before_protection(indicator, cast.tampere)[cast.tampere.pk.hex]
        assert before.denominator is not None
        assert after.denominator == before.denominator


class TestBeingNew:
    def test_a_new_role_is_in_every_level_at_once(self, cast: Cast) -> None:
        indicator = Indicator.objects.get(key=LED)
        before = figures_of([indicator], cast.region, below=True).latest(indicator, cast.region)
        person = Person(given_name="Uusi", family_name="Rehtori")
        person.save(force_insert=True)
        role = give_role(person=person, role=Role.PRINCIPAL, unit=cast.other_school, valid_from=LONG_AGO, by=None)
        for unit in (cast.other_school, cast.tampere, cast.region):
            cell = figures_of([indicator], unit).latest(indicator, unit)
            assert cell is not None
            assert cell.numerator == cell.denominator
        end_role(held=role, last_day=date(2021, 1, 1), reason="Mistake.", by=None)
        assert figures_of([indicator], cast.region).latest(indicator, cast.region) == before

    def test_it_asks_the_database_little_when_nothing_has_changed(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        indicators = list(Indicator.objects.all())
        figures_of(indicators, cast.region)
        with django_assert_num_queries(3):
            figures_of(indicators, cast.region, below=True)


class TestLoading:
    def test_it_writes_nothing_the_second_time(self, cast: Cast) -> None:
        assert load_reference() == 0
