"""Formulas: what they say, what they give, and what they refuse."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.programme.rules.figures import Figures, rounded_like
from luotsi.programme.rules.formulas import Formula, Name, NotAFormula, Number, Sum, names_in, parse, value_of
from luotsi.programme.tests.sound import damaged, plan_of

VALUES = {"A": Decimal(6), "B": Decimal(4), "NONE": None}
LEAVES = st.one_of(
    st.decimals(0, 1000, places=2).map(lambda value: Number(abs(value))), st.sampled_from("AB").map(Name)
)
FORMULAS = st.recursive(LEAVES, lambda inner: st.builds(Sum, st.sampled_from("+-*/"), inner, inner), max_leaves=6)


def written(formula: Formula) -> str:
    """Return a formula as text, every sum in brackets."""
    match formula:
        case Number(value):
            return format(value, "f")
        case Name(code):
            return code
        case Sum(sign, left, right):
            return f"({written(left)} {sign} {written(right)})"


class TestReading:
    @given(FORMULAS)
    def test_what_is_written_is_read_as_it_was_meant(self, formula: Formula) -> None:
        text = written(formula)
        if len(text) <= 200:
            assert parse(text) == formula

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("A + B * 2", "14"),
            ("(A + B) * 2", "20"),
            ("A - B - 1", "1"),
            ("A / B / 2", "0.75"),
            ("-A + 10", "4"),
            ("  1.50*2 ", "3.00"),
        ],
    )
    def test_signs_bind_as_in_school(self, text: str, value: str) -> None:
        assert value_of(parse(text), VALUES) == Decimal(value)

    @pytest.mark.parametrize(
        ("text", "position"),
        [
            ("", 1),
            ("A +", 4),
            ("A B", 2),
            ("(A", 3),
            ("A)", 2),
            ("A ** B", 4),
            ("__import__", 1),
            ("1e5", 2),
            ("a.b", 2),
        ],
    )
    def test_anything_else_is_refused_with_its_place(self, text: str, position: int) -> None:
        with pytest.raises(NotAFormula) as refused:
            parse(text)
        assert refused.value.position == position

    @given(st.text(max_size=300))
    def test_any_text_is_a_formula_or_refused(self, text: str) -> None:
        with contextlib.suppress(NotAFormula):
            assert all(code.isascii() for code in names_in(parse(text)))


class TestCounting:
    @pytest.mark.parametrize("text", ["A / (B - 4)", "A + NONE", "A * OTHER"])
    def test_what_cannot_be_counted_gives_nothing(self, text: str) -> None:
        assert value_of(parse(text), VALUES) is None

    def test_formulas_may_name_formulas_in_any_order(self) -> None:
        results = Figures(plan_of(damaged("formula: F2 + F3", "formula: J2 * 2"))).derived
        assert results["J1"].value == 100

    def test_a_circle_is_told_and_ends(self) -> None:
        text = damaged("formula: F2 + F3", "formula: J2").replace("formula: F1 / 200 * 100", "formula: J1")
        assert Figures(plan_of(text)).derived["J1"].circular

    def test_a_long_chain_of_formulas_is_counted_to_its_end(self) -> None:
        chain = "".join(f"  - {{code: C{step}, formula: C{step + 1} + 1}}\n" for step in range(3000))
        text = damaged("derived:\n", f"derived:\n{chain}  - {{code: C3000, formula: 0 + 0}}\n")
        assert Figures(plan_of(text)).value("C0") == 3000

    def test_halves_are_rounded_away_from_zero(self) -> None:
        assert rounded_like(Decimal("2.25"), Decimal("0.1")) == Decimal("2.3")
        assert rounded_like(Decimal("-2.5"), Decimal(1)) == Decimal(-3)
