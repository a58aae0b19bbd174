"""The table of milestones that this room offers to whoever counts: what has been told of each in each unit.

Rows leave as they are, so consent is kept here: a member that lets its own states be seen has rows of its own; those
that stand in sums only have theirs at the owner of the programme, and not when there is only one of them; of a member
that lets nothing be seen there is none.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from luotsi.base.declarations import marked as _
from luotsi.base.facts import ColumnKind, FactColumn, FactTable
from luotsi.programme.access import keep_participations, participations_of
from luotsi.programme.access.plans import plan_of, versions_in_effect
from luotsi.programme.models import Adoption, MilestoneState, NetworkMember, Participation, Programme
from luotsi.programme.rules import counted, networks
from luotsi.programme.rules.consent import Consent, shown
from luotsi.programme.rules.plan import Milestone, measures_of, sections_of

if TYPE_CHECKING:
    from luotsi.programme.rules.plan import Plan

# Rows without a record of their own get a key that stays the same: a milestone of which nothing was told.
_SPACE = uuid.UUID("6f1c7c8e-6a1f-4d0e-9c55-0d1f6c5b2a90")

COLUMNS = (
    FactColumn("record", ColumnKind.RECORD, _("milestone of a unit")),
    FactColumn("unit", ColumnKind.UNIT, _("unit that tells how far it is, or the owner for those told in sums only")),
    FactColumn("due_on", ColumnKind.DAY, _("day on which it falls due")),
    FactColumn("programme", ColumnKind.DIMENSION, _("key of the programme")),
    FactColumn("section", ColumnKind.DIMENSION, _("code of the focus area or package")),
    FactColumn("measure", ColumnKind.DIMENSION, _("code of the measure")),
    FactColumn("period", ColumnKind.DIMENSION, _("period that it belongs to")),
    FactColumn("state", ColumnKind.DIMENSION, _("what was told last; untold where nothing was")),
    FactColumn("is_done", ColumnKind.FLAG, _("whether it has been reached")),
    FactColumn("is_in_time", ColumnKind.FLAG, _("whether it was reached by its day")),
)

PILOT_COLUMNS = (
    FactColumn("record", ColumnKind.RECORD, _("decision or adoption")),
    FactColumn("unit", ColumnKind.UNIT, _("school")),
    FactColumn("told_on", ColumnKind.DAY, _("day of the decision or of taking into use")),
    FactColumn("programme", ColumnKind.DIMENSION, _("key of the programme")),
    FactColumn("network", ColumnKind.DIMENSION, _("address of the network")),
    FactColumn("kind", ColumnKind.DIMENSION, _("member, or adopted")),
    FactColumn("is_outside", ColumnKind.FLAG, _("whether a school outside the network took the concept into use")),
)


def fact_tables() -> tuple[FactTable, ...]:
    """Return what this room offers."""
    return (
        FactTable(
            key=counted.TABLE,
            title=_("Milestones"),
            about=_("One milestone of a measure in one unit, with what was told of it last."),
            columns=COLUMNS,
            rows=_rows,
            written_by=(
                "programme.programme",
                "programme.milestonestate",
                "programme.participation",
            ),
            policy="open",
        ),
        FactTable(
            key=networks.TABLE,
            title=_("Pilot networks and their spread"),
            about=_("One school that was chosen to a pilot network, or that took its concept into use."),
            columns=PILOT_COLUMNS,
            rows=_pilots,
            written_by=("programme.programme", "programme.network", "programme.networkmember", "programme.adoption"),
            policy="open",
        ),
    )


def _pilots() -> Iterator[tuple[object, ...]]:
    """Yield the chosen schools and those that adopted; a member that adopts is not outside."""
    chosen = set()
    for one in NetworkMember.objects.chosen().select_related("network__programme"):
        chosen.add((one.network_id, one.unit_id))
        network = one.network
        yield one.pk, one.unit_id, one.decided_on, network.programme.key, network.slug, networks.MEMBER, False
    for told in Adoption.objects.select_related("network__programme"):
        network, outside = told.network, (told.network_id, told.unit_id) not in chosen
        yield told.pk, told.unit_id, told.adopted_on, network.programme.key, network.slug, networks.ADOPTED, outside


def _rows() -> Iterator[tuple[object, ...]]:
    """Yield every milestone of the plans in effect, of every member as far as it consents."""
    told = {
        (row.programme_id, row.measure, row.period, row.unit_id): row
        for row in MilestoneState.objects.current().exclude(period="")
    }
    versions = versions_in_effect()
    taking: defaultdict[uuid.UUID, list[Participation]] = defaultdict(list)
    for one in Participation.objects.select_related("unit").order_by("unit__name_fi", "code"):
        taking[one.programme_id].append(one)
    for programme in Programme.objects.select_related("owner"):
        version = versions.get(programme.pk)
        if version is None:
            continue
        keep_participations(programme, taking[programme.pk])
        units = _units(programme)
        plan = plan_of(programme, version)
        for section, measure, milestone in _milestones(plan):
            due = milestone.due or milestone.period.end
            for unit_id, told_at in units:
                row = told.get((programme.pk, measure, milestone.period.key, unit_id))
                name = f"{programme.pk} {measure} {milestone.period.key} {unit_id}"
                is_done = row is not None and row.state == MilestoneState.State.DONE
                yield (
                    row.pk if row and unit_id == told_at else uuid.uuid5(_SPACE, name),
                    told_at,
                    due,
                    programme.key,
                    section,
                    measure,
                    milestone.period.key,
                    row.state if row else "untold",
                    is_done,
                    is_done and _in_time(row, due),
                )


def _units(programme: Programme) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Return the units that are told of, each with the one at which its rows stand."""
    taking = participations_of(programme)
    if not taking:
        return [(programme.owner_id, programme.owner_id)]
    seen = shown({one.unit_id: Consent(one.consent) for one in taking}, frozenset())
    apart = set(seen.apart)
    return [(unit_id, unit_id if unit_id in apart else programme.owner_id) for unit_id in seen.summed]


def _in_time(row: MilestoneState | None, due: date | None) -> bool:
    return row is not None and row.done_on is not None and (due is None or row.done_on <= due)


def _milestones(plan: Plan) -> Iterator[tuple[str, str, Milestone]]:
    """Yield section, measure and milestone of every milestone of a plan, each once."""
    inner = {measure.code: section.code for section in sections_of(plan) for measure in section.measures}
    for measure in measures_of(plan):
        for milestone in measure.milestones:
            yield inner[measure.code], measure.code, milestone
