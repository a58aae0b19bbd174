"""The room's third part of the demo: the ledger of the grant that runs, and of a small one beside it.

The school, the persons and every booking are invented. The ledger comes as files, as it does in use, with what ledgers
have: a correction, a row booked twice, one in another currency, one before the period, a row of totals.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.base import clock, uploads
from luotsi.base.names import Names
from luotsi.funding.actions.applications import ApplicationDetails, Handing, begin_application, submit_application
from luotsi.funding.actions.calls import CallDetails, add_call, change_call, details_of
from luotsi.funding.actions.decisions import DecisionDetails, record_decision
from luotsi.funding.actions.demo.grants import NETWORK
from luotsi.funding.actions.ledgers import import_ledger, try_ledger
from luotsi.funding.actions.payments import PaymentDetails, add_payment
from luotsi.funding.actions.spending import RulingDetails, rule_entry, write_budget
from luotsi.funding.models import Application, BudgetRow, LedgerEntry, LedgerImport, Payment
from luotsi.funding.queries.ledger_files import planned
from luotsi.people.models import Account

if TYPE_CHECKING:
    from luotsi.people.models import Unit

CLASSES = (
    {"code": "personnel", "fi": "Henkilöstö", "sv": "Personal", "en": "Personnel"},
    {"code": "equipment", "fi": "Laitteet", "sv": "Utrustning", "en": "Equipment"},
    {"code": "services", "fi": "Palvelut", "sv": "Tjänster", "en": "Services"},
    {"code": "travel", "fi": "Matkat", "sv": "Resor", "en": "Travel"},
)
TRANSFERS_STATED = "Rahoituspäätöksen ehdot, kohta 4"
SETTINGS = {
    "classes": {"40": "personnel", "41": "personnel", "43": "services", "45": "equipment", "48": "travel"},
    "is_turned": False,
}
HEADINGS = "Tosite;Pvm;Tili;Summa;Valuutta;Selite;Kustannuspaikka;Projekti;Henkilö;Laite"
PARTS = {"personnel": (4000, 11000, 9000), "equipment": (6000, 8000, None), "services": (1500, 4000, 2500)}
PIECE = "SN-ESIM-0042"


def load_demo() -> bool:
    """Add budget, ledger and payments; return False when they are there, or the grant of the demo is not."""
    application = Application.objects.granted().filter(name__fi=NETWORK.fi).first()
    if application is None or LedgerImport.objects.exists():
        return False
    by = Account.objects.filter(email="eeva@luotsi.example").first()
    with transaction.atomic():
        details = replace(
            details_of(application.call),
            cost_classes=CLASSES,
            transfer_percent=Decimal(10),
            transfer_source=TRANSFERS_STATED,
        )
        change_call(call=application.call, details=details, by=by)
        first = application.decision.starts_on or clock.today()
        _budget(application, first.year, by)
        _ledger(application, "Kirjanpito_4100.csv", list(_rows(first)), by)
        _rule(application, by)
        received = PaymentDetails(
            amount=Decimal(24000), received_on=first + timedelta(days=33), number=1, reference="ESIM 2025 4411"
        )
        add_payment(decision=application.decision, details=received, by=by)
        _beside(application.unit, first, by)
    return True


@transaction.atomic
def clear_demo() -> None:
    """Take away every budget, ledger and payment."""
    for model in (Payment, LedgerEntry, LedgerImport, BudgetRow):
        model._default_manager.all().delete()


def _budget(application: Application, year: int, by: Account | None) -> None:
    budget: dict[tuple[str, int | None], Decimal] = {
        (key, year + place): Decimal(amount)
        for key, amounts in PARTS.items()
        for place, amount in enumerate(amounts)
        if amount is not None
    }
    write_budget(application=application, budget={**budget, ("travel", None): Decimal(4000)}, by=by)


def _rows(first: date) -> Iterator[str]:
    """Yield the bookings from before the first day of use until now."""
    today = clock.today()
    before = first - timedelta(days=12)
    yield _row(9001, before, 4300, "640,00", "Suunnitteluseminaari ennen hankkeen alkua")
    number, at = 20001, date(first.year, first.month, 25)
    while at <= today:
        for person, amount in (("Esimerkki Eero", "742,35"), ("Malli Maija", "318,20")):
            yield _row(number, at, 4001, amount, "Palkka, kokeilujen ohjaus", person=person)
            number += 1
        yield _row(number, at, 4111, "187,60", "Sivukulut")
        number += 1
        at = date(at.year + at.month // 12, at.month % 12 + 1, 25)
    bought = first + timedelta(days=40)
    for place in range(12):
        device = PIECE if place == 0 else f"SN-ESIM-{place + 100:04}"
        yield _row(30001 + place, bought + timedelta(days=place), 4510, "1249,00", "Lainakone", device=device)
    yield _row(30020, bought + timedelta(days=200), 4520, "2480,00", "Kuvausvälineet")
    yield _row(31001, bought + timedelta(days=60), 4310, "1850,00", "Koulutuspäivä")
    yield _row(31002, bought + timedelta(days=61), 4310, "950,00", "Verkkoalusta, vuosimaksu")
    yield _row(31002, bought + timedelta(days=61), 4310, "950,00", "Verkkoalusta, vuosimaksu")
    yield _row(31003, bought + timedelta(days=90), 4310, "420,00", "Tulkkaus, väärä hanke")
    yield _row(31004, bought + timedelta(days=97), 4310, "-420,00", "Oikaisu tositteeseen 31003")
    yield _row(32001, bought + timedelta(days=70), 4800, "312,40", "Junaliput, verkoston tapaaminen")
    yield _row(32002, bought + timedelta(days=71), 4800, "4200,00", "Hotell, studiebesök", currency="SEK")
    yield _row(32003, bought + timedelta(days=150), 4800, "146,00", "Illallinen vieraille")
    yield _row(33001, bought + timedelta(days=120), 4990, "89,90", "Muut kulut")
    yield ";;;;;;;;;"
    yield "Yhteensä;;;39999,00;;;;;;"


def _row(
    voucher: int,
    on: date,
    account: int,
    amount: str,
    text: str,
    *,
    person: str = "",
    device: str = "",
    currency: str = "EUR",
) -> str:
    day = f"{on.day}.{on.month}.{on.year}"
    return f"{voucher};{day};{account};{amount};{currency};{text};4100;ESIM12;{person};{device}"


def _ledger(application: Application, filename: str, rows: list[str], by: Account | None) -> None:
    """Send a file in as a person does: a dry run first, then what is new."""
    data = "\n".join([HEADINGS, *rows]).encode()
    upload = uploads.Upload(uploads.CSV, filename, data, hashlib.sha256(data).hexdigest())
    found = try_ledger(application=application, upload=upload, settings=SETTINGS, by=by)
    import_ledger(found=found, expected=len(planned(found).new), by=by)


def _rule(application: Application, by: Account | None) -> None:
    """A person finds what no rule can: a dinner is no journey."""
    entry = LedgerEntry.objects.get(application=application, voucher="32003")
    details = RulingDetails(
        ruling="refused", reason="Edustuskulu: rahasto ei hyväksy tarjoiluja.", cost_class=entry.cost_class
    )
    rule_entry(entry=entry, details=details, by=by)


def _beside(school: Unit, first: date, by: Account | None) -> None:
    """A small grant of another fund, on whose ledger the first device stands once more."""
    call = add_call(
        owner=school.parent or school,
        details=CallDetails(
            name=Names(fi="Laitteet lainaan", sv="Utrustning till låns", en="Devices on loan"),
            funder=Names(fi="Esimerkkisäätiö", sv="Exempelstiftelsen", en="Example Foundation"),
            register_number="SÄÄTIÖ-7",
            closes_on=first - timedelta(days=30),
            cost_classes=CLASSES[1:2],
        ),
        by=by,
    )
    application = begin_application(
        call=call,
        unit=school,
        details=ApplicationDetails(
            name=Names(fi="Laitelainaamo", sv="Apparatlånet", en="Device library"),
            applied=Decimal(3000),
            own_share=Decimal(0),
            total=Decimal(3000),
            starts_on=first,
            ends_on=date(first.year + 1, 12, 31),
        ),
        on_form=False,
        by=by,
    )
    handing = Handing(at=clock.now() - timedelta(days=500), register_number="SÄÄTIÖ-7/31")
    submit_application(application=application, handing=handing, form=None, by=by)
    decision = DecisionDetails(
        outcome="granted",
        granted=Decimal(3000),
        register_number="SÄÄTIÖ-7/31",
        decided_on=first - timedelta(days=3),
        starts_on=first,
        ends_on=date(first.year + 1, 12, 31),
    )
    record_decision(application=application, details=decision, by=by)
    application.refresh_from_db()
    rows = [
        _row(30001, first + timedelta(days=40), 4510, "1249,00", "Lainakone", device=PIECE),
        _row(40001, first + timedelta(days=52), 4510, "1189,00", "Lainakone", device="SN-ESIM-0900"),
    ]
    _ledger(application, "Kirjanpito_4200.csv", rows, by)
