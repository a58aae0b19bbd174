"""Where a programme stands: what every unit told of every milestone, judged today, as far as a reader sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from luotsi.programme.access import own_units, participations_of, units_of
from luotsi.programme.models import MilestoneState
from luotsi.programme.rules.consent import Consent, Shown, shown
from luotsi.programme.rules.states import Judged, Together, state_of_measure, state_of_milestone, together

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme
    from luotsi.programme.rules.plan import Measure, Milestone, Plan


@dataclass(frozen=True)
class Standing:
    """The judged states of a programme.

    Args:
        plan: the plan in effect.
        units: those that tell states, by name; the owner alone where nobody takes part.
        shown: which of them the reader sees apart, and which are in the sums.
        told: what was told last, by measure, period ("" = the measure as a whole) and unit.
    """

    programme: Programme
    plan: Plan
    today: date
    units: tuple[Unit, ...]
    shown: Shown[UUID]
    own: frozenset[UUID]
    told: dict[tuple[str, str, UUID], MilestoneState]

    @property
    def apart(self) -> tuple[Unit, ...]:
        """The units that the reader sees apart."""
        return tuple(unit for unit in self.units if unit.pk in self.shown.apart)

    def milestone(self, measure: Measure, milestone: Milestone, unit_id: UUID) -> Judged:
        """Return the state of a milestone in one unit."""
        row = self.told.get((measure.code, milestone.period.key, unit_id))
        return state_of_milestone(row.told if row else None, milestone.period, milestone.due, self.today)

    def measure(self, measure: Measure, unit_id: UUID) -> Judged:
        """Return the state of a measure in one unit."""
        judged = [(item.period.key, self.milestone(measure, item, unit_id)) for item in measure.milestones]
        row = self.told.get((measure.code, "", unit_id))
        return state_of_measure(judged, row.told if row else None)

    def milestone_together(self, measure: Measure, milestone: Milestone, focus: UUID | None = None) -> Together:
        """Return the state of a milestone in the units that may be summed up, or in the one in focus."""
        return together(self.milestone(measure, milestone, unit_id) for unit_id in self._summed(focus))

    def measure_together(self, measure: Measure, focus: UUID | None = None) -> Together:
        """Return the state of a measure in the units that may be summed up, or in the one in focus."""
        return together(self.measure(measure, unit_id) for unit_id in self._summed(focus))

    def _summed(self, focus: UUID | None) -> Sequence[UUID]:
        return self.shown.summed if focus is None else (focus,)


def standing_of(visitor: Visitor | None, programme: Programme, plan: Plan, today: date) -> Standing:
    """Return where a programme stands for a reader; None is the public, which belongs nowhere. Two queries."""
    units = [unit.pk for unit in units_of(programme)]
    told = MilestoneState.objects.current().filter(programme=programme, unit__in=units)
    return standing_from(visitor, programme, plan, today, told)


def standing_from(
    visitor: Visitor | None, programme: Programme, plan: Plan, today: date, told: Iterable[MilestoneState]
) -> Standing:
    """Return where a programme stands, from what was told last and was fetched already."""
    units = tuple(units_of(programme))
    taking = participations_of(programme)
    consents = {one.unit_id: Consent(one.consent) for one in taking} or {programme.owner_id: Consent.FIGURES}
    own = own_units(visitor, programme) if visitor is not None else frozenset()
    here = {unit.pk for unit in units}
    by_place = {(row.measure, row.period, row.unit_id): row for row in told if row.unit_id in here}
    return Standing(programme, plan, today, units, shown(consents, own), own, by_place)


def focus_of(standing: Standing, scope: Unit | None) -> Unit | None:
    """Return the unit whose own states a page of the scope shows: the scope or the one above it that takes part.

    None where the page is of all together, or where the reader may not see that unit apart.
    """
    if scope is None:
        return None
    along = {*scope.ancestor_ids, scope.pk}
    found = next((unit for unit in standing.apart if unit.pk in along), None)
    return found if found is not None and len(standing.units) > 1 else None
