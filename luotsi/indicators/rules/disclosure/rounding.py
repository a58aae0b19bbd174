"""The rule of the national statistics: 1 to 4 as a class of its own, other counts to the nearest multiple of 3.

Source: what Vipunen prints under its tables. It has no complementary protection: each shown count may be one of three.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext

from luotsi.indicators.rules.disclosure.policies import Measure, Shape, amounts_of, conceal
from luotsi.indicators.rules.targets.path import DIGITS
from luotsi.indicators.rules.values import Cell, Definition, Hidden, Mark

STEP = 3


def rounded(cells: Sequence[Cell], definition: Definition, measure: Measure) -> list[Cell]:
    """Return the cells with their counts in multiples of 3 and shares counted from those."""
    return [round_cell(cell, definition, measure) if cell.mark == Mark.FIGURE else cell for cell in cells]


def round_cell(cell: Cell, definition: Definition, measure: Measure) -> Cell:
    """Return one cell as it may be shown; a share with 1 to 4 in its numerator or denominator has no figure."""
    amounts = amounts_of(cell, measure.shape)
    persons = cell.persons if cell.persons != measure.base(amounts) else None
    if measure.few(persons) or (persons is None and any(measure.few(count) for count in counts(cell, measure.shape))):
        return conceal(cell, Hidden.PRIMARY)
    behind = None if cell.persons is None else int(nearest(Decimal(cell.persons)))
    if not amounts or (persons is not None and measure.shape == Shape.COUNT):
        return replace(cell, persons=behind)
    if measure.shape == Shape.COUNT:
        count = nearest(Decimal(amounts[0]))
        return replace(cell, value=count, numerator=None if cell.numerator is None else count, persons=behind)
    numerator, denominator = (None if part is None else nearest(part) for part in (cell.numerator, cell.denominator))
    value = share(numerator, denominator, definition)
    return replace(cell, value=value, numerator=numerator, denominator=denominator, persons=behind)


def counts(cell: Cell, shape: Shape) -> list[Decimal]:
    """Return the counts that a cell shows."""
    shows = (cell.value if cell.numerator is None else cell.numerator,) if shape == Shape.COUNT else ()
    both = (cell.numerator, cell.denominator) if shape in (Shape.PART, Shape.PAIR) else ()
    return [count for count in (*shows, *both) if count is not None]


def nearest(count: Decimal) -> Decimal:
    """Return the nearest multiple of 3."""
    with localcontext(prec=DIGITS):
        return (count / STEP).quantize(Decimal(1), rounding=ROUND_HALF_UP) * STEP


def share(numerator: Decimal | None, denominator: Decimal | None, definition: Definition) -> Decimal | None:
    """Return the value that protected counts make."""
    if numerator is None or not denominator:
        return None
    with localcontext(prec=DIGITS):
        return numerator * definition.factor / denominator
