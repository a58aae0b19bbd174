"""The data of a public page as files: states in sums, protected figures, money; each row tells what it is of."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.rules.values import Audience, Mark
from luotsi.programme.queries.documents import published_of
from luotsi.programme.queries.overview import indicators_of, programme_overview
from luotsi.ui.exports import csv_response

if TYPE_CHECKING:
    from luotsi.programme.models import Programme

DATA = {"csv", "json"}
COLUMNS = ("kind", "code", "name", "period", "state", "members", "numerator", "denominator", "value", "unit", "mark")

type Row = dict[str, Any]


def rows_of(programme: Programme, today: date) -> list[Row]:
    """Return everything that the public page tells, a row for each state, figure and line of money."""
    return [*_states(programme, today), *_figures(programme), *_money(programme)]


def _states(programme: Programme, today: date) -> list[Row]:
    overview = programme_overview(None, programme, None, today)
    return [
        {
            "kind": "milestone",
            "code": line.code,
            "name": cell.text.text,
            "period": cell.period,
            "state": cell.state.value,
            "members": ", ".join(f"{state.value} {count}" for state, count in cell.together.counts.items()),
        }
        for block in overview.sections
        for line in block.measures
        for cell in line.cells
    ]


def _figures(programme: Programme) -> list[Row]:
    indicators = {indicator.key: indicator for indicator in indicators_of(programme)}
    figures = figures_of(list(indicators.values()), programme.owner, audience=Audience.PUBLIC)
    found = []
    for cell in figures.cells:
        definition = figures.definition(cell.indicator, cell.version)
        shown = cell.mark is Mark.FIGURE
        found.append(
            {
                "kind": "figure",
                "code": cell.indicator,
                "name": " ".join([indicators[cell.indicator].names.text, *(value for _name, value in cell.split)]),
                "period": cell.period,
                "numerator": cell.numerator if shown else None,
                "denominator": cell.denominator if shown else None,
                "value": cell.value if shown else None,
                "unit": definition.unit_of_measure if definition else "",
                "mark": cell.mark.value,
            }
        )
    return found


def _money(programme: Programme) -> list[Row]:
    return [
        {
            "kind": f"money.{line.kind}",
            "code": line.code,
            "name": line.text.get("fi") or next(iter(line.text.values()), ""),
            "period": line.period,
            "value": line.amount,
            "unit": "EUR",
            "mark": "" if line.amount is not None else "missing",
        }
        for line in programme.budget_lines.all()
    ]


def data_file(programme: Programme, today: date, kind: str) -> HttpResponse:
    """Return the rows as a file of a kind of `DATA`."""
    found = rows_of(programme, today)
    if kind == "csv":
        return csv_response(f"{programme.slug}-data", COLUMNS, [[row.get(name) for name in COLUMNS] for row in found])
    version = published_of(programme)
    told = {
        "programme": programme.key,
        "version": version.number if version else None,
        "sha256": version.sha256 if version else "",
        "as_of": today.isoformat(),
        "rows": found,
    }
    return HttpResponse(json.dumps(told, ensure_ascii=False, default=str), content_type="application/json")
