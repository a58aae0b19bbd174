"""Lines of money and decisions: adding and changing them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, texts
from luotsi.base.errors import Reason
from luotsi.base.names import Names
from luotsi.programme.actions.codes import free_code
from luotsi.programme.actions.refusals import ProgrammeRefused, checked
from luotsi.programme.models import BudgetLine, Decision
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.rules.plan import sections_of
from luotsi.programme.rules.values import NotAValue, span

if TYPE_CHECKING:
    from luotsi.people.models import Account
    from luotsi.programme.models import Programme


@dataclass(frozen=True, kw_only=True)
class BudgetDetails:
    """What can be written of a line of money; `amount` None = no sum was given, which is not zero.

    `period` is a span as in a plan file (2027, 2026/2029), `fund` says from which source the money comes.
    """

    kind: str
    text: Names
    period: str
    amount: Decimal | None = None
    section: str = ""
    fund: str = ""
    appendix: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class DecisionDetails:
    """What can be written of a decision; `is_noted` when the body only took note."""

    body: Names
    matter: Names
    day: date | None = None
    number: str = ""
    is_noted: bool = False
    source: str = ""


def _fields(details: BudgetDetails | DecisionDetails) -> dict[str, Any]:
    return {name: texts.kept(value) if isinstance(value, Names) else value for name, value in vars(details).items()}


def _reasons_of_line(programme: Programme, details: BudgetDetails) -> list[Reason]:
    reasons = []
    if not texts.kept(details.text):
        reasons.append(Reason(_("Tell what the money is for."), field="text"))
    if details.section and details.section not in {item.code for item in sections_of(plan_of(programme))}:
        reasons.append(Reason(_("The plan has no such section."), field="section"))
    try:
        if span(details.period).reversed:
            reasons.append(Reason(_("The time ends before it begins."), field="period"))
    except NotAValue:
        words = _("This is not a period. Write 2026, 2026-08, 2026-27, 2026-08-01, or two of them as 2024/2027.")
        reasons.append(Reason(words, field="period"))
    return reasons


def _reasons_of_decision(details: DecisionDetails) -> list[Reason]:
    reasons = []
    if not texts.kept(details.body):
        reasons.append(Reason(_("Tell who decided."), field="body"))
    if not texts.kept(details.matter):
        reasons.append(Reason(_("Tell what was decided."), field="matter"))
    return reasons


@transaction.atomic
def add_budget_line(*, programme: Programme, details: BudgetDetails, code: str = "", by: Account | None) -> BudgetLine:
    """Add a line of money. Raises ProgrammeRefused when the time, the section or the code does not fit."""
    if reasons := _reasons_of_line(programme, details):
        raise ProgrammeRefused(*reasons)
    code = code or free_code(programme, BudgetLine, "B")
    line = checked(BudgetLine(programme=programme, code=code, **_fields(details)))
    line.save(force_insert=True)
    _record(line, programme, "programme.budget.added", by, None, audit.snapshot(line))
    return line


@transaction.atomic
def change_budget_line(*, line: BudgetLine, details: BudgetDetails, by: Account | None) -> BudgetLine:
    """Write the details of a line of money; no audit row when nothing changed."""
    if reasons := _reasons_of_line(line.programme, details):
        raise ProgrammeRefused(*reasons)
    return _changed(line, details, "programme.budget.changed", by)


@transaction.atomic
def add_decision(*, programme: Programme, details: DecisionDetails, code: str = "", by: Account | None) -> Decision:
    """Add a decision. Raises ProgrammeRefused when nobody decided or nothing was decided."""
    if reasons := _reasons_of_decision(details):
        raise ProgrammeRefused(*reasons)
    code = code or free_code(programme, Decision, "D")
    decision = checked(Decision(programme=programme, code=code, **_fields(details)))
    decision.save(force_insert=True)
    _record(decision, programme, "programme.decision.added", by, None, audit.snapshot(decision))
    return decision


@transaction.atomic
def change_decision(*, decision: Decision, details: DecisionDetails, by: Account | None) -> Decision:
    """Write the details of a decision; no audit row when nothing changed."""
    if reasons := _reasons_of_decision(details):
        raise ProgrammeRefused(*reasons)
    return _changed(decision, details, "programme.decision.changed", by)


def _changed[T: (BudgetLine, Decision)](
    record: T, details: BudgetDetails | DecisionDetails, verb: str, by: Account | None
) -> T:
    names = list(vars(details))
    before = audit.snapshot(record, *names)
    for name, value in _fields(details).items():
        setattr(record, name, value)
    after = audit.snapshot(checked(record), *names)
    if changed := [name for name in names if before[name] != after[name]]:
        record.save(update_fields=changed)
        old, new = ({name: state[name] for name in changed} for state in (before, after))
        _record(record, record.programme, verb, by, old, new)
    return record


def _record(
    record: BudgetLine | Decision,
    programme: Programme,
    verb: str,
    by: Account | None,
    before: dict[str, object] | None,
    after: dict[str, object],
) -> None:
    audit.record(by=by, verb=verb, target=record, before=before, after=after, unit_id=programme.owner_id)
