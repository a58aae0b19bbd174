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

from luotsi.learning.rules.tuva.limits import CAPS, COMPULSORY, MOST_IN_ALL, OTHERS, OTHERS_NEEDED, PARTS

NOTHING = Decimal(0)


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


def gaps(weeks: Mapping[str, Decimal]) -> tuple[Gap, ...]:
    """Return everything that stands in the way of completing studies of so many weeks by part.

    That the whole has its least weeks follows from its parts: two weeks and one for each of two others are four.
    """
    return tuple(_gaps({part: weeks.get(part, NOTHING) for part in PARTS}))


def _gaps(weeks: dict[str, Decimal]) -> Iterator[Gap]:
    if weeks[COMPULSORY] < CAPS[COMPULSORY].least:
        yield Gap(Lack.PLANNING, COMPULSORY, weeks[COMPULSORY], CAPS[COMPULSORY].least)
    for part in OTHERS:
        if NOTHING < weeks[part] < CAPS[part].least:
            yield Gap(Lack.SHORT, part, weeks[part], CAPS[part].least)
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
            _raise(added, part, CAPS[part].least - has[part])
    begun = [part for part in OTHERS if has[part] > NOTHING]
    new = [part for part in dict.fromkeys([*wished, *OTHERS]) if part in OTHERS and part not in begun]
    for part in new[: max(OTHERS_NEEDED - len(begun), 0)]:
        _raise(added, part, CAPS[part].least)
    whole = {part: has[part] + added.get(part, NOTHING) for part in PARTS}
    return None if gaps(whole) else added


def _raise(added: dict[str, Decimal], part: str, by: Decimal) -> None:
    if by > NOTHING:
        added[part] = by


def room_in(weeks: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return how many weeks each part may still have: up to its cap and to what is left of the whole."""
    left = max(MOST_IN_ALL - sum((weeks.get(part, NOTHING) for part in PARTS), NOTHING), NOTHING)
    return {part: max(min(CAPS[part].most - weeks.get(part, NOTHING), left), NOTHING) for part in PARTS}
