"""The room's third part of the demo: Helsinki's own small call for school pilots, closed, with what schools handed in.

The call, its form, the schools and their principals are invented. What the applications ask for is more than the
budget, and two of them hold errors that the checks find: an own share that is too small, and a time of use that goes
beyond that of the call.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from luotsi.base import audit, clock
from luotsi.base.names import ORDER, Names
from luotsi.funding.actions.applications import ApplicationDetails, Handing, begin_application, submit_application
from luotsi.funding.actions.calls import CallDetails
from luotsi.funding.actions.demo.load import packaged, written
from luotsi.funding.actions.own_calls import (
    CriterionDetails,
    OwnCallDetails,
    add_criterion,
    begin_own_call,
    change_own_call,
    choose_form,
    copy_own_call,
    own_details_of,
    publish_call,
)
from luotsi.funding.actions.team import MemberDetails, add_member
from luotsi.funding.models import Application, ApplicationMember, Call
from luotsi.people.actions.demo.cast import add_cast_member
from luotsi.people.actions.units import UnitDetails, add_unit
from luotsi.people.models import Account, Unit
from luotsi.people.queries.demo import CastMember
from luotsi.people.rules import Kind, Role
from luotsi.questionnaires.actions.versions import publish_version
from luotsi.questionnaires.models import Collection, Response

if TYPE_CHECKING:
    from luotsi.people.models import Person

HELSINKI = "helsinki"
LONG_AGO = date(2020, 8, 1)
CLOSED_BEFORE, OPENED_BEFORE = timedelta(days=9), timedelta(days=44)
NAME = Names(fi="Koulujen kokeiluraha", sv="Skolornas försöksmedel", en="School pilot grants")
TEXT = Names(
    fi="Kaupunki rahoittaa koulujen omia digitaalisen oppimisen kokeiluja. Kokeilu kestää enintään vuoden, ja siitä "
    "syntyy tapa, jonka muutkin koulut voivat ottaa käyttöön. Rahaa ei myönnetä koulun tavanomaiseen toimintaan.",
    sv="Staden finansierar skolornas egna försök med digitalt lärande. Ett försök varar högst ett år och leder till "
    "ett sätt som också andra skolor kan ta i bruk. Medel beviljas inte för skolans vanliga verksamhet.",
    en="The city funds schools' own pilots in digital learning. A pilot lasts at most a year and leads to a way that "
    "other schools can take into use, too. Nothing is granted for the ordinary work of a school.",
)
WHO = Names(
    fi="Kaupungin koulut. Kullakin koululla voi olla yksi hakemus.",
    sv="Stadens skolor. Varje skola kan lämna in en ansökan.",
    en="Schools of the city. Each school can have one application.",
)
CLASSES = (
    {"code": "staff", "fi": "Henkilöstö", "sv": "Personal", "en": "Staff"},
    {"code": "devices", "fi": "Laitteet", "sv": "Apparater", "en": "Devices"},
    {"code": "services", "fi": "Palvelut", "sv": "Tjänster", "en": "Services"},
    {"code": "travel", "fi": "Matkat", "sv": "Resor", "en": "Travel"},
)
CRITERIA = (
    CriterionDetails(
        name=Names(fi="Vaikutus oppimiseen", sv="Inverkan på lärandet", en="Effect on learning"),
        told=Names(
            fi="Mitä oppilaat oppivat, ja näkyykö se lähtötasoon verrattuna?",
            sv="Vad lär sig eleverna och syns det jämfört med utgångsläget?",
            en="What do learners learn, and does it show against where they start?",
        ),
        weight=Decimal(40),
        threshold=Decimal(2),
    ),
    CriterionDetails(
        name=Names(fi="Hyöty muille kouluille", sv="Nytta för andra skolor", en="Use for other schools"),
        told=Names(
            fi="Voiko muu koulu ottaa tavan käyttöön sellaisenaan?",
            sv="Kan en annan skola ta sättet i bruk som sådant?",
            en="Can another school take it into use as it is?",
        ),
        weight=Decimal(30),
    ),
    CriterionDetails(
        name=Names(fi="Toteutettavuus", sv="Genomförbarhet", en="Feasibility"),
        told=Names(
            fi="Riittävätkö aika, osaaminen ja tuki?",
            sv="Räcker tiden, kunnandet och stödet till?",
            en="Do time, skills and support suffice?",
        ),
        weight=Decimal(20),
    ),
    CriterionDetails(
        name=Names(fi="Kustannukset", sv="Kostnader", en="Costs"),
        told=Names(
            fi="Ovatko kustannukset kohtuulliset siihen nähden, mitä saadaan?",
            sv="Är kostnaderna rimliga i förhållande till vad som nås?",
            en="Are the costs reasonable for what is gained?",
        ),
        weight=Decimal(10),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Pilot:
    """A school that applies: who leads it, what it tries, and its costs by class; own share in euros."""

    school: Names
    principal: tuple[str, str]
    title: Names
    kind: str
    learners: int
    costs: dict[str, int]
    own: int
    late_end: bool = False


PILOTS = (
    Pilot(
        school=Names(fi="Majakan esimerkkikoulu", sv="Fyrens exempelskola"),
        principal=("Sirkku", "Luulotar"),
        title=Names(fi="Tekoäly lukemisen tukena", sv="Artificiell intelligens stöder läsningen"),
        kind="ai",
        learners=126,
        costs={"staff": 11200, "devices": 1800, "services": 2000},
        own=3000,
    ),
    Pilot(
        school=Names(fi="Telakan esimerkkikoulu", sv="Varvets exempelskola"),
        principal=("Tapani", "Olettama"),
        title=Names(fi="Robottien lainaamo", sv="Lånecentral för robotar"),
        kind="coding",
        learners=210,
        costs={"staff": 6000, "devices": 9000, "services": 1500, "travel": 500},
        own=3400,
    ),
    Pilot(
        school=Names(fi="Poijun esimerkkikoulu", sv="Bojens exempelskola"),
        principal=("Ulla", "Näennäinen"),
        title=Names(fi="Turvataidot vertaisohjaajilta", sv="Trygghetsfärdigheter av kamrathandledare"),
        kind="safety",
        learners=84,
        costs={"staff": 7400, "services": 2600},
        own=1500,  # too little: a fifth would be 2,000
    ),
    Pilot(
        school=Names(fi="Satamakadun esimerkkikoulu", sv="Hamngatans exempelskola"),
        principal=("Veikko", "Kuviteltu"),
        title=Names(fi="Ohjelmoinnin kummiluokat", sv="Fadderklasser i programmering"),
        kind="coding",
        learners=152,
        costs={"staff": 9800, "devices": 2200, "travel": 600},
        own=2520,
    ),
    Pilot(
        school=Names(sv="Exempelskolan Kobben", fi="Kobbenin esimerkkikoulu"),
        principal=("Asta", "Påhittsson"),
        title=Names(sv="Elevernas egna handledningsvideor", fi="Oppilaiden omat ohjevideot"),
        kind="safety",
        learners=97,
        costs={"staff": 5200, "devices": 3000, "services": 800},
        own=1800,
        late_end=True,
    ),
    Pilot(
        school=Names(fi="Kompassin esimerkkikoulu", sv="Kompassens exempelskola"),
        principal=("Yrjänä", "Tarulainen"),
        title=Names(fi="Matematiikan harjoitusmestari", sv="Övningsmästaren i matematik"),
        kind="ai",
        learners=188,
        costs={"staff": 12600, "services": 6100},
        own=3740,
    ),
    Pilot(
        school=Names(fi="Luodon esimerkkikoulu", sv="Skärets exempelskola"),
        principal=("Eino", "Haaveila"),
        title=Names(fi="Kuvataiteen koodipaja", sv="Bildkonstens kodverkstad"),
        kind="coding",
        learners=60,
        costs={"staff": 4100, "devices": 1400},
        own=1100,
    ),
)


def load_demo() -> bool:
    """Add the city's call; return False when it is there, or the units and persons of the demo are not."""
    helsinki = Unit.objects.filter(key=HELSINKI).first()
    outi = Account.objects.filter(email="outi@luotsi.example").first()
    if helsinki is None or outi is None or Call.objects.own().filter(owner=helsinki).exists():
        return False
    with transaction.atomic():
        call = _published(helsinki, outi)
        closed = _at(clock.today() - CLOSED_BEFORE, time(16, 15))
        for place, pilot in enumerate(PILOTS):
            at = closed - timedelta(hours=7 + 31 * (len(PILOTS) - 1 - place), minutes=13 * place)
            _applied(call, helsinki, pilot, at if place < len(PILOTS) - 1 else closed - timedelta(minutes=2))
        _set_back(call, closed)
        _next_year(call, outi)
    return True


def clear_demo() -> None:
    """Take the city's call and its applications away."""
    calls = Call.objects.own().filter(owner__key=HELSINKI)
    ApplicationMember.objects.filter(application__call__in=calls).delete()
    Application.objects.filter(call__in=calls).delete()
    calls.delete()


def _at(on: date, at: time) -> datetime:
    return datetime.combine(on, at, tzinfo=clock.HELSINKI).astimezone(UTC)


def _published(helsinki: Unit, outi: Account) -> Call:
    """Make the call ready and publish it, as its officer does; it closes tomorrow until it is set back."""
    today, year = clock.today(), clock.today().year + 1
    terms = CallDetails(
        name=Names(**{code: f"{getattr(NAME, code)} {year}" for code in ORDER}),
        funder=Names(),
        text=TEXT,
        eligibility=WHO,
        register_number=f"HEL {today.year}-000000",
        budget=Decimal(60000),
        opens_at=_at(today - OPENED_BEFORE, time(9)),
        closes_at=_at(today + timedelta(days=1), time(16, 15)),
        decides_by=today + timedelta(days=30),
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        grant_percent=Decimal(80),
        share_base=Call.Base.TOTAL,
        share_source="Hakuilmoitus, kohta 3",
        grant_max=Decimal(15000),
        in_cents=False,
        transfer_percent=Decimal(10),
        transfer_source="Hakuilmoitus, kohta 7",
        change_days=30,
        cost_classes=CLASSES,
    )
    details = OwnCallDetails(terms=terms, applicants="institutions", eligible=(HELSINKI,))
    call = begin_own_call(owner=helsinki, details=details, officer=outi.person, by=outi)
    version = publish_version(owner=helsinki, definition=packaged("city-pilots.form"), by=None)
    choose_form(call=call, version=version, by=outi)
    for one in CRITERIA:
        add_criterion(call=call, details=one, by=outi)
    return publish_call(call=call, by=outi)


def _applied(call: Call, helsinki: Unit, pilot: Pilot, at: datetime) -> None:
    """Let a school apply: its principal prepares the application and hands it in."""
    school = Unit.objects.filter(parent=helsinki, name_fi=pilot.school.fi).first() or add_unit(
        kind=Kind.INSTITUTION,
        parent=helsinki,
        details=UnitDetails(name_fi=pilot.school.fi, name_sv=pilot.school.sv, valid_from=LONG_AGO),
        by=None,
    )
    by, person = _principal(pilot, school)
    details = ApplicationDetails(name=pilot.title, register_number="")
    made = begin_application(call=call, unit=school, details=details, by=by)
    begun = at - timedelta(days=6, hours=3)
    member = MemberDetails(part="submit", is_preparer=True, since=clock.day_of(begun))
    add_member(application=made, person=person, details=member, by=by)
    form = written(made, _answers(pilot, call), by)
    revision = form.response.revision if form else -1
    Application.objects.filter(pk=made.pk).update(begun_at=begun)
    if made.response is not None:
        Response.objects.filter(pk=made.response.pk).update(begun_at=begun)
    submit_application(application=made, handing=Handing(at=at, revision=revision), form=form, by=by)


def _principal(pilot: Pilot, school: Unit) -> tuple[Account, Person]:
    given_name, family_name = pilot.principal
    member = CastMember(given_name, family_name, Role.PRINCIPAL, school.key)
    by = Account.objects.filter(email=member.email).first() or add_cast_member(
        member=member, unit=school, valid_from=LONG_AGO
    )
    return by, by.person


def _answers(pilot: Pilot, call: Call) -> dict[str, Any]:
    total = sum(pilot.costs.values())
    starts, ends = call.starts_on, call.ends_on
    last = ends + timedelta(days=60) if ends and pilot.late_end else ends
    return {
        "title": pilot.title.text,
        "kind": pilot.kind,
        "learners": pilot.learners,
        "need": f"Koulussa on {pilot.learners} oppilasta, joiden taidot vaihtelevat luokittain. Opettajat ovat "
        "pyytäneet yhteistä tapaa, jota jokainen luokka voi käyttää.",
        "measures": f"{pilot.title.text}: suunnittelu keväällä, kokeilu kolmessa luokassa, arviointi syksyllä.",
        "results": "Lähtötaso mitataan tammikuussa luokkakyselyllä ja tulos samalla kyselyllä marraskuussa. Tavoite: "
        "neljä oppilasta viidestä osaa enemmän kuin alussa.",
        "sharing": "Ohje ja aineistot julkaistaan kaikkien koulujen käyttöön.",
        "starts": starts.isoformat() if starts else None,
        "ends": last.isoformat() if last else None,
        "costs": {name: {"amount": amount} for name, amount in pilot.costs.items()},
        "funding": {"grant": {"amount": total - pilot.own}, "own": {"amount": pilot.own}},
    }


def _next_year(call: Call, outi: Account) -> None:
    """Begin the call of the year after from this one: a draft that still lacks its days."""
    made = copy_own_call(call=call, officer=outi.person, by=outi)
    kept = own_details_of(made)
    name = Names(**{code: f"{getattr(NAME, code)} {clock.today().year + 2}" for code in ORDER})
    change_own_call(call=made, details=replace(kept, terms=replace(kept.terms, name=name)), by=outi)


def _set_back(call: Call, closed: datetime) -> None:
    """Let the call have been published and closed in time: actions take the present moment, a demo needs a past."""
    before = audit.snapshot(call, "published_at", "closes_at")
    call.published_at, call.closes_at = call.opens_at, closed
    call.save(update_fields=["published_at", "closes_at"])
    if call.collection is not None:
        Collection.objects.filter(pk=call.collection.pk).update(closes_at=closed)
    audit.record(
        by=None,
        verb="funding.demo.loaded",
        target=call,
        before=before,
        after=audit.snapshot(call, "published_at", "closes_at"),
        unit_id=call.owner_id,
    )
