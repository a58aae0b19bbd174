"""How far an observation comes, and what in it cannot be true."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.indicators.rules.observations import (
    Move,
    Told,
    after,
    flags_of_approval,
    moves_from,
    reasons_to_refuse,
    reasons_to_refuse_move,
)
from luotsi.indicators.rules.values import PERCENT, Definition, Mark, ObservationState, Operator, Policy, Rollup

SHARE = Definition(indicator="share", rollup=Rollup.RATIO, unit=PERCENT, factor=Decimal(100), dimensions=("language",))
COUNT = Definition(indicator="pupils", rollup=Rollup.SUM, dimensions=("language",))
COUNTS = st.integers(0, 500).map(Decimal)


def told(**more: object) -> Told:
    return Told(**{"day_from": date(2025, 1, 1), "day_to": date(2025, 12, 31), **more})  # type: ignore[arg-type]


def codes(observation: Told, definition: Definition = SHARE, **more: object) -> list[str]:
    return [item.code for item in reasons_to_refuse(observation, definition, **more)]  # type: ignore[arg-type]


class TestStates:
    @pytest.mark.parametrize(
        ("state", "moves"),
        [
            (ObservationState.DRAFT, [Move.EDIT, Move.DISCARD, Move.SUBMIT]),
            (ObservationState.SUBMITTED, [Move.SEND_BACK, Move.APPROVE]),
            (ObservationState.APPROVED, [Move.SUPERSEDE]),
            (ObservationState.SUPERSEDED, []),
        ],
    )
    def test_each_state_has_its_moves(self, state: ObservationState, moves: list[Move]) -> None:
        assert moves_from(state) == moves

    @given(st.sampled_from(Move), st.sampled_from(ObservationState))
    def test_a_move_is_refused_where_it_does_not_start(self, move: Move, state: ObservationState) -> None:
        reasons = reasons_to_refuse_move(move, state, reason="Counted again.")

        assert (not reasons) is (move in moves_from(state))

    @given(st.lists(st.sampled_from(Move), max_size=12))
    def test_an_approved_figure_is_only_superseded(self, moves: list[Move]) -> None:
        state: ObservationState | None = ObservationState.APPROVED
        for move in moves:
            if state and not reasons_to_refuse_move(move, state, reason="Counted again."):
                state = after(move)

        assert state in (ObservationState.APPROVED, ObservationState.SUPERSEDED)

    @pytest.mark.parametrize(
        ("move", "state"),
        [(Move.SUPERSEDE, ObservationState.APPROVED), (Move.SEND_BACK, ObservationState.SUBMITTED)],
    )
    def test_taking_back_needs_a_reason(self, move: Move, state: ObservationState) -> None:
        assert [item.code for item in reasons_to_refuse_move(move, state, reason="  ")] == ["move.no_reason"]

    @pytest.mark.parametrize(
        ("own", "four_eyes", "refused"), [(True, True, True), (True, False, False), (False, True, False)]
    )
    def test_approving_ones_own_is_refused_only_where_four_eyes_are_demanded(
        self, own: bool, four_eyes: bool, refused: bool
    ) -> None:
        found = reasons_to_refuse_move(Move.APPROVE, ObservationState.SUBMITTED, own=own, four_eyes=four_eyes)

        assert bool(found) is refused
        assert bool(flags_of_approval(own=own)) is own


class TestWhatCannotBeTrue:
    @pytest.mark.parametrize(
        ("observation", "code"),
        [
            (told(numerator=Decimal(30), denominator=Decimal(20)), "numerator.over"),
            (told(numerator=Decimal(-1), denominator=Decimal(20)), "number.negative"),
            (told(numerator=Decimal(1), denominator=Decimal(-20)), "number.negative"),
            (told(numerator=Decimal(0), denominator=Decimal(0)), "denominator.zero"),
            (told(value=Decimal(50), persons=-1), "number.negative"),
            (told(numerator=Decimal(5)), "numerator.alone"),
            (told(value=Decimal(120)), "value.over"),
            (told(value=Decimal("NaN")), "number.not_finite"),
            (told(value=Decimal(51), numerator=Decimal(10), denominator=Decimal(20)), "parts.disagree"),
            (told(operator=Operator.RANGE, low=Decimal(40), high=Decimal(30)), "range.order"),
            (told(operator=Operator.RANGE, low=Decimal(40)), "range.incomplete"),
            (told(operator=Operator.RANGE, low=Decimal(0), high=Decimal(30), value=Decimal(31)), "range.outside"),
            (told(value=Decimal(5), split={"grade": "3"}), "split.unknown"),
            (told(value=Decimal(5), split={"language": "xx"}), "split.unknown_value"),
            (told(value=Decimal(5), day_to=date(2024, 1, 1)), "period.order"),
            (told(value=Decimal(5), mark=Mark.MISSING), "mark.with_figure"),
            (told(mark=Mark.PROTECTED), "mark.protected"),
            (told(), "figure.nothing"),
            (told(words="nearly a third"), "words.exact"),
        ],
    )
    def test_each_is_told_by_its_code(self, observation: Told, code: str) -> None:
        assert code in codes(observation, known={"language": ["fi", "sv"]})

    @pytest.mark.parametrize(
        "observation",
        [
            told(value=Decimal(50), numerator=Decimal(10), denominator=Decimal(20), persons=20),
            told(value=Decimal("33.3"), numerator=Decimal(10), denominator=Decimal(30)),
            told(
                value=Decimal(30),
                numerator=Decimal(10),
                denominator=Decimal(30),
                operator=Operator.APPROX,
                words="a third",
            ),
            told(value=Decimal(30), numerator=Decimal(10), denominator=Decimal(30), operator=Operator.GT),
            told(operator=Operator.RANGE, low=Decimal(30), high=Decimal(40)),
            told(words="nearly a third", operator=Operator.APPROX),
            told(mark=Mark.MISSING),
            told(value=Decimal(0), numerator=Decimal(0), denominator=Decimal(20), split={"language": "sv"}),
        ],
    )
    def test_what_can_be_true_is_let_through(self, observation: Told) -> None:
        assert codes(observation, known={"language": ["fi", "sv"]}) == []

    @pytest.mark.parametrize(
        ("valid_from", "valid_to", "refused"),
        [
            (date(2026, 1, 1), None, True),
            (None, date(2025, 6, 30), True),
            (date(2025, 6, 1), date(2025, 12, 31), False),
            (None, None, False),
        ],
    )
    def test_the_period_ends_while_the_definition_is_valid(
        self, valid_from: date | None, valid_to: date | None, refused: bool
    ) -> None:
        found = codes(told(value=Decimal(5)), valid_from=valid_from, valid_to=valid_to)

        assert found == (["period.outside"] if refused else [])

    def test_a_part_is_not_larger_than_its_whole(self) -> None:
        whole = told(numerator=Decimal(20), denominator=Decimal(40))
        part = told(numerator=Decimal(21), denominator=Decimal(30))

        assert codes(part, whole=whole) == ["subset.over"]
        assert codes(told(value=Decimal(7)), COUNT, whole=told(value=Decimal(6))) == ["subset.over"]

    def test_words_leave_room_for_a_part(self) -> None:
        about = told(value=Decimal(100), operator=Operator.APPROX)

        assert codes(told(value=Decimal(105)), COUNT, whole=about) == []
        assert codes(told(value=Decimal(111)), COUNT, whole=about) == ["subset.over"]

    def test_money_may_be_negative(self) -> None:
        euros = replace(COUNT, policy=Policy.OPEN, unit="euro")

        assert codes(told(value=Decimal(-5)), euros) == []
        assert codes(told(value=Decimal(-5)), COUNT) == ["number.negative"]

    @given(COUNTS, COUNTS.filter(bool))
    def test_a_counted_share_never_disagrees_with_its_parts(self, numerator: Decimal, denominator: Decimal) -> None:
        share = (numerator * 100 / denominator).quantize(Decimal("0.1"))
        found = codes(told(numerator=numerator, denominator=denominator, value=share))

        assert "parts.disagree" not in found
        assert ("numerator.over" in found) is (numerator > denominator)

    @given(COUNTS, COUNTS.filter(bool), st.sampled_from([Decimal("0.2"), Decimal(-3)]))
    def test_a_share_that_is_off_disagrees(self, numerator: Decimal, denominator: Decimal, off: Decimal) -> None:
        share = (numerator * 100 / denominator).quantize(Decimal("0.1")) + off

        assert "parts.disagree" in codes(told(numerator=numerator, denominator=denominator, value=share))
