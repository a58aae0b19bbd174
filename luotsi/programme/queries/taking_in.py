"""What would come of taking a plan in: whose it is, who takes part, what is wrong with it and what it leaves open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from luotsi.base.errors import Reason
from luotsi.indicators.models import Indicator, Observation
from luotsi.people.models import Unit
from luotsi.people.rules import Kind
from luotsi.programme.models import MilestoneState, Participation, Programme
from luotsi.programme.queries import rows
from luotsi.programme.queries.documents import plan_of, published_of, version_of
from luotsi.programme.rules.checks import Fault, Severity, faults
from luotsi.programme.rules.observed import Figured, Gap, observed
from luotsi.programme.rules.plan import Plan, measures_of

if TYPE_CHECKING:
    from collections.abc import Iterator


LONGEST_KEY = 60


@dataclass(frozen=True)
class Trial:
    """A plan held against what is there; `reasons` are why it cannot be taken in, `gaps` what it leaves open."""

    plan: Plan
    owner: Unit | None
    programme: Programme | None
    units: dict[str, Unit]
    figured: Figured
    faults: tuple[Fault, ...]
    gaps: tuple[Gap, ...]
    reasons: tuple[Reason, ...]

    @property
    def base(self) -> Plan | None:
        """The plan that is in effect: the last one published, or the draft while nothing is; None for a new one."""
        return None if self.programme is None else base_of(self.programme)


def base_of(programme: Programme) -> Plan | None:
    """Return the plan whose findings, money and figures stand as records."""
    version = published_of(programme) or version_of(programme)
    return plan_of(programme, version) if version else None


def indicator_key(plan: Plan, code: str) -> str:
    """Return the address of an indicator of a plan."""
    return slugify(f"{plan.key}-{code}")[:80]


def owner_of(plan: Plan) -> Unit | None:
    """Return the unit that owns a plan: the provider with its number, or the region of its participants."""
    providers = Unit.objects.filter(kind=Kind.PROVIDER, valid_to=None).select_related("parent")
    if plan.owner.municipality:
        return providers.filter(municipality_number=plan.owner.municipality).first()
    numbers = {item.municipality for item in plan.participants if item.municipality}
    found = list(providers.filter(municipality_number__in=numbers))
    parents = {unit.parent for unit in found if unit.parent}
    return parents.pop() if len(parents) == 1 else None


def try_plan(plan: Plan, owner: Unit | None = None) -> Trial:
    """Return what would come of taking the plan in at a unit; without one, at the unit that the plan names."""
    programme = Programme.objects.select_related("owner").filter(key=plan.key).first()
    at = owner or (programme.owner if programme else owner_of(plan))
    figured, found = observed(plan), faults(plan)
    units = _units(plan, at)
    gaps = [*_unit_gaps(plan, units), *figured.gaps]
    trial = Trial(plan, at, programme, units, figured, found, tuple(gaps), ())
    return replace(trial, reasons=tuple(_reasons(trial)))


def _units(plan: Plan, owner: Unit | None) -> dict[str, Unit]:
    """Return the units of the participants by their codes, as far as they are found at or below the owner."""
    if owner is None:
        return {}
    numbers = {item.municipality: item.code for item in plan.participants if item.municipality}
    below = Unit.objects.under(owner).filter(kind=Kind.PROVIDER, municipality_number__in=numbers, valid_to=None)
    return {numbers[unit.municipality_number]: unit for unit in below}


def _unit_gaps(plan: Plan, units: dict[str, Unit]) -> Iterator[Gap]:
    for item in plan.participants:
        if item.code not in units:
            yield Gap("participant.unit", item.code, {"number": item.municipality or "–"})


def _reasons(trial: Trial) -> Iterator[Reason]:
    errors = sum(fault.severity == Severity.ERROR for fault in trial.faults)
    if errors:
        yield Reason(_("The plan has errors: %(count)s. Mend them first.") % {"count": errors})
    if trial.owner is None:
        yield Reason(_("The plan does not say whose it is. Name the unit that owns it."), field="owner")
        return
    yield from _taken_indicators(trial.plan, trial.owner)
    if trial.programme is None:
        slug = slugify(trial.plan.key)
        if not slug or len(trial.plan.key) > LONGEST_KEY:
            yield Reason(_("The key of the plan has letters or digits, at most %(count)s.") % {"count": LONGEST_KEY})
        if Programme.objects.filter(slug=slug).exists():
            yield Reason(_("Another programme has the address %(slug)s.") % {"slug": slug})
        return
    if trial.programme.owner_id != trial.owner.pk:
        words = {"unit": trial.programme.owner}
        yield Reason(_("The programme is there already, and belongs to %(unit)s.") % words, field="owner")
    yield from vanished(trial.programme, trial.base, trial.plan)


def _taken_indicators(plan: Plan, owner: Unit) -> Iterator[Reason]:
    """Yield indicators whose address somebody else's indicator has: a plan never writes into those."""
    keys = {indicator_key(plan, item.code): item.code for item in plan.indicators}
    taken = Indicator.objects.filter(key__in=keys).exclude(owner=owner).values_list("key", flat=True)
    for key in sorted(taken):
        words = {"code": keys[key], "key": key}
        yield Reason(_("Indicator %(code)s would get the address %(key)s, which another one has.") % words)


def vanished(programme: Programme, base: Plan | None, plan: Plan) -> Iterator[Reason]:
    """Yield why codes cannot be left out of a new version: something is kept under them."""
    yield from _vanished_milestones(programme, plan)
    if base is None:
        return
    codes = codes_of_indicators(programme, base)
    for name, model in rows.LISTS.items():
        old = {item.code: item for item in getattr(base, name)}
        gone = old.keys() - {item.code for item in getattr(plan, name)}
        for row in model.objects.filter(programme=programme, code__in=gone):
            if rows.item_of(row, codes) != old[row.code]:
                words = {"code": row.code}
                yield Reason(_("%(code)s has been worked on since and cannot be left out. Export first.") % words)
    gone = {item.code for item in base.indicators} - {item.code for item in plan.indicators}
    keys = {indicator_key(plan, code): code for code in gone}
    told = Observation.objects.approved().filter(indicator__key__in=keys).values_list("indicator__key", flat=True)
    for key in sorted(set(told)):
        yield Reason(_("Indicator %(code)s has approved figures and cannot be left out.") % {"code": keys[key]})
    yield from _vanished_participants(programme, plan)


def _vanished_milestones(programme: Programme, plan: Plan) -> Iterator[Reason]:
    there = {(measure.code, item.period.key) for measure in measures_of(plan) for item in measure.milestones}
    there |= {(measure.code, "") for measure in measures_of(plan)}
    told = MilestoneState.objects.current().filter(programme=programme).values_list("measure", "period").distinct()
    for measure, period in sorted(set(told) - there):
        words = {"code": f"{measure} {period}".strip()}
        yield Reason(_("States have been told of milestone %(code)s, so it cannot be left out. Cancel it.") % words)
    measures = {measure.code for measure in measures_of(plan)}
    events = programme.clock_events.filter(ended_on=None).exclude(measure="").values_list("measure", flat=True)
    for code in sorted(set(events) - measures):
        yield Reason(_("An event of the annual clock names measure %(code)s.") % {"code": code})


def _vanished_participants(programme: Programme, plan: Plan) -> Iterator[Reason]:
    codes = {item.code for item in plan.participants}
    gone = Participation.objects.filter(programme=programme).exclude(code__in=codes)
    told = MilestoneState.objects.filter(programme=programme, unit__in=gone.values("unit")).values("unit")
    for taking in gone.filter(unit__in=told):
        words = {"code": taking.code}
        yield Reason(_("Participant %(code)s has told states of milestones and cannot be left out.") % words)


def codes_of_indicators(programme: Programme, plan: Plan) -> dict[Any, str]:
    """Return the codes of a plan's indicators by the keys of their records."""
    keys = {indicator_key(plan, item.code): item.code for item in plan.indicators}
    return {pk: keys[key] for pk, key in Indicator.objects.filter(key__in=keys).values_list("pk", "key")}
