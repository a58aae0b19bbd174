"""The three readings of a sum whose text does not say whether it is the grant or the total (handbook §4, source 001).

"We apply for 393,000 €; the own share is 10 % (39,300 €)" can be read in three ways. None is taken for granted: each
is worked out with what would be wrong in the text if it were the right one.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from luotsi.funding.rules.shares.parting import Parts, ShareRule, from_grant, from_total


class Said(StrEnum):
    """What a sum may be."""

    GRANT = "grant"  # the sum is the grant; the total follows from the percentage
    GRANT_WITH_OWN = "grant_with_own"  # the sum and the own share told make the total
    TOTAL = "total"  # the sum is the total cost


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One reading.

    Args:
        said: what the sum is taken for.
        parts: total, grant and own share under it, as the call's rule parts them.
        grant_over: by how much the sum is a larger grant than the rule allows; 0 when it is not.
        own_short: by how much the own share told is smaller than the rule asks; 0 when it is not, None if not told.
        is_consistent: whether nothing in the text is then wrong.
    """

    said: Said
    parts: Parts
    grant_over: Decimal
    own_short: Decimal | None

    @property
    def is_consistent(self) -> bool:
        """True when the text holds as it stands under this reading."""
        return not self.grant_over and not self.own_short


def readings(rule: ShareRule, amount: Decimal, own: Decimal | None) -> tuple[Reading, ...]:
    """Return the readings of a sum beside the own share that was told with it.

    Args:
        rule: what the call says of the own share.
        amount: the sum of the text.
        own: the own share of the text; without one the second reading cannot be made.

    Returns:
        Up to three, in the order of `Said`; none when the call gives no percentage.
    """
    found = []
    if parts := from_grant(rule, amount):
        found.append(_reading(Said.GRANT, parts, own, amount))
    if own is not None and (parts := from_total(rule, amount + own)):
        found.append(_reading(Said.GRANT_WITH_OWN, parts, own, amount))
    if parts := from_total(rule, amount):
        found.append(_reading(Said.TOTAL, parts, own, None))
    return tuple(found)


def _reading(said: Said, parts: Parts, own: Decimal | None, grant: Decimal | None) -> Reading:
    nothing = Decimal("0.00")
    return Reading(
        said=said,
        parts=parts,
        grant_over=nothing if grant is None else max(grant - parts.grant, nothing),
        own_short=None if own is None else max(parts.own - own, nothing),
    )
