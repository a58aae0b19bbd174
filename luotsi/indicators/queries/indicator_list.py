"""The indicators that are followed at a unit, each in small, filtered and ordered."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from luotsi.indicators import access
from luotsi.indicators.queries.minis import Mini, mini_of
from luotsi.indicators.queries.outlook import outlooks_of
from luotsi.ui.lists import Ask, Rows

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.indicators.queries.outlook import Outlook
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

URGENCY = ("late", "risk", "none", "ok", "done")
RETIRED = "retired"


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator in the list; `owner` None = everybody's."""

    mini: Mini
    code: str
    owner: Names | None
    value: Decimal | None
    target: Decimal | None
    retired: bool


def indicators_listed(visitor: Visitor, scope: Unit, ask: Ask) -> Rows:
    """Return the indicators followed at the unit as asked; the queries do not grow with their number."""
    found = access.indicators_visible_to(visitor, scope)
    state = ask.filters.get("state", "")
    found = found.exclude(retired_on=None) if state == RETIRED else found.in_use()
    if owner := ask.filters.get("owner"):
        found = found.filter(owner=None) if owner == "all" else found.filter(owner__key=owner)
    rows = [row_of(outlook, scope) for outlook in outlooks_of(list(found), scope)]
    if state and state != RETIRED:
        rows = [row for row in rows if row.mini.said.mark == state]
    if text := str(ask.filters.get("q", "")).casefold():
        rows = [row for row in rows if text in f"{row.mini.names.text} {row.code}".casefold()]
    rows.sort(key=lambda row: row.mini.names.text.casefold())
    rows.sort(key=lambda row: order_of(row, ask.sort), reverse=ask.descending)
    end = None if ask.limit is None else ask.offset + ask.limit
    return Rows(rows[ask.offset : end], len(rows))


def row_of(outlook: Outlook, scope: Unit) -> IndicatorRow:
    """Return one indicator as a row of the list."""
    last = outlook.latest
    owner = outlook.indicator.owner
    return IndicatorRow(
        mini=mini_of(outlook, scope.key),
        code=outlook.indicator.code,
        owner=owner.names if owner else None,
        value=last.value if last else None,
        target=outlook.path.value if outlook.path else None,
        retired=outlook.indicator.retired_on is not None,
    )


def order_of(row: IndicatorRow, sort: str) -> tuple[int, str]:
    """Return by what a row is ordered; the most urgent verdict first."""
    match sort:
        case "state":
            return URGENCY.index(row.mini.said.mark), ""
        case "owner":
            return 0, row.owner.text.casefold() if row.owner else ""
    return 0, row.mini.names.text.casefold()
