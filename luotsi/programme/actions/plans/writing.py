"""Writing the draft of a plan, and letting a plan take effect in the records that stand beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from luotsi.base import clock
from luotsi.base.errors import Reason
from luotsi.indicators.models import Indicator
from luotsi.programme.actions.plans.figures import follow
from luotsi.programme.actions.refusals import ProgrammeRefused, checked
from luotsi.programme.models import Participation, PlanVersion
from luotsi.programme.queries import rows
from luotsi.programme.queries.documents import hash_of
from luotsi.programme.queries.taking_in import base_of, indicator_key, try_plan, vanished
from luotsi.programme.rules import documents
from luotsi.programme.rules.plan import Finding

if TYPE_CHECKING:
    from luotsi.people.models import Account
    from luotsi.programme.models import Programme
    from luotsi.programme.queries.taking_in import Trial
    from luotsi.programme.rules.observed import Gap
    from luotsi.programme.rules.plan import Plan


def draft_of(programme: Programme) -> PlanVersion | None:
    """Return the draft of a programme, locked."""
    return PlanVersion.objects.select_for_update(of=("self",)).filter(programme=programme, number=None).first()


def write_draft(programme: Programme, plan: Plan, by: Account | None) -> PlanVersion:
    """Write a plan as the draft of its programme, in the place of the one there may be."""
    document = documents.to_json(plan)
    given = {"document": document, "sha256": hash_of(document), "written_by": by, "written_at": clock.now()}
    draft = draft_of(programme)
    if draft is None:
        draft = PlanVersion(programme=programme, **given)
        draft.save(force_insert=True)
        return draft
    for name, value in given.items():
        setattr(draft, name, value)
    draft.save(update_fields=list(given))
    return draft


def rewrite(programme: Programme, plan: Plan, by: Account | None) -> PlanVersion:
    """Write a changed plan as the draft; while nothing has been published it takes effect at once.

    Raises:
        ProgrammeRefused: it has errors, or leaves out codes under which something is kept.
    """
    trial = try_plan(plan, programme.owner)
    if trial.reasons:
        raise ProgrammeRefused(*trial.reasons)
    base = base_of(programme)
    version = write_draft(programme, plan, by)
    if not programme.versions.exclude(number=None).exists():
        take_effect(programme, base, plan, trial, by)
    return version


def take_effect(programme: Programme, base: Plan | None, plan: Plan, trial: Trial, by: Account | None) -> list[Gap]:
    """Let a plan take effect: who takes part, findings, money, decisions, what is followed. Return what is left open.

    `base` is the plan that was in effect: what has been worked on since keeps what was written there, and changes
    only where the new plan says something else than the old one.
    """
    if base is not None and (reasons := tuple(vanished(programme, base, plan))):
        raise ProgrammeRefused(*reasons)
    _rename(programme, plan)
    _take_part(programme, plan, trial)
    gaps = follow(programme, plan, trial, by)
    for name in rows.LISTS:
        old = {item.code: item for item in getattr(base, name)} if base else {}
        _write_rows(programme, name, old, plan)
    return gaps


def _rename(programme: Programme, plan: Plan) -> None:
    programme.name, programme.starts_on, programme.ends_on = rows.kept(plan.names), plan.period.start, plan.period.end
    programme.save(update_fields=["name", "starts_on", "ends_on"])


def _take_part(programme: Programme, plan: Plan, trial: Trial) -> None:
    there = {taking.code: taking for taking in programme.participations.all()}
    gone = there.keys() - {item.code for item in plan.participants}
    Participation.objects.filter(programme=programme, code__in=gone).delete()
    new = [
        Participation(programme=programme, unit=unit, code=code)
        for code, unit in trial.units.items()
        if code not in there
    ]
    Participation.objects.bulk_create(new)


def _write_rows(programme: Programme, name: str, old: Mapping[str, rows.Item], plan: Plan) -> None:
    """Add records of new items, change those of changed ones, delete those of items that are gone."""
    model = rows.LISTS[name]
    there = {row.code: row for row in model.objects.filter(programme=programme)}
    new: dict[str, rows.Item] = {item.code: item for item in getattr(plan, name)}
    keys = {indicator_key(plan, item.code): item.code for item in plan.indicators}
    followed = {keys[found.key]: found for found in Indicator.objects.filter(key__in=keys)}
    made: list[Any] = []
    reasons: list[Reason] = []
    for code, item in new.items():
        fields = _fields(item, followed)
        row = there.get(code) or model(programme=programme, **fields)
        before = _fields(old[code], followed) if code in old else fields
        changed = [key for key, value in fields.items() if before[key] != value]
        for key in changed:
            setattr(row, key, fields[key])
        try:
            if code not in there:
                made.append(checked(row))
            elif changed:
                checked(row).save(update_fields=changed)
        except ProgrammeRefused as refused:
            reasons += [Reason(f"{code}: {reason}", reason.field) for reason in refused.reasons]
    if reasons:
        raise ProgrammeRefused(*reasons)
    model.objects.bulk_create(made)
    model.objects.filter(programme=programme, code__in=old.keys() - new.keys()).delete()


def _fields(item: rows.Item, followed: Mapping[str, Indicator]) -> dict[str, Any]:
    """Return the fields of the record of an item; that of a finding names the indicator's record."""
    fields = rows.fields_of(item)
    return fields | {"indicator": followed.get(item.indicator)} if isinstance(item, Finding) else fields
