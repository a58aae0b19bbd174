"""Expressions written out again, and as XPath there and back."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.convert import (
    printed,
)
from luotsi.questionnaires.rules.convert.printing import Untranslatable
from luotsi.questionnaires.rules.convert.xlsform.naming import Names, Place
from luotsi.questionnaires.rules.convert.xlsform.xpath_reading import read_xpath
from luotsi.questionnaires.rules.convert.xlsform.xpath_writing import xpath
from luotsi.questionnaires.rules.expressions import (
    Binary,
    Call,
    ExpressionError,
    Listed,
    Literal,
    Name,
    Node,
    Unary,
    parse,
)
from luotsi.questionnaires.tests.making import one

names = st.sampled_from(["a", "b", "row.x", "panel[0].y"]).map(lambda n: parse(f"{{{n}}}"))
constants = st.one_of(
    st.integers(-99, 99),
    st.decimals("-9", "9", places=2)
    .filter(lambda number: "." in values.plain(number))
    .map(lambda n: Decimal(values.plain(n))),
    st.booleans(),
    st.none(),
    st.text("ab'\" {}()=\\n", max_size=5),
).map(Literal)
expressions: st.SearchStrategy[Node] = st.recursive(
    st.one_of(names, constants),
    lambda inner: st.one_of(
        st.builds(
            Binary,
            st.sampled_from(["or", "and", "equal", "less", "plus", "minus", "times", "power", "contains"]),
            inner,
            inner,
        ),
        st.builds(Unary, st.sampled_from(["negate", "empty", "notempty"]), inner),
        st.lists(inner, max_size=3).map(lambda items: Listed(tuple(items))),
        st.tuples(inner, inner, inner).map(lambda parts: Call("iif", parts)),
    ),
    max_leaves=8,
)


class TestPrinting:
    @given(expressions)
    def test_what_is_written_is_read_as_the_same(self, node: Node) -> None:
        try:
            told = printed(node)
        except Untranslatable:
            return
        assert parse(told) == node

    @pytest.mark.parametrize(
        "told",
        [
            "{a} + {b} * 2",
            "({a} + {b}) * 2",
            "{a} - ({b} - 1)",
            "!({a} = 1 or {b} = 2)",
            "{a} contains 'x' and {b} empty",
        ],
    )
    def test_brackets_stand_only_where_they_are_needed(self, told: str) -> None:
        assert printed(parse(told)) == told


PLACE = Place(Names(one()), own="asked")


def resolve(name: str) -> Name:
    """Return what a name of the spreadsheet means."""
    return parse("{asked}" if name == "." else f"{{{name}}}")  # type: ignore[return-value]


class TestXPath:
    @pytest.mark.parametrize(
        ("told", "there"),
        [
            ("{word} = 'a'", "${word} = 'a'"),
            ("{word} empty", "${word} = ''"),
            ("{many} contains 'a'", "selected(${many}, 'a')"),
            ("{many} notcontains 'a'", "not(selected(${many}, 'a'))"),
            ("{many} anyof ['a', 'b']", "selected(${many}, 'a') or selected(${many}, 'b')"),
            ("{many} noneof ['a', 'b']", "not(selected(${many}, 'a') or selected(${many}, 'b'))"),
            ("{n} + 1 > 2", "coalesce(${n}, 0) + 1 > 2"),
            ("{n} / 2 % 3", "${n} div 2 mod 3"),
            ("{n} ^ 2", "pow(${n}, 2)"),
            ("iif({n} > 1, 'a', 'b')", "if(${n} > 1, 'a', 'b')"),
            ("!({n} > 1 and {n} < 5)", "not(${n} > 1 and ${n} < 5)"),
            ("{asked.length} <= 5", "string-length(.) <= 5"),
            ("{many.length} <= 2", "count-selected(${many}) <= 2"),
            ("today() > '2026-01-01'", "today() > '2026-01-01'"),
            ("round({n}, 2) = 1", "round(${n}, 2) = 1"),
            ("{n} - ({n} - 1)", "coalesce(${n}, 0) - (coalesce(${n}, 0) - 1)"),
            ("({n} > 1 or {n} < 0) and {word} notempty", "(${n} > 1 or ${n} < 0) and ${word} != ''"),
        ],
    )
    def test_there_and_back(self, told: str, there: str) -> None:
        assert xpath(parse(told), PLACE) == there
        assert read_xpath(there, resolve) == parse(told)

    @pytest.mark.parametrize(
        ("there", "told"),
        [
            ("coalesce(${word}, 'x')", "iif({word} notempty, {word}, 'x')"),
            ("${word}!=''", "{word} notempty"),
            ("not(${n} > 1)", "!({n} > 1)"),
            ("-5 < ${n}", "-5 < {n}"),
            ("number(${n}) >= 3", "{n} >= 3"),
            ("concat(${word}, ' ', ${n})", "{word} + ' ' + {n}"),
            ("if(selected(${many}, 'a'), today(), now())", "iif({many} contains 'a', today(), currentDate())"),
        ],
    )
    def test_what_others_write_is_read(self, there: str, told: str) -> None:
        assert printed(read_xpath(there, resolve)) == told

    @pytest.mark.parametrize(
        "there", ["", "${a", "a + b", "pulldata('x')", "${a} ${b}", "(${a}", "1 +", "'a", "${a} = 1)", "position(..)"]
    )
    def test_what_cannot_be_said_is_refused(self, there: str) -> None:
        with pytest.raises(Untranslatable):
            read_xpath(there, resolve)

    @pytest.mark.parametrize(
        "told", ["{many} = ['a']", "age({word}) > 3", "{word} = 'a\"\\'b'", "{nowhere} = 1", "{p[0].inner} = 1"]
    )
    def test_what_has_no_counterpart_is_refused(self, told: str) -> None:
        with pytest.raises(Untranslatable):
            xpath(parse(told), PLACE)

    @pytest.mark.parametrize(
        "hostile", ["(" * 9_000, "-" * 9_000 + "1", "not(" * 3_000, "1" + "+1" * 4_000, "1" * 9_000, "x" * 20_000]
    )
    def test_hostile_ones_are_refused_in_time(self, hostile: str) -> None:
        started = time.perf_counter()
        with pytest.raises(Untranslatable):
            read_xpath(hostile, resolve)
        assert time.perf_counter() - started < 2

    @given(st.text("${}ab()'\"<>=!+-* .,0123456789", max_size=30))
    def test_any_text_is_read_or_refused(self, there: str) -> None:
        try:
            node = read_xpath(there, resolve)
        except (Untranslatable, ExpressionError):
            return
        assert isinstance(node, Node)
