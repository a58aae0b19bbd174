"""All documents of one learner held against all rules, before they are sent or taken in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from luotsi.learning.rules import hoks, koski
from luotsi.learning.rules.checks import PLANS, RIGHTS, TOGETHER, TUVA
from luotsi.learning.rules.checks.finding import Finding, check
from luotsi.learning.rules.checks.hoks import Planned
from luotsi.learning.rules.checks.together import Learner
from luotsi.learning.rules.places import Fault

KNOWN = frozenset(koski.Kind)
NOBODY, NO_PLAN = "X01", "X03"


class Sort(StrEnum):
    """What a document is."""

    LEARNER = "learner"  # somebody with rights to study
    RIGHT = "right"  # a right to study alone
    PLAN = "plan"
    FOREIGN = "foreign"


@dataclass(frozen=True)
class Checked:
    """What came of a learner's documents; places begin with the name that was given to the document.

    `others` counts rights of kinds that no rule here is about.
    """

    findings: tuple[Finding, ...]
    faults: tuple[Fault, ...]
    rights: int
    plans: int
    others: int


def sort_of(value: object) -> Sort:
    """Return what a document is, by the names in it."""
    if not isinstance(value, dict):
        return Sort.FOREIGN
    if "opiskeluoikeudet" in value:
        return Sort.LEARNER
    if "suoritukset" in value and "tila" in value:
        return Sort.RIGHT
    if "opiskeluoikeus-oid" in value or any(str(name).startswith("hankittavat-") for name in value):
        return Sort.PLAN
    return Sort.FOREIGN


def opened(value: object, at: str = "") -> Iterator[tuple[str, object]]:
    """Yield what a document holds with its place: what an answer of a service wraps, the members of a list."""
    if isinstance(value, dict) and "meta" in value and "data" in value:
        yield from opened(value["data"], f"{at}/data")
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield f"{at}/{place}", one
    else:
        yield at, value


def check_documents(
    rights: Sequence[tuple[str, object]],
    plans: Sequence[tuple[str, object]],
    day: date,
    *,
    skip: Set[str] = frozenset(),
    plans_are_told: bool = True,
) -> Checked:
    """Hold a learner's documents against every rule of a day.

    Args:
        rights: the learner with rights, or rights alone, each with the name that its places begin with.
        plans: personal plans, likewise.
        day: the rules of which day, and what "today" is.
        skip: places of rights that are left out, for they were told before.
        plans_are_told: whether a plan that is not here is missing, or was never asked for.
    """
    read = [(name, koski.read(value, name), sort_of(value)) for name, value in rights]
    made = [hoks.read(value, name) for name, value in plans]
    told = [right for _name, one, _sort in read for right in one.rights if right.at not in skip]
    found = tuple(right for right in told if right.kind in KNOWN)
    known = tuple(plan for one in made for plan in one.plans)
    is_named = any(sort is Sort.LEARNER for *_rest, sort in read)
    unasked = {NOBODY: not is_named, NO_PLAN: not plans_are_told}
    learner = Learner(_student([one.student for _name, one, _sort in read], known), found, known, day)
    return Checked(
        findings=tuple(one for one in _findings(learner) if not unasked.get(one.code)),
        faults=(
            *(fault for _name, one, _sort in read for fault in one.faults),
            *(fault for one in made for fault in one.faults),
        ),
        rights=len(found),
        plans=len(known),
        others=len(told) - len(found),
    )


def _findings(learner: Learner) -> Iterator[Finding]:
    for right in learner.rights:
        yield from check((*RIGHTS, *TUVA), right, learner.today)
    of_oid = {one.oid: one for one in learner.rights if one.oid}
    for plan in learner.plans:
        yield from check(PLANS, Planned(plan, of_oid.get(plan.right), learner.today), learner.today)
    yield from check(TOGETHER, learner, learner.today)


def _student(told: Sequence[koski.Student], plans: Sequence[hoks.Plan]) -> koski.Student:
    """Return who it is: as the register tells it, else as a plan does."""
    named = [one for one in told if one.oid or one.identity]
    if named:
        return named[0]
    oid = next((one.student for one in plans if one.student), "")
    return koski.Student(oid, "", "", "")
