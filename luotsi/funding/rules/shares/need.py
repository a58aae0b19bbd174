"""How much own share an application needs, where that is known from, and what the call's rule asks at least.

Source: handbook of funding §4, rule M4, and §5. The percentage and its base are the call's or the decision's; where
neither gives one, nothing is judged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from luotsi.funding.rules.shares.parting import Parts, ShareRule, from_grant, from_total, percent_of

NOTHING = Decimal("0.00")


class Origin(StrEnum):
    """From where an own share is known."""

    DECISION = "decision"
    APPLICATION = "application"
    CALL = "call"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Sums:
    """The sums of an application in euros; None = not told, which is not zero."""

    grant: Decimal | None = None
    own: Decimal | None = None
    other: Decimal | None = None
    total: Decimal | None = None

    @property
    def whole(self) -> Decimal | None:
        """The total that is told, or else grant, own share and other financing together; None without both."""
        if self.total is not None or self.grant is None or self.own is None:
            return self.total
        return self.grant + self.own + (self.other or NOTHING)


@dataclass(frozen=True, kw_only=True)
class Need:
    """The own share that has to be paid.

    Args:
        amount: euros; None when nothing tells it.
        origin: from where it is known.
        least: the smallest own share that the rule allows; None when the call gives no percentage.
        short: by how much the amount is below the least; None when either is unknown.
        total: what the least was counted of.
        of_total, of_grant: the amount in per cent of the total cost and of the grant.
    """

    amount: Decimal | None
    origin: Origin
    least: Decimal | None
    short: Decimal | None
    total: Decimal | None
    of_total: Decimal | None
    of_grant: Decimal | None


def need(sums: Sums, rule: ShareRule, *, decided: Decimal | None = None) -> Need:
    """Return how much own share is needed.

    Args:
        sums: what the application (or the decision) tells.
        rule: what the call or the decision says of the own share.
        decided: the own share of the funder's decision, which comes before that of the application.
    """
    least = _least(sums, rule)
    found = [(decided, Origin.DECISION), (sums.own, Origin.APPLICATION), (least.own if least else None, Origin.CALL)]
    amount, origin = next((one for one in found if one[0] is not None), (None, Origin.UNKNOWN))
    if amount is None:
        return Need(amount=None, origin=origin, least=None, short=None, total=None, of_total=None, of_grant=None)
    whole = least.total if origin == Origin.CALL and least else replace(sums, own=amount).whole
    return Need(
        amount=amount,
        origin=origin,
        least=least.own if least else None,
        short=max(least.own - amount, NOTHING) if least else None,
        total=least.total if least else None,
        of_total=None if whole is None else percent_of(amount, whole),
        of_grant=None if sums.grant is None else percent_of(amount, sums.grant),
    )


def _least(sums: Sums, rule: ShareRule) -> Parts | None:
    """Return the parts under the rule: of the total where it is told, or else of the grant."""
    other = sums.other or NOTHING
    if sums.total is not None:
        return from_total(rule, sums.total, other=other)
    return None if sums.grant is None else from_grant(rule, sums.grant, other=other)
