"""The check of a report in two steps, substance first and then money, and its checklist.

Source: handbook §5: the four points are used as decided; spent in full with the own share, leftovers returned;
financial data given as instructed; the grant below a limit (100,000 €, the funder's parameter).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.reports.samples import Sampled

NOTHING = Decimal("0.00")
LIMIT = Decimal(100_000)
KEPT_AT_MOST = Decimal(100)


class Step(StrEnum):
    """A step of the check."""

    SUBSTANCE = "substance"
    MONEY = "money"


class Verdict(StrEnum):
    """What a step ended in."""

    ACCEPTED = "accepted"
    COMPLETION = "completion"  # the grantee must complete the report
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True)
class Check:
    """A step that was taken, of one version of the report."""

    step: Step
    verdict: Verdict
    officer: str
    version: int


@dataclass(frozen=True, kw_only=True)
class Checking:
    """Where the check stands. `next` is None when it is over or waits for the grantee."""

    next: Step | None
    is_accepted: bool
    waits_for_grantee: bool


def checking(checks: Sequence[Check], version: int) -> Checking:
    """Return where the check of a version of a report stands: substance, then money; a new one starts anew."""
    of_this = {one.step: one.verdict for one in checks if one.version == version}
    if any(verdict != Verdict.ACCEPTED for verdict in of_this.values()):
        waits = Verdict.COMPLETION in of_this.values()
        return Checking(next=None, is_accepted=False, waits_for_grantee=waits)
    left = next((step for step in Step if step not in of_this), None)
    return Checking(next=left, is_accepted=left is None, waits_for_grantee=False)


def check_refusals(
    checks: Sequence[Check], new: Check, *, version: int, officer_units: frozenset[str], unit: str, two_officers: bool
) -> tuple[Because, ...]:
    """Return why a step cannot be taken.

    Args:
        checks: those taken.
        new: the step to be taken.
        version: the version of the report that stands.
        officer_units: units of the officer.
        unit: the unit that reports.
        two_officers: whether the funder wants the steps from two persons.

    Reasons: `stale` (version, seen); `own_unit`; `not_the_next` (next); `same_officer`.
    """
    found = []
    if new.version != version:
        found.append(because("stale", version=version, seen=new.version))
    if unit in officer_units:
        found.append(because("own_unit", unit))
    standing = checking(checks, version)
    if new.step != standing.next:
        found.append(because("not_the_next", new.step, next=standing.next))
    taken = {one.officer for one in checks if one.version == version}
    if two_officers and new.officer in taken:
        found.append(because("same_officer", new.officer))
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What the checklist is answered from. None = not known.

    Args:
        granted, payable, paid, returned: euros.
        own_planned, own_spent: the own share of the decision and of the ledger.
        is_as_decided: what an officer says of the substance.
        has_ledger: whether a ledger export is there and every row of it is read.
    """

    granted: Decimal
    payable: Decimal | None
    paid: Decimal
    returned: Decimal = NOTHING
    own_planned: Decimal | None = None
    own_spent: Decimal | None = None
    is_as_decided: bool | None = None
    has_ledger: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Point:
    """A point of the checklist: True, False, or None when it cannot be told; with what it rests on."""

    code: str
    holds: bool | None
    because: Because


def checklist(spent: Spent, *, limit: Decimal = LIMIT, kept_at_most: Decimal = KEPT_AT_MOST) -> tuple[Point, ...]:
    """Return the four points: `used_as_decided`, `spent_in_full`, `figures_given`, `below_limit`."""
    left = None if spent.payable is None else max(spent.paid - spent.returned - spent.payable, NOTHING)
    is_settled = None if left is None else left <= kept_at_most
    own = None
    if spent.own_planned is not None and spent.own_spent is not None:
        own = spent.own_spent >= spent.own_planned
    in_full = False if False in {is_settled, own} else None if None in {is_settled, own} else True
    return (
        Point(code="used_as_decided", holds=spent.is_as_decided, because=because("officer_says")),
        Point(
            code="spent_in_full",
            holds=in_full,
            because=because("left", left=left, own_planned=spent.own_planned, own_spent=spent.own_spent),
        ),
        Point(code="figures_given", holds=spent.has_ledger, because=because("ledger")),
        Point(
            code="below_limit",
            holds=spent.granted < limit,
            because=because("limit", granted=spent.granted, limit=limit),
        ),
    )


def needs_money_check(points: Iterable[Point], sampled: Sampled | None) -> tuple[Because, ...]:
    """Return why the money of a report must be looked at by a person: points that do not hold, and the sample."""
    reasons = [because("point", one.code, holds=one.holds) for one in points if one.holds is not True]
    if sampled is not None:
        reasons.append(because("sampled", sampled.key, how=sampled.how))
    return tuple(reasons)
