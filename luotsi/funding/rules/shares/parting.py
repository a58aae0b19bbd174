"""A total parted into grant, own share and other financing, from the percentage and the base that a call gives.

Sources: handbook of funding §5 (own share = total cost − grant − other financing; the percentage is the call's and is
applied to the total cost) and §4, rule M4 (the own share is rounded up, both bases are shown). A call that gives no
percentage cannot be judged: every function then returns None for what it cannot know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from luotsi.base.money import CENT

ZERO = Decimal("0.00")
EURO = Decimal(1)
HUNDRED = 100
SHOWN = Decimal("0.0001")


class Base(StrEnum):
    """What the percentage of a call is a percentage of."""

    TOTAL_COST = "total_cost"
    ELIGIBLE_COST = "eligible_cost"
    GRANT = "grant"


class Rounding(StrEnum):
    """The smallest unit of a funder's sums: some take whole euros only (rule M13)."""

    EUROS = "euros"
    CENTS = "cents"

    @property
    def step(self) -> Decimal:
        """The smallest unit, in euros."""
        return EURO if self == Rounding.EUROS else CENT


class Given(StrEnum):
    """Which sum a person holds fast while the others follow."""

    TOTAL = "total"
    GRANT = "grant"
    OWN = "own"


@dataclass(frozen=True, kw_only=True)
class ShareRule:
    """What a call says of the own share.

    Args:
        percent: the smallest own share in per cent of the base, 0–100 (below 100 unless the base is the grant);
            None when the call does not say.
        base: what it is a percentage of.
        rounding: the smallest unit of the funder's sums.
        half_up: the least own share is rounded to the nearest unit; else up, which is never less than the percentage.
        source: where the call says so.

    Raises:
        ValueError: a percentage outside its bounds.
    """

    percent: Decimal | None
    base: Base = Base.TOTAL_COST
    rounding: Rounding = Rounding.EUROS
    half_up: bool = False
    source: str = ""

    def __post_init__(self) -> None:
        if self.percent is None:
            return
        most_is_fine = self.base == Base.GRANT
        if not self.percent.is_finite() or self.percent < 0 or (self.percent >= HUNDRED and not most_is_fine):
            raise ValueError(f"An own share of {self.percent} % of {self.base} cannot be.")

    @property
    def share(self) -> Fraction | None:
        """The percentage as a share of one."""
        return None if self.percent is None else Fraction(self.percent) / HUNDRED


@dataclass(frozen=True, kw_only=True)
class Parts:
    """A total and who pays it, in euros. `outside` is what of the total the funder does not accept as cost."""

    total: Decimal
    grant: Decimal
    own: Decimal
    other: Decimal = ZERO
    outside: Decimal = ZERO

    @property
    def own_of_total(self) -> Decimal | None:
        """The own share in per cent of the total cost; None for a total of nothing."""
        return percent_of(self.own, self.total)

    @property
    def own_of_eligible(self) -> Decimal | None:
        """What of the own share pays accepted cost, in per cent of the accepted cost."""
        return percent_of(self.own - self.outside, self.total - self.outside)

    @property
    def own_of_grant(self) -> Decimal | None:
        """The own share in per cent of the grant: the other base, always shown beside the first."""
        return percent_of(self.own, self.grant)


def percent_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """Return a part in per cent of a whole, with four decimals; None of a whole that is not above zero."""
    if whole <= 0:
        return None
    with localcontext(prec=50):
        return (part * HUNDRED / whole).quantize(SHOWN, rounding=ROUND_HALF_UP)


def rounded_up(amount: Fraction | Decimal, rounding: Rounding) -> Decimal:
    """Return the smallest sum of the funder's unit that is not below an amount."""
    return (ceil(Fraction(amount) / Fraction(rounding.step)) * rounding.step).quantize(CENT)


def rounded_down(amount: Fraction | Decimal, rounding: Rounding) -> Decimal:
    """Return the largest sum of the funder's unit that is not above an amount."""
    return (floor(Fraction(amount) / Fraction(rounding.step)) * rounding.step).quantize(CENT)


def share_of(rule: ShareRule, amount: Fraction | Decimal) -> Decimal | None:
    """Return the least own share of an amount of the base, in the funder's unit; None without a percentage."""
    if rule.share is None:
        return None
    exact = Fraction(amount) * rule.share
    if rule.half_up:
        return rounded_down(exact + Fraction(rule.rounding.step) / 2, rule.rounding)
    return rounded_up(exact, rule.rounding)


def from_total(rule: ShareRule, total: Decimal, *, outside: Decimal = ZERO, other: Decimal = ZERO) -> Parts | None:
    """Return the largest grant that a total allows, with the smallest own share.

    Args:
        rule: what the call says.
        total: the total cost.
        outside: what of it the funder does not accept; the applicant pays it beside the own share.
        other: other financing. It takes the grant down and never the own share.

    Returns:
        None when the call gives no percentage, or when other financing leaves nothing to grant.
    """
    share = rule.share
    if share is None:
        return None
    match rule.base:
        case Base.TOTAL_COST:
            # What is not accepted is paid by the applicant; it counts towards the own share of the total cost.
            own = max(_known(share_of(rule, total)), outside)
        case Base.ELIGIBLE_COST:
            own = _known(share_of(rule, total - outside)) + outside
        case Base.GRANT:
            own = total - other - _grant_within(rule, total - outside - other)
    room = total - min(own, total) - other
    if room < 0:
        return None
    grant = rounded_down(room, rule.rounding)
    return Parts(total=total, grant=grant, own=total - other - grant, other=other, outside=outside)


def _grant_within(rule: ShareRule, money: Decimal) -> Decimal:
    """Return the largest grant, in the funder's unit, that fits into a sum together with its own share.

    The own share is rounded by itself, so the exact quotient can be one unit too large or too small.
    """
    if money < 0:
        return money
    step = rule.rounding.step
    quotient = rounded_down(Fraction(money) / (1 + (rule.share or 0)), rule.rounding)
    fitting = (grant for grant in (quotient + step, quotient) if grant + _known(share_of(rule, grant)) <= money)
    return next(fitting, max(quotient - step, ZERO))


def _known(amount: Decimal | None) -> Decimal:
    return ZERO if amount is None else amount


def from_grant(rule: ShareRule, grant: Decimal, *, outside: Decimal = ZERO, other: Decimal = ZERO) -> Parts | None:
    """Return the smallest total for which a grant is not too large, its own share in the funder's unit.

    None when the call gives no percentage.
    """
    share = rule.share
    if share is None:
        return None
    # The own share is rounded up to the unit by itself, so what it leaves is counted in whole units as well.
    paid = Fraction(rounded_up(grant + other, rule.rounding))
    match rule.base:
        case Base.TOTAL_COST:
            total = rounded_up(max(paid / (1 - share), Fraction(grant + other + outside)), rule.rounding)
        case Base.ELIGIBLE_COST:
            total = rounded_up(paid / (1 - share), rule.rounding) + outside
        case Base.GRANT:
            total = grant + rounded_up(Fraction(grant) * share, rule.rounding) + other + outside
    return Parts(total=total, grant=grant, own=total - grant - other, other=other, outside=outside)


def from_own(rule: ShareRule, own: Decimal, *, other: Decimal = ZERO) -> Parts | None:
    """Return the largest total that an own share is enough for.

    Returns:
        None when the call gives no percentage or asks none (there is then no largest), or when other financing alone
        is more than the total.
    """
    share = rule.share
    if not share:
        return None
    if rule.base == Base.GRANT:
        grant = rounded_down(Fraction(own) / share, rule.rounding)
        return Parts(total=grant + own + other, grant=grant, own=own, other=other)
    room = Fraction(own) / share - Fraction(own + other)
    if room < 0:
        return None
    grant = rounded_down(room, rule.rounding)
    return Parts(total=grant + own + other, grant=grant, own=own, other=other)


def what_if(rule: ShareRule, given: Given, amount: Decimal, *, other: Decimal = ZERO) -> Parts | None:
    """Return the other sums that follow from one, for a slider of three sums; None where nothing follows."""
    match given:
        case Given.TOTAL:
            return from_total(rule, amount, other=other)
        case Given.GRANT:
            return from_grant(rule, amount, other=other)
        case Given.OWN:
            return from_own(rule, amount, other=other)


def parted(amount: Decimal, parts: Sequence[Decimal], rounding: Rounding = Rounding.CENTS) -> tuple[Decimal, ...]:
    """Return an amount parted as the parts are; the largest remainders get the units that are over.

    An amount that is not whole in the unit is parted to the cent.

    Raises:
        ValueError: there are no parts above zero to follow.
    """
    whole = sum((Fraction(one) for one in parts), Fraction(0))
    if whole <= 0:
        raise ValueError("Nothing can be parted as nothing.")
    step = rounding.step if amount % rounding.step == 0 else CENT
    exact = [Fraction(amount) * Fraction(one) / whole / Fraction(step) for one in parts]
    units = [floor(one) for one in exact]
    over = int(amount / step) - sum(units)
    for place in sorted(range(len(parts)), key=lambda number: (units[number] - exact[number], number))[:over]:
        units[place] += 1
    return tuple((one * step).quantize(CENT) for one in units)
