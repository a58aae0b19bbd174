"""The standing cast of the tests: a small organisation, built through the real actions.

Aino coordinates the region, Bilal leads a school of Tampere where Celia teaches, Daniel runs the IT of
Tampere, Eeva its finances, Hilkka guards its data; Gunilla is in the digital team of the region and reads
Swedish; Farid coordinates a municipality outside the region and must see nothing of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from luotsi.people.actions.demo.cast import add_cast_member
from luotsi.people.actions.units import UnitDetails, add_unit
from luotsi.people.models import Account, Unit
from luotsi.people.queries.demo import CAST, CastMember
from luotsi.people.rules import Kind, Role

LONG_AGO = date(2020, 8, 1)


@dataclass(frozen=True)
class Cast:
    """The people (accounts) and the units they belong to."""

    aino: Account
    bilal: Account
    celia: Account
    daniel: Account
    eeva: Account
    farid: Account
    gunilla: Account
    hilkka: Account
    region: Unit
    tampere: Unit
    school: Unit
    other_school: Unit
    nokia: Unit
    elsewhere: Unit


def make_member(unit: Unit, role: Role, given_name: str, family_name: str = "Näytesaari") -> Account:
    """Add somebody beside the cast, who has had a role at a unit since long ago; given names are theirs alone."""
    member = CastMember(given_name, family_name, role, unit.key)
    return add_cast_member(member=member, unit=unit, valid_from=LONG_AGO)


def make_unit(kind: Kind, parent: Unit | None, name_fi: str, **details: object) -> Unit:
    """Add a unit that has been there since long ago, unless `details` say otherwise."""
    given = {"name_fi": name_fi, "valid_from": LONG_AGO, **details}
    return add_unit(kind=kind, parent=parent, details=UnitDetails(**given), by=None)  # type: ignore[arg-type]


def make_units() -> dict[str, Unit]:
    """Add the units: two providers in the region, two schools in one of them, one provider outside."""
    region = make_unit(
        Kind.REGION,
        None,
        "Tampereen kaupunkiseutu",
        name_sv="Tammerfors stadsregion",
        name_en="Tampere City Region",
    )
    tampere = make_unit(
        Kind.PROVIDER, region, "Tampere", name_sv="Tammerfors", name_en="Tampere", municipality_number="837"
    )
    return {
        "region": region,
        "tampere": tampere,
        "school": make_unit(
            Kind.INSTITUTION,
            tampere,
            "Käpytikan esimerkkikoulu",
            name_sv="Hackspettens exempelskola",
            institution_number="99001",
        ),
        "other_school": make_unit(Kind.INSTITUTION, tampere, "Saukon esimerkkikoulu", institution_number="99002"),
        "nokia": make_unit(Kind.PROVIDER, region, "Nokia", municipality_number="536"),
        "elsewhere": make_unit(Kind.PROVIDER, None, "Kuopio", municipality_number="297"),
    }


def make_cast() -> Cast:
    """Add the units and the first eight of the cast, each with their role."""
    units = make_units()
    by_key = {unit.key: unit for unit in units.values()}
    people = {
        member.given_name.lower(): add_cast_member(member=member, unit=by_key[member.unit], valid_from=LONG_AGO)
        for member in CAST[:8]
    }
    return Cast(**people, **units)  # type: ignore[arg-type]


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast in the database of one test."""
    return make_cast()
