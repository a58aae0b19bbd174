"""Nobody is singled out in rows by what others know of them."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.indicators.rules.disclosure import without_rare

Row = list[str | None]
VALUES = st.sampled_from([None, "a", "a", "a", "b", "b", "c", "d"])


def rows_of(**counts: int) -> list[Row]:
    return [list(name.replace("_", "")) for name, count in counts.items() for _number in range(count)]


@st.composite
def many_rows(draw: st.DrawFn) -> list[Row]:
    width = draw(st.integers(0, 4))
    return draw(st.lists(st.lists(VALUES, min_size=width, max_size=width), max_size=60))


class TestRows:
    @settings(max_examples=300, deadline=None)
    @given(many_rows())
    def test_every_combination_of_any_columns_is_of_five_rows_or_tells_nothing(self, rows: list[Row]) -> None:
        left = without_rare(rows)
        width = len(rows[0]) if rows else 0
        for size in range(1, width + 1):
            for columns in combinations(range(width), size):
                found = Counter(tuple(row[column] for column in columns) for row in left)
                assert all(count >= 5 or not any(values) for values, count in found.items())

    @settings(max_examples=300, deadline=None)
    @given(many_rows())
    def test_whoever_knows_all_of_a_person_finds_five_rows_that_may_be_theirs(self, rows: list[Row]) -> None:
        left = without_rare(rows)
        for person in rows:
            fits = [row for row in left if all(told in (None, known) for told, known in zip(row, person, strict=True))]
            assert len(fits) >= min(5, len(rows))

    @given(many_rows())
    def test_what_is_left_is_true(self, rows: list[Row]) -> None:
        for row, told in zip(rows, without_rare(rows), strict=True):
            assert all(value in (None, true) for value, true in zip(told, row, strict=True))

    def test_a_value_that_four_share_goes_and_the_rarest_beside_it(self) -> None:
        left = without_rare(rows_of(a=9, b=6, c=4))
        assert Counter(row[0] for row in left) == {"a": 9, None: 10}

    def test_values_that_many_share_stay(self) -> None:
        rows = rows_of(ax=5, ay=6, bx=7, by=8)
        assert without_rare(rows) == rows

    def test_a_column_may_be_told_of_some_only(self) -> None:
        left = without_rare(rows_of(ax=5, ay=6, bx=7, by=1))
        assert Counter(map(tuple, left)) == {("a", "x"): 5, ("a", "y"): 6, ("b", None): 8}

    def test_one_who_did_not_answer_is_not_told_apart_either(self) -> None:
        rows: list[list[str | None]] = [*rows_of(a=9, b=6), [None]]
        left = without_rare(rows)
        assert Counter(row[0] for row in left) == {"a": 9, None: 7}

    def test_nothing_is_left_of_four_rows(self) -> None:
        assert without_rare(rows_of(a=4)) == [[None]] * 4
