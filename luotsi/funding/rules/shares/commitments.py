"""The own-share ledger: which euros of the own share a body or an officer has decided, and which are in the air.

Source: handbook §4 (source 000: a board noted an application, so nobody committed its 3,350 €), §5 (noting is not a
decision to fund) and §6, thing 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luotsi.base.money import total
from luotsi.funding.rules.because import Because, because

NOTHING = Decimal("0.00")


class Deed(StrEnum):
    """What a body or an officer did with a proposal to pay the own share."""

    DECIDED = "decided"
    CHANGED = "changed"  # decided, otherwise than proposed: the sum is the one decided
    NOTED = "noted"
    REFUSED = "refused"
    PROPOSED = "proposed"  # not dealt with yet

    @property
    def binds(self) -> bool:
        """True when money is committed by it."""
        return self in {Deed.DECIDED, Deed.CHANGED}


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """One decision about the own share of one application.

    Args:
        key: its name in the register; unique within the application.
        amount: euros; None when the text gives none, which is not zero.
        deed: what was done.
        decided_on: the day; None when it is not known.
        body, section: who decided, and the § of the minutes or of the officer's list.
        budget_line: where the money stands; empty when not told.
        replaces: keys of earlier decisions that this one takes the place of.
    """

    key: str
    amount: Decimal | None
    deed: Deed
    decided_on: date | None = None
    body: str = ""
    section: str = ""
    budget_line: str = ""
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Committed:
    """What is decided of one own share, in euros. `needed` None = the own share itself is not known."""

    needed: Decimal | None
    decided: Decimal
    noted: Decimal
    open: Decimal | None
    over: Decimal | None
    reasons: tuple[Because, ...] = ()

    @property
    def is_covered(self) -> bool:
        """True when the whole own share is known and decided."""
        return self.open is not None and self.open == 0


@dataclass(frozen=True, kw_only=True)
class Open:
    """An application that waits for its decision, or a grant that runs."""

    key: str
    asked: Decimal | None
    needed: Decimal | None
    commitments: tuple[Commitment, ...] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class Exposure:
    """What all open applications would cost if all were granted.

    Args:
        asked, needed, decided, open: sums in euros over those that are known.
        unknown: keys of applications whose own share is not known; they are in none of the sums of own share.
        uncovered: keys of those whose own share is not wholly decided.
    """

    asked: Decimal
    needed: Decimal
    decided: Decimal
    open: Decimal
    unknown: tuple[str, ...]
    uncovered: tuple[str, ...]


def committed(needed: Decimal | None, commitments: Sequence[Commitment]) -> Committed:
    """Return what is decided of an own share, with the reasons why it is not all.

    Reasons: `own_share_unknown`; `nothing_decided`; `noted_only` (about the key, amount); `short` (open, needed);
    `over` (over, needed); and about single decisions that bind `no_amount`, `no_day`, `no_budget_line`.
    """
    replaced = {key for one in commitments if one.deed.binds for key in one.replaces if key != one.key}
    standing = [one for one in commitments if one.key not in replaced]
    binding = [one for one in standing if one.deed.binds]
    noted = [one for one in standing if one.deed == Deed.NOTED]
    decided = total(one.amount for one in binding) or NOTHING
    left = None if needed is None else max(needed - decided, NOTHING)
    over = None if needed is None else max(decided - needed, NOTHING)
    reasons = [because("own_share_unknown")] if needed is None else []
    if not binding and needed != 0:
        reasons.append(because("nothing_decided"))
        reasons += [because("noted_only", one.key, amount=one.amount) for one in noted]
    elif left:
        reasons.append(because("short", open=left, needed=needed))
    if over:
        reasons.append(because("over", over=over, needed=needed))
    reasons += [reason for one in binding for reason in _gaps(one)]
    return Committed(
        needed=needed,
        decided=decided,
        noted=total(one.amount for one in noted) or NOTHING,
        open=left,
        over=over,
        reasons=tuple(reasons),
    )


def _gaps(one: Commitment) -> Iterable[Because]:
    if one.amount is None:
        yield because("no_amount", one.key)
    if one.decided_on is None:
        yield because("no_day", one.key)
    if not one.budget_line:
        yield because("no_budget_line", one.key)


def exposure(applications: Iterable[Open]) -> Exposure:
    """Return what is asked, needed and decided over applications; an unknown own share is told and never counted."""
    listed = [(one, committed(one.needed, one.commitments)) for one in applications]
    return Exposure(
        asked=total(one.asked for one, _found in listed) or NOTHING,
        needed=total(one.needed for one, _found in listed) or NOTHING,
        decided=sum((min(found.decided, one.needed) for one, found in listed if one.needed is not None), NOTHING),
        open=total(found.open for _one, found in listed) or NOTHING,
        unknown=tuple(one.key for one, _found in listed if one.needed is None),
        uncovered=tuple(one.key for one, found in listed if one.needed is not None and not found.is_covered),
    )
