"""Rules over a learner's documents together: right and plan, register and plan, several rights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from luotsi.learning.rules import hoks, koski
from luotsi.learning.rules.checks.finding import Found, Owner, Rule, Severity
from luotsi.learning.rules.codes import birth_in
from luotsi.learning.rules.koski import Right
from luotsi.learning.rules.work import Span

PLAN_WITHIN = timedelta(days=30)
FRESH = timedelta(days=90)
SHOWN_WITHIN = timedelta(days=30)
MOST_RIGHTS = 50  # nobody has as many; without an end every pair of thousands would be looked at
STUDYING = frozenset({koski.State.PRESENT, koski.State.AWAY, koski.State.HOLIDAY})


@dataclass(frozen=True)
class Learner:
    """A learner's documents on the day they are checked; `permits` are those first told of rights, by their OID."""

    student: koski.Student
    rights: tuple[Right, ...]
    plans: tuple[hoks.Plan, ...]
    today: date
    permits: Mapping[str, str] = field(default_factory=dict)

    def plan_of(self, right: Right) -> hoks.Plan | None:
        """Return the plan of a right; of several the one that was touched last."""
        told = [one for one in self.plans if one.right and one.right == right.oid]
        return max(told, key=lambda one: one.touched or date.min, default=None)

    def pairs(self) -> Iterator[tuple[Right, hoks.Plan]]:
        """Yield rights with their plans."""
        for right in self.rights:
            if plan := self.plan_of(right):
                yield right, plan


def _runs(right: Right, day: date) -> bool:
    return right.state_on(day) in STUDYING


def _nobody(learner: Learner) -> Iterator[Found]:
    if not learner.student.oid and not learner.student.identity:
        yield "/henkilö", {}


def _identity(learner: Learner) -> Iterator[Found]:
    if learner.student.identity and birth_in(learner.student.identity) is None:
        yield "/henkilö/hetu", {}


def _no_plan(learner: Learner) -> Iterator[Found]:
    for right in learner.rights:
        begins = right.begins
        is_due = begins is not None and begins + PLAN_WITHIN < learner.today and _runs(right, learner.today)
        if is_due and learner.plan_of(right) is None:
            yield right.at, {"right": right.oid, "day": begins}


def _no_right(learner: Learner) -> Iterator[Found]:
    known = {one.oid for one in learner.rights if one.oid}
    for plan in learner.plans:
        if known and plan.right not in known:
            yield f"{plan.at}/opiskeluoikeus-oid", {"right": plan.right}


def _stale(learner: Learner) -> Iterator[Found]:
    for right, plan in learner.pairs():
        if _runs(right, learner.today) and plan.touched and plan.touched + FRESH < learner.today:
            yield f"{plan.at}/paivitetty", {"day": plan.touched, "days": (learner.today - plan.touched).days}


def _shown_but_ungraded(learner: Learner) -> Iterator[Found]:
    """A demonstration whose day is past by a month has no grade in the register, whether it was held or not."""
    for right, plan in learner.pairs():
        graded = {
            part.code.value for study in right.studies for part in koski.parts_of(study) if part.code and part.done_on
        }
        for part in plan.aims():
            days = [one.span.ends_on for one in part.demonstrations if one.span.ends_on]
            last = max(days, default=None)
            if part.code and last and last + SHOWN_WITHIN < learner.today and part.code.value not in graded:
                yield part.at, {"part": part.code.value, "day": last}


def _done_outside_the_plan(learner: Learner) -> Iterator[Found]:
    for right, plan in learner.pairs():
        planned = {one.code.value for one in plan.parts if one.code}
        for study in right.studies:
            for part in study.parts:
                if part.code and part.done_on and not part.recognised and part.code.value not in planned:
                    yield part.at, {"part": part.code.value, "day": part.done_on}


def _work_only_planned(learner: Learner) -> Iterator[Found]:
    """A period at a workplace is in the plan, but the register knows no such period on its first day."""
    for right, plan in learner.pairs():
        told = [one for study in right.studies for one in (*study.ways, *study.agreements)]
        for way in plan.at_work():
            start = way.span.starts_on
            if start is None or start > learner.today:
                continue
            if not any(one.code == way.code and one.span.covers(start) for one in told):
                yield way.span.at, {"way": way.code, "day": start}


def _work_only_registered(learner: Learner) -> Iterator[Found]:
    """The register knows a period at a workplace that no way of the plan touches."""
    for right, plan in learner.pairs():
        planned = tuple(plan.at_work())
        for study in right.studies:
            for one in study.at_work:
                if not any(one.span.meets(way.span) for way in planned):
                    yield one.span.at, {"way": one.code, "day": one.span.starts_on}


def _overlap(learner: Learner) -> Iterator[Found]:
    for one, other in combinations(learner.rights[:MOST_RIGHTS], 2):
        if one.within == other.oid != "" or other.within == one.oid != "" or one.kind != other.kind:
            continue
        if _span(one).meets(_span(other)):
            yield other.at, {"right": other.oid, "other": one.oid}


def _span(right: Right) -> Span:
    ends = right.ends - timedelta(days=1) if right.ends else None
    return Span(right.begins, ends, right.at)


def _ended_with_open_plan(learner: Learner) -> Iterator[Found]:
    for right, plan in learner.pairs():
        last = right.last
        if last and last.state == koski.State.GRADUATED and plan.reached is None:
            yield f"{plan.at}/osaamisen-saavuttamisen-pvm", {"day": right.ends}


def _another_permit(learner: Learner) -> Iterator[Found]:
    """The permit of preparatory studies never changes; another one makes another right."""
    for right in learner.rights:
        before = learner.permits.get(right.oid, "")
        if right.kind == koski.Kind.TUVA and before and right.permit and right.permit != before:
            yield f"{right.at}/järjestämislupa", {"permit": right.permit, "before": before}


BLOCK, WARN, INFO = Severity.BLOCK, Severity.WARN, Severity.INFO
REGISTER, TEACHER, PLANNER = Owner.REGISTER, Owner.TEACHER, Owner.PLANNER

RULES: tuple[Rule[Learner], ...] = (
    Rule("X01", BLOCK, REGISTER, _nobody),
    Rule("X02", BLOCK, REGISTER, _identity),
    Rule("X03", WARN, TEACHER, _no_plan),
    Rule("X04", WARN, REGISTER, _no_right),
    Rule("X05", INFO, TEACHER, _stale),
    Rule("X06", WARN, TEACHER, _shown_but_ungraded),
    Rule("X07", WARN, TEACHER, _done_outside_the_plan),
    Rule("X08", WARN, PLANNER, _work_only_planned),
    Rule("X09", WARN, PLANNER, _work_only_registered),
    Rule("X10", WARN, REGISTER, _overlap),
    Rule("X11", WARN, TEACHER, _ended_with_open_plan),
    Rule(
        "X12",
        BLOCK,
        REGISTER,
        _another_permit,
        source="KOSKI, TutkintokoulutukseenValmentavaKoulutusValidation",
    ),
)
