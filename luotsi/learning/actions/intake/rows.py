"""What a learner's documents come to: rows of plain values, as the database takes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.timezone import get_default_timezone

from luotsi.base.bulk import Plain
from luotsi.learning.models import StudyRight
from luotsi.learning.rules import hoks, koski
from luotsi.learning.rules.checks import Finding
from luotsi.learning.rules.places import Node
from luotsi.learning.rules.progress import Line, lines_of
from luotsi.learning.rules.work import Period

type Row = tuple[Plain, ...]

LINE = (
    "right_oid",
    "key",
    "name",
    "amount",
    "planned_from",
    "planned_until",
    "done_on",
    "recognised",
    "grade",
    "shown_by",
    "shown_on",
    "guidance_hours",
)
WORK = ("right_oid", "way", "starts_on", "ends_on", "business_id", "in_register", "in_plan")
FINDING = ("unit_id", "right_oid", "code", "severity", "owner", "at", "params", "fingerprint")
RIGHT = (
    "unit_id",
    "oid",
    "kind",
    "study",
    "qualification",
    "name",
    "permit",
    "starts_on",
    "estimated_end",
    "ends_on",
    "state",
    "periods",
    "within",
    "renewed",
    "recorded_at",
)
THOUSANDTH = Decimal("0.001")
MOST = Decimal(99_999)
KINDS = {koski.Kind.VOCATIONAL: StudyRight.Kind.VOCATIONAL, koski.Kind.TUVA: StudyRight.Kind.TUVA}
WHOLE = "ammatillinentutkinto"
# Values of findings that tell which of several at one place it is.
TELLING = ("part", "right", "other", "way", "unit")


@dataclass(slots=True)
class Told:
    """What the documents of one learner come to; `rights` are fields by name, the others rows of plain values."""

    rights: dict[str, dict[str, Any]] = field(default_factory=dict)
    plans: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: list[Row] = field(default_factory=list)
    work: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    school: UUID | None = None
    begun: date | None = None
    has_support: bool = False


def day_text(day: date | None) -> str | None:
    """Return a day as the database takes it."""
    return day.isoformat() if day else None


def amount_text(amount: Decimal | None) -> str | None:
    """Return an amount with three decimals; None for what no studies have: less than nothing, or far too much."""
    if amount is None or not 0 <= amount < MOST:
        return None
    return str(amount.quantize(THOUSANDTH))


def right_row(right: koski.Right, data: Any, school: UUID) -> dict[str, Any]:
    """Return the fields of a right to study."""
    study = next((one for one in right.studies if one.kind == WHOLE), right.studies[0] if right.studies else None)
    last, node = right.last, Node(data)
    place = right.studies.index(study) if study else 0
    return {
        "unit_id": school,
        "oid": right.oid,
        "kind": KINDS[koski.Kind(right.kind)],
        "study": (study.kind if study else "")[:80],
        "qualification": (study.code.value if study and study.code else "")[:20],
        "name": _name_of(node, place)[:200],
        "permit": right.permit[:20],
        "starts_on": right.begins,
        "estimated_end": right.estimated_end,
        "ends_on": right.ends,
        "state": (last.state if last else "")[:40],
        "periods": [[one.starts_on.isoformat(), one.state, one.funding] for one in right.periods if one.starts_on],
        "within": right.within[:60],
        "renewed": bool(node.within("lisätiedot", "siirtynytUusiinTutkinnonPerusteisiin").value is True),
        "recorded_at": _moment(node.of("aikaleima").value),
    }


def _name_of(right: Node, place: int) -> str:
    studies = list(right.of("suoritukset").each())
    module = studies[place].of("koulutusmoduuli") if studies else right
    for node in (module.of("perusteenNimi"), module.within("tunniste", "nimi")):
        if words := node.words():
            return words
    return ""


def _moment(value: object) -> datetime | None:
    """Return a moment; one without a zone is taken as Finnish time."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found.replace(tzinfo=get_default_timezone()) if found and found.tzinfo is None else found


def plan_row(plan: hoks.Plan) -> dict[str, Any]:
    """Return the fields of a personal plan."""
    return {
        "right_oid": plan.right,
        "first_approved": plan.first_approved,
        "touched_on": plan.touched,
        "reached_on": plan.reached,
        "support": [[one.code, day_text(one.span.starts_on), day_text(one.span.ends_on)] for one in plan.support],
    }


def line_rows(oid: str, right: koski.Right, plan: hoks.Plan | None) -> Iterator[Row]:
    """Yield a row for each part of a right with its plan."""
    told = {_key(part.code, part.name, part.at): part for study in right.studies for part in study.parts}
    planned = {_key(part.code, part.name, part.at): part for part in plan.parts} if plan else {}
    seen: set[str] = set()
    for line in lines_of(right, plan):
        key = line.key[:200]
        if key in seen:
            continue
        seen.add(key)
        yield _line(oid, key, line, told.get(line.key), planned.get(line.key))


def _line(oid: str, key: str, line: Line, told: koski.Part | None, planned: hoks.Part | None) -> Row:
    grade, shown = told.best if told else None, told.demonstration if told else None
    return (
        oid,
        key,
        line.name[:300],
        amount_text(line.amount),
        day_text(line.planned_from),
        day_text(line.planned_until),
        day_text(line.done_on),
        line.recognised,
        (grade.value.value if grade and grade.value else "")[:20],
        day_text(_shown_by(planned)),
        day_text((shown.ends_on or shown.starts_on) if shown else None),
        amount_text(_hours(planned)),
    )


def _key(code: Any, name: str, at: str) -> str:
    return str(code.value) if code else name or at


def _shown_by(part: hoks.Part | None) -> date | None:
    spans = [one.span for one in _demonstrations(part)] if part else []
    return max((one.ends_on for one in spans if one.ends_on), default=None)


def _demonstrations(part: hoks.Part) -> Iterator[hoks.Demonstration]:
    yield from part.demonstrations
    for one in part.parts:
        yield from one.demonstrations


def _hours(part: hoks.Part | None) -> Decimal | None:
    told = [one.guidance_hours for one in (part, *part.parts) if one.guidance_hours is not None] if part else []
    return sum(told, Decimal(0)) if told else None


def work_rows(oid: str, right: koski.Right, plan: hoks.Plan | None) -> Iterator[Row]:
    """Yield the periods at work, each once: those of the plan, then those of the register that the plan has not."""
    told = [one for study in right.studies for one in study.at_work]
    planned = tuple(plan.at_work()) if plan else ()
    rows: dict[Row, None] = {}
    for way in planned:
        known = [one for one in told if one.is_same(way)]
        number = way.business_id or next((one.business_id for one in known if one.business_id), "")
        rows[_work(oid, way, number, in_register=bool(known), in_plan=True)] = None
    for one in told:
        if not any(one.is_same(way) for way in planned):
            rows[_work(oid, one, one.business_id, in_register=True, in_plan=False)] = None
    yield from rows


def _work(oid: str, one: Period, number: str, *, in_register: bool, in_plan: bool) -> Row:
    days = day_text(one.span.starts_on), day_text(one.span.ends_on)
    return (oid, one.code[:40], *days, number[:9], in_register, in_plan)


def finding_rows(found: Iterable[tuple[Finding, str, str, Plain]]) -> Iterator[Row]:
    """Yield a row for each (finding, right, place, unit); of those that tell the same, the first."""
    seen: set[str] = set()
    for finding, oid, at, unit in found:
        params = {name: _plain(value) for name, value in finding.params.items()}
        telling = "|".join(str(params.get(name, "")) for name in TELLING)
        text = f"{finding.code}|{oid}|{at}|{telling}"
        fingerprint = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
        if fingerprint in seen:
            continue
        seen.add(fingerprint)
        kept = json.dumps(params, ensure_ascii=False)
        yield (unit, oid, finding.code, finding.severity.value, finding.owner.value, at[:300], kept, fingerprint)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else value
