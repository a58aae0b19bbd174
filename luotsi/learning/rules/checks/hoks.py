"""Rules of personal plans: days, ways to acquire competence, workplaces, demonstrations, and what only TUVA has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from luotsi.learning.rules.checks.finding import Found, Owner, Rule, Severity
from luotsi.learning.rules.checks.values import cannot_be
from luotsi.learning.rules.codes import is_business_id
from luotsi.learning.rules.hoks import Kind, Part, Plan, Way
from luotsi.learning.rules.koski import Kind as RightKind
from luotsi.learning.rules.koski import Right
from luotsi.learning.rules.tuva.limits import CAPS
from luotsi.learning.rules.work import AT_WORK

AHEAD = timedelta(days=14)
LONGEST_YEARS = 5


@dataclass(frozen=True)
class Planned:
    """A plan beside the right that it belongs to (None where none is known), on the day it is checked."""

    plan: Plan
    right: Right | None
    today: date


def _parts(planned: Planned) -> Iterator[Part]:
    for one in planned.plan.parts:
        yield one
        yield from one.parts


def _ways(planned: Planned) -> Iterator[Way]:
    for one in _parts(planned):
        yield from one.ways


def _nothing_to_acquire(planned: Planned) -> Iterator[Found]:
    if planned.plan.needs_acquiring and not any(planned.plan.aims()):
        yield planned.plan.at, {}


def _undated(planned: Planned) -> Iterator[Found]:
    for way in _ways(planned):
        if way.span.starts_on is None or way.span.ends_on is None:
            yield way.span.at, {}


def _backwards(planned: Planned) -> Iterator[Found]:
    for way in _ways(planned):
        if way.span.starts_on and way.span.ends_on and way.span.ends_on < way.span.starts_on:
            yield f"{way.span.at}/loppu", {"start": way.span.starts_on, "end": way.span.ends_on}
    for one in _parts(planned):
        if one.span.starts_on and one.span.ends_on and one.span.ends_on < one.span.starts_on:
            yield f"{one.at}/loppu", {"start": one.span.starts_on, "end": one.span.ends_on}


def _breaks(planned: Planned) -> Iterator[Found]:
    for way in _ways(planned):
        told = sorted((one for one in way.breaks if one.starts_on), key=lambda one: one.starts_on or date.min)
        for one, after in pairwise(told):
            if one.ends_on is None or (after.starts_on and after.starts_on <= one.ends_on):
                yield after.at, {"start": after.starts_on, "before": one.ends_on}
        for one in told:
            early = way.span.starts_on and one.starts_on and one.starts_on < way.span.starts_on
            late = way.span.ends_on and one.ends_on and one.ends_on > way.span.ends_on
            if early or late:
                yield one.at, {"start": one.starts_on, "end": one.ends_on}


def _share(planned: Planned) -> Iterator[Found]:
    for way in _ways(planned):
        if way.share is not None and not 1 <= way.share <= 100:
            yield f"{way.span.at}/osa-aikaisuustieto", {"share": way.share}


def _before_the_right(planned: Planned) -> Iterator[Found]:
    begins = planned.right.begins if planned.right else None
    for way in _ways(planned):
        if begins and way.span.starts_on and way.span.starts_on < begins:
            yield f"{way.span.at}/alku", {"day": way.span.starts_on, "start": begins}


def _after_the_right(planned: Planned) -> Iterator[Found]:
    end = planned.right.estimated_end if planned.right else None
    for one in planned.plan.aims():
        if end and one.planned_until and one.planned_until > end:
            yield one.at, {"day": one.planned_until, "end": end}


def _too_long(planned: Planned) -> Iterator[Found]:
    for way in _ways(planned):
        yield from _longer_than(way.span.starts_on, way.span.ends_on, way.span.at)


def _longer_than(start: date | None, end: date | None, at: str) -> Iterator[Found]:
    if start is None or end is None:
        return
    most = start.replace(year=start.year + LONGEST_YEARS, day=28 if (start.month, start.day) == (2, 29) else start.day)
    if end > most:
        yield at, {"start": start, "end": end}


def _tuva_part_too_long(planned: Planned) -> Iterator[Found]:
    """A year is what preparatory studies take as a rule; a part of several years is a slip of the year."""
    for one in planned.plan.parts:
        if one.kind is Kind.TUVA and one.span.starts_on and one.span.ends_on:
            days = (one.span.ends_on - one.span.starts_on).days
            if days > 366:
                yield one.at, {"start": one.span.starts_on, "end": one.span.ends_on, "days": days}


def _tuva_part_too_large(planned: Planned) -> Iterator[Found]:
    for one in planned.plan.parts:
        cap = CAPS.get(one.code.value) if one.kind is Kind.TUVA and one.code else None
        if cap and one.extent is not None and one.extent > cap.most:
            yield (
                f"{one.at}/laajuus",
                {"part": one.code.value if one.code else "", "weeks": one.extent, "most": cap.most},
            )


def _of_the_other_kind(planned: Planned) -> Iterator[Found]:
    if planned.right is None:
        return
    is_tuva = planned.right.kind == RightKind.TUVA
    for one in planned.plan.aims():
        if (one.kind is Kind.TUVA) != is_tuva:
            yield one.at, {"kind": one.kind.value, "right": planned.right.kind}


def _business_id(planned: Planned) -> Iterator[Found]:
    for way in _ways(planned):
        place = way.workplace
        if place and place.business_id and not is_business_id(place.business_id):
            yield f"{place.at}/tyopaikan-y-tunnus", {"business_id": place.business_id}


def _no_workplace(planned: Planned) -> Iterator[Found]:
    for way in _ways(planned):
        if way.code in AT_WORK and way.workplace is None:
            yield way.span.at, {"way": way.code}


def _extent(planned: Planned) -> Iterator[Found]:
    for part in planned.plan.parts:
        for one in (part, *part.parts):
            if cannot_be(one.extent):
                yield f"{one.at}/laajuus", {"extent": one.extent}


def _reached_ahead(planned: Planned) -> Iterator[Found]:
    reached = planned.plan.reached
    if reached and reached > planned.today + AHEAD:
        yield f"{planned.plan.at}/osaamisen-saavuttamisen-pvm", {"day": reached}


def _no_assessors(planned: Planned) -> Iterator[Found]:
    for one in _parts(planned):
        for shown in one.demonstrations:
            if not shown.has_school_assessor and not shown.has_work_assessor:
                yield shown.span.at, {}


def _undescribed(planned: Planned) -> Iterator[Found]:
    for one in _parts(planned):
        for shown in one.demonstrations:
            if not shown.is_described:
                yield f"{shown.span.at}/sisallon-kuvaus", {}


def _approved_late(planned: Planned) -> Iterator[Found]:
    first, updated = planned.plan.first_approved, planned.plan.updated
    if first and updated and updated < first:
        yield f"{planned.plan.at}/paivitetty", {"day": updated, "first": first}


SCHEMA = "eHOKS, hoks/schema"
BLOCK, WARN, INFO = Severity.BLOCK, Severity.WARN, Severity.INFO
TEACHER, PLANNER = Owner.TEACHER, Owner.PLANNER

RULES: tuple[Rule[Planned], ...] = (
    Rule("H01", WARN, TEACHER, _nothing_to_acquire, source=SCHEMA),
    Rule("H02", BLOCK, TEACHER, _undated, source=SCHEMA),
    Rule("H03", BLOCK, TEACHER, _backwards, source=SCHEMA),
    Rule("H04", BLOCK, PLANNER, _breaks, source=SCHEMA),
    Rule("H05", BLOCK, PLANNER, _share, source=SCHEMA),
    Rule("H06", BLOCK, TEACHER, _before_the_right, source=SCHEMA),
    Rule("H07", WARN, TEACHER, _after_the_right, source=SCHEMA),
    Rule("H08", BLOCK, TEACHER, _too_long, source=SCHEMA),
    Rule("H09", WARN, TEACHER, _tuva_part_too_long),
    Rule("H10", WARN, TEACHER, _tuva_part_too_large),
    Rule("H11", BLOCK, TEACHER, _of_the_other_kind, source=SCHEMA),
    Rule("H12", BLOCK, PLANNER, _business_id, source=SCHEMA),
    Rule("H13", BLOCK, PLANNER, _no_workplace, source=SCHEMA),
    Rule("H14", BLOCK, TEACHER, _reached_ahead, source=SCHEMA),
    Rule("H15", WARN, TEACHER, _no_assessors, source=SCHEMA),
    Rule("H16", INFO, TEACHER, _undescribed),
    Rule("H17", INFO, TEACHER, _approved_late),
    Rule("H18", WARN, TEACHER, _extent),
)
