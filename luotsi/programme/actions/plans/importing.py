"""Taking a plan in: the programme with its first version, or a new draft of one that is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify

from luotsi.base import audit
from luotsi.base.errors import Reason, Refused
from luotsi.programme.actions.plans.publishing import Approval, publish
from luotsi.programme.actions.plans.writing import take_effect, write_draft
from luotsi.programme.actions.refusals import ProgrammeRefused, checked
from luotsi.programme.models import PlanVersion, Programme
from luotsi.programme.queries import rows
from luotsi.programme.queries.taking_in import Trial, try_plan
from luotsi.programme.rules.observed import Gap

if TYPE_CHECKING:
    from luotsi.people.models import Account, Unit
    from luotsi.programme.rules.plan import Plan


@dataclass(frozen=True)
class Imported:
    """What was made of a plan: the programme, the version, and what was left open."""

    programme: Programme
    version: PlanVersion
    gaps: tuple[Gap, ...]


@transaction.atomic
def import_plan(
    *,
    plan: Plan,
    owner: Unit | None = None,
    by: Account | None,
    approval: Approval | None = None,
    is_public: bool = False,
) -> Imported:
    """Take a plan in at a unit, or at the one that it names; with an approval it is published at once.

    A new programme gets its participants, findings, money, decisions, indicators, targets and figures. A programme
    that is there gets a draft, which takes effect when it is published. Gaps do not keep a plan out.

    Raises:
        Refused: it has errors, nobody owns it, it leaves out codes under which something is kept, or one of its
            indicators or figures cannot be so.
    """
    trial = try_plan(plan, owner)
    if trial.reasons or trial.owner is None:
        raise ProgrammeRefused(*trial.reasons)
    gaps = list(trial.gaps)
    if trial.programme is None:
        programme = _found(trial, trial.owner, is_public, by)
        version = write_draft(programme, plan, by)
        gaps += take_effect(programme, None, plan, trial, by)
    else:
        programme = trial.programme
        version = write_draft(programme, plan, by)
    audit.record(
        by=by,
        verb="programme.plan.imported",
        target=programme,
        after={"sha256": version.sha256, "gaps": [f"{gap.code} {gap.about}" for gap in gaps]},
        unit_id=programme.owner_id,
    )
    if approval is not None:
        version = publish(programme=programme, approval=approval, by=by)
    return Imported(programme, version, tuple(gaps))


class _Rehearsed(Exception):
    """Nothing was wrong: what was written is taken back."""


def rehearse_import(*, plan: Plan, owner: Unit | None = None) -> tuple[Reason, ...]:
    """Do an import and take it back; return everything for which it would be refused, nothing when it would not be."""
    try:
        with transaction.atomic():
            import_plan(plan=plan, owner=owner, by=None)
            raise _Rehearsed
    except _Rehearsed:
        return ()
    except Refused as refused:
        return refused.reasons


def _found(trial: Trial, owner: Unit, is_public: bool, by: Account | None) -> Programme:
    plan = trial.plan
    programme = Programme(
        key=plan.key,
        slug=slugify(plan.key),
        owner=owner,
        name=rows.kept(plan.names),
        starts_on=plan.period.start,
        ends_on=plan.period.end,
        is_public=is_public,
    )
    checked(programme).save(force_insert=True)
    audit.record(
        by=by,
        verb="programme.programme.founded",
        target=programme,
        after=audit.snapshot(programme),
        unit_id=owner.pk,
    )
    return programme
