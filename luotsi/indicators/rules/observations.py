"""Observations: how far one has come, who may take it further, and what in it cannot be true.

Draft, submitted, approved; an approved one is locked and a change is a new version with a reason, which takes its
place when it is approved. Each question is answered with remarks; none means yes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum

from luotsi.indicators.rules.remarks import Remark, remark
from luotsi.indicators.rules.targets import meets
from luotsi.indicators.rules.targets.path import DIGITS, LOOSENESS
from luotsi.indicators.rules.values import PERCENT, Definition, Mark, ObservationState, Operator, Policy, Rollup

COUNTED = frozenset({Rollup.RATIO, Rollup.SUM, Rollup.SHARE_OF_UNITS})
OPEN_ENDED = frozenset({Operator.GTE, Operator.GT, Operator.LTE, Operator.LT})


class Move(StrEnum):
    """What can be done to an observation."""

    EDIT = "edit"
    DISCARD = "discard"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    SUPERSEDE = "supersede"


# Move: the states it may start in, and the state it leads to (None = the row goes).
MOVES: dict[Move, tuple[frozenset[ObservationState], ObservationState | None]] = {
    Move.EDIT: (frozenset({ObservationState.DRAFT}), ObservationState.DRAFT),
    Move.DISCARD: (frozenset({ObservationState.DRAFT}), None),
    Move.SUBMIT: (frozenset({ObservationState.DRAFT}), ObservationState.SUBMITTED),
    Move.SEND_BACK: (frozenset({ObservationState.SUBMITTED}), ObservationState.DRAFT),
    Move.APPROVE: (frozenset({ObservationState.SUBMITTED}), ObservationState.APPROVED),
    Move.SUPERSEDE: (frozenset({ObservationState.APPROVED}), ObservationState.SUPERSEDED),
}
NEED_A_REASON = frozenset({Move.SUPERSEDE, Move.SEND_BACK})


def moves_from(state: ObservationState) -> list[Move]:
    """Return what can be done to an observation in a state, in the order of `Move`."""
    return [move for move, (starts, _) in MOVES.items() if state in starts]


def after(move: Move) -> ObservationState | None:
    """Return the state that a move leads to; None where the row goes."""
    return MOVES[move][1]


def reasons_to_refuse_move(
    move: Move, state: ObservationState, *, reason: str = "", own: bool = False, four_eyes: bool = False
) -> list[Remark]:
    """Return why a move is refused: move.not_from (move, state), move.no_reason, approve.own.

    Args:
        move: what is asked for.
        state: where the observation stands.
        reason: why; an approved figure is not changed and a submitted one not sent back without.
        own: whether the one who asks entered the figure.
        four_eyes: whether the provider demands that somebody else approves.
    """
    found = []
    if state not in MOVES[move][0]:
        found.append(remark("move.not_from", move=move, state=state))
    if move in NEED_A_REASON and not reason.strip():
        found.append(remark("move.no_reason", "reason", move=move))
    if move == Move.APPROVE and own and four_eyes:
        found.append(remark("approve.own"))
    return found


def flags_of_approval(*, own: bool) -> list[Remark]:
    """Return what is shown beside an approval that is allowed: approve.own where nobody else has looked at it."""
    return [remark("approve.own")] if own else []


@dataclass(frozen=True, kw_only=True)
class Told:
    """An observation as it was told; fields as in the record. `day_from` and `day_to` are those of its period."""

    day_from: date
    day_to: date
    split: Mapping[str, str] = field(default_factory=dict)
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    operator: Operator = Operator.EQ
    words: str = ""
    mark: Mark = Mark.FIGURE
    persons: int | None = None

    @property
    def numbers(self) -> dict[str, Decimal]:
        """Return the numbers that were told, by field."""
        fields = ("numerator", "denominator", "value", "low", "high")
        return {name: number for name in fields if (number := getattr(self, name)) is not None}


def reasons_to_refuse(
    told: Told,
    definition: Definition,
    *,
    valid_from: date | None = None,
    valid_to: date | None = None,
    known: Mapping[str, Collection[str]] | None = None,
    whole: Told | None = None,
) -> list[Remark]:
    """Return everything in an observation that cannot be true; codes and parameters stand in the functions below.

    A number that is not finite is told alone (number.not_finite): nothing can be said of the rest.

    Args:
        told: the observation.
        definition: the version by which it is told.
        valid_from: the first day of that version; None = no bound.
        valid_to: its last day; None = no bound.
        known: the values that a dimension can have; dimensions not in it take any.
        whole: what this is a part of: the total of a split, the unit above.
    """
    if endless := [name for name, number in told.numbers.items() if not number.is_finite()]:
        return [remark("number.not_finite", name) for name in endless]
    return [
        *of_what_is_there(told),
        *of_signs(told, definition),
        *of_parts(told, definition),
        *of_range(told),
        *of_period(told, valid_from, valid_to),
        *of_split(told, definition, known or {}),
        *(of_subset(told, whole, definition) if whole else ()),
    ]


def of_what_is_there(told: Told) -> list[Remark]:
    """Return figure.nothing, mark.protected, mark.with_figure, words.exact (words without number said to be exact)."""
    if told.mark == Mark.PROTECTED:
        return [remark("mark.protected", "mark")]
    if told.mark != Mark.FIGURE:
        return [remark("mark.with_figure", "mark", mark=told.mark)] if told.numbers else []
    if told.numbers:
        return []
    if not told.words.strip():
        return [remark("figure.nothing", "value")]
    return [remark("words.exact", "operator")] if told.operator == Operator.EQ else []


def of_signs(told: Told, definition: Definition) -> list[Remark]:
    """Return number.negative (persons, denominators, counts that are not open), denominator.zero."""
    counts: dict[str, Decimal | int | None] = {"denominator": told.denominator, "persons": told.persons}
    if definition.policy != Policy.OPEN and definition.rollup in COUNTED:
        counts |= {"numerator": told.numerator, "value": told.value, "low": told.low}
    found = [
        remark("number.negative", name, number=number)
        for name, number in counts.items()
        if number is not None and number < 0
    ]
    if told.denominator == 0:
        found.append(remark("denominator.zero", "denominator"))
    return found


def of_parts(told: Told, definition: Definition) -> list[Remark]:
    """Return numerator.over, value.over (a share over 100), numerator.alone, parts.disagree (value, counted)."""
    found = []
    numerator, denominator = told.numerator, told.denominator
    if is_share(definition):
        if numerator is not None and denominator is not None and numerator > denominator:
            found.append(remark("numerator.over", "numerator", numerator=numerator, denominator=denominator))
        over = [name for name in ("value", "low", "high") if (told.numbers.get(name) or 0) > 100]
        found += [remark("value.over", name, value=told.numbers[name]) for name in over]
    if numerator is not None and denominator is None and definition.rollup == Rollup.RATIO:
        found.append(remark("numerator.alone", "denominator"))
    counted = counted_value(told, definition)
    if counted is not None and told.value is not None and not agrees(told, counted):
        found.append(remark("parts.disagree", "value", value=told.value, counted=counted))
    return found


def is_share(definition: Definition) -> bool:
    """Return True where the numerator is a part of the denominator."""
    return definition.unit == PERCENT


def counted_value(told: Told, definition: Definition) -> Decimal | None:
    """Return the value that numerator and denominator make; None where one of them is missing."""
    if told.numerator is None or not told.denominator:
        return None
    with localcontext(prec=DIGITS):
        return told.numerator * definition.factor / told.denominator


def agrees(told: Told, counted: Decimal) -> bool:
    """Return True when the value is the counted one, as far as its decimals and its operator tell."""
    value = told.value
    if value is None:
        return True
    half = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent))) / 2
    if told.operator in OPEN_ENDED:
        return meets(counted, told.operator, value) is True
    if told.operator == Operator.RANGE:
        return (told.low is None or counted >= told.low) and (told.high is None or counted <= told.high)
    return abs(counted - value) <= half + (abs(value) * LOOSENESS if told.operator == Operator.APPROX else 0)


def of_range(told: Told) -> list[Remark]:
    """Return range.incomplete, range.order (low, high), range.outside (a value that is not in its range)."""
    low, high, found = told.low, told.high, []
    if told.operator == Operator.RANGE and told.mark == Mark.FIGURE and (low is None or high is None):
        found.append(remark("range.incomplete", "low" if low is None else "high"))
    if low is not None and high is not None and low > high:
        found.append(remark("range.order", "high", low=low, high=high))
    elif told.value is not None and (
        (low is not None and told.value < low) or (high is not None and told.value > high)
    ):
        found.append(remark("range.outside", "value", value=told.value))
    return found


def of_period(told: Told, valid_from: date | None, valid_to: date | None) -> list[Remark]:
    """Return period.order, and period.outside where the last day is not in the validity of the definition."""
    found = [remark("period.order", "period")] if told.day_to < told.day_from else []
    if (valid_from and told.day_to < valid_from) or (valid_to and told.day_to > valid_to):
        found.append(remark("period.outside", "period", valid_from=valid_from, valid_to=valid_to))
    return found


def of_split(told: Told, definition: Definition, known: Mapping[str, Collection[str]]) -> list[Remark]:
    """Return split.unknown (dimension) and split.unknown_value (dimension, value)."""
    found = [
        remark("split.unknown", "split", dimension=name) for name in told.split if name not in definition.dimensions
    ]
    for name, value in told.split.items():
        if name in definition.dimensions and name in known and value not in known[name]:
            found.append(remark("split.unknown_value", "split", dimension=name, value=value))
    return found


def of_subset(part: Told, whole: Told, definition: Definition) -> list[Remark]:
    """Return subset.over (part, whole): a part that is larger than its whole, whatever the words leave open."""
    found = []
    for name in ("numerator", "denominator", "persons"):
        of_part, of_whole = getattr(part, name), getattr(whole, name)
        if of_part is not None and of_whole is not None and of_part > of_whole:
            found.append(remark("subset.over", name, part=of_part, whole=of_whole))
    if definition.rollup == Rollup.SUM:
        lowest, highest = bounds(part)[0], bounds(whole)[1]
        if lowest is not None and highest is not None and lowest > highest:
            found.append(remark("subset.over", "value", part=lowest, whole=highest))
    return found


def bounds(told: Told) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest and the highest value that an observation may mean; None = no bound."""
    value = told.value
    if told.operator == Operator.RANGE:
        return told.low, told.high
    if value is None or told.operator in OPEN_ENDED:
        upward = told.operator in (Operator.GTE, Operator.GT)
        return (value, None) if upward else (None, value if told.operator != Operator.EQ else None)
    slack = abs(value) * LOOSENESS if told.operator == Operator.APPROX else Decimal(0)
    return value - slack, value + slack
