"""Rules of preparatory studies (TUVA): the permit, the parts and how many weeks each may have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from luotsi.learning.rules.checks.finding import Found, Owner, Rule, Severity
from luotsi.learning.rules.koski import Kind, Part, Right, State, Study

WEEKS = "8"
PERMITS = frozenset({"ammatillinen", "lukio", "perusopetus"})
FUNDING = frozenset({"1", "6", "10"})
COMPULSORY = "101"


@dataclass(frozen=True)
class Cap:
    """How many weeks a part may have in studies that were completed."""

    least: Decimal
    most: Decimal


CAPS = {
    "101": Cap(Decimal(2), Decimal(10)),
    "102": Cap(Decimal(0), Decimal(20)),
    "103": Cap(Decimal(0), Decimal(20)),
    "104": Cap(Decimal(0), Decimal(10)),
    "105": Cap(Decimal(0), Decimal(30)),
    "106": Cap(Decimal(0), Decimal(30)),
    "107": Cap(Decimal(0), Decimal(30)),
}


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
    if right.kind == Kind.TUVA and right.permit not in PERMITS:
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
    for study in _studies(right) if _is_complete(right) else ():
        for code, weeks in weeks_by_part(study).items():
            if code in CAPS and weeks < CAPS[code].least:
                yield f"{study.at}/osasuoritukset", {"part": code, "weeks": weeks, "least": CAPS[code].least}


def _too_many(right: Right) -> Iterator[Found]:
    for study in _studies(right):
        for code, weeks in weeks_by_part(study).items():
            if code in CAPS and weeks > CAPS[code].most:
                yield f"{study.at}/osasuoritukset", {"part": code, "weeks": weeks, "most": CAPS[code].most}


def _resigned(right: Right) -> Iterator[Found]:
    for one in right.periods if right.kind == Kind.TUVA else ():
        if one.state == State.RESIGNED:
            yield f"{one.at}/tila", {"state": one.state, "instead": State.CONSIDERED_RESIGNED.value}


def _holiday(right: Right) -> Iterator[Found]:
    for one in right.periods if right.kind == Kind.TUVA else ():
        if one.state == State.HOLIDAY and right.permit != "ammatillinen":
            yield f"{one.at}/tila", {"state": one.state, "permit": right.permit}


def _funding(right: Right) -> Iterator[Found]:
    for one in right.periods if right.kind == Kind.TUVA else ():
        if one.funding and one.funding not in FUNDING:
            yield f"{one.at}/opintojenRahoitus", {"funding": one.funding}


def _nothing_local(right: Right) -> Iterator[Found]:
    for study in _studies(right):
        for one in study.parts:
            if one.code and one.code.value == "104" and not one.parts and one.done_on:
                yield one.at, {"part": "104"}


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
)
