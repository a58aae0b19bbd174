"""What preparatory studies need to be complete: counted in weeks by part, as the register of studies checks them.

Source: KOSKI, TutkintokoulutukseenValmentavaKoulutusValidation: in all 4 to 38 weeks; at least two weeks of planning
studies and career (101); at least two other parts; each part that is there has at least one week and no more than its
cap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from luotsi.learning.rules.checks.tuva import CAPS, COMPULSORY

NOTHING = Decimal(0)
PARTS = tuple(CAPS)
OTHERS = tuple(code for code in CAPS if code != COMPULSORY)
LEAST_OF_OTHER = Decimal(1)
OTHERS_NEEDED = 2
LEAST_IN_ALL = Decimal(4)
MOST_IN_ALL = Decimal(38)


class Lack(StrEnum):
    """What stands in the way of completion."""

    PLANNING = "planning"
    OTHERS = "others"
    SHORT = "short"
    OVER = "over"
    OVERALL = "overall"


@dataclass(frozen=True)
class Gap:
    """Something that stands in the way: what, of which part, how much there is, how much is needed or allowed."""

    lack: Lack
    part: str
    has: Decimal
    needs: Decimal


def least_of(part: str) -> Decimal:
    """Return the fewest weeks that a part may have once it is there."""
    return max(CAPS[part].least, LEAST_OF_OTHER)


def gaps(weeks: Mapping[str, Decimal]) -> tuple[Gap, ...]:
    """Return everything that stands in the way of completing studies of so many weeks by part.

    That the whole has its least weeks follows from its parts: two weeks and one for each of two others are four.
    """
    return tuple(_gaps({part: weeks.get(part, NOTHING) for part in PARTS}))


def _gaps(weeks: dict[str, Decimal]) -> Iterator[Gap]:
    if weeks[COMPULSORY] < least_of(COMPULSORY):
        yield Gap(Lack.PLANNING, COMPULSORY, weeks[COMPULSORY], least_of(COMPULSORY))
    for part in OTHERS:
        if NOTHING < weeks[part] < least_of(part):
            yield Gap(Lack.SHORT, part, weeks[part], least_of(part))
    begun = sum(weeks[part] > NOTHING for part in OTHERS)
    if begun < OTHERS_NEEDED:
        yield Gap(Lack.OTHERS, "", Decimal(begun), Decimal(OTHERS_NEEDED))
    for part in PARTS:
        if weeks[part] > CAPS[part].most:
            yield Gap(Lack.OVER, part, weeks[part], CAPS[part].most)
    total = sum(weeks.values(), NOTHING)
    if total > MOST_IN_ALL:
        yield Gap(Lack.OVERALL, "", total, MOST_IN_ALL)


def least_addition(weeks: Mapping[str, Decimal], wished: Sequence[str] = ()) -> dict[str, Decimal] | None:
    """Return the fewest weeks by part that make studies complete; none when they are, None when no weeks could.

    Where a part has to be begun, those that are wished come first, in their order.
    """
    has = {part: weeks.get(part, NOTHING) for part in PARTS}
    added: dict[str, Decimal] = {}
    for part in PARTS:
        if part == COMPULSORY or has[part] > NOTHING:
            _raise(added, part, least_of(part) - has[part])
    begun = [part for part in OTHERS if has[part] > NOTHING]
    new = [part for part in dict.fromkeys([*wished, *OTHERS]) if part in OTHERS and part not in begun]
    for part in new[: max(OTHERS_NEEDED - len(begun), 0)]:
        _raise(added, part, least_of(part))
    whole = {part: has[part] + added.get(part, NOTHING) for part in PARTS}
    return None if gaps(whole) else added


def _raise(added: dict[str, Decimal], part: str, by: Decimal) -> None:
    if by > NOTHING:
        added[part] = by


def room_in(weeks: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return how many weeks each part may still have: up to its cap and to what is left of the whole."""
    left = max(MOST_IN_ALL - sum((weeks.get(part, NOTHING) for part in PARTS), NOTHING), NOTHING)
    return {part: max(min(CAPS[part].most - weeks.get(part, NOTHING), left), NOTHING) for part in PARTS}
