"""Fetches what a report is written from: plan, findings, money, decisions, milestones, figures; at any moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import F

from luotsi.base import periods
from luotsi.programme.models import (
    BudgetLine,
    Decision,
    Finding,
    MilestoneState,
    Participation,
    PlanVersion,
    Programme,
)
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.rules.consent import Consent
from luotsi.programme.rules.plan import measures_of, sections_of
from luotsi.programme.rules.states import Told, state_of_milestone
from luotsi.programme.rules.values import ActionState, MoneyKind, Text
from luotsi.reports.queries.followed import followed_of
from luotsi.reports.queries.graded import graded_of
from luotsi.reports.queries.writing.words import every, kept, text_of
from luotsi.reports.rules import material
from luotsi.reports.rules.content import Figure
from luotsi.reports.rules.material import Material, Taker

if TYPE_CHECKING:
    from luotsi.people.models import Unit
    from luotsi.programme.rules.plan import Plan


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which report: of what kind, programme, unit and period, with figures of which day.

    `at` asks for what was approved and told at that moment, `plan_sha256` for the plan as it stood then.
    """

    kind: str
    programme: Programme
    unit: Unit
    period: str
    data_on: date
    version: int = 1
    own: dict[str, Text] = field(default_factory=dict)
    at: datetime | None = None
    plan_sha256: str = ""
    earlier: dict[str, Figure] | None = None


def material_of(wanted: Wanted) -> Material:
    """Return everything that the report is written from; the number of queries does not grow with the records."""
    programme = wanted.programme
    version = _version(wanted)
    plan = plan_of(programme, version)
    takers, units = _takers(programme, plan)
    return Material(
        kind=wanted.kind,
        programme=programme.key,
        names=text_of(programme.names),
        unit=wanted.unit.key,
        unit_names=text_of(wanted.unit.names),
        period=periods.parse(wanted.period),
        data_on=wanted.data_on,
        version=wanted.version,
        plan=plan,
        plan_version=str(version.number or ""),
        plan_sha256=version.sha256,
        appendices_there=frozenset(item.code for item in plan.appendices if item.file),
        findings=_findings(programme, plan),
        money=_money(programme),
        decisions=_decisions(programme),
        milestones=_milestones(wanted, plan, units),
        followed=followed_of(wanted, plan, units),
        takers=takers,
        graded=graded_of(wanted, plan),
        own=wanted.own,
        earlier=wanted.earlier,
    )


def latest_version(programme: Programme) -> PlanVersion | None:
    """Return the plan's version that a report tells of: the last one published, the draft while nothing is."""
    found = PlanVersion.objects.filter(programme=programme).defer("document")
    return found.order_by(F("number").desc(nulls_last=True)).first()


def _version(wanted: Wanted) -> PlanVersion:
    if wanted.plan_sha256:
        same = PlanVersion.objects.filter(programme=wanted.programme, sha256=wanted.plan_sha256)
        found = same.order_by("number").first()
    else:
        found = latest_version(wanted.programme)
    if found is None:
        raise PlanVersion.DoesNotExist(f"{wanted.programme.key} has no such version.")
    return found


def _findings(programme: Programme, plan: Plan) -> tuple[material.Finding, ...]:
    actors = _names(plan)
    rows = Finding.objects.filter(programme=programme).select_related("indicator").order_by("code")
    return tuple(
        material.Finding(
            code=row.code,
            text=kept(row.text),
            section=row.section,
            is_negative=row.is_negative,
            period=row.period,
            cause=row.cause,
            action=kept(row.action),
            owner=actors.get(row.owner) or every(row.owner),
            due_on=row.due_on,
            state=ActionState(row.state) if row.state else None,
            indicator=text_of(row.indicator.names) if row.indicator else Text(),
            effect=row.effect,
            value_before=row.value_before,
            value_after=row.value_after,
            closed_on=row.closed_on,
            source=row.source,
        )
        for row in rows
    )


def _names(plan: Plan) -> dict[str, Text]:
    """Return the names of actors and participants by their codes."""
    return {actor.code: actor.names for actor in plan.actors} | {one.code: one.names for one in plan.participants}


def _money(programme: Programme) -> tuple[material.Money, ...]:
    rows = BudgetLine.objects.filter(programme=programme).order_by("code")
    return tuple(
        material.Money(
            code=row.code,
            kind=MoneyKind(row.kind),
            text=kept(row.text),
            period=row.period,
            section=row.section,
            amount=row.amount,
            fund=row.fund,
            source=row.source,
        )
        for row in rows
    )


def _decisions(programme: Programme) -> tuple[material.Decision, ...]:
    rows = Decision.objects.filter(programme=programme).order_by("day", "code")
    return tuple(
        material.Decision(
            body=kept(row.body), day=row.day, number=row.number, matter=kept(row.matter), is_noted=row.is_noted
        )
        for row in rows
    )


def _takers(programme: Programme, plan: Plan) -> tuple[tuple[Taker, ...], tuple[Unit, ...]]:
    roles = {item.code: item.role for item in plan.participants}
    order = {item.code: place for place, item in enumerate(plan.participants)}
    rows = list(Participation.objects.filter(programme=programme).select_related("unit"))
    rows.sort(key=lambda row: order.get(row.code, len(order)))
    takers = tuple(
        Taker(
            key=row.unit.key,
            names=text_of(row.unit.names),
            role=roles.get(row.code, Text()),
            shows=Consent(row.consent),
        )
        for row in rows
    )
    units = tuple(row.unit for row in rows if row.consent != Consent.NONE)
    return takers, units or (programme.owner,)


def _milestones(wanted: Wanted, plan: Plan, units: tuple[Unit, ...]) -> tuple[material.Milestone, ...]:
    rows = MilestoneState.objects.filter(programme=wanted.programme, unit__in=units).exclude(period="")
    if wanted.at is not None:
        rows = rows.filter(told_at__lte=wanted.at)
    told: dict[tuple[str, str, str], Told] = {}
    for row in rows.select_related("unit").order_by("told_at", "pk"):
        told[row.measure, row.period, row.unit.key] = row.told
    sections = {measure.code: section.code for section in sections_of(plan) for measure in section.measures}
    actors = _names(plan)
    return tuple(
        material.Milestone(
            measure=measure.code,
            section=sections[measure.code],
            period=item.period.key,
            text=item.text,
            unit=unit.key,
            state=str(
                state_of_milestone(
                    told.get((measure.code, item.period.key, unit.key)), item.period, item.due, wanted.data_on
                ).state
            ),
            owner=actors.get(item.owner, Text()),
        )
        for measure in measures_of(plan)
        for item in measure.milestones
        for unit in units
    )
