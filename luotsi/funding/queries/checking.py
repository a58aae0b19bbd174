"""Reports as the funder has them: the newest version of each, where its check stands, why to look closely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from luotsi.base import audit, clock
from luotsi.funding.models import Application, ChangeRequest, GrantDecision, GrantReport
from luotsi.funding.queries.paying import paid_of
from luotsi.funding.rules.because import Because
from luotsi.funding.rules.reports import (
    Check,
    Checking,
    Known,
    Point,
    Spent,
    Step,
    Verdict,
    checking,
    checklist,
    lateness,
    needs_money_check,
    risks_of,
)
from luotsi.funding.rules.reports.content import Content, content_from, judged_lines

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from luotsi.funding.models import Call, ReportCheck
    from luotsi.funding.rules.reports import Sampled

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Received:
    """A report that the funder has: its newest version, its content, and where its check stands."""

    report: GrantReport
    content: Content
    checks: tuple[ReportCheck, ...]
    standing: Checking

    @property
    def application(self) -> Application:
        """The application that it reports on."""
        return self.report.application

    @property
    def key(self) -> str:
        """What a sample knows it by: the register number of the grant and which report it is."""
        number = self.application.register_number or str(self.application.pk)
        return f"{number} {self.report.kind} {self.report.key}".strip()

    def sum_of(self, key: str) -> Decimal | None:
        """Return a sum that the report tells; None where it tells none."""
        return next((one.amount for one in self.content.sums if one.key == key), None)


def reports_of(call: Call) -> list[Received]:
    """Return the newest sent version of each report on the grants of a call; two queries."""
    found = (
        GrantReport.objects.sent()
        .filter(application__call=call)
        .select_related("application__unit", "application__decision", "application__call")
        .prefetch_related("checks__checked_by__person")
        .order_by("application__register_number", "application", "due_on", "kind", "key", "-version")
    )
    newest: dict[tuple[object, str, str], GrantReport] = {}
    for one in found:
        newest.setdefault((one.application_id, one.kind, one.key), one)
    return [received(one) for one in newest.values()]


def received(report: GrantReport) -> Received:
    """Return a sent report as the funder has it."""
    checks = tuple(report.checks.all())
    return Received(report, content_from(report.figures), checks, checking(steps_of(checks, report), report.version))


def steps_of(checks: Iterable[ReportCheck], report: GrantReport) -> list[Check]:
    """Return steps as the rules take them."""
    return [
        Check(
            step=Step(one.step), verdict=Verdict(one.verdict), officer=str(one.checked_by_id), version=report.version
        )
        for one in checks
    ]


def points_of(one: Received) -> tuple[Point, ...]:
    """Return the checklist of a report, answered from what it tells and what was paid."""
    substance = next((check for check in one.checks if check.step == Step.SUBSTANCE), None)
    decision: GrantDecision = one.application.decision
    return checklist(
        Spent(
            granted=decision.granted or NOTHING,
            payable=one.sum_of("payable"),
            paid=paid_of(decision),
            own_planned=one.sum_of("own_planned"),
            own_spent=one.sum_of("own"),
            is_as_decided=None if substance is None else substance.verdict == Verdict.ACCEPTED,
            has_ledger="no_ledger" not in one.content.gaps,
        )
    )


def why_closely(one: Received, sampled: Sampled | None) -> tuple[Because, ...]:
    """Return why the money of a report is looked at closely."""
    return needs_money_check(points_of(one), sampled)


def risks_in(reports: Iterable[Received]) -> Mapping[str, tuple[Because, ...]]:
    """Return the risks of reports by their keys, from what is known of each grant; two queries for all of them."""
    listed = list(reports)
    units = {one.application.unit_id for one in listed}
    before = list(Application.objects.granted().filter(unit__in=units).values_list("unit", "decided_on", "pk"))
    changed = dict(
        ChangeRequest.objects.filter(application__in=[one.application.pk for one in listed], sent_at__isnull=False)
        .order_by("sent_at")
        .values_list("application", "sent_at")
    )
    return {one.key: risks_of(_known(one, before, changed)) for one in listed}


def _known(
    one: Received, before: list[tuple[UUID, date | None, UUID]], changed: Mapping[UUID, datetime | None]
) -> Known:
    application, report = one.application, one.report
    decision: GrantDecision = application.decision
    sent = clock.day_of(report.sent_at) if report.sent_at else clock.today()
    booked, eligible = one.sum_of("booked"), one.sum_of("eligible")
    others = [on for unit, on, pk in before if unit == application.unit_id and pk != application.pk]
    asked = changed.get(application.pk)
    return Known(
        granted=decision.granted or NOTHING,
        days_late=lateness(report.due_on, today=clock.today(), sent_on=sent),
        is_first_grant=not any(on and decision.decided_on and on <= decision.decided_on for on in others),
        refused_percent=(booked - eligible) * 100 / booked if booked and eligible is not None and booked > 0 else None,
        off_plan=sum(1 for line in judged_lines(one.content) if any(why.code == "off_plan" for why in line.why)),
        changed_after_period=bool(asked and decision.ends_on and clock.day_of(asked) > decision.ends_on),
    )


def kept(reasons: Iterable[Because]) -> list[dict[str, object]]:
    """Return reasons as JSON holds them."""
    return [{"code": one.code, "about": one.about, "params": audit.safe(one.params)} for one in reasons]
