"""Which column of a ledger export is which, by its heading in Finnish, Swedish or English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from luotsi.funding.rules.because import Because, because


class Column(StrEnum):
    """What a column holds."""

    VOUCHER = "voucher"
    DAY = "day"
    AMOUNT = "amount"
    DEBIT = "debit"
    CREDIT = "credit"
    ACCOUNT = "account"
    ACCOUNT_NAME = "account_name"
    TEXT = "text"
    COST_CENTRE = "cost_centre"
    PROJECT = "project"
    COST_CLASS = "cost_class"
    CURRENCY = "currency"
    VAT = "vat"
    PERSON = "person"
    DEVICE = "device"


# Headings as `_folded` writes them; the first column that has one of them is taken, exact ones before beginnings.
_HEADINGS = {
    Column.VOUCHER: "tosite tositenro tositenumero tositeno tositetunnus tositteennumero verifikat verifikatnr"
    " verifikationsnummer verifikationnr ver vernr voucher voucherno vouchernumber documentno documentnumber",
    Column.DAY: "pvm paivamaara kirjauspvm kirjauspaiva kirjauspaivamaara tositepvm tositepaiva tilioimispvm"
    " tapahtumapvm datum bokforingsdatum bokforingsdag verifikatdatum date bookedon bookingdate postingdate"
    " transactiondate",
    Column.AMOUNT: "summa maara rahamaara euro eur euroa summaeur summaeuroa kirjausmaara netto belopp summabelopp"
    " amount amounteur sum value",
    Column.DEBIT: "debet debeteur debit debeteuroa",
    Column.CREDIT: "kredit krediteur credit krediteuroa",
    Column.ACCOUNT: "tili tilinro tilinumero tilino kirjanpidontili paakirjatili konto kontonr kontonummer account"
    " accountno accountnumber glaccount",
    Column.ACCOUNT_NAME: "tilinnimi tilinimi kontonamn accountname kontobenamning",
    Column.TEXT: "selite kirjausselite selitys teksti kuvaus viesti text forklaring beskrivning bokforingstext"
    " description explanation narrative memo",
    Column.COST_CENTRE: "kustannuspaikka kp kustpaikka kustannuspaikkanro kostnadsstalle kst costcentre costcenter",
    Column.PROJECT: "projekti projektinro projektikoodi hanke hankenro hankekoodi toiminto projekt projektnr"
    " projektkod project projectcode projectno",
    Column.COST_CLASS: "kustannuslaji menolaji menoluokka kululuokka kustannusluokka kostnadsslag utgiftsslag"
    " costclass"
    " costtype category",
    Column.CURRENCY: "valuutta valuuttakoodi valuta valutakod currency currencycode",
    Column.VAT: "alv alvmaara alveur vero veronmaara arvonlisavero moms momsbelopp momseur vat vatamount",
    Column.PERSON: "henkilo henkilotunniste henkilonro palkansaaja person personnr personid"
    " employee employeeid anstalld",
    Column.DEVICE: "laite laitetunniste laitenro sarjanumero inventaarionro utrustning serienummer"
    " inventarienummer device"
    " deviceid serialnumber asset assetid",
}
_KNOWN = {heading: column for column, headings in _HEADINGS.items() for heading in headings.split()}
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_LONGEST = 200
_LEAST_BEGINNING = 5


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Where each column is (0 = the first), what was passed over, and what is missing.

    Reasons: `no_voucher_column`, `no_day_column`, `no_amount_column`; `two_columns` about the kind (taken, passed: the
    headings).
    """

    places: dict[Column, int]
    reasons: tuple[Because, ...] = ()

    @property
    def can_be_read(self) -> bool:
        """True when there are days and sums; a ledger without vouchers can be read and says so of itself."""
        has_amount = Column.AMOUNT in self.places or {Column.DEBIT, Column.CREDIT} <= self.places.keys()
        return has_amount and Column.DAY in self.places


def columns_of(header: Sequence[str]) -> Columns:
    """Return which column is which, by the headings."""
    places: dict[Column, int] = {}
    reasons = []
    folded = [_folded(heading) for heading in header]
    for is_exact in (True, False):
        for place, heading in enumerate(folded):
            kind = _KNOWN.get(heading) if is_exact else _by_beginning(heading)
            if kind is None or (not is_exact and heading in _KNOWN) or place in places.values():
                continue
            if kind not in places:
                places[kind] = place
            elif is_exact:
                reasons.append(because("two_columns", kind, taken=header[places[kind]], passed=header[place]))
    found = Columns(places=places)
    if Column.VOUCHER not in places:
        reasons.append(because("no_voucher_column"))
    if Column.DAY not in places:
        reasons.append(because("no_day_column"))
    if not found.can_be_read and Column.DAY in places:
        reasons.append(because("no_amount_column"))
    return Columns(places=places, reasons=tuple(reasons))


def known_heading(heading: str) -> bool:
    """Return True when a heading says what its column holds."""
    folded = _folded(heading)
    return folded in _KNOWN or _by_beginning(folded) is not None


def _folded(heading: str) -> str:
    """Return a heading in small letters and figures only: "Tilin nro" and "TILIN_NRO" are one."""
    plain = unicodedata.normalize("NFKD", heading[:_LONGEST].lower())
    return _NOT_LETTERS.sub("", plain)


def _by_beginning(heading: str) -> Column | None:
    """Return the kind of the longest known heading with which this one begins: "summa € (netto)"."""
    fits = [known for known in _KNOWN if len(known) >= _LEAST_BEGINNING and heading.startswith(known)]
    return _KNOWN[max(fits, key=len)] if fits else None
