"""A path on a line of months: every bar within its picture, in the order of the days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.queries.tuva.timeline import LEAST_WIDTH, timeline
from luotsi.learning.rules.tuva.paths import Break, Path

days = st.dates(date(2025, 8, 1), date(2028, 6, 1))
spans = st.tuples(days, st.integers(0, 300)).map(lambda one: (one[0], one[0] + timedelta(days=one[1])))
marks = st.sampled_from(["done", "late", "run", "coming"])
drawn = st.lists(st.tuples(st.text(max_size=60), spans, marks), min_size=1, max_size=8)


def path(begins: date, breaks: list[tuple[date, date]]) -> Path:
    return Path("lukio", begins, breaks=tuple(Break(*one) for one in breaks), weekly=Decimal(1))


@given(days, drawn, st.lists(spans, max_size=3), days, st.none() | days)
def test_everything_is_within_the_picture(
    begins: date,
    items: list[tuple[str, tuple[date, date], str]],
    breaks: list[tuple[date, date]],
    today: date,
    end: date | None,
) -> None:
    told = [(words, *span, mark) for words, span, mark in items]
    for one in timeline(path(begins, breaks), told, today, end):
        assert len(one.bars) == len(items)
        for bar in one.bars:
            assert bar.x >= 0
            assert LEAST_WIDTH <= bar.width <= one.width
            assert bar.x + bar.width <= one.width + LEAST_WIDTH
            assert bar.y + 12 <= one.floor
        assert all(0 <= x <= x + width <= one.width for x, width in one.breaks)
        assert [x for x, _label in one.months] == sorted(x for x, _label in one.months)


def test_without_days_there_is_no_picture() -> None:
    assert timeline(path(date(2026, 8, 10), []), [("a", None, date(2026, 9, 1), "run")], date(2026, 9, 1), None) == ()


def test_months_are_named_where_they_begin() -> None:
    wide, narrow = timeline(
        path(date(2026, 8, 10), []),
        [("a", date(2026, 8, 10), date(2027, 6, 4), "run")],
        date(2026, 11, 26),
        None,
    )
    assert [label for _x, label in wide.months][:3] == ["9/26", "10/26", "11/26"]
    assert [label for _x, label in narrow.months] == ["10/26", "1/27", "4/27"]
    assert wide.end is None
    assert wide.today is not None
