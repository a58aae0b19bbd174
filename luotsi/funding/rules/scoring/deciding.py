"""Why an officer cannot decide an application now; one clear outcome when two decide at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from luotsi.funding.rules.because import Because, because


@dataclass(frozen=True, kw_only=True)
class Deciding:
    """What stands when an officer wants to decide.

    Args:
        officer_units: units in which the officer has a role, those above and below included.
        applicant_unit: the unit that applies.
        has_conflict: whether the officer has declared an interest, or prepared the application.
        missing: keys of answers or annexes that are not there.
        completion_until: until when the applicant may complete the application; None = not asked.
        closes_at: the moment at which the call closes, aware.
        period_end: last day of use; None = not known.
        is_decided: whether it has a decision.
        version: the version that stands; `seen_version` the one that the officer saw.
        granted: the sum to be granted; None for a refusal. `left` of the budget, `most` by the call's rules.
        has_grounds: whether reasons are written; a refusal and a smaller sum need them.
    """

    officer_units: frozenset[str]
    applicant_unit: str
    closes_at: datetime
    version: int
    seen_version: int
    applied: Decimal
    granted: Decimal | None
    left: Decimal
    most: Decimal | None = None
    has_conflict: bool = False
    missing: tuple[str, ...] = ()
    completion_until: datetime | None = None
    period_end: date | None = None
    is_decided: bool = False
    has_grounds: bool = False


def deciding_refusals(case: Deciding, *, now: datetime, today: date) -> tuple[Because, ...]:
    """Return why the decision cannot be made; empty when it can.

    Reasons: `already_decided`; `stale` (version, seen); `own_unit`; `conflict`; `not_closed` (closes);
    `completion_open` (until); `incomplete` about each missing key, for a grant only: what is not there can be refused;
    `period_over` (end) for a grant; `not_above_zero`; `over_applied` (granted, applied); `over_most` (granted, most);
    `over_budget` (granted, left); `no_grounds`.
    """
    found = []
    if case.is_decided:
        found.append(because("already_decided"))
    if case.version != case.seen_version:
        found.append(because("stale", version=case.version, seen=case.seen_version))
    if case.applicant_unit in case.officer_units:
        found.append(because("own_unit", case.applicant_unit))
    if case.has_conflict:
        found.append(because("conflict"))
    if now < case.closes_at:
        found.append(because("not_closed", closes=case.closes_at))
    if case.completion_until and now < case.completion_until:
        found.append(because("completion_open", until=case.completion_until))
    if case.granted is not None:
        found += _of_grant(case, case.granted, today)
    if not case.has_grounds and (case.granted is None or case.granted < case.applied):
        found.append(because("no_grounds"))
    return tuple(found)


ASIDE = frozenset({"own_unit", "conflict"})  # another officer decides these


def is_for_another(refusals: tuple[Because, ...]) -> bool:
    """Return True when an application is left to another officer."""
    return any(one.code in ASIDE for one in refusals)


def batch_refusals(
    *, count: int, granted: Decimal, left: Decimal | None, seen: str, stands: str
) -> tuple[Because, ...]:
    """Return why decisions cannot be made in one go, beside what each of them says for itself.

    Args:
        count: of applications that the officer can decide.
        granted: what is proposed in all, that which is left to another officer included.
        left: what of the budget is left; None = the call tells no budget.
        seen: what the officer confirmed, as a hash.
        stands: what stands now, as a hash.

    Reasons: `nothing_to_decide`; `batch_over_budget` (granted, left); `batch_stale`.
    """
    found = []
    if not count:
        found.append(because("nothing_to_decide"))
    if left is not None and granted > left:
        found.append(because("batch_over_budget", granted=granted, left=left))
    if seen != stands:
        found.append(because("batch_stale"))
    return tuple(found)


def _of_grant(case: Deciding, granted: Decimal, today: date) -> list[Because]:
    found = [because("incomplete", key) for key in case.missing]
    if case.period_end and case.period_end < today:
        found.append(because("period_over", end=case.period_end))
    if granted <= 0:
        found.append(because("not_above_zero"))
    if granted > case.applied:
        found.append(because("over_applied", granted=granted, applied=case.applied))
    if case.most is not None and granted > case.most:
        found.append(because("over_most", granted=granted, most=case.most))
    if granted > case.left:
        found.append(because("over_budget", granted=granted, left=case.left))
    return found
