"""Both clocks of appeal: against the own decision of a municipality and against that of the funder, each by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.funding.queries.in_force import changed_end
from luotsi.funding.queries.own_shares import decision_of
from luotsi.funding.rules.letters import Law
from luotsi.funding.rules.obligations import (
    Appeal,
    Duty,
    Notice,
    ReportDue,
    Terms,
    municipal_correction,
    obligations,
    state_correction,
)
from luotsi.funding.rules.shares import Deed

if TYPE_CHECKING:
    from luotsi.funding.models import Application, BoardItem, GrantDecision


@dataclass(frozen=True)
class AppealRow:
    """One clock of appeal.

    Args:
        whose: whose decision, in words.
        days: the length in days.
        given_on, notified_on, due_on: sent or published, the day from which time runs, the last day; None when it is
            not known how and when the decision was made known.
        moved_from: the last day before it moved to a working day.
        note: why no day is counted.
    """

    whose: str
    days: int
    given_on: date | None = None
    notified_on: date | None = None
    due_on: date | None = None
    moved_from: date | None = None
    is_over: bool = False
    note: str = ""


def terms_of(application: Application, decision: GrantDecision) -> Terms:
    """Return what a decision says, as the rules take it; of a refusal only the right of appeal."""
    appeal = appeal_of_decision(application, decision)
    appeals = (appeal,) if appeal else ()
    source = decision.register_number or str(application.call.funder)
    if not decision.is_granted:
        return Terms(appeals=appeals, source=source)
    reports = [
        ReportDue(
            key=str(one["key"]),
            is_final=bool(one["is_final"]),
            due_on=date.fromisoformat(one["due_on"]) if one.get("due_on") else None,
        )
        for one in decision.reports
    ]
    return Terms(
        period_start=decision.starts_on,
        period_end=changed_end(application, decision.ends_on),
        reports=tuple(reports),
        appeals=appeals,
        change_days=application.call.change_days,
        source=source,
    )


def appeal_of_decision(application: Application, decision: GrantDecision) -> Appeal | None:
    """Return the right of appeal against a funder: a municipality's time where a unit grants, else the state's."""
    if not decision.notice or decision.given_on is None:
        return None
    make = municipal_correction if _is_municipal(application, decision) else state_correction
    return make(Notice(decision.notice), decision.given_on)


def appeal_of_matter(item: BoardItem) -> Appeal | None:
    """Return the right of appeal against an own decision; noting is no decision, so nobody appeals against it."""
    if not item.notice or item.given_on is None or item.outcome in {"", Deed.NOTED}:
        return None
    return municipal_correction(Notice(item.notice), item.given_on)


def _is_municipal(application: Application, decision: GrantDecision) -> bool:
    return decision.law == Law.MUNICIPAL if decision.law else application.call.funder.unit_id is not None


def appeal_rows(application: Application) -> Iterator[AppealRow]:
    """Yield the clocks of an application: of each own decision, and of the funder's."""
    for item in application.board_items.all():
        if item.outcome:
            whose = f"{item.bodies.text} {item.section}".strip()
            if item.outcome == Deed.NOTED:
                yield AppealRow(whose, 14, note=_("Noted only: nothing was decided that could be appealed against."))
            else:
                yield _row(whose, Duty.MUNICIPAL_CORRECTION, appeal_of_matter(item))
    decision = decision_of(application)
    if decision is not None:
        duty = Duty.MUNICIPAL_CORRECTION if _is_municipal(application, decision) else Duty.STATE_CORRECTION
        yield _row(str(application.call.funder), duty, appeal_of_decision(application, decision))


def _row(whose: str, duty: Duty, appeal: Appeal | None) -> AppealRow:
    days = 14 if duty == Duty.MUNICIPAL_CORRECTION else 30
    if appeal is None:
        return AppealRow(whose, days, note=_("Not counted: it is not known how and when the decision was made known."))
    today = clock.today()
    made = obligations(Terms(appeals=(appeal,)), today=today).listed[0]
    notified = appeal.rule.notified_on(appeal.notice, appeal.given_on)
    return AppealRow(whose, appeal.days, appeal.given_on, notified, made.due_on, made.moved_from, made.due_on < today)
