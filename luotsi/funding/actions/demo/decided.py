"""The city's call for school pilots run to its decisions: proposals fixed, decided in one go, letters sent.

Where the proposals were fixed by those who score the call they are used as they are; otherwise each school gets what
it applied for from the first received on, until the budget ends.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.actions.deciding import BatchTerms, decide_batch, send_batch
from luotsi.funding.actions.deciding.letters import work_on
from luotsi.funding.actions.paying import confirm_run, make_run
from luotsi.funding.models import (
    Application,
    Call,
    DecisionBatch,
    DecisionLetter,
    GrantDecision,
    Instalment,
    Obligation,
    Payment,
    PaymentRun,
    Proposal,
)
from luotsi.funding.queries.deciding import waiting_in
from luotsi.funding.queries.proposals import most_of
from luotsi.funding.rules.decision_text import Outcome
from luotsi.people.models import Account

HELSINKI = "helsinki"
NOTHING = Decimal(0)
PAID = 3
SIGNER = Names(fi="Kehittämispäällikkö Outi Näytesaari", sv="Utvecklingschef Outi Näytesaari")
CONDITIONS = Names(
    fi="Hankinnoissa noudatetaan kaupungin hankintaohjetta.\n"
    "Kokeilun tulokset ja aineistot julkaistaan kaikkien koulujen käyttöön.\n"
    "Kuluista pidetään omaa seurantakohdetta.",
    sv="Vid upphandlingar följs stadens upphandlingsanvisning.\n"
    "Försökets resultat och material publiceras så att alla skolor kan använda dem.\n"
    "Kostnaderna följs upp på ett eget projektnummer.",
)
WHY = {
    Outcome.GRANTED: Names(
        fi="Kokeilu vastaa haun tavoitteita, ja sen kustannukset ovat kohtuulliset.",
        sv="Försöket motsvarar utlysningens mål och kostnaderna är rimliga.",
    ),
    Outcome.PARTLY: Names(
        fi="Kokeilu vastaa haun tavoitteita. Avustus on enintään haussa ilmoitettu osuus kustannuksista.",
        sv="Försöket motsvarar utlysningens mål. Understödet är högst den andel av kostnaderna som utlysningen anger.",
    ),
    Outcome.REFUSED: Names(
        fi="Haun määräraha ei riitä kaikille hakijoille, ja muut hakemukset sijoittuivat vertailussa tämän edelle.",
        sv="Utlysningens anslag räcker inte till alla, och de andra ansökningarna placerade sig före i jämförelsen.",
    ),
}


def load_demo() -> bool:
    """Decide the city's call; return False when it is decided, or there is no such call."""
    call = Call.objects.own().filter(owner__key=HELSINKI, closes_at__lt=clock.now()).order_by("closes_at").first()
    outi = Account.objects.filter(email="outi@luotsi.example").select_related("person").first()
    if call is None or outi is None or call.batches.exists():
        return False
    with transaction.atomic():
        _propose(call)
        table = waiting_in(call, outi)
        if not table.mine or any(one.refusals for one in table.mine):
            return False
        batch = decide_batch(call=call, terms=_terms(call), seen=table.seal, key="demo", by=outi)
        _work(batch)
        send_batch(batch=batch, by=outi)
        _work(batch)
        _pay(call, batch, outi)
    return True


def clear_demo() -> None:
    """Take the decisions with their letters away."""
    batches = DecisionBatch.objects.all()
    decisions = list(DecisionLetter.objects.filter(batch__in=batches).values_list("decision", flat=True))
    Obligation.objects.filter(application__decision__in=decisions).delete()
    PaymentRun.objects.all().delete()
    Payment.objects.filter(decision__in=decisions).delete()
    GrantDecision.objects.filter(pk__in=decisions).delete()
    batches.delete()
    Proposal.objects.all().delete()


def _pay(call: Call, batch: DecisionBatch, by: Account) -> None:
    """Pay the first instalments of three grants; those of the others are in a file that was not paid yet."""
    first = Instalment.objects.filter(decision__letter__batch=batch, number=1)
    keys = list(first.order_by("decision__register_number", "pk").values_list("pk", flat=True))
    today = clock.today()
    paid, filed = keys[:PAID], keys[PAID:]
    if paid:
        run = make_run(call=call, instalments=paid, pay_on=today, key="demo-1", by=by)
        confirm_run(run=run, paid_on=today, by=by)
    if filed:
        make_run(call=call, instalments=filed, pay_on=today + timedelta(days=14), key="demo-2", by=by)


def _work(batch: DecisionBatch) -> None:
    while work_on(batch.pk):
        pass


def _terms(call: Call) -> BatchTerms:
    today, ends = clock.today(), call.ends_on
    return BatchTerms(
        law="municipal",
        decided_on=today,
        signer=SIGNER,
        conditions=CONDITIONS,
        instalments=((Decimal(70), today + timedelta(days=30)), (Decimal(30), None)),
        interim_on=ends - timedelta(days=184) if ends else None,
        final_on=ends + timedelta(days=90) if ends else today + timedelta(days=400),
    )


def _propose(call: Call) -> None:
    """Fix a proposal for each application that has none, within the budget and the bounds of the call."""
    left = call.budget or NOTHING
    left -= sum((one.amount or NOTHING for one in Proposal.objects.filter(application__call=call)), NOTHING)
    waiting = Application.objects.filter(call=call, state=Application.State.SUBMITTED, proposal=None)
    now = clock.now()
    for one in waiting.order_by("submitted_at"):
        most = most_of(call, one)
        amount = min(value for value in (one.applied or NOTHING, most, left) if value is not None)
        amount = amount.quantize(Decimal(1)) if amount >= 1000 else NOTHING
        left -= amount
        outcome = Outcome.REFUSED if not amount else Outcome.GRANTED if amount == one.applied else Outcome.PARTLY
        Proposal(
            application=one,
            outcome=outcome,
            amount=amount or None,
            reasons={"fi": WHY[outcome].fi, "sv": WHY[outcome].sv},
            state=Proposal.State.FIXED,
            changed_at=now,
            fixed_at=now,
        ).save(force_insert=True)
