"""Rules of rights to study in the national register: states, days, grades, extents, support before and after 2026."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from luotsi.learning.rules.checks.finding import Found, Owner, Rule, Severity
from luotsi.learning.rules.checks.values import FUNDING, UNITS, WAYS, cannot_be, is_grade
from luotsi.learning.rules.codes import is_business_id
from luotsi.learning.rules.koski import ENDS, Kind, Part, Right, State, Study, parts_of

REFORM_OF_SUPPORT = date(2026, 1, 1)
VOCATIONAL_STATES = frozenset(
    {
        State.PRESENT,
        State.AWAY,
        State.HOLIDAY,
        State.GRADUATED,
        State.RESIGNED,
        State.CONSIDERED_RESIGNED,
        State.CANCELLED,
        State.INVALIDATED,
    }
)
FUNDED = frozenset({State.PRESENT, State.GRADUATED, State.HOLIDAY})
COMMON = "2"
WHOLE = "ammatillinentutkinto"
LOWEST, HIGHEST = Decimal(1), Decimal(5)


def _vocational(right: Right) -> bool:
    return right.kind == Kind.VOCATIONAL


def _is_over(right: Right) -> bool:
    return right.last is not None and right.last.state == State.GRADUATED


def _no_state(right: Right) -> Iterator[Found]:
    if not right.periods:
        yield f"{right.at}/tila/opiskeluoikeusjaksot", {}


def _states_out_of_order(right: Right) -> Iterator[Found]:
    for one, after in pairwise(right.periods):
        if one.starts_on and after.starts_on and after.starts_on <= one.starts_on:
            yield f"{after.at}/alku", {"day": after.starts_on, "before": one.starts_on}


def _state_after_the_end(right: Right) -> Iterator[Found]:
    for one, after in pairwise(right.periods):
        if one.state in ENDS:
            yield after.at, {"state": after.state, "end": one.state}


def _unknown_state(right: Right) -> Iterator[Found]:
    allowed = VOCATIONAL_STATES if _vocational(right) else frozenset(State)
    for one in right.periods:
        if one.state and one.state not in allowed:
            yield f"{one.at}/tila", {"state": one.state}


def _no_funding(right: Right) -> Iterator[Found]:
    for one in right.periods:
        if one.state in FUNDED and not one.funding:
            yield f"{one.at}/opintojenRahoitus", {"state": one.state}


def _graduated_unconfirmed(right: Right) -> Iterator[Found]:
    if _is_over(right) and not any(one.confirmed_on for one in right.studies):
        yield f"{right.at}/suoritukset", {}


def _confirmed_but_running(right: Right) -> Iterator[Found]:
    whole = [one for one in right.studies if one.confirmed_on]
    if whole and len(whole) == len(right.studies) and right.ends is None:
        yield f"{right.at}/tila", {"day": max(one.confirmed_on for one in whole if one.confirmed_on)}


def _other_end(right: Right) -> Iterator[Found]:
    if right.told_end and right.told_end != right.ends:
        yield f"{right.at}/päättymispäivä", {"day": right.told_end, "state": right.ends}


def _other_start(right: Right) -> Iterator[Found]:
    if right.starts_on and right.periods and right.begins != right.starts_on:
        yield f"{right.at}/alkamispäivä", {"day": right.starts_on, "state": right.begins}


def _end_before_start(right: Right) -> Iterator[Found]:
    if right.estimated_end and right.begins and right.estimated_end < right.begins:
        yield f"{right.at}/arvioituPäättymispäivä", {"day": right.estimated_end, "start": right.begins}


def _no_estimate(right: Right) -> Iterator[Found]:
    if _vocational(right) and right.ends is None and right.estimated_end is None:
        yield f"{right.at}/arvioituPäättymispäivä", {}


def _all_parts(right: Right) -> Iterator[tuple[Study, Part]]:
    for study in right.studies:
        for one in parts_of(study):
            yield study, one


def _graded_before(right: Right) -> Iterator[Found]:
    for _study, one in _all_parts(right):
        for grade in one.grades:
            if grade.on and right.begins and grade.on < right.begins and not one.recognised:
                yield f"{grade.at}/päivä", {"day": grade.on, "start": right.begins}


def _confirmed_ungraded(right: Right) -> Iterator[Found]:
    for _study, one in _all_parts(right):
        if one.confirmed_on and not one.grades:
            yield f"{one.at}/arviointi", {"day": one.confirmed_on}


def _confirmed_before_graded(right: Right) -> Iterator[Found]:
    for _study, one in _all_parts(right):
        if one.confirmed_on and one.done_on and one.confirmed_on < one.done_on:
            yield f"{one.at}/vahvistus", {"day": one.confirmed_on, "graded": one.done_on}


def _average(right: Right) -> Iterator[Found]:
    for study in right.studies:
        if study.average is None:
            continue
        if not _is_over(right) or not LOWEST <= study.average <= HIGHEST:
            yield f"{study.at}/keskiarvo", {"average": study.average}


def _common_extent(right: Right) -> Iterator[Found]:
    for study in right.studies if _vocational(right) else ():
        for one in study.parts:
            told = [inner.extent.amount for inner in one.parts if inner.extent and inner.extent.amount is not None]
            whole = one.extent.amount if one.extent else None
            if one.group == COMMON and one.done_on and whole is not None and told and sum(told) != whole:
                yield f"{one.at}/koulutusmoduuli/laajuus", {"points": whole, "parts": sum(told, Decimal(0))}


def _demonstration_backwards(right: Right) -> Iterator[Found]:
    for _study, one in _all_parts(right):
        span = one.demonstration
        if span and span.starts_on and span.ends_on and span.ends_on < span.starts_on:
            yield span.at, {"start": span.starts_on, "end": span.ends_on}


def _old_support(right: Right) -> Iterator[Found]:
    for name, span in right.support if _vocational(right) else ():
        late = span.ends_on is None or span.ends_on >= REFORM_OF_SUPPORT
        if late and (span.starts_on is None or span.starts_on >= REFORM_OF_SUPPORT or right.ends is None):
            yield span.at, {"field": name, "day": span.ends_on}


def _holiday_after_reform(right: Right) -> Iterator[Found]:
    for one in right.periods if _vocational(right) else ():
        if one.state == State.HOLIDAY and one.starts_on and one.starts_on >= REFORM_OF_SUPPORT:
            yield f"{one.at}/tila", {"day": one.starts_on}


def _support_outside(right: Right) -> Iterator[Found]:
    for name, span in right.support:
        if span.starts_on and right.begins and span.starts_on < right.begins:
            yield span.at, {"field": name, "day": span.starts_on, "start": right.begins}


def _part_time(right: Right) -> Iterator[Found]:
    for share, span in right.part_time:
        if share is not None and not 0 <= share < 100:
            yield f"{span.at}/osaAikaisuus", {"share": share}


def _way_backwards(right: Right) -> Iterator[Found]:
    for study in right.studies:
        for way in (*study.ways, *study.agreements):
            if way.span.starts_on and way.span.ends_on and way.span.ends_on < way.span.starts_on:
                yield way.span.at, {"start": way.span.starts_on, "end": way.span.ends_on}


def _twice(right: Right) -> Iterator[Found]:
    for study in right.studies:
        counted = Counter(one.code for one in study.parts if one.code and one.group != COMMON and not one.recognised)
        for one in study.parts:
            if one.code and counted.pop(one.code, 0) > 1 and study.kind == WHOLE and _vocational(right):
                yield one.at, {"part": one.code.value}


def _business_id(right: Right) -> Iterator[Found]:
    for study in right.studies:
        for way in (*study.ways, *study.agreements):
            place = way.workplace
            if place and place.business_id and not is_business_id(place.business_id):
                yield place.at, {"business_id": place.business_id}


def _extent(right: Right) -> Iterator[Found]:
    for study in right.studies:
        whole: tuple[Study | Part, ...] = (study, *parts_of(study))
        for one in whole:
            if one.extent and cannot_be(one.extent.amount):
                yield f"{one.at}/koulutusmoduuli/laajuus/arvo", {"extent": one.extent.amount}


def _unknown_code(right: Right) -> Iterator[Found]:
    for period in right.periods:
        if period.funding and period.funding not in FUNDING:
            yield f"{period.at}/opintojenRahoitus", {"value": period.funding}
    for study in right.studies:
        for way in study.ways:
            if way.code and way.code not in WAYS:
                yield f"{way.span.at}/osaamisenHankkimistapa", {"value": way.code}
        for part in parts_of(study):
            if part.extent and part.extent.unit and part.extent.unit not in UNITS:
                yield f"{part.at}/koulutusmoduuli/laajuus/yksikkö", {"value": part.extent.unit}
            for grade in part.grades:
                if grade.value and not is_grade(grade.value):
                    yield f"{grade.at}/arvosana", {"value": grade.value.value}


STATES = "KOSKI, AmmatillinenValidation"
PERIODS = "KOSKI, DateValidation"
BLOCK, WARN, INFO, REGISTER = Severity.BLOCK, Severity.WARN, Severity.INFO, Owner.REGISTER
PLANNER = Owner.PLANNER

RULES: tuple[Rule[Right], ...] = (
    Rule("K01", BLOCK, REGISTER, _no_state, source=PERIODS),
    Rule("K02", BLOCK, REGISTER, _states_out_of_order, source=PERIODS),
    Rule("K03", BLOCK, REGISTER, _state_after_the_end, source=PERIODS),
    Rule("K04", BLOCK, REGISTER, _unknown_state, source=STATES),
    Rule("K05", BLOCK, REGISTER, _no_funding, source=STATES),
    Rule(
        "K06",
        BLOCK,
        REGISTER,
        _graduated_unconfirmed,
        source="KOSKI, TilanAsettaminenKunVahvistettuSuoritusValidation",
    ),
    Rule(
        "K07", WARN, REGISTER, _confirmed_but_running, source="KOSKI, TilanAsettaminenKunVahvistettuSuoritusValidation"
    ),
    Rule("K08", BLOCK, REGISTER, _other_end, source=PERIODS),
    Rule("K09", BLOCK, REGISTER, _other_start, source=PERIODS),
    Rule("K10", BLOCK, REGISTER, _end_before_start, source=PERIODS),
    Rule("K11", WARN, REGISTER, _no_estimate),
    Rule("K12", WARN, REGISTER, _graded_before),
    Rule("K13", BLOCK, REGISTER, _confirmed_ungraded),
    Rule("K14", WARN, REGISTER, _confirmed_before_graded, source=PERIODS),
    Rule("K15", BLOCK, REGISTER, _average, source=STATES),
    Rule("K16", BLOCK, REGISTER, _common_extent, source=STATES),
    Rule("K17", BLOCK, REGISTER, _demonstration_backwards, source=PERIODS),
    Rule("K18", BLOCK, REGISTER, _old_support, since=REFORM_OF_SUPPORT, source=STATES),
    Rule("K19", BLOCK, REGISTER, _holiday_after_reform, since=REFORM_OF_SUPPORT, source=STATES),
    Rule("K20", WARN, REGISTER, _support_outside),
    Rule("K21", BLOCK, REGISTER, _part_time),
    Rule("K22", BLOCK, REGISTER, _way_backwards, source=PERIODS),
    Rule("K23", INFO, REGISTER, _twice),
    Rule("K24", WARN, PLANNER, _business_id),
    Rule("K25", BLOCK, REGISTER, _extent, source="KOSKI, Laajuus"),
    Rule("K26", INFO, REGISTER, _unknown_code),
)
