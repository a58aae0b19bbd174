"""The evidence beside own grades: milestones of the unit that tells them, figures of the unit itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from luotsi.indicators.queries import words as figure_words
from luotsi.indicators.queries.figures import Figures, figures_of
from luotsi.indicators.queries.minis import measure_of
from luotsi.indicators.queries.outlook import Outlook, day_of, outlooks_of
from luotsi.indicators.rules.values import Audience, Mark
from luotsi.programme.rules.parting import Evidence
from luotsi.programme.rules.plan import measures_of
from luotsi.programme.rules.states import State, together

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.indicators.models import Indicator
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme
    from luotsi.programme.queries.standing import Standing
    from luotsi.programme.rules.plan import Measure


@dataclass(frozen=True)
class FigureBeside:
    """A figure of a unit: what it is, how it is written, and whether it is where its target's path asks it to be."""

    key: str
    names: Names
    written: str
    unit: str
    period: str
    on_track: bool | None


@dataclass(frozen=True)
class Beside:
    """The evidence of one measure in one unit."""

    evidence: Evidence
    states: tuple[tuple[State, int], ...]
    figures: tuple[FigureBeside, ...]


@dataclass(frozen=True)
class Evidences:
    """Everything that evidence is taken from, fetched once for all units and measures of a round."""

    standing: Standing
    measures: dict[str, Measure]
    linked: dict[str, tuple[Indicator, ...]]
    outlooks: dict[UUID, Outlook]
    figures: Figures | None

    def of(self, unit: Unit, code: str) -> Beside:
        """Return the evidence of a measure in a unit; nothing of a measure that the plan has no more."""
        measure = self.measures.get(code)
        telling = self._telling(unit)
        if measure is None:
            return Beside(Evidence(), (), ())
        counts: Mapping[State, int] = {}
        if telling is not None:
            counts = together(self.standing.milestone(measure, item, telling) for item in measure.milestones).counts
        figures = tuple(self._figures(unit, code))
        return Beside(
            Evidence(
                milestones=counts,
                met=sum(one.on_track is True for one in figures),
                behind=sum(one.on_track is False for one in figures),
            ),
            tuple(counts.items()),
            figures,
        )

    def _telling(self, unit: Unit) -> UUID | None:
        """Return the unit that tells the states for this one: itself, or the one above it that takes part."""
        along = {unit.pk, *unit.ancestor_ids}
        return next((one.pk for one in self.standing.units if one.pk in along), None)

    def _figures(self, unit: Unit, code: str) -> Iterable[FigureBeside]:
        for indicator in self.linked.get(code, ()):
            cell = self.figures.latest(indicator, unit) if self.figures else None
            outlook = self.outlooks.get(indicator.pk)
            if cell is None or outlook is None or cell.mark is not Mark.FIGURE or cell.value is None:
                continue
            path = outlook.path
            yield FigureBeside(
                key=indicator.key,
                names=indicator.names,
                written=measure_of(outlook).write(cell.value, approximate=cell.approximate),
                unit=unit.key,
                period=figure_words.period(cell.period),
                on_track=path.on_track(cell.value, day_of(cell, self.standing.today)) if path else None,
            )


def evidences(
    programme: Programme,
    standing: Standing,
    codes: Sequence[str],
    *,
    on: date | None = None,
    at: datetime | None = None,
    audience: Audience = Audience.STAFF,
) -> Evidences:
    """Return what evidence is taken from; the number of queries does not grow with units or measures.

    Args:
        programme: whose indicators are asked.
        standing: where its milestones stand.
        codes: of the measures.
        on: the day for which figures are counted; today by default.
        at: figures as approved at that moment; None for what is approved now.
        audience: for whom figures are protected.
    """
    measures = {measure.code: measure for measure in measures_of(standing.plan) if measure.code in set(codes)}
    linked: dict[str, list[Indicator]] = {}
    links = programme.indicator_links.filter(item__in=list(measures)).select_related("indicator__owner")
    for link in links.order_by("position", "item"):
        linked.setdefault(link.item, []).append(link.indicator)
    indicators = list({one.pk: one for found in linked.values() for one in found}.values())
    outlooks = outlooks_of(indicators, programme.owner, audience=audience, on=on, at=at) if indicators else []
    figures = (
        figures_of(indicators, programme.owner, below=True, audience=audience, on=on, at=at) if indicators else None
    )
    return Evidences(
        standing=standing,
        measures=measures,
        linked={code: tuple(found) for code, found in linked.items()},
        outlooks={one.indicator.pk: one for one in outlooks},
        figures=figures,
    )
