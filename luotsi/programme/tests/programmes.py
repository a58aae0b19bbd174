"""Programmes for tests: the sound plan at Tampere, the region's plan at the cast's region."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from luotsi.people.rules import Kind
from luotsi.people.tests.cast import make_unit
from luotsi.programme.actions.plans import Approval, import_plan
from luotsi.programme.queries.plan_files import read_file
from luotsi.programme.tests.sound import SOUND, plan_of

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast
    from luotsi.programme.models import Programme
    from luotsi.programme.rules.plan import Plan

CITY, REGION = "HKI-DIGI-2016-2019", "TRE-SEUTU-DIGI-2024-2027"
APPROVED = Approval(approved_by="Seudun opetusjohtajat", approved_on=date(2024, 5, 20), reference="§ 12")
SOUND_OF_TAMPERE = SOUND.replace('municipality: "999"', 'municipality: "837"').replace(
    "code: K1, names", 'code: K1, municipality: "837", names'
)


def packaged(key: str) -> Plan:
    """Return a plan that comes with Luotsi."""
    plan = read_file(key).plan
    assert plan
    return plan


def sound_programme(text: str = SOUND_OF_TAMPERE, *, publish: bool = True) -> Programme:
    """Return the programme of the sound plan, owned by Tampere, which is also its one participant."""
    return import_plan(plan=plan_of(text), by=None, approval=APPROVED if publish else None).programme


def region_programme(cast: Cast) -> Programme:
    """Return the programme of the region, published, with Tampere and Nokia among its participants."""
    return import_plan(plan=packaged(REGION), owner=cast.region, by=cast.aino, approval=APPROVED).programme


def city_programme() -> Programme:
    """Return the programme of the city, published, owned by a provider of its number."""
    make_unit(Kind.PROVIDER, None, "Helsinki", municipality_number="091", valid_from=date(2009, 1, 1))
    return import_plan(plan=packaged(CITY), by=None, approval=APPROVED, is_public=True).programme
