"""A call of the documented format as the fields of a record; what has no field of its own is kept as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from luotsi.funding.rules.call import Call, Cents, Clock
from luotsi.funding.rules.shares import Base

HELSINKI = ZoneInfo("Europe/Helsinki")
# Keys of the format that have no field of their own in a record.
REST = (
    "letter_on",
    "budget_is_about",
    "share",
    "largest_amount",
    "vat",
    "cost_classes",
    "descriptions_needed",
    "questions",
    "eligibility",
    "reports",
    "monthly_cost",
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a document tells of a call."""

    name: str
    funder: str
    eligibility: str
    register_number: str
    budget: Decimal | None
    opens_at: datetime | None
    closes_at: datetime | None
    closes_on: date | None
    starts_on: date | None
    ends_on: date | None
    grant_percent: Decimal | None
    share_base: str
    share_source: str
    grant_max: Decimal | None
    in_cents: bool | None
    change_days: int | None
    transfer_percent: Decimal | None
    transfer_source: str
    cost_classes: tuple[dict[str, str], ...]
    areas: tuple[dict[str, str], ...]
    limits: dict[str, Any] = field(default_factory=dict)


def told_by(call: Call, document: Mapping[str, Any], unsourced: str) -> Told:
    """Return what a document tells.

    Args:
        call: The document, read.
        document: The same as plain JSON, of which the rest is kept.
        unsourced: What is told as the source of a percentage of which the document does not say where it is stated.
    """
    share, period = call.share, call.period
    of_costs = share is not None and share.base != Base.GRANT and share.percent < 100
    return Told(
        name=call.name,
        funder=call.funder,
        eligibility=call.eligibility.text if call.eligibility else "",
        register_number=call.register_number[:60],
        budget=call.budget,
        opens_at=moment_of(call.opens, time()) if call.opens else None,
        closes_at=moment_of(call.closes) if call.closes else None,
        closes_on=call.closes.on if call.closes and call.closes.time is None else None,
        starts_on=period.start_on if period else None,
        ends_on=period.end_on if period else None,
        grant_percent=100 - share.percent if share and of_costs else None,
        share_base=str(share.base) if share and of_costs else "",
        share_source=(share.source or unsourced) if share and of_costs else "",
        grant_max=call.maximum,
        in_cents={Cents.CENTS: True, Cents.WHOLE_EUROS: False, None: None}[call.cents],
        change_days=call.change_days,
        transfer_percent=call.transfers.percent if call.transfers else None,
        transfer_source=call.transfers.source if call.transfers else "",
        cost_classes=tuple({"code": one.key, "fi": one.label or one.key} for one in call.cost_classes),
        areas=tuple({"code": one.key, "fi": one.label or one.key} for one in call.areas),
        limits={key: plain(document[key]) for key in REST if document.get(key) not in (None, [], "")},
    )


def moment_of(clock: Clock, otherwise: time | None = None) -> datetime | None:
    """Return the moment of a day and a time, in Finnish time where no zone is told; None where no time is."""
    at = time.fromisoformat(clock.time) if clock.time else otherwise
    if at is None:
        return None
    return datetime.combine(clock.on, at, tzinfo=ZoneInfo(clock.zone) if clock.zone else HELSINKI)


def plain(value: Any) -> Any:
    """Return JSON with every fraction as its digits, so that nothing is rounded when it is kept."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value
