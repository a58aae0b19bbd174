"""What waits is grouped by its day: late, this week, later, without a day."""

from datetime import date, timedelta

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from luotsi.ui.waiting import Task, grouped

MONDAY = date(2026, 11, 23)


def task(key: str, due: date | None) -> Task:
    return Task(key, key, "", "/", "Open", due)


def groups(*dues: date | None, today: date = MONDAY) -> list[tuple[str, bool, list[date | None]]]:
    with translation.override("en"):
        found = grouped([task(str(number), due) for number, due in enumerate(dues)], today)
    return [(label, late, [one.due for one in tasks]) for label, late, tasks in found]


class TestGrouping:
    def test_each_group_has_its_place(self) -> None:
        yesterday, sunday, next_monday = (MONDAY + timedelta(days=days) for days in (-1, 6, 7))
        assert groups(None, next_monday, sunday, MONDAY, yesterday) == [
            ("Late", True, [yesterday]),
            ("This week", False, [MONDAY, sunday]),
            ("Later", False, [next_monday]),
            ("Without a due day", False, [None]),
        ]

    def test_on_sunday_the_week_is_today(self) -> None:
        sunday = MONDAY + timedelta(days=6)
        assert [label for label, *_rest in groups(sunday, sunday + timedelta(days=1), today=sunday)] == [
            "This week",
            "Later",
        ]

    def test_nothing_gives_no_groups(self) -> None:
        assert groups() == []

    @given(
        st.lists(st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))),
        st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    )
    def test_every_task_is_shown_once(self, dues: list[date | None], today: date) -> None:
        found = grouped([task(str(number), due) for number, due in enumerate(dues)], today)
        keys = [one.key for _label, _late, tasks in found for one in tasks]
        assert sorted(keys) == sorted(str(number) for number in range(len(dues)))
        assert all(
            late == all(one.due is not None and one.due < today for one in tasks) for _label, late, tasks in found
        )
