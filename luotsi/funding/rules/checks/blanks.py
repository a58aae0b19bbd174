"""M8: a field that was left blank beside one of the same role that has a zero: nobody knows whether it means zero."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from luotsi.funding.rules.application import Application, Area, CostRow, FinancingRow
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Finding, Severity
from luotsi.funding.rules.register import Register

type Row = CostRow | FinancingRow


def blank_is_not_zero(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """M8: blank fields of a role that is zero elsewhere, else of any role of the same table."""
    rows = [(area, row) for area in application.areas for row in area.rows]
    zeros: dict[str, tuple[Area, Row]] = {}
    for area, row in rows:
        if row.amount == 0:
            zeros.setdefault(_role(row), (area, row))
            zeros.setdefault(_table(row), (area, row))
    for area, row in rows:
        zero = zeros.get(_role(row)) or zeros.get(_table(row))
        if row.amount is None and zero is not None:
            where = (figures.row_field(area, row), figures.row_field(*zero))
            params = {"blank": where[0].names, "zero": where[1].names}
            yield Finding("M8", "M8.blank_and_zero", Severity.INFO, where, None, figures.ZERO, params)


def _role(row: Row) -> str:
    return f"cost/{row.cost_class}" if isinstance(row, CostRow) else f"financing/{row.kind}"


def _table(row: Row) -> str:
    return "cost" if isinstance(row, CostRow) else "financing"
