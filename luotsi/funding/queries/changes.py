"""How a grant stands beside what may be changed: the early warning of its ledger, and why a request cannot be sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from luotsi.base import audit
from luotsi.funding.queries.documents import application_document
from luotsi.funding.queries.spending import spending_of
from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.change_parts import request_from
from luotsi.funding.rules.change_request import Part, Standing, refusals

if TYPE_CHECKING:
    from luotsi.funding.models import Application, ChangeRequest
    from luotsi.funding.queries.spending import Spending
    from luotsi.funding.rules.spending import Warned


def warned_of(application: Application, spending: Spending | None = None) -> Warned | None:
    """Return what the ledger warns of today; None where there is no budget, or no time of use to count in.

    Args:
        application: relations may be fetched before.
        spending: where it was counted before.
    """
    found = spending or spending_of(application)
    return found.pace.warned if found.pace is not None and found.budget.by_class else None


def standing_of(application: Application, spending: Spending | None = None) -> Standing:
    """Return the grant as it stands, to hold a request against."""
    found = spending or spending_of(application)
    return Standing(
        period_end=found.rules.period_end,
        budget=found.budget.by_class,
        partners=partners_of(application),
        lead=application.unit.names.text,
        spent=found.judged.by_class,
        days_before=found.rule.days_before,
        is_closed=application.closed_at is not None,
    )


def partners_of(application: Application) -> frozenset[str]:
    """Return the partners that the application's form names."""
    if application.response_id is None:
        return frozenset()
    areas = application_document(application).data["areas"]
    return frozenset(one["name"] for area in areas for one in area.get("partners", []))


def refusals_of(request: ChangeRequest, standing: Standing, today: date) -> tuple[Because, ...]:
    """Return why a request cannot be sent: what the rules refuse, and a part of time without its day.

    Where no partner is known, whoever leaves is taken as one.
    """
    asked = request_from(request.parts)
    if asked.consortium and not standing.partners:
        known = frozenset(asked.consortium.leaving)
        standing = Standing(**{**vars(standing), "partners": known})
    undated = Part.TIME in request.parts and asked.time is None
    found = refusals(asked, standing, today=today)
    if undated:
        left = tuple(one for one in found if one.code != "no_parts")
        return (*left, because("no_new_end", Part.TIME))
    return found


def standing_kept(standing: Standing) -> dict[str, object]:
    """Return the grant as it stood, as a request keeps it when it is sent."""
    told = {"period_end": standing.period_end, "budget": standing.budget, "spent": standing.spent or {}}
    return {name: audit.safe(value) if isinstance(value, Mapping) else _day(value) for name, value in told.items()}


def _day(value: object) -> str | None:
    return value.isoformat() if isinstance(value, date) else None


def reason_from(kept: Mapping[str, Any]) -> Because:
    """Return a reason of the ledger as it was kept with a request: sums and days are such again."""
    return Because(kept["code"], kept["about"], {name: _value(one) for name, one in kept["params"].items()})


def _value(kept: object) -> object:
    text = str(kept)
    if kept is None:
        return None
    return date.fromisoformat(text) if text[4:5] == "-" and len(text) == 10 else Decimal(text)
