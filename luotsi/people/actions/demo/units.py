"""The organisation of the demo: a city region with its eight municipalities, and two providers outside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from luotsi.base import audit, clock, ids
from luotsi.people.actions.reference import rows_of
from luotsi.people.actions.units import UnitDetails, add_unit, end_unit, free_key
from luotsi.people.models import InstitutionType, Municipality, Unit
from luotsi.people.models.units import path_below
from luotsi.people.rules import Kind

MEMBERS = ("837", "211", "418", "536", "562", "604", "922", "980")
OUTSIDE = ("091", "297")
IN_ENGLISH = {"837", "091", "536"}
BEGAN = date(2009, 1, 1)
WITH_GROUPS = 6
# Places of two schools in the list of Tampere: the last one has closed, the one before it opens next autumn.
CLOSED, COMING = 60, 59


@dataclass(frozen=True)
class School:
    """An invented school as the file tells it, and the unit made of it."""

    unit: Unit
    grades: range
    teachers: int


@dataclass(frozen=True)
class Tree:
    """The units of the demo; schools by the number of their municipality, in the order of the file."""

    region: Unit
    providers: dict[str, Unit]
    schools: dict[str, list[School]]
    groups: list[Unit]


def last_school_year_end(today: date) -> date:
    """Return the last 31 July before or on the day."""
    end = date(today.year, 7, 31)
    return end if end <= today else date(today.year - 1, 7, 31)


def add_tree() -> Tree:
    """Add the units: region and providers one by one, schools and groups in one go with one audit row."""
    region = add_unit(
        kind=Kind.REGION,
        parent=None,
        details=UnitDetails(
            name_fi="Tampereen kaupunkiseutu",
            name_sv="Tammerfors stadsregion",
            name_en="Tampere City Region",
            valid_from=BEGAN,
        ),
        by=None,
    )
    providers = {number: _provider(number, region) for number in MEMBERS}
    providers |= {number: _provider(number, None) for number in OUTSIDE}
    schools = {number: list(_schools(number, provider)) for number, provider in providers.items()}
    everyone = [school for found in schools.values() for school in found]
    Unit.objects.bulk_create([school.unit for school in everyone])
    groups = [group for school in everyone[:WITH_GROUPS] for group in _groups(school)]
    Unit.objects.bulk_create(groups)
    made = ", ".join(unit.key for unit in [*(school.unit for school in everyone), *groups])
    audit.record(by=None, verb="people.units.imported", target=region, after={"created": made}, unit_id=region.pk)
    _close(schools["837"][CLOSED].unit)
    return Tree(region, providers, schools, groups)


def _provider(number: str, region: Unit | None) -> Unit:
    municipality = Municipality.objects.get(pk=number)
    swedish = municipality.name_sv
    details = UnitDetails(
        name_fi=municipality.name_fi,
        name_sv=swedish if swedish != municipality.name_fi else "",
        name_en=municipality.name_fi if number in IN_ENGLISH else "",
        municipality_number=number,
        valid_from=BEGAN,
    )
    return add_unit(kind=Kind.PROVIDER, parent=region, details=details, by=None)


def _schools(number: str, provider: Unit) -> Iterator[School]:
    types = {found.code: found for found in InstitutionType.objects.all()}
    own = [row for row in rows_of("demo_schools") if row["municipality"] == number]
    coming = last_school_year_end(clock.today()).replace(month=8, day=1)
    coming = coming.replace(year=coming.year + 1)
    for place, row in enumerate(own):
        pk = ids.new_id()
        unit = Unit(
            id=pk,
            key=free_key(row["name_fi"], provider),
            kind=Kind.INSTITUTION,
            parent=provider,
            path=path_below(provider, pk),
            name_fi=row["name_fi"],
            name_sv=row["name_sv"],
            name_en=row["name_en"],
            institution_number=row["number"],
            institution_type=types[row["type"]],
            valid_from=coming if number == "837" and place == COMING else BEGAN,
        )
        first, last = (int(grade) for grade in row["grades"].split("-"))
        yield School(unit, range(first, last + 1), int(row["teachers"]))


def _groups(school: School) -> Iterator[Unit]:
    """Two classes to a grade, for the present school year."""
    began = last_school_year_end(clock.today()) + timedelta(days=1)
    for grade in school.grades:
        for letter in "AB":
            pk = ids.new_id()
            yield Unit(
                id=pk,
                key=f"{grade}{letter.lower()}-{school.unit.key}",
                kind=Kind.GROUP,
                parent=school.unit,
                path=path_below(school.unit, pk),
                name_fi=f"{grade}{letter}",
                valid_from=began,
            )


def _close(unit: Unit) -> None:
    end_unit(
        unit=unit,
        last_day=last_school_year_end(clock.today()),
        reason="Koulu päättyi lukuvuoden lopussa, oppilaat siirtyivät naapurikouluun.",
        by=None,
    )
