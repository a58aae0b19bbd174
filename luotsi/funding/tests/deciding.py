"""An own call of Tampere with fixed proposals, and the officers who decide them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.actions.changes import begin_change, send_change, write_change
from luotsi.funding.actions.deciding import BatchTerms, decide_batch, send_batch
from luotsi.funding.actions.deciding.going_on import go_on
from luotsi.funding.actions.paying import make_run
from luotsi.funding.models import (
    Application,
    Call,
    CallOfficer,
    Funder,
    GrantReport,
    Instalment,
    Proposal,
    Received,
)
from luotsi.funding.queries.deciding import waiting_in
from luotsi.funding.rules.change_request import ContentChange, Request
from luotsi.funding.rules.reports import Line
from luotsi.funding.rules.reports.content import Content, Head, Sum, Told, digest_of, plain
from luotsi.funding.tests.making import FORM, make_officer
from luotsi.people.tests.cast import LONG_AGO
from luotsi.questionnaires.actions.versions import publish_version
from luotsi.questionnaires.models import Collection

if TYPE_CHECKING:
    from luotsi.funding.models import ChangeRequest, DecisionBatch, PaymentRun
    from luotsi.people.models import Account, Unit
    from luotsi.people.tests.cast import Cast

GROUNDS = {"fi": "Hanke on hyvin valmisteltu.", "sv": "Projektet är väl förberett."}
TERMS = BatchTerms(
    law="municipal",
    decided_on=date(2026, 11, 26),
    signer=Names(fi="Kehittämispäällikkö Outi Näytesaari", sv="Utvecklingschef Outi Näytesaari"),
    conditions=Names(fi="Hankinnat kilpailutetaan.\nTulokset julkaistaan.", sv="Upphandlingar konkurrensutsätts."),
    instalments=((Decimal(70), date(2027, 1, 15)), (Decimal(30), None)),
    interim_on=date(2027, 6, 30),
    final_on=date(2028, 2, 28),
)


@dataclass(frozen=True)
class Funding:
    """An own call whose applications wait to be decided by its officer."""

    call: Call
    outi: Account
    big: Application
    cut: Application
    refused: Application

    @property
    def address(self) -> dict[str, str]:
        """What addresses of the call name."""
        return {"scope": self.call.owner.key, "owner": self.call.owner.key, "slug": self.call.slug}

    def decide(self, key: str = "page-1", **values: Any) -> DecisionBatch:
        """Decide everything that waits, and print the letters."""
        self.outi.kept_reach = None
        seen = waiting_in(self.call, self.outi).seal
        terms = replace(TERMS, **{"decided_on": clock.today(), **values})
        batch = decide_batch(call=self.call, terms=terms, seen=seen, key=key, by=self.outi)
        go_on(batch.pk)
        batch.refresh_from_db()
        return batch

    def send(self, batch: DecisionBatch) -> DecisionBatch:
        """Send the letters of a batch."""
        send_batch(batch=batch, by=self.outi)
        go_on(batch.pk)
        batch.refresh_from_db()
        return batch


def make_own_call(owner: Unit, *officers: Account, **values: Any) -> Call:
    """Return an own call that closed yesterday, with its officers; it is not published, so it needs no form."""
    named = {"name": {"fi": "Tampereen kaupunki", "sv": "Tammerfors stad"}}
    funder, _is_new = Funder.objects.get_or_create(unit=owner, defaults=named)
    call = Call(
        kind=Call.Kind.OWN,
        owner=owner,
        funder=funder,
        slug="koulujen-kokeilut",
        name={"fi": "Koulujen kokeilut 2027", "sv": "Skolornas försök 2027", "en": "School pilots 2027"},
        **{
            "budget": Decimal(100000),
            "closes_at": clock.now() - timedelta(days=1),
            "starts_on": date(2027, 1, 1),
            "ends_on": date(2027, 12, 31),
            "grant_percent": Decimal(80),
            "share_base": Call.Base.TOTAL,
            "share_source": "Hakuilmoitus",
            "grant_max": Decimal(50000),
            "register_number": "TRE:100/2026",
            **values,
        },
    )
    call.save(force_insert=True)
    for one in officers:
        CallOfficer(call=call, person=one.person, since=LONG_AGO).save(force_insert=True)
    return call


def make_received(call: Call, unit: Unit, number: int = 1, **values: Any) -> Application:
    """Return an application that the funder has, under a number."""
    now = datetime(2026, 11, 1, 9, tzinfo=UTC)
    application = Application(
        unit=unit,
        call=call,
        begun_at=now,
        register_number=f"TRE:100/2026-{number}",
        **{
            "name": {"fi": f"Kokeilu {number}", "sv": f"Försök {number}"},
            "state": Application.State.SUBMITTED,
            "submitted_at": now,
            "applied": Decimal(40000),
            "own_share": Decimal(10000),
            "total": Decimal(50000),
            **values,
        },
    )
    application.save(force_insert=True)
    Received(application=application, call=call, sequence=number, received_at=now, blocks=0, warns=1, infos=2).save(
        force_insert=True
    )
    return application


def make_proposal(application: Application, amount: int | None, **values: Any) -> Proposal:
    """Fix what is proposed: a sum, or with None a refusal."""
    now = clock.now()
    whole = amount is not None and Decimal(amount) == application.applied
    outcome = "refused" if amount is None else "granted" if whole else "partly"
    made = Proposal(
        application=application,
        outcome=outcome,
        amount=amount,
        **{"reasons": GROUNDS, "state": Proposal.State.FIXED, "fixed_at": now, "changed_at": now, **values},
    )
    made.save(force_insert=True)
    return made


def make_funding(cast: Cast, **values: Any) -> Funding:
    """Return a call with a grant in full, one that is cut and a refusal."""
    outi = make_officer(cast.tampere, "Outi")
    call = make_own_call(cast.tampere, outi, **values)
    big, cut, refused = (
        make_received(call, unit, number)
        for number, unit in enumerate([cast.school, cast.other_school, cast.nokia], start=1)
    )
    make_proposal(big, 40000)
    make_proposal(cut, 20000)
    make_proposal(refused, None)
    return Funding(call, outi, big, cut, refused)


def publish(call: Call) -> None:
    """Let a call be one that everybody may read, with a form that nobody answers."""
    version, opens = publish_version(owner=call.owner, definition=FORM, by=None), clock.now() - timedelta(days=30)
    asked = Collection(
        version=version, owner=call.owner, name_fi="Koulujen kokeilut", opens_at=opens, closes_at=call.closes_at
    )
    asked.save(force_insert=True)
    call.published_at, call.collection = clock.now(), asked
    call.save(update_fields=["published_at", "collection"])


@dataclass(frozen=True)
class Decided:
    """A call that was decided, paid in part and reported on: what its addresses need."""

    funding: Funding
    batch: DecisionBatch
    run: PaymentRun
    report: GrantReport
    change: ChangeRequest

    def arguments(self, name: str) -> dict[str, Any]:
        """Return what an address of the call needs beside the unit."""
        verb = name.partition(":")[2]
        if verb == "download-grants":
            return {"kind": "json"}
        if verb == "see-funder-statistics":
            return {}
        if verb == "download-own-letter":
            return {"pk": self.funding.big.pk, "language": "fi"}
        return {"slug": self.funding.call.slug, **self._more(verb)}

    def _more(self, verb: str) -> dict[str, Any]:
        letter = self.batch.letters.filter(decision__application=self.funding.big).values_list("pk", "decision").get()
        if verb in {"take-back-decisions", "send-decisions", "resume-decisions", "download-letters"}:
            return {"batch": self.batch.pk}
        if verb in {"download-payments", "confirm-payments", "discard-payments"}:
            return {"run": self.run.pk}
        more: dict[str, dict[str, Any]] = {
            "download-letter": {"letter": letter[0], "language": "fi"},
            "ask-back": {"decision": letter[1]},
            "check-report": {"report": self.report.pk},
            "see-asked-change": {"change": self.change.pk},
            "answer-asked-change": {"change": self.change.pk},
        }
        return more.get(verb, {})

    @property
    def values(self) -> dict[str, Any]:
        """What the addresses of pages name."""
        grant = self.batch.letters.filter(decision__application=self.funding.big).values_list("decision", flat=True)
        return {
            "decided_call": self.funding.call.slug,
            "decided_grant": grant.get(),
            "decided_report": self.report.pk,
            "decided_change": self.change.pk,
            "decided_application": self.funding.big.pk,
        }


def make_decided(cast: Cast) -> Decided:
    """Decide a call, send its letters, make a payment file and report."""
    funding = make_funding(cast)
    batch = funding.send(funding.decide())
    chosen = list(Instalment.objects.filter(decision__application=funding.big, number=1).values_list("pk", flat=True))
    run = make_run(call=funding.call, instalments=chosen, pay_on=clock.today(), key="run", by=funding.outi)
    report = make_report(funding.big)
    waiting = make_received(funding.call, cast.other_school, 9)
    make_proposal(waiting, 10000)
    return Decided(funding, batch, run, report, make_asked(funding.big, cast.bilal))


def make_asked(application: Application, by: Account) -> ChangeRequest:
    """Return a request to change what is done, which was sent."""
    drafted = begin_change(application=Application.objects.get(pk=application.pk), by=by)
    words = Request(content=ContentChange(words="Kokeillaan yhdessä.", grounds="Koulut yhdistyivät."))
    return send_change(request=write_change(request=drafted, asked=words, seen=drafted.changed_at, by=by), by=by)


def make_report(application: Application, version: int = 1, **values: Any) -> GrantReport:
    """Return a final report that was sent."""
    head = Head(kind="final_report", version=version, project=application.name, applicant={}, funder={}, call={})
    cost = Told(
        key="cost-staff",
        line=Line.COST,
        names={"fi": "Henkilöstö"},
        planned=Decimal(40000),
        actual=Decimal(25000),
        unit="€",
        origin="/ledger/",
    )
    sums = {"granted": 40000, "booked": 30000, "eligible": 27000, "payable": 24000}
    content = Content(
        head=head,
        lines=(cost,),
        sums=tuple(Sum(key=key, amount=Decimal(amount)) for key, amount in sums.items()),
        words={"done": "Kokeilu tehtiin.", "cost-staff": "Yksi opettaja jäi pois."},
    )
    figures, now = plain(content), clock.now()
    made = GrantReport(
        application=application,
        kind="final_report",
        key="final-1",
        version=version,
        state="sent",
        figures=figures,
        digest=digest_of(figures),
        begun_at=now,
        changed_at=now,
        sent_at=now,
        due_on=clock.today() - timedelta(days=3),
        **values,
    )
    made.save(force_insert=True)
    return made
