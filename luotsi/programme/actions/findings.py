"""Findings: recording them, saying what is done about them, and closing them with their measured effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, texts
from luotsi.base.errors import Reason
from luotsi.base.names import Names
from luotsi.programme.actions.codes import free_code
from luotsi.programme.actions.refusals import ProgrammeRefused, checked
from luotsi.programme.models import Finding
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.rules.plan import sections_of
from luotsi.programme.rules.values import ActionState

if TYPE_CHECKING:
    from luotsi.indicators.models import Indicator
    from luotsi.people.models import Account
    from luotsi.programme.models import Programme

NO_NAMES = Names()


@dataclass(frozen=True, kw_only=True)
class FindingDetails:
    """What can be written of a finding; `owner` is a code of the plan or somebody in words."""

    text: Names
    section: str = ""
    is_negative: bool = True
    period: str = ""
    found_on: date | None = None
    cause: str = ""
    action: Names = NO_NAMES
    owner: str = ""
    due_on: date | None = None
    state: str = ""
    indicator: Indicator | None = None
    budget: str = ""
    value_before: Decimal | None = None


def details_of(finding: Finding) -> FindingDetails:
    """Return what is written of a finding, for a change of some of it."""
    given = {name: getattr(finding, name) for name in FindingDetails.__dataclass_fields__}
    return FindingDetails(**{**given, "text": finding.texts, "action": finding.actions})


def _fields(details: FindingDetails) -> dict[str, Any]:
    return {name: texts.kept(value) if isinstance(value, Names) else value for name, value in vars(details).items()}


def _refuse(programme: Programme, details: FindingDetails, finding: Finding | None) -> None:
    reasons = []
    if not texts.kept(details.text):
        reasons.append(Reason(_("Tell what was found."), field="text"))
    known = {item.code for item in sections_of(plan_of(programme))}
    unchanged = finding is not None and finding.section == details.section
    if details.section and details.section not in known and not unchanged:
        reasons.append(Reason(_("The plan has no such section."), field="section"))
    if details.state and not texts.kept(details.action):
        reasons.append(Reason(_("Tell which action is meant."), field="action"))
    if details.found_on is not None and details.found_on > clock.today():
        reasons.append(Reason(_("The day has not come yet."), field="found_on"))
    if reasons:
        raise ProgrammeRefused(*reasons)


@transaction.atomic
def add_finding(*, programme: Programme, details: FindingDetails, code: str = "", by: Account | None) -> Finding:
    """Record a finding. It may lack action, owner and due day; a report is not frozen before a negative one has them.

    Raises:
        ProgrammeRefused: nothing was found, the section is not in the plan, or the code is taken.
    """
    _refuse(programme, details, None)
    finding = Finding(programme=programme, code=code or free_code(programme, Finding, "K"), **_fields(details))
    checked(finding).save(force_insert=True)
    audit.record(
        by=by,
        verb="programme.finding.added",
        target=finding,
        after=audit.snapshot(finding),
        unit_id=programme.owner_id,
    )
    return finding


@transaction.atomic
def change_finding(*, finding: Finding, details: FindingDetails, by: Account | None) -> Finding:
    """Write the details of a finding; no audit row when nothing changed. A closed one is reopened first."""
    if finding.closed_on is not None:
        raise ProgrammeRefused(_("The effect has been recorded. Reopen the finding to change it."))
    _refuse(finding.programme, details, finding)
    names = list(vars(details))
    before = audit.snapshot(finding, *names)
    for name, value in _fields(details).items():
        setattr(finding, name, value)
    after = audit.snapshot(checked(finding), *names)
    if changed := [name for name in names if before[name] != after[name]]:
        finding.save(update_fields=changed)
        _record(finding, "changed", by, {n: before[n] for n in changed}, {n: after[n] for n in changed})
    return finding


@transaction.atomic
def close_finding(
    *, finding: Finding, value_after: Decimal | None = None, effect: str = "", by: Account | None
) -> Finding:
    """Record the effect of the action, measured or in words: the finding is no longer open in reports.

    Raises:
        ProgrammeRefused: it is closed already, has no action, or neither figure nor words tell the effect.
    """
    reasons = []
    if finding.closed_on is not None:
        reasons.append(Reason(_("The effect has been recorded already.")))
    if finding.is_negative and not finding.action:
        reasons.append(Reason(_("Tell first what was done about it."), field="action"))
    if value_after is None and not effect.strip():
        reasons.append(Reason(_("A finding is closed with its measured effect, or with its effect in words.")))
    if reasons:
        raise ProgrammeRefused(*reasons)
    finding.value_after, finding.effect = value_after, effect.strip()
    finding.closed_on, finding.closed_by = clock.today(), by
    finding.state = ActionState.DONE if finding.action else finding.state
    fields = ["value_after", "effect", "closed_on", "closed_by", "state"]
    checked(finding).save(update_fields=fields)
    _record(finding, "closed", by, None, audit.snapshot(finding, *fields))
    return finding


@transaction.atomic
def reopen_finding(*, finding: Finding, reason: str, by: Account | None) -> Finding:
    """Open a finding again; what was recorded as its effect stands in the log."""
    reasons = []
    if finding.closed_on is None:
        reasons.append(Reason(_("The finding is open.")))
    if not reason.strip():
        reasons.append(Reason(_("Tell why."), field="reason"))
    if reasons:
        raise ProgrammeRefused(*reasons)
    before = audit.snapshot(finding, "closed_on", "effect", "value_after")
    finding.closed_on, finding.closed_by, finding.effect, finding.value_after = None, None, "", None
    finding.save(update_fields=["closed_on", "closed_by", "effect", "value_after"])
    _record(finding, "reopened", by, before, {}, reason)
    return finding


def _record(
    finding: Finding,
    deed: str,
    by: Account | None,
    before: Mapping[str, object] | None,
    after: Mapping[str, object],
    reason: str = "",
) -> None:
    audit.record(
        by=by,
        verb=f"programme.finding.{deed}",
        target=finding,
        before=before,
        after=after,
        unit_id=finding.programme.owner_id,
        reason=reason,
    )
