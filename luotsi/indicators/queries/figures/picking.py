"""Figures as they are asked for: picked from the protected block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from luotsi.base import clock
from luotsi.indicators.models import Indicator
from luotsi.indicators.queries.figures.blocks import Asked, protected, versions_of
from luotsi.indicators.queries.figures.inputs import in_time, root_of
from luotsi.indicators.rules.values import Audience, Cell, Mark
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from luotsi.indicators.models import Definition

type Split = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Figures:
    """Protected figures of some indicators, units and periods.

    Args:
        cells: every cell that was asked for, by indicator in the order asked, then by time.
        definitions: the versions, by key of the indicator and number.
    """

    cells: tuple[Cell, ...]
    definitions: Mapping[tuple[str, int], Definition]

    @cached_property
    def _by_key(self) -> dict[tuple[str, str, str, Split], Cell]:
        return {(cell.indicator, cell.unit, cell.period, cell.split): cell for cell in self.cells}

    @cached_property
    def _by_series(self) -> dict[tuple[str, str, Split], list[Cell]]:
        found: dict[tuple[str, str, Split], list[Cell]] = {}
        for cell in self.cells:
            found.setdefault((cell.indicator, cell.unit, cell.split), []).append(cell)
        return found

    @cached_property
    def periods(self) -> list[str]:
        """The keys of all periods, in order of time."""
        return sorted({cell.period for cell in self.cells}, key=in_time)

    def cell(self, indicator: Indicator | str, unit: Unit | str, period: str, split: Split = ()) -> Cell | None:
        """Return one cell; None where nothing is expected or told."""
        return self._by_key.get((_key(indicator), _unit(unit), period, _split(split)))

    def series(self, indicator: Indicator | str, unit: Unit | str, split: Split = ()) -> list[Cell]:
        """Return the cells by time; those of different `Cell.version` are not joined by a line."""
        return list(self._by_series.get((_key(indicator), _unit(unit), _split(split)), ()))

    def latest(self, indicator: Indicator | str, unit: Unit | str, split: Split = ()) -> Cell | None:
        """Return the last cell that is not missing: a figure, or a protected one; None where there is none."""
        cells = self.series(indicator, unit, split)
        return next((cell for cell in reversed(cells) if cell.mark is not Mark.MISSING), None)

    def splits(self, indicator: Indicator | str, unit: Unit | str) -> list[Split]:
        """Return the splits that there are cells of, without the total, in order."""
        found = {split for key, held, split in self._by_series if key == _key(indicator) and held == _unit(unit)}
        return sorted(found - {()})

    def definition(self, indicator: Indicator | str, version: int | None = None) -> Definition | None:
        """Return a version of a definition; without a number the last one."""
        versions = [number for key, number in self.definitions if key == _key(indicator)]
        number = version if version is not None else max(versions, default=0)
        return self.definitions.get((_key(indicator), number))


def _key(indicator: Indicator | str) -> str:
    return indicator.key if isinstance(indicator, Indicator) else indicator


def _unit(unit: Unit | str) -> str:
    return unit.pk.hex if isinstance(unit, Unit) else unit


def _split(split: Split) -> Split:
    return tuple(sorted(split))


def figures_of(
    indicators: Sequence[Indicator],
    scope: Unit,
    *,
    below: bool = False,
    periods: Sequence[str] | None = None,
    audience: Audience = Audience.STAFF,
    on: date | None = None,
    at: datetime | None = None,
) -> Figures:
    """Return protected figures of a unit.

    Whether the reader may see figures of the unit is asked before, through `access`.

    Args:
        indicators: which; each with its own rule and policy.
        scope: the unit.
        below: whether also of every unit below it.
        periods: keys of the only periods wanted; None for all. The protection is the same either way.
        audience: for whom; the public sees less of learners.
        on: the day for which records are counted; today by default. Periods that begin later are left out.
        at: as approved at that moment (frozen reports); None for what is approved now.
    """
    asked = Asked(audience=audience, on=on or clock.today(), at=at)
    versions = versions_of(indicators)
    block, found = protected(versions, root_of(scope), asked)
    wanted = frozenset(periods) if periods is not None else None
    own = scope.pk.hex
    units = {unit for unit, path in block.paths.items() if path.startswith(scope.path)} if below else {own}
    cells = tuple(
        cell
        for one in versions
        for cell in found[one.indicator.pk]
        if cell.unit in units and (wanted is None or cell.period in wanted)
    )
    definitions = {(one.indicator.key, each.version): each for one in versions for each in one.definitions}
    return Figures(cells, definitions)
