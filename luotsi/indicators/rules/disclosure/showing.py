"""What is printed in the place of a figure; the words stand with those who write pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from luotsi.indicators.rules.values import Cell, Hidden, Mark, Policy


class Kind(StrEnum):
    """What stands in the place of a figure."""

    FIGURE = "figure"
    UNDER_FIVE = "under_5"
    ONE_TO_FOUR = "1_4"
    PROTECTED = "protected"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Shown:
    """What to print: the kind, and the code of its words; a figure has none."""

    kind: Kind
    code: str


def shown(cell: Cell, policy: Policy, *, count: bool = True) -> Shown:
    """Return what to print for a cell that has passed `protect`.

    Args:
        cell: the protected cell.
        policy: by which it was protected.
        count: whether the figure is a number of persons; "under 5" is said of no percentage.
    """
    kind = kind_of(cell, policy, count=count)
    return Shown(kind, "" if kind == Kind.FIGURE else f"shown.{kind}")


def kind_of(cell: Cell, policy: Policy, *, count: bool) -> Kind:
    """Return what stands in the place of a cell's figure."""
    match cell.mark:
        case Mark.MISSING:
            return Kind.MISSING
        case Mark.NOT_APPLICABLE:
            return Kind.NOT_APPLICABLE
        case Mark.FIGURE:
            return Kind.MISSING if cell.value is None else Kind.FIGURE
    if count and cell.hidden == Hidden.PRIMARY:
        if policy == Policy.THRESHOLD:
            return Kind.UNDER_FIVE
        if policy == Policy.STATISTICS:
            return Kind.ONE_TO_FOUR
    return Kind.PROTECTED
