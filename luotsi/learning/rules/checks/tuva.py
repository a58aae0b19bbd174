"""Rules of preparatory studies (TUVA): the permit, the parts and how many weeks each may have."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from luotsi.learning.rules.checks.finding import Found, Owner, Rule, Severity
from luotsi.learning.rules.koski import Kind, Part, Right, State, Study
from luotsi.learning.rules.tuva.limits import CAPS, COMPULSORY, LEAST_IN_ALL, MOST_IN_ALL, OTHERS, OTHERS_NEEDED
from luotsi.learning.rules.tuva.paths import Permit

WEEKS = "8"
FUNDING = frozenset({"1", "6", "10"})
ELECTIVE = "104"


def _studies(right: Right) -> Iterator[Study]:
    if right.kind == Kind.TUVA:
        yield from right.studies


def _is_complete(right: Right) -> bool:
    return right.last is not None and right.last.state == State.GRADUATED


def weeks_by_part(study: Study) -> dict[str, Decimal]:
    """Return the weeks of each part of the studies, by its code; parts without weeks count nothing."""
    found: dict[str, Decimal] = {}
    for one in study.parts:
        if one.code and one.extent and one.extent.unit == WEEKS and one.extent.amount is not None:
            found[one.code.value] = found.get(one.code.value, Decimal(0)) + one.extent.amount
    return found


def _no_permit(right: Right) -> Iterator[Found]:
    if right.kind == Kind.TUVA and right.permit not in frozenset(Permit):
        yield f"{right.at}/järjestämislupa", {"permit": right.permit}


def _several_studies(right: Right) -> Iterator[Found]:
    if right.kind == Kind.TUVA and len(right.studies) != 1:
        yield f"{right.at}/suoritukset", {"count": len(right.studies)}


def _unknown_part(right: Right) -> Iterator[Found]:
    for study in _studies(right):
        for one in study.parts:
            if one.code is None or one.code.value not in CAPS:
                yield one.at, {"part": one.code.value if one.code else ""}


def _not_in_weeks(right: Right) -> Iterator[Found]:
    for study in _studies(right):
        for one in _with_weeks(study):
            if one.extent is not None and one.extent.unit not in {"", WEEKS}:
                yield f"{one.at}/koulutusmoduuli/laajuus", {"unit": one.extent.unit}


def _with_weeks(study: Study) -> Iterator[Part]:
    return (one for one in study.parts if one.extent is not None)


def _no_planning(right: Right) -> Iterator[Found]:
    for study in _studies(right):
        done = [one for one in study.parts if one.code and one.code.value == COMPULSORY and one.done_on]
        if _is_complete(right) and not done:
            yield f"{study.at}/osasuoritukset", {"part": COMPULSORY}


def _too_few(right: Right) -> Iterator[Found]:
    """The register looks at each part by itself; one without weeks has none."""
    for study in _studies(right) if _is_complete(right) else ():
        for one in study.parts:
            cap, weeks = CAPS.get(one.code.value if one.code else ""), _weeks(one)
            if cap and one.code and weeks is not None and weeks < cap.least:
                yield f"{one.at}/koulutusmoduuli/laajuus", {"part": one.code.value, "weeks": weeks, "least": cap.least}


def _weeks(one: Part) -> Decimal | None:
    """Return the weeks of a part, nothing where none are told; None where they are told in another unit."""
    if one.extent is None or one.extent.amount is None:
        return Decimal(0)
    return one.extent.amount if one.extent.unit in {"", WEEKS} else None


def _too_many(right: Right) -> Iterator[Found]:
    if _is_complete(right):
        yield from _over_the_cap(right)


def _too_many_so_far(right: Right) -> Iterator[Found]:
    """Studies that go on are taken as they are; they could not be completed so."""
    if not _is_complete(right) and right.ends is None:
        yield from _over_the_cap(right)


def _over_the_cap(right: Right) -> Iterator[Found]:
    for study in _studies(right):
        for code, weeks in weeks_by_part(study).items():
            if code in CAPS and weeks > CAPS[code].most:
                yield f"{study.at}/osasuoritukset", {"part": code, "weeks": weeks, "most": CAPS[code].most}


def _in_all(right: Right) -> Iterator[Found]:
    for study in _studies(right) if _is_complete(right) else ():
        whole = _all_weeks(study)
        if not LEAST_IN_ALL <= whole <= MOST_IN_ALL:
            yield f"{study.at}/koulutusmoduuli/laajuus", {"weeks": whole, "least": LEAST_IN_ALL, "most": MOST_IN_ALL}


def _all_weeks(study: Study) -> Decimal:
    """Return the weeks of the whole as they are told, else those of the parts together."""
    told = study.extent
    if told is not None and told.amount is not None and told.unit in {"", WEEKS}:
        return told.amount
    return sum(weeks_by_part(study).values(), Decimal(0))


def _others(right: Right) -> Iterator[Found]:
    for study in _studies(right) if _is_complete(right) else ():
        told = {one.code.value for one in study.parts if one.code and one.code.value in OTHERS}
        if len(told) < OTHERS_NEEDED:
            yield (
                f"{study.at}/osasuoritukset",
                {"part": COMPULSORY, "count": len(told), "least": OTHERS_NEEDED},
            )


def _resigned(right: Right) -> Iterator[Found]:
    for one in right.periods if right.kind == Kind.TUVA else ():
        if one.state == State.RESIGNED:
            yield f"{one.at}/tila", {"state": one.state, "instead": State.CONSIDERED_RESIGNED.value}


def _holiday(right: Right) -> Iterator[Found]:
    for one in right.periods if right.kind == Kind.TUVA else ():
        if one.state == State.HOLIDAY and right.permit != Permit.VOCATIONAL:
            yield f"{one.at}/tila", {"state": one.state, "permit": right.permit}


def _funding(right: Right) -> Iterator[Found]:
    for one in right.periods if right.kind == Kind.TUVA else ():
        if one.funding and one.funding not in FUNDING:
            yield f"{one.at}/opintojenRahoitus", {"funding": one.funding}


def _nothing_local(right: Right) -> Iterator[Found]:
    for study in _studies(right):
        for one in study.parts:
            if one.code and one.code.value == ELECTIVE and not one.parts and one.done_on:
                yield one.at, {"part": ELECTIVE}


def _total(right: Right) -> Iterator[Found]:
    for study in _studies(right):
        whole, parts = study.extent, weeks_by_part(study)
        if whole is None or whole.amount is None or not parts or not study.confirmed_on:
            continue
        told = sum(parts.values(), Decimal(0))
        if whole.amount != told:
            yield f"{study.at}/koulutusmoduuli/laajuus", {"weeks": whole.amount, "parts": told}


VALIDATION = "KOSKI, TutkintokoulutukseenValmentavaKoulutusValidation"
MODEL = "KOSKI, TutkintokoulutukseenValmentavaKoulutus"
BLOCK, WARN, INFO, REGISTER = Severity.BLOCK, Severity.WARN, Severity.INFO, Owner.REGISTER

RULES: tuple[Rule[Right], ...] = (
    Rule("T01", BLOCK, REGISTER, _no_permit, source=MODEL),
    Rule("T02", BLOCK, REGISTER, _several_studies, source=MODEL),
    Rule("T03", WARN, REGISTER, _unknown_part, source=MODEL),
    Rule("T04", BLOCK, REGISTER, _not_in_weeks, source=MODEL),
    Rule("T05", BLOCK, REGISTER, _no_planning, source=VALIDATION),
    Rule("T06", BLOCK, REGISTER, _too_few, source=VALIDATION),
    Rule("T07", BLOCK, REGISTER, _too_many, source=VALIDATION),
    Rule("T08", BLOCK, REGISTER, _resigned, source=VALIDATION),
    Rule("T09", BLOCK, REGISTER, _holiday, source=VALIDATION),
    Rule("T10", BLOCK, REGISTER, _funding, source=MODEL),
    Rule("T11", WARN, REGISTER, _nothing_local, source=MODEL),
    Rule("T12", INFO, REGISTER, _total),
    Rule("T13", BLOCK, REGISTER, _in_all, source=VALIDATION),
    Rule("T14", BLOCK, REGISTER, _others, source=VALIDATION),
    Rule("T15", WARN, REGISTER, _too_many_so_far, source=VALIDATION),
)
