"""The ledger and the budget of one grant as the rules take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from luotsi.funding.queries.documents import application_document, key_of
from luotsi.funding.queries.in_force import period_of
from luotsi.funding.rules.spending import CostRules, Entry, Vat

if TYPE_CHECKING:
    from luotsi.funding.models import Application, Call

NOTHING = Decimal("0.00")
FIELDS = (
    "number", "voucher", "booked_on", "amount", "cost_class", "account", "cost_centre", "project", "person", "device",
    "currency", "vat", "text",
)  # fmt: skip
VATS = {"included": Vat.ACCEPTED, "excluded": Vat.EXCLUDED}


@dataclass(frozen=True)
class Budget:
    """What a grant may be spent on, in euros by class; by class and year where it is parted by years.

    `is_kept` tells that it was written for the grant; otherwise it is that of the application's form, or empty.
    """

    by_class: Mapping[str, Decimal]
    by_class_and_year: Mapping[tuple[str, int], Decimal]
    is_kept: bool

    @property
    def total(self) -> Decimal | None:
        """The whole budget; None where none is known."""
        return sum(self.by_class.values(), NOTHING) if self.by_class else None

    @property
    def by_year(self) -> dict[int, Decimal]:
        """The sums of years, as far as the budget is parted by them."""
        found: dict[int, Decimal] = {}
        for (_class, year), amount in self.by_class_and_year.items():
            found[year] = found.get(year, NOTHING) + amount
        return found


def entries_of(application: Application) -> tuple[Entry, ...]:
    """Return the ledger of a grant in the order of its numbers; the row of an entry is its number. One query."""
    found = application.ledger_entries.order_by("number").values_list(*FIELDS)
    return tuple(Entry(row=row, **dict(zip(FIELDS[1:], rest, strict=True))) for row, *rest in found)


def budget_of(application: Application) -> Mapping[str, Decimal]:
    """Return the budget of a grant by cost class, in euros; empty where no budget by classes is known."""
    return whole_budget_of(application).by_class


def whole_budget_of(application: Application) -> Budget:
    """Return the budget that was written for the grant, else that of the application's form."""
    rows = [(one.cost_class, one.year, one.amount) for one in application.budget_rows.all()]
    if not rows:
        return _of_form(application)
    by_class: dict[str, Decimal] = {}
    by_year: dict[tuple[str, int], Decimal] = {}
    for cost_class, year, amount in rows:
        by_class[cost_class] = by_class.get(cost_class, NOTHING) + amount
        if year is not None:
            by_year[cost_class, year] = amount
    return Budget(by_class, by_year, is_kept=True)


def _of_form(application: Application) -> Budget:
    """Return the budget of the application's form; a class is parted by years where all its sums have one."""
    by_class: dict[str, Decimal] = {}
    by_year: dict[tuple[str, int], Decimal] = {}
    undivided: set[str] = set()
    areas = application_document(application).data["areas"] if application.response_id is not None else []
    for row in (row for area in areas for row in area.get("costs", []) if row["amount"] is not None):
        key, amount = row["cost_class"], Decimal(row["amount"])
        by_class[key] = by_class.get(key, NOTHING) + amount
        if "year" in row:
            by_year[key, row["year"]] = by_year.get((key, row["year"]), NOTHING) + amount
        else:
            undivided.add(key)
    parted = {place: amount for place, amount in by_year.items() if place[0] not in undivided}
    return Budget(by_class, parted, is_kept=False)


def cost_rules_of(application: Application) -> CostRules:
    """Return what the funder accepts: the period in force, and the classes and tax of the call."""
    call, (starts, ends) = application.call, period_of(application)
    return CostRules(
        period_start=starts,
        period_end=ends,
        classes=_accepted(call),
        vat=VATS.get(str(call.limits.get("vat", "")), Vat.UNSAID),
    )


def _accepted(call: Call) -> frozenset[str] | None:
    """Return the keys of the classes that the call accepts; None where it lists none."""
    if not call.cost_classes:
        return None
    kinds = {one.get("key"): one for one in call.limits.get("cost_classes", []) if isinstance(one, Mapping)}
    keys = [one["code"] for one in call.cost_classes if kinds.get(one["code"], {}).get("eligible", True)]
    return frozenset(key_of(key) for key in keys)
