"""Expressions: read by their grammar, worked out on exact numbers, never with more work than allowed."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.evaluation.scopes import RowScope
from luotsi.questionnaires.rules.expressions import (
    FUNCTIONS,
    Budget,
    Exhausted,
    ExpressionError,
    evaluate,
    names_in,
    parse,
)
from luotsi.questionnaires.tests.asking import NOW

ANSWERS: Mapping[str, Any] = {
    "a": 5,
    "b": "7",
    "c": "abc",
    "d": [1, 2, "x"],
    "g": True,
    "m": [{"x": 1, "y": "2"}, {"x": 3}, {"x": "4", "y": 5}],
    "n": "2020-02-29",
    "z": Decimal("0.1"),
}


def worked(text: str, budget: int = 10_000) -> Any:
    """Return what an expression comes to over the answers above."""
    return evaluate(parse(text), RowScope(ANSWERS, NOW), Budget(budget))


class TestReading:
    @pytest.mark.parametrize(
        ("text", "comes_to"),
        [
            ("1 + 2 * 3", 7),
            ("2 ^ 3 ^ 2", 64),
            ("-2 ^ 2", 4),
            ("10 - 3 - 2", 5),
            ("{a} > 3 and {b} < 10 or false", True),
            ("!({a} > 3)", False),
            ("! {nothing} empty", False),
            ("{m[-1].y}", 5),
            ("{M[0].X}", 1),
            ("{d.length}", 3),
            ("{#b} + 1", "71"),
            ("'it\\'s'", "it's"),
            ("['a', {a}]", ["a", 5]),
            ("{c} = ABC", True),
            ("iif({a} > 3, 'y', 'n')", "y"),
        ],
    )
    def test_each_operator_binds_as_documented(self, text: str, comes_to: Any) -> None:
        assert worked(text) == comes_to

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("1 +", "unreadable"),
            ("{a} foo 5", "unreadable"),
            ("(1", "unreadable"),
            ("{a} containsany [1]", "unreadable"),
            ("{}", "unreadable"),
            ("system('x')", "function.unknown"),
            ("isContainerReady('page1')", "function.unknown"),
            ("iif({a})", "function.arguments"),
            ("{$q1.visible}", "property"),
            ("(" * 5_000 + "1" + ")" * 5_001, "too_long"),
            ("!" * 200 + "{a}", "too_deep"),
            ("1" * 61, "unreadable"),
        ],
    )
    def test_what_makes_no_sense_is_told_with_its_place(self, text: str, code: str) -> None:
        with pytest.raises(ExpressionError) as told:
            parse(text)
        assert told.value.code == code

    def test_the_names_of_an_expression_are_known(self) -> None:
        assert [name.text for name in names_in(parse("{a} + iif({panel.b[0].c} > {a}, 1, {d})"))] == [
            "a",
            "panel.b[0].c",
            "d",
        ]

    @given(st.text(max_size=60))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        with contextlib.suppress(ExpressionError):
            parse(text)


class TestWorkingOut:
    def test_numbers_are_exact(self) -> None:
        assert worked("0.1 + 0.2") == Decimal("0.3")
        assert worked("{z} * 3 - 0.3") == 0
        assert worked("sum({z}, 0.2, '0.3')") == Decimal("0.6")
        assert worked("round(1.005, 2)") == Decimal("1.01")

    def test_nothing_is_not_zero_where_it_is_compared_and_zero_where_it_is_added(self) -> None:
        assert worked("{nothing} < 5") is False
        assert worked("{nothing} + 5") == 5
        assert worked("{nothing} empty") is True
        assert worked("0 empty") is False

    def test_dividing_by_nothing_comes_to_nothing(self) -> None:
        assert worked("1 / 0") is None
        assert worked("{a} / {nothing}") is None

    def test_rows_are_counted_and_filtered(self) -> None:
        assert worked("sumInArray({m}, 'x')") == 8
        assert worked("sumInArray({m}, 'x', {y} > 1)") == 5
        assert worked("maxInArray({m}, 'x', 'y')") == 5

    def test_days_are_reckoned(self) -> None:
        assert worked("dateDiff({n}, '2021-03-01')") == 366
        assert worked("dateAdd({n}, 1, 'years')") == datetime(2021, 3, 1)  # noqa: DTZ001
        assert worked("age({n})") == 6
        assert worked("today() > {n}") is True
        assert worked("year('no day')") is None

    @given(st.recursive(st.sampled_from([*ANSWERS, "nothing"]).map("{{{}}}".format), lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "%", "^", "=", "<", "contains", "anyof", "and"]), inner)
        .map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), st.lists(inner, min_size=1, max_size=3))
        .map(lambda parts: f"{parts[0]}({', '.join(parts[1])})"),
    ), max_leaves=12))  # fmt: skip
    def test_it_never_ends_in_a_surprise(self, text: str) -> None:
        try:
            found = worked(text)
        except ExpressionError as fault:
            assert fault.code == "function.arguments"  # noqa: PT017
            return
        if isinstance(found, Decimal):
            assert len(values.plain(found)) < 400


class TestBoundedWork:
    def test_work_past_the_budget_is_stopped(self) -> None:
        with pytest.raises(Exhausted):
            worked(" + ".join(["{a}"] * 90), budget=100)

    def test_huge_powers_come_to_nothing(self) -> None:
        assert worked("9 ^ 9 ^ 9 ^ 9") is None
        assert worked("10 ^ 1000000000") is None

    def test_texts_do_not_grow_without_end(self) -> None:
        data = {"long": "x" * 90_000}
        joined = evaluate(parse("{long} + {long} + {long}"), RowScope(data, NOW), Budget(100_000))
        assert len(joined) == 100_000

    def test_comparing_long_lists_costs_what_it_takes(self) -> None:
        data = {"long": list(range(5_000))}
        with pytest.raises(Exhausted):
            evaluate(parse("{long} anyof {long}"), RowScope(data, NOW), Budget(10_000))
