"""M9, M12 and M13: what each row of money must have besides its sum: words, one way of telling tax, no cents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from luotsi.funding.rules.application import Application
from luotsi.funding.rules.call import Call, Cents, Vat
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Field, Finding, Severity, Value, of, of_call
from luotsi.funding.rules.register import Register


def costs_are_described(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """M9: where the call wants it, a cost above zero has words."""
    for area in application.areas if call.descriptions_needed else ():
        for row in area.costs:
            if row.amount is not None and row.amount > 0 and not row.description.strip():
                field = figures.row_field(area, row)
                where = (field, of(row, "description", *field.names, "@description"))
                yield Finding("M9", "M9.no_words", Severity.WARN, where, row.amount, None, {"sum": row.amount})


def tax_is_told_one_way(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """M12: costs are told with or without value added tax as the call says, and all of them alike."""
    whole = application.vat_included
    field = of(application, "vat_included", "@vat")
    if call.vat is not None:
        where = (field, of_call(call, "vat", "@call", "@vat"))
        wanted = f"@vat.{call.vat}"
        if whole is None:
            yield Finding("M12", "M12.not_told", Severity.WARN, where, None, wanted, {"wanted": wanted})
        elif whole is not (call.vat is Vat.INCLUDED):
            found = _word(whole)
            yield Finding(
                "M12", "M12.otherwise", Severity.WARN, where, found, wanted, {"found": found, "wanted": wanted}
            )
    rows = [(area, row) for area in application.areas for row in area.costs if row.vat_included is not None]
    first = next(iter(rows), None)
    for area, row in rows:
        against = whole if whole is not None or first is None else first[1].vat_included
        if row.vat_included is not against:
            other = field if whole is not None or first is None else figures.row_field(*first, key="vat_included")
            found, wanted = _word(row.vat_included is True), _word(against is True)
            where = (figures.row_field(area, row, "vat_included"), other)
            yield Finding("M12", "M12.mixed", Severity.WARN, where, found, wanted, {"found": found, "wanted": wanted})


def _word(included: bool) -> str:
    return f"@vat.{Vat.INCLUDED if included else Vat.EXCLUDED}"


def sums_are_written_as_asked(
    application: Application, call: Call, register: Register, today: date
) -> Iterator[Finding]:
    """M13: whole euros where the call wants them, never less than a cent, and no more than a field may hold."""
    for field, amount in amounts(application):
        if amount is None:
            continue
        if call.cents is Cents.WHOLE_EUROS and amount != amount.to_integral_value():
            wanted = amount.quantize(figures.EURO)
            where = (field, of_call(call, "cents", "@call", "@cents"))
            yield Finding("M13", "M13.cents", Severity.BLOCK, where, amount, wanted, {"sum": amount, "wanted": wanted})
        elif amount != amount.quantize(figures.CENT):
            where = (field, of_call(call, "cents", "@call", "@cents"))
            params: dict[str, Value] = {"sum": format(amount.normalize(), "f")}
            yield Finding(
                "M13", "M13.below_cent", Severity.BLOCK, where, amount, amount.quantize(figures.CENT), params
            )
        if call.largest_amount is not None and amount > call.largest_amount:
            where = (field, of_call(call, "largest_amount", "@call", "@largest_amount"))
            params = {"sum": amount, "limit": call.largest_amount}
            yield Finding("M13", "M13.too_large", Severity.BLOCK, where, amount, call.largest_amount, params)


def amounts(application: Application) -> Iterator[tuple[Field, Decimal | None]]:
    """Yield every sum of an application with its field."""
    for area in application.areas:
        for row in area.rows:
            field = figures.row_field(area, row)
            yield field, row.amount
            yield from ((of(part, "amount", *field.names, str(part.year)), part.amount) for part in row.by_year)
    for one in application.summaries:
        yield of(one, "amount", "@summary", one.label or one.repeats.area), one.amount
    for stated in application.totals:
        yield of(stated, "amount", stated.label or "@total"), stated.amount
