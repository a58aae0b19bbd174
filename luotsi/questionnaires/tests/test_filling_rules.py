"""Rules of filling in: numbers as typed, what is merged, what is sieved, hostile fields."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules.filling import names, numbers
from luotsi.questionnaires.rules.filling.differences import Change, differences
from luotsi.questionnaires.rules.filling.markup import sieved
from luotsi.questionnaires.rules.filling.merging import merge
from luotsi.questionnaires.rules.filling.reading import NotOfThisPage, Posted, read_page, sound
from luotsi.questionnaires.rules.filling.snapshot import HandedIn, proves

SIMPLE = st.one_of(
    st.none(), st.text(max_size=8), st.integers(-5, 5), st.booleans(), st.lists(st.integers(0, 3), max_size=3)
)
SMALL = d.read(
    {
        "elements": [
            {"type": "text", "name": "t"},
            {"type": "checkbox", "name": "c", "choices": [1, 2]},
            {"type": "matrixdynamic", "name": "m", "columns": [{"name": "x", "cellType": "text"}]},
            {"type": "paneldynamic", "name": "p", "templateElements": [{"type": "text", "name": "y"}]},
        ]
    }
).definition


class TestNumbers:
    @pytest.mark.parametrize(
        ("typed", "value"),
        [
            ("1 200,50", Decimal("1200.5")),
            ("1\u00a0200", 1200),
            ("1,200.50", Decimal("1200.5")),
            ("\u22123", -3),
            ("0,10", Decimal("0.1")),
            ("12 €", 12),
            ("twelve", "twelve"),
            ("1e9", "1e9"),
            ("9" * 61, "9" * 61),
        ],
    )
    def test_they_are_read_as_people_write_them(self, typed: str, value: Any) -> None:
        assert numbers.typed(typed) == value

    @given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
    def test_what_is_shown_is_read_back_exactly(self, number: Decimal) -> None:
        for language in ("fi", "sv", "en"):
            assert numbers.typed(numbers.shown(number, language)) == number


class TestMerging:
    @given(st.dictionaries(st.sampled_from("abc"), SIMPLE), st.dictionaries(st.sampled_from("abc"), SIMPLE))
    def test_what_nobody_else_touched_is_written_whole(self, stored: dict[str, Any], typed: dict[str, Any]) -> None:
        was = {name: names.digest(stored.get(name)) for name in typed}
        found = merge(stored, was, typed)
        assert not found.conflicts
        after = {**stored, **found.changed}
        assert all(names.digest(after.get(name)) == names.digest(value) for name, value in typed.items())

    @given(SIMPLE, SIMPLE, SIMPLE)
    def test_nothing_is_ever_written_over(self, before: Any, theirs: Any, mine: Any) -> None:
        found = merge({"a": theirs}, {"a": names.digest(before)}, {"a": mine})
        if "a" in found.changed:
            assert names.digest(theirs) == names.digest(before)
        if names.digest(mine) not in {names.digest(before), names.digest(theirs)}:
            assert "a" in found.changed or "a" in found.conflicts

    @given(SIMPLE, SIMPLE, SIMPLE)
    def test_what_the_page_wrote_itself_follows_the_page(self, before: Any, saved: Any, now: Any) -> None:
        found = merge({"a": saved}, {"a": names.digest(before)}, {"a": now}, own={"a"})
        assert not found.conflicts
        assert names.digest({"a": saved, **found.changed}["a"]) == names.digest(now)


class TestReading:
    @given(
        st.dictionaries(
            st.sampled_from(
                ["a:t", "was:t", "a:c", "was:c", "n:m", "was:m", "a:m[0].x", "was:p", "n:p", "a:p[0].y", "a:z"]
            ),
            st.lists(st.text(max_size=6) | st.sampled_from(["0", "1", "2"]), min_size=1, max_size=3),
        )
    )
    def test_hostile_fields_are_read_or_refused_and_nothing_else(self, fields: dict[str, list[str]]) -> None:
        assert SMALL is not None
        try:
            found = read_page(SMALL, Posted(fields), {})
        except NotOfThisPage:
            return
        assert set(found) <= {"t", "c", "m", "p"}
        assert found.get("c") is None or set(found["c"]) <= {1, 2}

    @given(st.text())
    def test_text_loses_control_characters_only(self, text: str) -> None:
        kept = sound(text)
        assert sound(kept) == kept
        assert "\x00" not in kept


class TestMarkup:
    @pytest.mark.parametrize(
        ("given_html", "shown"),
        [
            ("<p>A <b>b</b></p>", "<p>A <b>b</b></p>"),
            ("<img src=x onerror=y>a", "a"),
            ("<style>p{}</style><p style='x'>a", "<p>a</p>"),
            ("<a href='javascript:x'>a</a>", "a"),
            ("<a href='https://a.example/?x=1&y=2' target=_top>a</a>",
             '<a href="https://a.example/?x=1&amp;y=2" rel="noopener noreferrer">a</a>'),
            ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
            ("</b></p>a", "a"),
        ],
    )  # fmt: skip
    def test_a_few_tags_pass(self, given_html: str, shown: str) -> None:
        assert sieved(given_html) == shown

    @given(st.text(alphabet="<>/abp \"'=&;!-scriptonclick", max_size=60))
    def test_nothing_else_does(self, html: str) -> None:
        out = sieved(html)
        assert "<script" not in out
        assert sieved(out) == out or "&" in out


class TestAnchorsAndDifferences:
    @given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
    def test_different_names_have_different_anchors(self, one: str, other: str) -> None:
        assert (names.anchor(one) == names.anchor(other)) is (one == other)

    def test_differences_stand_in_the_order_of_the_questionnaire(self) -> None:
        found = differences(["b", "a"], {"a": 1, "z": 1}, {"a": 2, "b": 1, "z": 1})
        assert found == (Change("b", None, 1), Change("a", 1, 2))


class TestTheSnapshot:
    def test_it_proves_itself_and_nothing_that_was_changed(self) -> None:
        content = HandedIn(
            "q", "1.0.0", "d", "c", "r", "s", 1, "", "2026-12-01T12:00:00+02:00", "B", {"a": 1}
        ).content()
        document = {**content, "sha256": d.sha256_of(content)}
        assert proves(document)
        assert not proves({**document, "number": 2})
