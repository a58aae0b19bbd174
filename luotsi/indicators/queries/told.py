"""Observations as they were told, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.indicators.queries import words
from luotsi.indicators.queries.words import ABOUT, Measure
from luotsi.indicators.rules.values import Mark, ObservationState, Operator
from luotsi.ui.formatting import NBSP, number
from luotsi.ui.lists import State

if TYPE_CHECKING:
    from luotsi.indicators.models import Definition, Observation

MARKS = {
    ObservationState.DRAFT: "none",
    ObservationState.SUBMITTED: "run",
    ObservationState.APPROVED: "done",
    ObservationState.SUPERSEDED: "none",
}


def measure_of(definition: Definition) -> Measure:
    """Return how the figures of a definition are written."""
    return Measure(definition.unit_of_measure, definition.decimals)


def state_of(observation: Observation) -> State:
    """Return the state with its mark."""
    return State(MARKS[ObservationState(observation.state)], observation.get_state_display())


def figure_of(observation: Observation) -> str:
    """Return what was told: a figure with how exact it is, a range, words, or why there is no figure."""
    measure = measure_of(observation.definition)
    match Mark(observation.mark):
        case Mark.MISSING:
            return _("missing")
        case Mark.NOT_APPLICABLE:
            return _("does not apply")
    if observation.operator == Operator.RANGE:
        return measure.range(observation.low, observation.high)
    if observation.value is None:
        return f"“{observation.words}”"
    value = measure.write(observation.value)
    match observation.operator:
        case Operator.APPROX:
            return f"{ABOUT}{NBSP}{value}"
        case Operator.GTE:
            return _("at least %(value)s") % {"value": value}
        case Operator.LTE:
            return _("at most %(value)s") % {"value": value}
        case Operator.GT:
            return _("more than %(value)s") % {"value": value}
        case Operator.LT:
            return _("less than %(value)s") % {"value": value}
    return value


def parts_of(observation: Observation) -> str:
    """Return numerator and denominator as a path, "3,071 ÷ 3,863"; empty where they were not told."""
    if observation.numerator is None or observation.denominator is None:
        return ""
    return f"{number(observation.numerator)} ÷ {number(observation.denominator)}"


def split_of(observation: Observation) -> str:
    """Return the split in words, "language sv"; empty for the total."""
    return words.split(observation.split.items())
