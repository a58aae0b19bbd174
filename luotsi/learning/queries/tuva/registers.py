"""What the registers tell of somebody's preparatory studies, and the plan that stands beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from luotsi.learning.models import StudyLine, StudyRight, TuvaPlan
from luotsi.learning.queries.tuva.documents import planned_in_document
from luotsi.learning.rules.tuva.limits import PARTS
from luotsi.learning.rules.tuva.paths import Planned, Registers

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True)
class Kept:
    """What is kept of one right: the registers, the plan in force, and the proposal that waits for an answer."""

    registers: Registers
    plan: TuvaPlan | None
    proposal: TuvaPlan | None
    versions: tuple[TuvaPlan, ...]


def registers_of(right: StudyRight, lines: Iterable[StudyLine]) -> Registers:
    """Return what the registers tell: weeks done by part from KOSKI, days planned from eHOKS.

    A line has one amount, that of KOSKI where KOSKI has the part; the weeks of eHOKS are told where they are known.
    """
    told = [one for one in lines if one.key in PARTS]
    return Registers(
        permit=right.permit,
        starts_on=right.starts_on,
        estimated_end=right.estimated_end,
        ended_on=right.ends_on,
        done={one.key: one.amount for one in told if one.done_on and one.amount is not None},
        planned={
            one.key: Planned(None if one.done_on else one.amount, one.planned_from, one.planned_until)
            for one in told
            if one.planned_from or one.planned_until
        },
    )


def kept_of(right: StudyRight) -> Kept:
    """Return what is kept of one right, with what the document of the personal plan says of each part."""
    kept = kept_of_all([right])[right.pk]
    planned = planned_in_document(right)
    return kept if planned is None else replace(kept, registers=replace(kept.registers, planned=planned))


def kept_of_all(rights: Sequence[StudyRight]) -> dict[UUID, Kept]:
    """Return what is kept of rights, by their ids: two queries for any number of them."""
    learners = {one.learner_id for one in rights}
    lines: dict[tuple[UUID, str], list[StudyLine]] = defaultdict(list)
    for line in StudyLine.objects.known().filter(learner__in=learners, key__in=PARTS):
        lines[line.learner_id, line.right_oid].append(line)
    plans: dict[tuple[UUID, str], list[TuvaPlan]] = defaultdict(list)
    for plan in TuvaPlan.objects.filter(learner__in=learners).select_related(
        "saved_by__person", "answered_by__person"
    ):
        plans[plan.learner_id, plan.right_oid].append(plan)
    return {one.pk: _kept(one, lines[one.learner_id, one.oid], plans[one.learner_id, one.oid]) for one in rights}


def _kept(right: StudyRight, lines: Sequence[StudyLine], plans: Sequence[TuvaPlan]) -> Kept:
    return Kept(
        registers=registers_of(right, lines),
        plan=next((one for one in plans if one.is_agreed), None),
        proposal=next((one for one in plans if one.is_agreed is None), None),
        versions=tuple(plans),
    )
