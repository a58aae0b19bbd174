"""The policies, from the loosest to the strictest, and which figures each calls small."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from luotsi.indicators.rules.values import PERCENT, Cell, Definition, Hidden, Mark, Policy, Rollup

# A group of fewer persons than this is small.
SMALL = 5
# Answers in words are shown of so many persons or more.
FREE_TEXT = 10
# Percentages of learners are shown in public of so many learners or more.
LEARNERS_IN_PUBLIC = 45

Amount = int | Decimal


def stricter(first: Policy, second: Policy) -> Policy:
    """Return the stricter of two policies: a provider may ask for more protection, never for less."""
    order = list(Policy)
    return max(first, second, key=order.index)


def is_looser(chosen: Policy, than: Policy) -> bool:
    """Return True when a choice is looser than what must hold, and so must be refused."""
    return chosen != stricter(chosen, than)


def may_show_texts(persons: int) -> bool:
    """Return whether answers in words of so many persons may be shown."""
    return persons >= FREE_TEXT


class Shape(Enum):
    """What a figure is made of: one count; a part and the rest of a whole; a numerator beside a denominator."""

    COUNT = "count"
    PART = "part"
    PAIR = "pair"
    OTHER = "other"


def shape_of(definition: Definition) -> Shape:
    """Return what figures of a definition are made of; OTHER where those of units do not add up to the whole."""
    match definition.rollup:
        case Rollup.SUM:
            return Shape.COUNT
        case Rollup.RATIO:
            return Shape.PART if definition.unit == PERCENT else Shape.PAIR
        case Rollup.WEIGHTED_MEAN:
            return Shape.PAIR
    return Shape.OTHER


def amounts_of(cell: Cell, shape: Shape) -> tuple[Amount, ...]:
    """Return the amounts behind a figure that add up over units and splits; empty where they are not known.

    COUNT: the count; PART: numerator and the rest of the denominator; PAIR: numerator and denominator.
    """
    if shape == Shape.COUNT:
        counted = cell.value if cell.numerator is None else cell.numerator
        return () if counted is None else (whole(counted),)
    if shape == Shape.OTHER or cell.numerator is None or cell.denominator is None:
        return ()
    second = cell.denominator - cell.numerator if shape == Shape.PART else cell.denominator
    return whole(cell.numerator), whole(second)


def whole(number: Decimal) -> Amount:
    """Return a number as int where it is one, which is quicker to count with."""
    return int(number) if number == number.to_integral_value() else number


def conceal(cell: Cell, why: Hidden) -> Cell:
    """Return a cell that tells nothing but that, and why, it is protected."""
    return replace(cell, mark=Mark.PROTECTED, hidden=why, value=None, numerator=None, denominator=None, persons=None)


@dataclass(frozen=True)
class Measure:
    """Tells which figures are small under a policy.

    Args:
        shape: what figures are made of.
        survey: whether only the number of those who answered counts, as in surveys.
        least: a group of fewer is small; of a part of a larger group always fewer than five are.
    """

    shape: Shape
    survey: bool = False
    least: int = SMALL

    def few(self, amount: Amount | None) -> bool:
        """Return True for a number of persons that is small; nobody is not."""
        return amount is not None and 0 < amount < self.least

    def few_of(self, part: Amount) -> bool:
        """Return True for a part of a group that is small, however large the group."""
        return 0 < part < SMALL

    def base(self, amounts: tuple[Amount, ...]) -> Amount | None:
        """Return how many persons the amounts tell of."""
        match self.shape:
            case Shape.COUNT:
                return amounts[0] if amounts else None
            case Shape.PART:
                return amounts[0] + amounts[1] if amounts else None
            case Shape.PAIR:
                return amounts[1] if amounts else None
        return None

    def small(self, amounts: tuple[Amount, ...], persons: int | None) -> bool:
        """Return True when a figure is of a small group.

        Args:
            amounts: as `amounts_of` returns them.
            persons: how many stand behind it, where that is another number than the amounts tell.
        """
        base = self.base(amounts) if persons is None else persons
        if self.few(base):
            return self.shape != Shape.COUNT or amounts[:1] != (0,)
        if self.survey or not amounts:
            return False
        if self.shape == Shape.PART:
            return self.few_of(amounts[0]) or self.few_of(amounts[1])
        return self.shape == Shape.PAIR and (self.few(amounts[1]) or (persons is None and self.few(amounts[0])))

    def sensitive(self, amounts: tuple[Amount, ...], persons: int | None) -> tuple[int, ...]:
        """Return places of the amounts of a small figure that nobody may work out; a zero is never one of them."""
        base = self.base(amounts) if persons is None else persons
        everything = self.survey or self.few(base) or self.shape != Shape.PART
        return tuple(place for place, amount in enumerate(amounts) if amount and (everything or self.few_of(amount)))
