"""Sums of an application by the role of its rows, and what fields are called."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from luotsi.funding.rules.application import Application, Area, CostRow, FinancingKind, FinancingRow, Reference, What
from luotsi.funding.rules.call import Call, CostKind
from luotsi.funding.rules.checks.finding import Field, of

ZERO = Decimal(0)
EURO, CENT = Decimal(1), Decimal("0.01")
HUNDRED = Decimal(100)


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of what was given; None, which is not zero, where nothing was."""
    given = [amount for amount in amounts if amount is not None]
    return sum(given, ZERO) if given else None


def costs(area: Area) -> Decimal | None:
    """Return the costs of an area; None where none was given."""
    return total(row.amount for row in area.costs)


def financing(area: Area, kind: FinancingKind | None = None) -> Decimal | None:
    """Return the financing of an area, all of it or that of one kind; None where none was given."""
    return total(row.amount for row in area.financing if kind is None or row.kind is kind)


def of_all(application: Application, kind: FinancingKind) -> Decimal | None:
    """Return the financing of one kind in all areas."""
    return total(financing(area, kind) for area in application.areas)


def what(application: Application, reference: Reference) -> Decimal | None:
    """Return the sum that a summary or a total claims to tell, made of the rows themselves."""
    if reference.what is What.ROW:
        held = application.rows_by_id.get(reference.row)
        return held[1].amount if held is not None else None
    if reference.what is What.SUMMARIES:
        return total(one.amount for one in application.summaries if reference.area in ("", one.repeats.area))
    areas = areas_of(application, reference)
    if reference.what is What.COSTS:
        return total(costs(area) for area in areas)
    if reference.what is What.FINANCING:
        return total(financing(area) for area in areas)
    return total(financing(area, FinancingKind(reference.what)) for area in areas)


def areas_of(application: Application, reference: Reference) -> tuple[Area, ...]:
    """Return the area that a reference means, all of them where it means the whole."""
    if not reference.area:
        return application.areas
    held = application.areas_by_key.get(reference.area)
    return (held,) if held is not None else ()


def side_of(application: Application, reference: Reference) -> Field:
    """Return the field that a reference points to: the one row it means, else the list of them."""
    held = application.rows_by_id.get(reference.row) if reference.what is What.ROW else None
    if held is not None:
        return row_field(*held)
    if reference.what is What.SUMMARIES:
        return of(application, "summaries", "@summaries")
    areas = areas_of(application, reference)
    if len(areas) != 1:
        return of(application, "areas", f"@{reference.what}")
    area = areas[0]
    if reference.what in (What.COSTS, What.FINANCING):
        return of(area, str(reference.what), *area_names(area), f"@{reference.what}")
    rows = [row for row in area.financing if str(row.kind) == str(reference.what)]
    if len(rows) == 1:
        return row_field(area, rows[0])
    return of(area, "financing", *area_names(area), f"@{reference.what}")


def area_names(area: Area) -> tuple[str, ...]:
    """Return what an area is called."""
    return (area.label or area.key,)


def row_field(area: Area, row: CostRow | FinancingRow, key: str = "amount") -> Field:
    """Return the field of a row of costs or financing."""
    word = row.label or (row.cost_class if isinstance(row, CostRow) else f"@{row.kind}")
    return of(row, key, *area_names(area), word)


def row_of(area: Area, kind: FinancingKind) -> Field:
    """Return the field of the first row of a kind, else the financing plan."""
    for row in area.financing:
        if row.kind is kind:
            return row_field(area, row)
    return of(area, "financing", *area_names(area), "@financing")


def costs_field(area: Area) -> Field:
    """Return the field of the budget of an area."""
    return of(area, "costs", *area_names(area), "@costs")


def share(part: Decimal, whole: Decimal) -> Decimal:
    """Return part of whole in per cent, six decimals; the whole is not zero."""
    return (part * HUNDRED / whole).quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)


def kind_of(row: CostRow, call: Call) -> CostKind | None:
    """Return what a row of costs is: by the call's classes, else by a key that is itself a kind."""
    for known in call.cost_classes:
        if known.key == row.cost_class:
            return known.kind
    return next((kind for kind in CostKind if kind == row.cost_class), None)
