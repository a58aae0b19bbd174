"""A grant with a ledger, made through the real actions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from luotsi.base import uploads
from luotsi.funding.actions.ledgers import import_ledger, try_ledger
from luotsi.funding.actions.payments import PaymentDetails, add_payment
from luotsi.funding.queries.ledger_files import planned
from luotsi.funding.tests.granting import granted, make_application

if TYPE_CHECKING:
    from luotsi.funding.models import Application, LedgerEntry, LedgerImport, Payment
    from luotsi.people.models import Account, Unit
    from luotsi.people.tests.cast import Cast

CLASSES = [
    {"code": "staff", "fi": "Henkilöstö", "en": "Staff"},
    {"code": "devices", "fi": "Laitteet", "en": "Devices"},
]
SETTINGS: dict[str, Any] = {"classes": {"40": "staff", "45": "devices"}, "is_turned": False}
HEADINGS = "Tosite;Pvm;Tili;Summa;Selite;Henkilö;Laite"
ROWS = (
    "101;30.9.2022;4001;1 000,00;Palkka;Esimerkki Eero;",
    "102;31.10.2022;4001;1 000,00;Palkka;Esimerkki Eero;",
    "201;3.11.2022;4510;700,00;Kone;;SN-1",
    "202;15.7.2022;4510;50,00;Ennen aikaa;;",
    "301;5.1.2023;4990;20,00;Muuta;;",
    "203;1.2.2023;4510;300,00;Kone;;SN-2",
    "204;2.2.2023;4510;-300,00;Oikaisu;;SN-2",
)


def an_upload(*rows: str, headings: str = HEADINGS, name: str = "kirjanpito.csv") -> uploads.Upload:
    """Return rows as an uploaded file."""
    data = "\n".join([headings, *rows]).encode()
    return uploads.Upload(uploads.CSV, name, data, hashlib.sha256(data).hexdigest())


def make_grant(unit: Unit, by: Account | None, **values: Any) -> Application:
    """Return an application of the unit that was granted 30,150 € for August 2022 to July 2024."""
    application = make_application(unit, **{"call_cost_classes": CLASSES, **values}).application
    granted(application, by)
    application.refresh_from_db()
    return application


def tried(application: Application, by: Account | None, *rows: str, **settings: Any) -> LedgerImport:
    """Return the dry run of rows."""
    return try_ledger(
        application=application, upload=an_upload(*(rows or ROWS)), settings={**SETTINGS, **settings}, by=by
    )


def imported(application: Application, by: Account | None, *rows: str, **settings: Any) -> LedgerImport:
    """Return the import of rows, done."""
    found = tried(application, by, *rows, **settings)
    return import_ledger(found=found, expected=len(planned(found).new), by=by)


@dataclass(frozen=True)
class Spent:
    """A grant of the school with a ledger, a dry run that waits and a payment."""

    application: Application
    entry: LedgerEntry
    done: LedgerImport
    waiting: LedgerImport
    payment: Payment

    def arguments(self, name: str) -> dict[str, Any]:
        """Return what an address with the name needs besides its unit."""
        if name == "funding:list-doubles":
            return {}
        given: dict[str, Any] = {"pk": self.application.pk}
        if name.endswith(("-ledger-import", "-ledger-faults")):
            given["found"] = self.done.pk if name.endswith("undo-ledger-import") else self.waiting.pk
        if name == "funding:rule-entry":
            given["entry"] = self.entry.pk
        if name in {"funding:edit-payment", "funding:remove-payment"}:
            given["payment"] = self.payment.pk
        return given

    @property
    def values(self) -> dict[str, Any]:
        """What the addresses of pages name."""
        return {
            "spent": self.application.pk,
            "spent_entry": self.entry.pk,
            "spent_done": self.done.pk,
            "spent_waiting": self.waiting.pk,
            "spent_payment": self.payment.pk,
        }


def make_spent(cast: Cast) -> Spent:
    """Let finance do everything once."""
    application = make_grant(cast.school, cast.eeva)
    done = imported(application, cast.eeva)
    waiting = tried(application, cast.eeva, ROWS[0], "103;x;4001;1 000,00;Palkka;;", "104;1.12.2022;4001;5,00;Uusi;;")
    details = PaymentDetails(amount=Decimal(20000), received_on=date(2022, 9, 3), number=1, reference="RF 18")
    payment = add_payment(decision=application.decision, details=details, by=cast.eeva)
    entry = application.ledger_entries.get(voucher="201")
    imported(make_grant(cast.school, cast.eeva), cast.eeva, ROWS[2])
    return Spent(application, entry, done, waiting, payment)
