"""The second pass: a learner's documents, new and known ones together, read, joined and held against the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from luotsi.base.bulk import Plain
from luotsi.learning.actions.intake import rows
from luotsi.learning.actions.intake.refusals import Faults, below
from luotsi.learning.actions.intake.sorting import Piece, Someone
from luotsi.learning.engine.deliveries import Place, unpacked
from luotsi.learning.models import QualityFinding
from luotsi.learning.rules import hoks, koski
from luotsi.learning.rules.checks import PLANS, RIGHTS, TOGETHER, TUVA, Finding
from luotsi.learning.rules.checks.finding import check
from luotsi.learning.rules.checks.hoks import Planned
from luotsi.learning.rules.checks.together import Learner

IN_RIGHTS, IN_PLANS = "/opiskeluoikeudet", ""
# How the place of a finding begins: in the right, in the plan, or in what is told of the learner.
RIGHT, PLAN, LEARNER = "right", "plan", "learner"


@dataclass
class Papers:
    """The documents of one learner: by right, new ones before known ones; `permits` as first told of each right."""

    rights: dict[str, Piece]
    plans: dict[str, Piece]
    permits: dict[str, str] = field(default_factory=dict)


def told_by(someone: Someone, papers: Papers, day: date, faults: Faults) -> rows.Told:
    """Return what a learner's documents come to on a day; what cannot be read is told."""
    data = {oid: unpacked(piece.data) for oid, piece in papers.rights.items()}
    read = koski.read({"opiskeluoikeudet": list(data.values())})
    _tell(read.faults, IN_RIGHTS, list(papers.rights.values()), faults)
    plans = hoks.read([unpacked(piece.data) for piece in papers.plans.values()])
    _tell(plans.faults, IN_PLANS, list(papers.plans.values()), faults)
    told = rows.Told()
    by_oid = dict(zip(data, read.rights, strict=False))
    if len(by_oid) != len(data) or len(plans.plans) != len(papers.plans):
        return told  # something is no object: that was told above
    learner = Learner(
        student=koski.Student(someone.oid, someone.code, someone.given_name, someone.family_name),
        rights=read.rights,
        plans=plans.plans,
        today=day,
        permits=papers.permits,
    )
    for oid, right in by_oid.items():
        plan = next((one for one in plans.plans if one.right == oid), None)
        school = papers.rights[oid].school
        if school is None or right.kind not in rows.KINDS:
            continue
        told.rights[oid] = rows.right_row(right, data[oid], school) | {"oid": oid}
        told.lines += rows.line_rows(oid, right, plan)
        told.work += rows.work_rows(oid, right, plan)
        told.has_support = told.has_support or bool(right.support)
    for plan in plans.plans:
        told.plans[plan.right] = rows.plan_row(plan)
        told.has_support = told.has_support or bool(plan.support)
    told.school = _school_of(told, papers)
    told.begun = min((one.begins for one in read.rights if one.begins), default=None)
    told.findings = list(rows.finding_rows(_placed(_found(learner, day), learner, papers, told.school)))
    return told


def _tell(found: Iterable[Any], prefix: str, pieces: list[Piece], faults: Faults) -> None:
    """Tell faults at the place where the document stood; what is known from before was told when it came."""
    for fault in found:
        number, _bar, rest = fault.at.removeprefix(f"{prefix}/").partition("/")
        piece = pieces[int(number)] if number.isdecimal() and int(number) < len(pieces) else None
        place = piece.place if piece else Place("")
        if place is not None:
            faults.tell(below(place, f"/{rest}" if rest else ""), fault.code, fault.found)


def _found(learner: Learner, day: date) -> Iterator[Finding]:
    for right in learner.rights:
        yield from check(RIGHTS, right, day)
        yield from check(TUVA, right, day)
    by_oid = {one.oid: one for one in learner.rights if one.oid}
    for plan in learner.plans:
        yield from check(PLANS, Planned(plan, by_oid.get(plan.right), day), day)
    yield from check(TOGETHER, learner, day)


def _placed(
    found: Iterable[Finding], learner: Learner, papers: Papers, school: UUID | None
) -> Iterator[tuple[Finding, str, str, Plain]]:
    """Give each finding its right, its place within right or plan, and the unit that mends it."""
    oids, plans = list(papers.rights), list(papers.plans)
    key = QualityFinding._meta.get_field("unit").target_field
    for one in found:
        oid, at = _within(one.at, oids, plans)
        unit = papers.rights[oid].school if oid in papers.rights else school
        if unit is not None:
            yield one, oid, at, key.get_db_prep_value(unit, connection)


def _within(at: str, oids: list[str], plans: list[str]) -> tuple[str, str]:
    head, _bar, rest = at.removeprefix("/").partition("/")
    if head == "opiskeluoikeudet":
        number, bar, inner = rest.partition("/")
        return oids[int(number)], f"{RIGHT}{bar}{inner}"
    if head.isdecimal():
        return plans[int(head)], f"{PLAN}{_bar}{rest}"
    return "", f"{LEARNER}{_bar}{rest}" if head == "henkilö" else at


def _school_of(told: rows.Told, papers: Papers) -> UUID | None:
    """Return the school of the right that runs and began last; of none that runs, of the last."""
    ordered = sorted(
        told.rights.items(), key=lambda one: (one[1]["ends_on"] is None, one[1]["starts_on"] or date.min, one[0])
    )
    return papers.rights[ordered[-1][0]].school if ordered else None
