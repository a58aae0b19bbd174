"""A staggered start before it begins: what can be planned, and the lot that says who begins when.

Groups or schools begin to use guidance lists one wave after another. Only the lot decides who begins earlier, so those
who have begun and those who have not differ in nothing else, whatever the weeks bring. What is compared, when, and by
which seed the lot is drawn is told before the draw; after it nothing of this can be changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from math import factorial, prod

LEAST_UNITS = 6
LEAST_WAVES = 3
MOST_WAVES = 12
LEAST_LEARNERS = 5
LEAST_ORDERS = 200
STEPS = (4, 6, 8, 12)
BEFORE = 3
MONDAY = 0


class Outcome(StrEnum):
    """What is compared; one is chosen before the draw."""

    STAYING = "staying"  # the share of those who study when a period begins that study on, or completed, at its end
    POINTS = "points"  # competence points that they got in the period, each on average; vocational studies


class Fault(StrEnum):
    """Why a staggered start cannot be planned or locked so."""

    FEW_UNITS = "few_units"
    FEW_WAVES = "few_waves"
    MANY_WAVES = "many_waves"
    FEW_ORDERS = "few_orders"
    NO_STEP = "no_step"
    NO_MONDAY = "no_monday"
    TOO_LATE = "too_late"  # the first start has come: nothing can be told beforehand any more
    NO_SEED = "no_seed"
    SMALL = "small"  # a unit has too few learners to be told of


@dataclass(frozen=True)
class Plan:
    """What is told before the draw: the units by their keys, waves, weeks from one to the next, first start, seed."""

    units: tuple[str, ...]
    waves: int
    step: int
    starts_on: date
    seed: str


@dataclass(frozen=True)
class Period:
    """The time from one start to the next: the last day is the first of the next."""

    number: int
    first: date
    end: date


def faults_of(plan: Plan, learners: Mapping[str, int], today: date) -> tuple[Fault, ...]:
    """Return why the plan cannot be locked on a day; nothing when it can.

    Args:
        plan: what is planned.
        learners: how many study in each unit today.
        today: the day; the first start must be later.
    """
    found = []
    if len(plan.units) < LEAST_UNITS:
        found.append(Fault.FEW_UNITS)
    if plan.waves < LEAST_WAVES:
        found.append(Fault.FEW_WAVES)
    elif plan.waves > min(MOST_WAVES, max(LEAST_UNITS, len(plan.units))):
        found.append(Fault.MANY_WAVES)
    elif not found and orders_of(sizes_of(len(plan.units), plan.waves)) < LEAST_ORDERS:
        found.append(Fault.FEW_ORDERS)
    if plan.step not in STEPS:
        found.append(Fault.NO_STEP)
    if plan.starts_on.weekday() != MONDAY:
        found.append(Fault.NO_MONDAY)
    if plan.starts_on <= today:
        found.append(Fault.TOO_LATE)
    if not plan.seed.strip():
        found.append(Fault.NO_SEED)
    if any(learners.get(one, 0) < LEAST_LEARNERS for one in plan.units):
        found.append(Fault.SMALL)
    return tuple(found)


def sizes_of(units: int, waves: int) -> tuple[int, ...]:
    """Return how many units begin in each wave: as even as can be, the larger waves first."""
    each, more = divmod(units, waves)
    return tuple(each + (place < more) for place in range(waves))


def orders_of(sizes: Sequence[int]) -> int:
    """Return in how many ways units can fall into waves of these sizes."""
    return factorial(sum(sizes)) // prod(factorial(one) for one in sizes)


def draw(plan: Plan) -> dict[str, int]:
    """Return the wave of each unit, from 0, as the lot falls: always the same from the same seed and units."""
    ranked = sorted(plan.units, key=lambda one: sha256(f"{plan.seed}\n{one}".encode()).hexdigest())
    waves = [wave for wave, size in enumerate(sizes_of(len(ranked), plan.waves)) for _one in range(size)]
    return dict(zip(ranked, waves, strict=True))


def begins_on(plan: Plan, wave: int) -> date:
    """Return the Monday on which a wave begins."""
    return plan.starts_on + timedelta(weeks=plan.step * wave)


def periods_of(plan: Plan) -> tuple[Period, ...]:
    """Return the periods in which some have begun and some have not: all but the one after the last start."""
    return tuple(Period(at, begins_on(plan, at), begins_on(plan, at + 1)) for at in range(plan.waves - 1))


def before(plan: Plan) -> tuple[Period, ...]:
    """Return the periods of the same length before the first start: they tell the level of each unit."""
    return tuple(Period(-at, begins_on(plan, -at), begins_on(plan, 1 - at)) for at in range(BEFORE, 0, -1))


def ends_on(plan: Plan) -> date:
    """Return the day from which the study can be judged: the last wave begins, the last period has ended."""
    return begins_on(plan, plan.waves - 1)
