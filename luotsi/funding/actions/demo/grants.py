"""The room's second part of the demo: matters, decisions and obligations of its applications, and a grant that runs.

What the sources of the two learning-environment grants do not tell (days, sections, reasons) is left out and shown as
missing. The grant that runs is invented, and so is the school that holds it.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.db import transaction

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.actions.applications import ApplicationDetails, Handing, begin_application, submit_application
from luotsi.funding.actions.calls import CallDetails, add_call
from luotsi.funding.actions.commitments import CommitmentDetails, change_commitment
from luotsi.funding.actions.decisions import DecisionDetails, InstalmentDetails, ReportDetails, record_decision
from luotsi.funding.actions.matters import (
    MatterDetails,
    MatterOutcome,
    begin_matter,
    fix_matter,
    record_outcome,
)
from luotsi.funding.actions.obligations import do_obligation
from luotsi.funding.models import (
    Application,
    BoardItem,
    Commitment,
    GrantDecision,
    Instalment,
    Obligation,
    ObligationReminder,
)
from luotsi.people.actions.demo.cast import add_cast_member
from luotsi.people.models import Account, Unit
from luotsi.people.queries.demo import DEMO_PASSWORD, GUESTS, SCHOOL

if TYPE_CHECKING:
    from luotsi.funding.models import Call

OFFICER = Names(fi="Viranhaltija (nimi peitetty aineistossa)", sv="Tjänsteinnehavare (namnet dolt i källan)")
BOARD = Names(fi="Hyvinvointilautakunta", sv="Välfärdsnämnden")
FUND = Names(fi="Esimerkkirahasto", sv="Exempelfonden", en="Example Fund")
NETWORK = Names(
    fi="Esimerkkikoulujen digiverkosto", sv="Exempelskolornas digitala nätverk", en="Example schools' digital network"
)
CONDITIONS = (
    "Avustusta käytetään vain hakemuksen mukaiseen toimintaan.\n"
    "Hankinnoista pyydetään kilpailevat tarjoukset.\n"
    "Tulokset julkaistaan kaikkien opetuksen järjestäjien käyttöön."
)


def load_demo() -> bool:
    """Add what was decided; return False when it is there, or the applications of the demo are not."""
    if BoardItem.objects.exists() or GrantDecision.objects.exists():
        return False
    lab = Application.objects.filter(unit__key="helsinki", name__fi="InnoLab").first()
    journey = Application.objects.filter(unit__key="kemi", applied=Decimal(30150)).first()
    school = Unit.objects.filter(key=SCHOOL).first()
    if lab is None or journey is None or school is None:
        return False
    with transaction.atomic():
        _helsinki(lab)
        _kemi(journey)
        _network(school)
    return True


@transaction.atomic
def clear_demo() -> None:
    """Take away every decision and what follows from it."""
    for model in (ObligationReminder, Obligation, Instalment, GrantDecision, Commitment, BoardItem):
        model._default_manager.all().delete()


def _account(name: str) -> Account | None:
    return Account.objects.filter(email=f"{name}@luotsi.example").first()


def _helsinki(lab: Application) -> None:
    """An officer decided to apply and to pay 39,300 €; the period ends before it starts, as in the source."""
    by = _account("pihla")
    item = begin_matter(application=lab, details=MatterDetails(matter="apply", kind="officer", body=OFFICER), by=by)
    record_outcome(item=fix_matter(item=item, by=by), outcome=MatterOutcome(outcome="decided"), by=by)


def _kemi(journey: Application) -> None:
    """The board noted the application and later the refusal: it decided nothing, and the day is not known."""
    guest = next(member for member in GUESTS if member.unit == journey.unit.key)
    password = make_password(DEMO_PASSWORD)
    by = add_cast_member(member=guest, unit=journey.unit, valid_from=date(2022, 1, 1), password=password)
    details = MatterDetails(matter="filed", kind="body", body=BOARD)
    item = fix_matter(item=begin_matter(application=journey, details=details, by=by), by=by)
    record_outcome(item=item, outcome=MatterOutcome(outcome="noted"), by=by)
    record_decision(application=journey, details=DecisionDetails(outcome="refused"), by=by)
    details = MatterDetails(matter="result", kind="body", body=BOARD)
    item = fix_matter(item=begin_matter(application=journey, details=details, by=by), by=by)
    record_outcome(item=item, outcome=MatterOutcome(outcome="noted"), by=by)


def _network(school: Unit) -> None:
    """A grant that runs: granted in part, paid in two instalments, one report done and one coming."""
    by, today = _account("eeva"), clock.today()
    starts = date(today.year - 1, 8, 1)
    call = _call(school, starts, by)
    application = begin_application(
        call=call,
        unit=school,
        details=ApplicationDetails(
            name=NETWORK,
            purpose=Names(
                fi="Koulut kokeilevat yhdessä lainattavia laitteita ja jakavat opetusmallit.",
                sv="Skolorna prövar tillsammans lånade apparater och delar sina undervisningsmodeller.",
                en="Schools try lent devices together and share their teaching models.",
            ),
            applied=Decimal(48000),
            own_share=Decimal(12000),
            total=Decimal(60000),
            starts_on=starts,
            ends_on=date(today.year + 1, 7, 31),
        ),
        on_form=False,
        by=by,
    )
    meeting = starts - timedelta(days=120)
    details = MatterDetails(
        matter="apply",
        kind="body",
        body=Names(fi="Esimerkkilautakunta", sv="Exempelnämnden"),
        presenter=Names(fi="Opetusjohtaja", sv="Undervisningsdirektör"),
        meeting_on=meeting,
    )
    item = fix_matter(item=begin_matter(application=application, details=details, by=by), by=by)
    outcome = MatterOutcome(
        outcome="changed",
        decided=Decimal(10000),
        decided_on=meeting,
        section="§ 27",
        decision="Haetaan avustusta ehdotuksen mukaan. Omarahoitusta varataan 10 000 €, loput maksaa koulu itse.",
        notice="published",
        given_on=meeting + timedelta(days=6),
    )
    record_outcome(item=item, outcome=outcome, by=by)
    _tie(application, by)
    handing = Handing(at=clock.now() - timedelta(days=540), register_number="ESIM/12/2025")
    submit_application(application=application, handing=handing, form=None, by=by)
    _decide(application, starts, by)


def _call(school: Unit, starts: date, by: Account | None) -> Call:
    return add_call(
        owner=school.parent or school,
        details=CallDetails(
            name=Names(fi="Koulujen yhteiset kokeilut", sv="Skolornas gemensamma försök", en="Schools' shared trials"),
            funder=FUND,
            register_number="ESIM/3/2025",
            closes_on=starts - timedelta(days=90),
            grant_percent=Decimal(80),
            share_base="total_cost",
            share_source="Hakuilmoitus, kohta 4",
            change_days=30,
        ),
        by=by,
    )


def _tie(application: Application, by: Account | None) -> None:
    """Tie the entry that the matter made to what it is for."""
    entry = Commitment.objects.get(application=application)
    details = CommitmentDetails(deed=entry.deed, decider=entry.decider, note="Kustannuspaikka 4100, digiverkosto")
    change_commitment(entry=entry, details=details, by=by)


def _decide(application: Application, starts: date, by: Account | None) -> None:
    """The fund grants less than was applied for; the first report has been handed in, the next one is near."""
    today = clock.today()
    granted = DecisionDetails(
        outcome="partly",
        granted=Decimal(40000),
        percent=Decimal(80),
        total=Decimal(50000),
        own_share=Decimal(10000),
        decided_on=starts - timedelta(days=40),
        register_number="ESIM/12/2025",
        starts_on=starts,
        ends_on=date(today.year + 1, 7, 31),
        conditions=CONDITIONS,
        notice="electronic",
        given_on=starts - timedelta(days=38),
        instalments=(
            InstalmentDetails(amount=Decimal(24000), due_on=starts + timedelta(days=30)),
            InstalmentDetails(amount=Decimal(16000), due_on=date(today.year + 1, 2, 1)),
        ),
        reports=(
            ReportDetails(is_final=False, due_on=starts + timedelta(days=300)),
            ReportDetails(is_final=False, due_on=today + timedelta(days=19)),
            ReportDetails(is_final=True, due_on=date(today.year + 1, 10, 31)),
        ),
    )
    record_decision(application=application, details=granted, by=by)
    first = Obligation.objects.filter(application=application, duty="interim_report").order_by("due_on").first()
    if first is not None:
        do_obligation(obligation=first, note="Lähetetty rahaston asiointipalvelussa.", by=by)
