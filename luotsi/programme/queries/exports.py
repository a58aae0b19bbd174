"""A plan on its way out: the document of a version, joined with what has happened to findings, money and decisions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.rows import LISTS, item_of
from luotsi.programme.queries.taking_in import codes_of_indicators

if TYPE_CHECKING:
    from luotsi.programme.models import PlanVersion, Programme
    from luotsi.programme.rules.plan import Plan


def live_plan(programme: Programme, version: PlanVersion | None = None, *, draft: bool = False) -> Plan:
    """Return the plan of a version with findings, money and decisions as they stand now. Four queries.

    Those of the document come first, in its order; those that were added beside it follow by code.
    """
    plan = plan_of(programme, version, draft=draft)
    codes = codes_of_indicators(programme, plan)
    joined: dict[str, Any] = {}
    for name, model in LISTS.items():
        order = {item.code: place for place, item in enumerate(getattr(plan, name))}
        rows = sorted(
            model.objects.filter(programme=programme),
            key=lambda row, order=order: (order.get(row.code, len(order)), row.code),
        )
        joined[name] = tuple(item_of(row, codes) for row in rows)
    return replace(plan, **joined)
