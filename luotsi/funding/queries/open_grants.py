"""Grants of own calls as open data: what was granted to which unit for what, without any person."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from luotsi.base.texts import kept
from luotsi.funding.models import GrantDecision
from luotsi.ui.exports import guarded

FORMAT = 1
COLUMNS = (
    "register_number", "call", "call_name", "funder", "applicant", "applicant_kind", "institution_number", "project",
    "applied", "granted", "percent", "total_cost", "own_share", "decided_on", "starts_on", "ends_on",
)  # fmt: skip
LANGUAGE = "fi"


def public_grants() -> Iterator[GrantDecision]:
    """Yield the grants of published calls of which their applicants know, the latest first; two queries."""
    found = GrantDecision.objects.told().filter(
        letter__isnull=False, application__call__published_at__isnull=False, outcome__in=["granted", "partly"]
    )
    along = ("application__unit", "application__call__funder", "application__call__owner")
    yield from found.select_related(*along).order_by("-decided_on", "register_number", "pk")


def grants_json() -> str:
    """Return the open data of grants as JSON; sums are texts of digits in euros, so that no reader rounds them."""
    grants = [_row(one) for one in public_grants()]
    return json.dumps({"format": FORMAT, "grants": grants}, ensure_ascii=False, indent=1)


def grants_csv() -> str:
    """Return the same as CSV (RFC 4180): commas, decimal points, names in Finnish or the language there is."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in public_grants():
        row = _row(one)
        writer.writerow([_cell(row[name]) for name in COLUMNS])
    return buffer.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get(LANGUAGE) or next(iter(value.values()), "")
    return "" if value is None else guarded(str(value))


def _row(one: GrantDecision) -> dict[str, Any]:
    application = one.application
    call, unit = application.call, application.unit
    return {
        "register_number": one.register_number,
        "call": f"{call.owner.key}/{call.slug}",
        "call_name": call.name,
        "funder": call.funder.name,
        "applicant": kept(unit.names),
        "applicant_kind": unit.kind,
        "institution_number": unit.institution_number,
        "project": application.name,
        "applied": _sum(application.applied),
        "granted": _sum(one.granted),
        "percent": _sum(one.percent),
        "total_cost": _sum(one.total),
        "own_share": _sum(one.own_share),
        "decided_on": _day(one.decided_on),
        "starts_on": _day(one.starts_on),
        "ends_on": _day(one.ends_on),
    }


def _sum(value: Any) -> str | None:
    return None if value is None else str(value)


def _day(value: Any) -> str | None:
    return None if value is None else value.isoformat()
