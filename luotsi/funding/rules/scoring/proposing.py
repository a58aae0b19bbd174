"""A proposal of decisions within a budget: applied and proposed side by side, with the reason of each difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.scoring.scores import Ranked
from luotsi.funding.rules.shares import Rounding, rounded_down

NOTHING = Decimal("0.00")


class Way(StrEnum):
    """How the budget is dealt out."""

    RANKED = "ranked"  # whole sums from the best down, until the budget ends
    PRO_RATA = "pro_rata"  # the same part of its sum to everyone above the threshold


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What an application asks, and the most that the call's rules let it have; None = no such bound."""

    application: str
    applied: Decimal
    most: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """A row of the proposal. `reasons` say why it is not the sum applied for."""

    application: str
    place: int | None
    mean: Decimal | None
    applied: Decimal
    proposed: Decimal
    reasons: tuple[Because, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """The whole proposal, in euros; `left` is what of the budget is not dealt out."""

    rows: tuple[Proposed, ...]
    applied: Decimal
    proposed: Decimal
    left: Decimal
    reasons: tuple[Because, ...] = ()


def proposal(
    ranking: Sequence[Ranked],
    asked: Mapping[str, Asking],
    budget: Decimal,
    *,
    way: Way,
    least: Decimal | None = None,
    may_cut: bool = False,
    rounding: Rounding = Rounding.EUROS,
) -> Proposal:
    """Return a proposal; people decide.

    Args:
        ranking: as `ranked` gives it.
        asked: what each application asks.
        budget: euros to deal out.
        way: how.
        least: the lowest mean that can be granted anything.
        may_cut: by rank: whether the one at which the budget ends gets what is left.
        rounding: the funder's unit; sums are rounded down.

    Reasons of rows: `not_scored`; `below_threshold` (mean, threshold) about a criterion; `below_least` (mean, least);
    `over_most` (applied, most); `cut` (part); `budget_ends`; `tie_at_cut` (others) when equals do not all fit: people
    must choose, so none of them gets anything.
    Reasons of the whole: `tie_at_cut` (needed, left).
    """
    bounds = {key: min(one.applied, one.most) if one.most is not None else one.applied for key, one in asked.items()}
    worthy = [one for one in ranking if one.scored.application in asked and _is_worthy(one, least)]
    if way == Way.PRO_RATA:
        sums, told, whole = _pro_rata(worthy, bounds, budget, rounding)
    else:
        sums, told, whole = _by_rank(worthy, bounds, budget, may_cut=may_cut, rounding=rounding)
    rows = tuple(
        _row(one, asked[one.scored.application], sums, told, least)
        for one in ranking
        if one.scored.application in asked
    )
    proposed = sum((row.proposed for row in rows), NOTHING)
    return Proposal(
        rows=rows,
        applied=sum((row.applied for row in rows), NOTHING),
        proposed=proposed,
        left=budget - proposed,
        reasons=tuple(whole),
    )


def _is_worthy(one: Ranked, least: Decimal | None) -> bool:
    mean = one.scored.exact
    return mean is not None and not one.scored.below and (least is None or mean >= least)


type _Dealt = tuple[dict[str, Decimal], dict[str, Because], list[Because]]


def _pro_rata(worthy: Sequence[Ranked], bounds: Mapping[str, Decimal], budget: Decimal, rounding: Rounding) -> _Dealt:
    wanted = sum((bounds[one.scored.application] for one in worthy), NOTHING)
    part = min(Fraction(1), Fraction(budget) / Fraction(wanted)) if wanted > 0 else Fraction(1)
    sums, told = {}, {}
    for one in worthy:
        key = one.scored.application
        sums[key] = rounded_down(Fraction(bounds[key]) * part, rounding)
        if part < 1:
            told[key] = because("cut", key, part=sums[key])
    return sums, told, []


def _by_rank(
    worthy: Sequence[Ranked], bounds: Mapping[str, Decimal], budget: Decimal, *, may_cut: bool, rounding: Rounding
) -> _Dealt:
    """Deal whole sums from the best down. Once one does not fit nobody below it is granted, so that rank holds."""
    sums: dict[str, Decimal] = {}
    told: dict[str, Because] = {}
    whole: list[Because] = []
    left, is_over = budget, False
    for _place, group in groupby(worthy, key=lambda one: one.place):
        tied = [one.scored.application for one in group]
        sums |= dict.fromkeys(tied, NOTHING)
        wanted = {key: rounded_down(bounds[key], rounding) for key in tied}
        needed = sum(wanted.values(), NOTHING)
        if is_over:
            told |= {key: because("budget_ends", key) for key in tied}
        elif needed <= left:
            sums |= wanted
            left -= needed
        elif len(tied) > 1:
            is_over = True
            told |= {key: because("tie_at_cut", key, others=tuple(one for one in tied if one != key)) for key in tied}
            whole.append(because("tie_at_cut", needed=needed, left=left))
        else:
            is_over = True
            sums[tied[0]] = rounded_down(left, rounding) if may_cut else NOTHING
            cut = sums[tied[0]]
            told[tied[0]] = because("cut", tied[0], part=cut) if cut else because("budget_ends", tied[0])
            left -= cut
    return sums, told, whole


def _row(
    one: Ranked, asking: Asking, sums: Mapping[str, Decimal], told: Mapping[str, Because], least: Decimal | None
) -> Proposed:
    key, mean = asking.application, one.scored.mean
    reasons = []
    if mean is None:
        reasons.append(because("not_scored", key))
    elif key not in sums:
        reasons += one.scored.below or [because("below_least", key, mean=mean, least=least)]
    elif asking.most is not None and asking.most < asking.applied:
        reasons.append(because("over_most", key, applied=asking.applied, most=asking.most))
    if key in told:
        reasons.append(told[key])
    return Proposed(
        application=key,
        place=one.place,
        mean=mean,
        applied=asking.applied,
        proposed=sums.get(key, NOTHING),
        reasons=tuple(reasons),
    )
