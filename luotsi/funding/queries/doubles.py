"""The same cost, person or device in two grants of a unit, with the entries of each side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from luotsi.base.names import Names
from luotsi.funding.access import applications_visible_to
from luotsi.funding.models import LedgerEntry
from luotsi.funding.queries.ledger import FIELDS
from luotsi.funding.rules.spending import Charge, Double, Entry, doubles, shared_persons

if TYPE_CHECKING:
    from luotsi.funding.models import Application
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

# What may be in two grants, and which of its entries are looked at.
ABOUT = ("voucher", "person", "device")


@dataclass(frozen=True)
class Side:
    """One grant of a finding: its entries in few words, and where they are."""

    names: Names
    url: str
    count: int
    amount: Decimal
    first: date | None
    last: date | None
    text: str


@dataclass(frozen=True)
class DoubleRow:
    """One finding with its sides."""

    kind: str
    key: str
    amount: Decimal | None
    is_same_day: bool
    first: date | None
    sides: tuple[Side, ...]


def doubles_of(visitor: Visitor, scope: Unit, application: Application | None = None) -> list[Double]:
    """Return what is in two of the grants that the visitor sees at the unit; with `application`, what touches it.

    Two queries, however many grants and entries there are: only what stands in two grants is fetched.
    """
    seen = applications_visible_to(visitor, scope).granted()
    charges = _charges(set(seen.order_by().values_list("pk", flat=True)))
    found = [*doubles(charges), *shared_persons(charges)]
    if application is not None:
        found = [one for one in found if str(application.pk) in one.grants]
    return found


def _charges(grants: set[UUID]) -> list[Charge]:
    """Return the entries of vouchers, persons and devices that stand in two of the grants."""
    if len(grants) < 2:
        return []
    entries = LedgerEntry.objects.filter(application__in=grants)
    wanted = Q(pk__in=[])
    for name in ABOUT:
        twice = (
            entries.exclude(**{name: ""})
            .order_by()
            .values(name)
            .annotate(grants=Count("application", distinct=True))
            .filter(grants__gt=1)
        )
        wanted |= Q(**{f"{name}__in": twice.values(name)})
    rows = entries.filter(wanted).order_by("application", "number").values_list("application", *FIELDS)
    return [
        Charge(grant=str(grant), entry=Entry(row=row, **dict(zip(FIELDS[1:], rest, strict=True))))
        for grant, row, *rest in rows
    ]


def double_rows(visitor: Visitor, scope: Unit) -> list[DoubleRow]:
    """Return the findings of a unit as its page shows them, the largest sums first."""
    found = doubles_of(visitor, scope)
    grants = {key for one in found for key in one.grants}
    seen = applications_visible_to(visitor, scope).filter(pk__in=grants)
    names = {str(one.pk): one.names for one in seen}
    rows = [
        DoubleRow(one.kind, one.key, one.amount, one.is_same_day, one.first, tuple(_sides(one, scope, names)))
        for one in found
    ]
    return sorted(rows, key=lambda row: (-(row.amount or Decimal(0)), row.kind, row.key, str(row.first)))


def _sides(one: Double, scope: Unit, names: Mapping[str, Names]) -> Iterator[Side]:
    for grant in one.grants:
        entries = [charge.entry for charge in one.charges if charge.grant == grant]
        days = [entry.booked_on for entry in entries if entry.booked_on]
        yield Side(
            names=names[grant],
            url=f"{reverse('funding:list-entries', args=[scope.key, grant])}?{urlencode({'q': one.key})}",
            count=len(entries),
            amount=sum((entry.amount for entry in entries), Decimal("0.00")),
            first=min(days, default=None),
            last=max(days, default=None),
            text=next((entry.text for entry in entries if entry.text), ""),
        )
