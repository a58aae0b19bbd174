"""The entries of a grant as a list: each with what of it is eligible and why, narrowed and sorted as asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.funding.queries.cost_classes import class_words
from luotsi.funding.queries.ledger_words import ELIGIBILITY, about_class
from luotsi.funding.queries.spending import judged_of
from luotsi.funding.queries.spending_pages import NO_CLASS, NO_YEAR
from luotsi.funding.rules.rights import Right
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from luotsi.funding.access import Held
    from luotsi.funding.models import LedgerEntry
    from luotsi.funding.rules.spending import Verdict
    from luotsi.people.models import Unit
    from luotsi.ui.lists import Ask

ORDER: dict[str, Callable[[Verdict], Any]] = {
    "number": lambda one: one.entry.row,
    "day": lambda one: (one.entry.booked_on or date.min, one.entry.row),
    "voucher": lambda one: (one.entry.voucher, one.entry.row),
    "class": lambda one: (one.entry.cost_class, one.entry.row),
    "account": lambda one: (one.entry.account, one.entry.row),
    "text": lambda one: (one.entry.text.casefold(), one.entry.row),
    "amount": lambda one: (one.entry.amount, one.entry.row),
    "eligible": lambda one: (one.eligible, one.entry.row),
}


@dataclass(frozen=True)
class EntryRow:
    """One entry as it is listed; `rule_url` "" for those who may not decide about it."""

    number: int
    booked_on: date | None
    voucher: str
    cost_class: str
    account: str
    text: str
    person: str
    device: str
    amount: Decimal
    currency: str
    eligible: Decimal
    mark: str
    word: str
    why: str
    rule_url: str


@dataclass(frozen=True)
class Entries:
    """The entries that were asked for, with what all of them add up to in euros."""

    rows: Rows
    total: Decimal
    eligible: Decimal


def entries_listed(held: Held, scope: Unit, ask: Ask) -> Entries:
    """Return the entries of a grant that fit; the rules judge all of them, so they are sorted here. Three queries."""
    application = held.application
    found, _rules = judged_of(application)
    fitting = [one for one in found.verdicts if _fits(one, ask.filters)]
    fitting.sort(key=ORDER[ask.sort], reverse=ask.descending)
    end = None if ask.limit is None else ask.offset + ask.limit
    shown = fitting[ask.offset : end]
    names = class_words(application.call, {one.entry.cost_class for one in shown})
    keys = _keys(held, shown)
    rows = [_row(one, names, _url(held, scope, keys, one)) for one in shown]
    euros = [one for one in fitting if one.entry.currency == "EUR"]
    return Entries(
        Rows(rows, len(fitting)),
        sum((one.entry.amount for one in euros), Decimal("0.00")),
        sum((one.eligible for one in euros), Decimal("0.00")),
    )


def _keys(held: Held, shown: Iterable[Verdict]) -> Mapping[int, Any]:
    """Return the keys of entries by their numbers, for those who may decide about them."""
    if not held.may(Right.SPEND):
        return {}
    numbers = [one.entry.row for one in shown]
    if len(numbers) > MOST_LINKED:  # a file has no links
        return {}
    return dict(held.application.ledger_entries.filter(number__in=numbers).order_by().values_list("number", "pk"))


MOST_LINKED = 500


def _url(held: Held, scope: Unit, keys: Mapping[int, Any], one: Verdict) -> str:
    pk = keys.get(one.entry.row)
    return reverse("funding:rule-entry", args=[scope.key, held.application.pk, pk]) if pk else ""


def _fits(one: Verdict, asked: Mapping[str, Any]) -> bool:
    entry = one.entry
    if (key := asked.get("cost_class")) and entry.cost_class != ("" if key == NO_CLASS else key):
        return False
    if (year := asked.get("year")) and str(entry.booked_on.year if entry.booked_on else NO_YEAR) != year:
        return False
    if (state := asked.get("state")) and state != state_of(one):
        return False
    if (why := asked.get("why")) and (not one.reasons or one.reasons[0].code != why):
        return False
    if text := str(asked.get("q") or "").casefold():
        told = (entry.voucher, entry.text, entry.account, entry.person, entry.device, entry.project)
        return any(text in part.casefold() for part in told)
    return True


def state_of(one: Verdict) -> str:
    """Return whether an entry is eligible: `whole`, `part` or `none`."""
    if one.eligible == one.entry.amount and one.entry.currency == "EUR":
        return "whole"
    return "part" if one.eligible else "none"


def state_words(one: Verdict) -> tuple[str, str]:
    """Return the mark and the word of whether an entry is eligible."""
    return {
        "whole": ("ok", _("Eligible")),
        "part": ("risk", _("Eligible in part")),
        "none": ("bad", _("Not eligible")),
    }[state_of(one)]


def why_words(one: Verdict, names: Mapping[str, str]) -> str:
    """Return why an entry is not eligible in whole, or why a person says that it is."""
    return " ".join(about_class(reason, ELIGIBILITY, names) for reason in one.reasons)


def _row(one: Verdict, names: Mapping[str, str], url: str) -> EntryRow:
    entry = one.entry
    mark, word = state_words(one)
    return EntryRow(
        number=entry.row,
        booked_on=entry.booked_on,
        voucher=entry.voucher,
        cost_class=names.get(entry.cost_class, entry.cost_class),
        account=entry.account,
        text=entry.text,
        person=entry.person,
        device=entry.device,
        amount=entry.amount,
        currency=entry.currency,
        eligible=one.eligible,
        mark=mark,
        word=word,
        why=why_words(one, names),
        rule_url=url,
    )


@dataclass(frozen=True)
class EntryPage:
    """One entry with all that the ledger says of it, and what the rules say."""

    entry: LedgerEntry
    cost_class: str
    eligible: Decimal
    mark: str
    word: str
    why: str


def entry_page(held: Held, entry: LedgerEntry) -> EntryPage:
    """Return one entry judged among all of its grant: whether it repeats another depends on them."""
    found, _rules = judged_of(held.application)
    verdict = next(one for one in found.verdicts if one.entry.row == entry.number)
    names = class_words(held.application.call, {entry.cost_class})
    mark, word = state_words(verdict)
    return EntryPage(entry, names[entry.cost_class], verdict.eligible, mark, word, why_words(verdict, names))
