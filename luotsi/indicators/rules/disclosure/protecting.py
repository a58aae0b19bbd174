"""The one place that figures pass before they leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from luotsi.base import periods
from luotsi.indicators.rules.disclosure.complementary import Cover
from luotsi.indicators.rules.disclosure.extremes import hide_given_away
from luotsi.indicators.rules.disclosure.policies import (
    LEARNERS_IN_PUBLIC,
    SMALL,
    Measure,
    Shape,
    conceal,
    shape_of,
    stricter,
)
from luotsi.indicators.rules.disclosure.rounding import rounded
from luotsi.indicators.rules.disclosure.table import Item, Table, table_of
from luotsi.indicators.rules.values import PERCENT, Cell, Definition, Hidden, Policy


def protect(
    cells: Iterable[Cell],
    definition: Definition,
    *,
    parents: Mapping[str, str],
    policy: Policy | None = None,
    cumulative: bool = False,
    public_learners: bool = False,
) -> tuple[Cell, ...]:
    """Return the cells as they may leave, in the order given.

    Give ALL cells that can ever be asked for of one indicator: every unit and split with their totals, and for a
    cumulative series every period. What is asked for is then picked from the answer, and sums over a selection are
    made of the answer only; protecting a selection protects nothing, for its complement is the next selection.

    Where neither the parts of a figure nor the persons behind it are known, nobody is taken to stand behind it and it
    is shown: whoever observes a percentage of persons tells of how many. What is held against the rest, and what is
    not, stands in `complementary`; the policy of statistics rounds and has no complementary protection.

    A cell that was protected before stays so. Zeros are shown. A protected cell has the mark PROTECTED, no numbers
    at all, and in `hidden` why: PRIMARY (small itself) or COMPLEMENTARY (would give away another).

    Args:
        cells: figures of one indicator and one version of its definition.
        definition: how it is counted; its policy is the least that holds.
        parents: the unit above each unit, by key.
        policy: what a provider or a table of facts asks for; a looser one than the definition's has no effect.
        cumulative: whether figures of a period contain those of the period before.
        public_learners: whether these are percentages of learners for the public, of which surveys and figures of
            learners need 45.

    Raises:
        ValueError: two cells are of the same unit, period and split.
    """
    given = list(cells)
    strict = definition.policy if policy is None else stricter(definition.policy, policy)
    if strict == Policy.OPEN:
        return tuple(given)
    of_learners = public_learners and definition.unit == PERCENT and strict in (Policy.SURVEY, Policy.LEARNERS)
    least = LEARNERS_IN_PUBLIC if of_learners else SMALL
    measure = Measure(shape_of(definition), survey=strict == Policy.SURVEY, least=least)
    if strict == Policy.STATISTICS:
        return tuple(rounded(given, definition, measure))
    tables = tables_by_period(given, parents, measure)
    if measure.shape == Shape.OTHER:
        for table in tables:
            hide_given_away(table, given, definition.rollup)
    for block in [tables] if cumulative else [[table] for table in tables]:
        Cover(block, measure).protect()
    why = {item.place: reason(item) for table in tables for item in table.items.values() if item.hidden}
    return tuple(conceal(cell, why[place]) if why.get(place) else cell for place, cell in enumerate(given))


def tables_by_period(cells: Sequence[Cell], parents: Mapping[str, str], measure: Measure) -> list[Table]:
    """Return a table for each period, in order of time."""
    by_period = defaultdict[str, list[tuple[int, Cell]]](list)
    for place, cell in enumerate(cells):
        by_period[cell.period].append((place, cell))
    return [table_of(by_period[key], parents, measure) for key in sorted(by_period, key=in_time)]


def in_time(key: str) -> tuple[str, str]:
    """Return by what periods are put in order: their last days; what is no period by its key."""
    try:
        period = periods.parse(key)
    except periods.NotAPeriod:
        return key, ""
    return period.end.isoformat(), key


def reason(item: Item) -> Hidden:
    """Return why an item is hidden; NOT for one that was protected before, which stays as it is."""
    if not item.amounts and not item.small and not item.blurred:
        return Hidden.NOT
    return Hidden.PRIMARY if item.small and not item.blurred else Hidden.COMPLEMENTARY
