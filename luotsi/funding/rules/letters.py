"""What a funder accepts when it grants a sum, and what a letter of decision says of the law.

Sources: handbook §5 (own share = total cost − grant − other financing; the percentage is of the total cost; a grant is
a ceiling) and, for the rights of appeal, `rules/obligations`: the correction of a municipal decision in 14 days, that
of a state grant in 30, each from the day on which the party counts as notified.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from typing import Any

from luotsi.funding.rules.obligations import Notice, NoticeRule, municipal_correction, state_correction
from luotsi.funding.rules.shares import Rounding, rounded_up

NOTHING = Decimal("0.00")
_SOME_DAY = date(2000, 1, 3)


class Law(StrEnum):
    """By which law a grant is given, and with it who corrects the decision."""

    MUNICIPAL = "municipal"
    STATE = "state"


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """What is accepted beside the grant, in euros; None where the application does not tell it."""

    total: Decimal | None
    own_share: Decimal | None


def accepted(
    granted: Decimal,
    *,
    applied: Decimal,
    total: Decimal | None,
    other: Decimal | None,
    percent: Decimal | None,
    rounding: Rounding = Rounding.EUROS,
) -> Accepted:
    """Return the total cost and the own share that a grant leaves.

    A grant of all that was applied for accepts the total that was applied with. A smaller one accepts, where the call
    gives a percentage, the smallest total of which it is not more than that; never more than was applied with. Where
    it gives none the total stays, and the own share grows.
    """
    if total is None:
        return Accepted(total=None, own_share=None)
    whole = total
    if granted < applied and percent is not None:
        needed = rounded_up(Fraction(granted) * 100 / Fraction(percent), rounding)
        whole = min(total, max(needed, granted + (other or NOTHING)))
    return Accepted(total=whole, own_share=max(whole - granted - (other or NOTHING), NOTHING))


@dataclass(frozen=True, kw_only=True)
class Correction:
    """The right to ask for a correction: in so many days, counted from so many days after the letter was sent."""

    days: int
    notified_after: int


def correction(law: Law, notice: Notice = Notice.ELECTRONIC) -> Correction:
    """Return the right to ask for a correction of a decision by the law that it was made by."""
    make = municipal_correction if law == Law.MUNICIPAL else state_correction
    appeal = make(notice, _SOME_DAY)
    return Correction(days=appeal.days, notified_after=(NoticeRule().notified_on(notice, _SOME_DAY) - _SOME_DAY).days)


def seal(content: Mapping[str, Any]) -> str:
    """Return the SHA-256, in hexadecimal, over the canonical JSON of a letter."""
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
