"""Reading foreign JSON: whatever stands there, it is read or told with its place, and never raises."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.rules.places import MOST_FAULTS, Code, Fault, Node

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=12,
)
READERS = ("text", "words", "day", "number", "flag", "code", "uri_code")


class TestReading:
    @given(anything, st.sampled_from(READERS))
    def test_whatever_stands_there_is_read_or_told(self, value: object, reader: str) -> None:
        node = Node(value, "/a")
        found = getattr(node, reader)()
        if node.faults:
            assert found in (None, "")
            assert node.faults[0].at == "/a"
        if value is None:
            assert not node.faults

    @given(anything)
    def test_what_is_no_list_of_objects_is_told_part_by_part(self, value: object) -> None:
        node = Node(value, "/list")
        listed = list(node.each())
        objects = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
        assert [one.value for one in listed] == objects
        others = len(value) - len(objects) if isinstance(value, list) else int(value is not None)
        assert len(node.faults) == others

    def test_places_are_json_pointers(self) -> None:
        node = Node({"a/b": [{"~": "ei päivä"}]})
        (one,) = node.of("a/b").each()
        assert one.of("~").day() is None
        assert node.faults == [Fault("/a~1b/0/~0", "not_day", "ei päivä")]

    def test_absent_and_null_are_the_same_nothing(self) -> None:
        node = Node({"null": None})
        assert not node.of("null")
        assert not node.within("nowhere", "deeper")
        assert node.needed("null").text() == ""
        assert [(one.at, one.code) for one in node.faults] == [("/null", "missing")]

    @pytest.mark.parametrize(
        ("text", "day"),
        [("2026-01-01", date(2026, 1, 1)), ("2018-10-27T21:00:00.000Z", date(2018, 10, 27)), ("2026-02-30", None)],
    )
    def test_of_a_moment_its_day_counts(self, text: str, day: date | None) -> None:
        assert Node(text).day() == day

    def test_numbers_are_exact(self) -> None:
        assert Node(0.1).number() == Decimal("0.1")
        assert Node(True).number() is None

    def test_codes_of_both_shapes(self) -> None:
        assert Node({"koodiarvo": "lasna", "koodistoUri": "x"}).code() == Code("lasna", "x")
        assert Node("koulutuksenosattuva_102").uri_code() == Code("102", "koulutuksenosattuva")

    def test_a_document_full_of_faults_tells_some_of_them(self) -> None:
        node = Node([0] * (MOST_FAULTS + 50))
        assert list(node.each()) == []
        assert len(node.faults) == MOST_FAULTS
