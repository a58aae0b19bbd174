"""The addresses under /api/v1/."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import NinjaAPI, Query
from ninja.errors import HttpError

from luotsi.base.periods import NotAPeriod
from luotsi.indicators import access
from luotsi.indicators.api.keys import RATE, ByKey, Key, opened_by
from luotsi.indicators.api.shapes import (
    Asked,
    ColumnOut,
    FigureOut,
    FiguresOut,
    IndicatorOut,
    TableOut,
    languages,
    plain,
)
from luotsi.indicators.queries.api_figures import TooManyFigures, addressed, indicators_at, series_asked
from luotsi.indicators.queries.fact_export import TooManyRows, columns_of, export_of
from luotsi.indicators.queries.fact_files import CONTENT_TYPES, file_of
from luotsi.indicators.queries.offered import is_row_by_row, tables_offered
from luotsi.indicators.queries.telling import period_of, split_of
from luotsi.indicators.rules.tokens import TokenScope

if TYPE_CHECKING:
    from luotsi.indicators.api.keys import ProgramRequest
    from luotsi.indicators.queries.api_figures import Addressed

KINDS = ("csv", "json", "parquet", "xlsx")

api = NinjaAPI(
    title="Luotsi",
    version="1",
    description="Fact tables and figures of a unit, protected as on the pages. Ask with the key of a program.",
    auth=Key(),
    throttle=[ByKey(RATE)],
    docs_url=None,  # the page of the library takes its scripts from another site; the description itself is served
    urls_namespace="api",
)


@api.get("tables", response=list[TableOut], url_name="list-tables", summary="Tables that can be read")
def list_tables(request: ProgramRequest) -> list[TableOut]:
    """Return the tables with their columns; the address of a file stays the same from day to day."""
    opened_by(request, TokenScope.FACTS)
    return [
        TableOut(
            key=table.key,
            title=str(table.title),
            about=str(table.about),
            policy=table.policy,
            counts=not is_row_by_row(table),
            columns=[ColumnOut(**vars(column)) for column in columns_of(table)],
            files={kind: reverse("api:read-table", args=[table.key, kind]) for kind in KINDS},
        )
        for table in tables_offered().values()
    ]


@api.get("tables/{str:key}.{str:kind}", url_name="read-table", summary="One table as a file")
def read_table(request: ProgramRequest, key: str, kind: str, unit: str = "") -> HttpResponse:
    """Return a table at a unit as csv, json, parquet or xlsx; unchanged since the answer's ETag: 304."""
    token = opened_by(request, TokenScope.FACTS)
    if key not in tables_offered() or kind not in KINDS:
        raise Http404
    try:
        export = export_of(key, access.unit_of_token(token, unit))
    except TooManyRows:
        raise HttpError(413, "The table has too many rows for one answer. Ask for a unit below.") from None
    tag = f'"{export.stamp}"'
    if not export.counts and request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    response = HttpResponse(file_of(export, kind), content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{key}.{kind}"'
    response["Cache-Control"] = "private, no-cache"
    if not export.counts:
        response["ETag"] = tag
    return response


@api.get("indicators", response=list[IndicatorOut], url_name="list-indicators", summary="Indicators that are followed")
def list_indicators(request: ProgramRequest, unit: str = "") -> list[IndicatorOut]:
    """Return the indicators that are followed at a unit, by default that of the key."""
    token = opened_by(request, TokenScope.FIGURES)
    found = indicators_at(access.indicators_of_token(token, access.unit_of_token(token, unit)))
    return [
        IndicatorOut(
            key=indicator.key,
            code=indicator.code,
            name=languages(indicator.name),
            version=definition.version,
            unit_of_measure=definition.unit_of_measure,
            direction=definition.direction,
            rollup=definition.rollup,
            policy=definition.policy,
            period_kind=definition.period_kind,
            dimensions=definition.dimensions,
            numerator=languages(definition.numerator),
            denominator=languages(definition.denominator),
            population=languages(definition.population),
            figures=reverse("api:read-figures", args=[indicator.key]),
        )
        for indicator, definition in found
    ]


@api.get(
    "indicators/{str:key}/figures", response=FiguresOut, url_name="read-figures", summary="Figures of an indicator"
)
def read_figures(request: ProgramRequest, key: str, asked: Query[Asked]) -> FiguresOut:
    """Return protected figures of a unit.

    Without `split` only totals; those of different versions of the definition are not to be joined.
    """
    token = opened_by(request, TokenScope.FIGURES)
    place = access.unit_of_token(token, asked.unit)
    indicator = access.indicator_of_token(token, place, key)
    try:
        found = series_asked(
            indicator, place, since=asked.since, until=asked.until, split=_split(asked.split), below=asked.below
        )
    except NotAPeriod as error:
        raise HttpError(400, str(error)) from None
    except TooManyFigures:
        raise HttpError(413, "There are too many figures for one answer. Ask for fewer periods or units.") from None
    return FiguresOut(
        indicator=key, unit=place.key, policy=found.policy, figures=[_figure(one) for one in addressed(found)]
    )


def _split(text: str) -> dict[str, str] | None:
    """Return the split asked for; None for all."""
    return None if text == "all" else split_of(text)


def _figure(one: Addressed) -> FigureOut:
    cell, period = one.cell, period_of(one.cell.period)
    return FigureOut(
        unit=one.unit,
        period=cell.period,
        first_day=period.start,
        last_day=period.end,
        split=dict(cell.split),
        version=cell.version,
        numerator=plain(cell.numerator),
        denominator=plain(cell.denominator),
        value=plain(cell.value),
        approximate=cell.approximate,
        mark=str(cell.mark),
        reporting=cell.reporting,
        expected=cell.expected,
    )


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say in JSON that there is no such thing, or none that the key opens."""
    body: dict[str, Any] = {"detail": str(error) or "There is nothing here, or the key does not open it."}
    return api.create_response(request, body, status=404)
