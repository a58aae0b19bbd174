"""What becomes of the draft: published, it gets a number, takes effect and never changes again; or it is discarded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.programme.actions.plans.writing import draft_of, take_effect
from luotsi.programme.actions.refusals import ProgrammeRefused, checked
from luotsi.programme.queries.documents import plan_of, published_of
from luotsi.programme.queries.taking_in import try_plan

if TYPE_CHECKING:
    from luotsi.people.models import Account
    from luotsi.programme.models import PlanVersion, Programme


@dataclass(frozen=True, kw_only=True)
class Approval:
    """What changed and why, and who approved it: a body in words, on which day, by which decision."""

    note: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    reference: str = ""


@transaction.atomic
def publish(*, programme: Programme, approval: Approval, by: Account | None) -> PlanVersion:
    """Publish the draft as the next version; from now on it is the plan that is in effect.

    Raises:
        ProgrammeRefused: there is no draft, it has errors or is the same as the last version, it leaves out codes
            under which something is kept, or from the second version on nothing tells what changed.
    """
    draft, last = draft_of(programme), published_of(programme)
    if draft is None:
        raise ProgrammeRefused(_("There is no draft to publish."))
    plan = plan_of(programme, draft)
    trial = try_plan(plan, programme.owner)
    reasons = [*trial.reasons]
    if last is not None and last.sha256 == draft.sha256:
        reasons.append(Reason(_("The draft is the same as the published version.")))
    if last is not None and not approval.note.strip():
        reasons.append(Reason(_("Tell what changed and why."), field="note"))
    if approval.approved_on is not None and approval.approved_on > clock.today():
        reasons.append(Reason(_("The day of the approval has not come."), field="approved_on"))
    if reasons:
        raise ProgrammeRefused(*reasons)
    if last is not None:
        take_effect(programme, plan_of(programme, last), plan, trial, by)
    numbered = programme.versions.aggregate(last=Max("number"))["last"] or 0
    draft.number, draft.published_at, draft.published_by = numbered + 1, clock.now(), by
    for name, value in vars(approval).items():
        setattr(draft, name, value)
    fields = ["number", "published_at", "published_by", *vars(approval)]
    checked(draft).save(update_fields=fields)
    audit.record(
        by=by,
        verb="programme.plan.published",
        target=programme,
        after=audit.snapshot(draft, "sha256", *fields),
        unit_id=programme.owner_id,
        reason=approval.note,
    )
    return draft


@transaction.atomic
def discard_draft(*, programme: Programme, by: Account | None) -> None:
    """Throw the draft away; the published version goes on as the plan, and the next change begins from it.

    Raises:
        ProgrammeRefused: there is no draft, or nothing else: before the first publishing the draft is the plan.
    """
    draft, last = draft_of(programme), published_of(programme)
    if draft is None:
        raise ProgrammeRefused(_("There is no draft to discard."))
    if last is None:
        raise ProgrammeRefused(_("Nothing has been published yet, so the draft is the plan itself."))
    before = audit.snapshot(draft, "sha256", "written_at")
    draft.delete()
    audit.record(by=by, verb="programme.plan.discarded", target=programme, before=before, unit_id=programme.owner_id)
