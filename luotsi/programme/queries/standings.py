"""Where several programmes stand, in a number of queries that does not grow with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Q, Subquery

from luotsi.programme import access
from luotsi.programme.models import MilestoneState, Participation, PlanVersion
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.standing import Standing, focus_of, standing_from
from luotsi.programme.rules.plan import measures_of
from luotsi.programme.rules.states import State, Together

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme
    from luotsi.programme.models.programmes import ProgrammeQuerySet


@dataclass(frozen=True)
class Stand:
    """One programme: how it stands, for which unit, and how many findings are open."""

    programme: Programme
    standing: Standing
    focus: Unit | None
    open_findings: int

    @property
    def counts(self) -> Together:
        """Its milestones by the state that each shows."""
        found: dict[State, int] = {}
        for measure in measures_of(self.standing.plan):
            for item in measure.milestones:
                focus = self.focus.pk if self.focus else None
                state = self.standing.milestone_together(measure, item, focus).state
                found[state] = found.get(state, 0) + 1
        return Together(found)


def stands_of(visitor: Visitor, programmes: ProgrammeQuerySet, scope: Unit, today: date) -> list[Stand]:
    """Return how the programmes stand as the visitor sees them from a unit; those without a version are left out.

    Four queries: the programmes, their latest versions, who takes part, what was told last.
    """
    open_ = Count("findings", filter=Q(findings__closed_on=None))
    found = list(programmes.select_related("owner").annotate(open_findings=open_))
    versions = _latest(found)
    taking: dict[object, list[Participation]] = {programme.pk: [] for programme in found}
    for one in (
        Participation.objects.filter(programme__in=found).select_related("unit").order_by("unit__name_fi", "code")
    ):
        taking[one.programme_id].append(one)
    told: dict[object, list[MilestoneState]] = {programme.pk: [] for programme in found}
    for row in MilestoneState.objects.current().filter(programme__in=found):
        told[row.programme_id].append(row)
    stands = []
    for programme in found:
        if (version := versions.get(programme.pk)) is None:
            continue
        access.keep_participations(programme, taking[programme.pk])
        plan = plan_of(programme, version)
        standing = standing_from(visitor, programme, plan, today, told[programme.pk])
        stands.append(Stand(programme, standing, focus_of(standing, scope), programme.open_findings))  # type: ignore[attr-defined]
    return stands


def _latest(programmes: Sequence[Programme]) -> dict[object, PlanVersion]:
    """Return the latest published version of each programme, or the draft of one that has none; one query."""
    same = PlanVersion.objects.filter(programme=OuterRef("programme"))
    last = same.order_by(F("number").desc(nulls_last=True)).values("pk")[:1]
    found = PlanVersion.objects.filter(programme__in=programmes, pk=Subquery(last))
    return {version.programme_id: version for version in found}
