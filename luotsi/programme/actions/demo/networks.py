"""Loads the pilot network of the city: invented schools apply, try out a portfolio and share it.

How large the network was is told by the observations of the plan, whose source names no school.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from luotsi.base import clock, periods
from luotsi.base.names import Names
from luotsi.people.actions.units import UnitDetails, add_unit
from luotsi.people.models import Unit
from luotsi.people.rules import Kind
from luotsi.programme.actions.networks import (
    NetworkDetails,
    adopt_concept,
    decide_member,
    found_network,
    open_reviews,
    publish_concept,
)
from luotsi.questionnaires.access import Held
from luotsi.questionnaires.actions.responses import Typed, begin_response, save_answers
from luotsi.questionnaires.actions.submitting import submit_response
from luotsi.questionnaires.rules.filling.names import digest
from luotsi.questionnaires.rules.rights import Grant

if TYPE_CHECKING:
    from luotsi.people.models import Account
    from luotsi.programme.models import Programme
    from luotsi.questionnaires.models import Collection

SCHOOLS = ("Meripihkan", "Majakan", "Luotojen", "Kaislarannan", "Purjeen", "Tyrskyn", "Hiekkasärkän", "Simpukan")
# The observations of the plan that tell of the network: schools, upper secondary schools, areas, portfolios, spread.
FIGURES = ("F040", "F041", "J9", "F043", "F044", "F045", "F046", "J8")
LONG_AGO = date(2009, 1, 1)
NAMED = Names(fi="Kokeilukoulut", sv="Försöksskolorna", en="Pilot schools")
PURPOSE = Names(
    fi="Kokeilukoulut kehittävät digitaalisia oppimisen tapoja, joista tehdään konsepti kaikille kouluille.",
    sv="Försöksskolorna utvecklar digitala sätt att lära sig, som blir ett koncept för alla skolor.",
    en="Pilot schools develop digital ways of learning, of which a concept is made for all schools.",
)
AREAS = (
    ("portfolio", Names(fi="Sähköinen portfolio", sv="Elektronisk portfolio", en="Electronic portfolio")),
    ("phenomena", Names(fi="Ilmiöpohjaisuus", sv="Fenomenbaserat lärande", en="Phenomenon-based learning")),
    ("no-textbooks", Names(fi="Oppikirjaton koulu", sv="Skola utan läroböcker", en="School without textbooks")),
    ("no-desks", Names(fi="Pulpetiton koulu", sv="Skola utan pulpeter", en="School without desks")),
    ("no-school", Names(fi="Kouluton koulu", sv="Skola utan skolhus", en="School without a school building")),
)
CONCEPT = Names(
    fi="Jokaisella oppilaalla on portfolio, johon hän valitsee töitään ja arvioi niitä.\n\n"
    "1. Sovitaan lukuvuoden alussa, mitä portfolioon kerätään ja kuka sen näkee.\n"
    "2. Varataan kuukausittain aika valita ja arvioida.\n"
    "3. Käydään portfolio läpi oppimiskeskustelussa huoltajan kanssa.",
    sv="Varje elev har en portfolio där eleven väljer och bedömer sina arbeten.\n\n"
    "1. I början av läsåret kommer man överens om vad som samlas och vem som ser det.\n"
    "2. Varje månad reserveras tid för att välja och bedöma.\n"
    "3. Portfolion gås igenom i utvecklingssamtalet med vårdnadshavaren.",
    en="Each learner has a portfolio of own works, chosen and assessed by the learner.\n\n"
    "1. Agree at the start of the school year what is collected and who sees it.\n"
    "2. Set time aside every month to choose and assess.\n"
    "3. Go through the portfolio with the guardian in the learning talk.",
)
CHOSEN, DECLINED = 4, 1


def load_network(programme: Programme, by: Account | None) -> None:
    """Found the network through the actions that people use, and let everything happen to it once."""
    if by is None:
        return
    now = clock.now()
    closes = (now + timedelta(days=12)).astimezone(clock.HELSINKI).replace(hour=16, minute=0, second=0)
    details = NetworkDetails(names=NAMED, purpose=PURPOSE, areas=AREAS, closes_at=closes, figures=FIGURES)
    network = found_network(programme=programme, details=details, by=by)
    schools = [_school(programme.owner, name) for name in SCHOOLS]
    for place, school in enumerate(schools[: CHOSEN + DECLINED + 1]):
        _hand_in(network.call, school, by, _plan(place))
    for place, school in enumerate(schools[: CHOSEN + DECLINED]):
        decide_member(
            network=network,
            unit=school,
            is_chosen=place < CHOSEN,
            reason="Suunnitelmalla on selkeä tavoite ja arviointi."
            if place < CHOSEN
            else "Suunnitelmassa ei vielä kerrota, miten kokeilua arvioidaan.",
            decided_on=clock.today(),
            by=by,
        )
    _review(network, by, now)
    publish_concept(network=network, concept=CONCEPT, is_public=True, by=by)
    for place, school in enumerate(schools[CHOSEN + DECLINED + 1 :]):
        adopt_concept(
            network=network,
            unit=school,
            adopted_on=clock.today() - timedelta(days=place),
            note=("Vuosiluokat 3–6", "Kaikki vuosiluokat")[place],
            by=by,
        )


def _review(network: Any, by: Account, now: datetime) -> None:
    year = periods.containing(clock.today(), periods.PeriodKind.SCHOOL_YEAR)
    for term, handed in (("autumn", CHOSEN), ("spring", 1)):
        asked = open_reviews(
            network=network, school_year=year.key, term=term, closes_at=now + timedelta(days=30), by=by
        )
        for place, review in enumerate(asked[:handed]):
            answers = {
                "progress": 3 + place % 3,
                "worked": "Oppilaat valitsevat itse työnsä ja perustelevat valintansa.",
                "obstacles": "Yhteistä suunnitteluaikaa on vähän.",
                "share": "Kuukausittainen portfoliotunti sopii kaikille kouluille.",
            }
            _hand_in(review.collection, review.unit, by, answers)


def _school(owner: Unit, name: str) -> Unit:
    """Return an invented school of the city, added when it is not there."""
    name_fi = f"{name} esimerkkikoulu"
    there = Unit.objects.filter(name_fi=name_fi, path__startswith=owner.path).first()
    details = UnitDetails(name_fi=name_fi, valid_from=LONG_AGO)
    return there or add_unit(kind=Kind.INSTITUTION, parent=owner, details=details, by=None)


def _plan(place: int) -> dict[str, Any]:
    code, named = AREAS[place % len(AREAS)]
    return {
        "title": f"{named.fi}, kokeilu",
        "area": code,
        "goals": "Oppilas osaa kertoa, mitä on oppinut ja mitä harjoittelee seuraavaksi.",
        "measures": [{"what": "Sovitaan yhteiset käytännöt"}, {"what": "Kokeillaan kahdella vuosiluokalla"}],
        "evaluation": "Oppilaskysely ja opettajien yhteinen arviointi kahdesti lukuvuodessa.",
    }


def _hand_in(collection: Collection, school: Unit, by: Account, answers: dict[str, Any]) -> None:
    response = begin_response(collection=collection, unit=school, by=by)
    held = Held(response, Grant.SUBMIT, by)
    saved = save_answers(held=held, typed=Typed(values=answers, was=dict.fromkeys(answers, digest(None))))
    submit_response(held=held, received_at=clock.now(), language="fi", revision=saved.response.revision)
