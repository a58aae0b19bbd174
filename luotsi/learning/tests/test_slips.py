"""Why a date slipped: versions of a plan compared, with what else was known; and when studies will be done."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.rules.outlook import outlook_of
from luotsi.learning.rules.progress import Line
from luotsi.learning.rules.slips import Beside, Move, Note, Stay, Version, changes_of

DAY = date(2026, 11, 26)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
versions = st.lists(
    st.builds(
        Version,
        key=st.sampled_from("abc"),
        name=st.just("Esimerkkiosa"),
        known_from=days,
        planned_until=st.none() | days,
        done_on=st.none() | days,
    ),
    max_size=10,
    unique_by=lambda one: (one.key, one.known_from),
)


def version(key: str, told: date, until: date | None, done: date | None = None) -> Version:
    return Version(key, f"Osa {key}", told, until, done)


class TestChanges:
    @given(versions)
    def test_the_order_of_versions_says_nothing(self, told: list[Version]) -> None:
        assert changes_of(told) == changes_of(told[::-1])

    @given(versions)
    def test_the_latest_comes_first_and_every_move_moves(self, told: list[Version]) -> None:
        found = changes_of(told)
        assert [one.told_on for one in found] == sorted({one.told_on for one in found}, reverse=True)
        assert all(move.was != move.now for one in found for move in one.moves)
        assert all(one.moves for one in found)

    @given(versions)
    def test_moves_of_a_part_lead_from_one_day_to_the_next(self, told: list[Version]) -> None:
        open_parts = [one for one in told if one.done_on is None and one.planned_until is not None]
        found = changes_of(open_parts)[::-1]
        for key in "abc":
            moves = [move for one in found for move in one.moves if move.key == key]
            assert all(one.now == other.was for one, other in itertools.pairwise(moves))

    def test_dates_that_moved_on_one_day_are_one_change(self) -> None:
        told = [
            version("a", date(2025, 9, 1), date(2026, 5, 29)),
            version("b", date(2025, 9, 1), date(2026, 12, 18)),
            version("a", date(2026, 6, 3), date(2026, 10, 1)),
            version("b", date(2026, 6, 3), date(2027, 3, 1)),
        ]
        (found,) = changes_of(told)
        assert found.told_on == date(2026, 6, 3)
        assert [(one.key, one.days) for one in found.moves] == [("a", 125), ("b", 73)]

    def test_the_day_of_a_part_that_is_done_does_not_slip(self) -> None:
        told = [
            version("a", date(2025, 9, 1), date(2026, 5, 29)),
            version("a", date(2026, 6, 3), date(2026, 6, 2), done=date(2026, 6, 2)),
        ]
        assert changes_of(told) == ()

    def test_the_end_of_it_all_moves_too(self) -> None:
        told = [(date(2025, 9, 1), date(2028, 5, 31)), (date(2026, 6, 3), date(2028, 12, 22))]
        (found,) = changes_of([], told)
        assert found.moves == ()
        assert found.end == Move("", "", date(2028, 5, 31), date(2028, 12, 22))


class TestWhatStandsBeside:
    told = (
        version("a", date(2025, 9, 1), date(2026, 5, 29)),
        version("b", date(2025, 9, 1), date(2026, 10, 1)),
        version("b", date(2026, 9, 14), date(2027, 3, 1)),
    )

    def test_a_part_that_was_not_finished_in_time(self) -> None:
        (found,) = changes_of(self.told)
        assert found.notes == (Note(Beside.UNFINISHED, last=date(2026, 5, 29), name="Osa a"),)

    def test_but_not_one_that_was(self) -> None:
        done = version("a", date(2026, 6, 1), date(2026, 5, 29), done=date(2026, 5, 20))
        (found,) = changes_of([*self.told, done])
        assert found.notes == ()

    def test_an_interruption_in_the_days_that_were_lost(self) -> None:
        away = [(date(2026, 8, 10), date(2026, 12, 1)), (date(2025, 10, 1), date(2025, 11, 1))]
        (found,) = changes_of(self.told, away=away)
        assert found.notes[0] == Note(Beside.AWAY, date(2026, 8, 10), date(2026, 12, 1))
        assert [one.kind for one in found.notes] == [Beside.AWAY, Beside.UNFINISHED]

    def test_a_time_at_work_that_became_longer_on_that_day(self) -> None:
        known = ("koulutussopimus", "0000000-0", date(2026, 8, 1))
        stays = [
            Stay(*known, date(2026, 9, 30), date(2026, 8, 1), date(2026, 9, 14)),
            Stay(*known, date(2026, 12, 18), date(2026, 9, 14), None),
        ]
        (found,) = changes_of(self.told, stays=stays)
        assert found.notes[-1] == Note(Beside.WORK, date(2026, 9, 30), date(2026, 12, 18))

    def test_nothing_when_dates_only_came_forward(self) -> None:
        told = (*self.told[:2], version("b", date(2026, 9, 14), date(2026, 9, 20)))
        (found,) = changes_of(told, away=[(date(2026, 9, 1), None)])
        assert not found.moves[0].is_later
        assert found.notes == ()


class TestOutlook:
    lines = (
        Line("a", amount=Decimal(72), planned_until=date(2026, 6, 1), done_on=date(2026, 6, 12)),
        Line("b", amount=Decimal(32), planned_until=date(2026, 11, 1), done_on=date(2026, 10, 30)),
        Line("c", amount=Decimal(52), planned_until=date(2027, 5, 27)),
    )

    def test_the_own_pace_is_that_of_the_last_year_with_its_summer(self) -> None:
        found = outlook_of(self.lines, DAY, date(2025, 8, 11))
        assert (found.left, found.own, found.pace) == (Decimal(52), Decimal(2), Decimal(2))
        assert found.ends_on == DAY + timedelta(weeks=26)
        assert found.planned == date(2027, 5, 27)
        assert found.days_late == 0

    def test_another_pace_gives_another_day(self) -> None:
        found = outlook_of(self.lines, DAY, None, pace=Decimal(4))
        assert (found.own, found.pace) == (Decimal(2), Decimal(4))
        assert found.ends_on == DAY + timedelta(weeks=13)

    def test_what_the_plan_asks_for_in_a_week(self) -> None:
        assert outlook_of(self.lines, DAY, None).needed == Decimal("2.0")
        resting = [(date(2027, 1, 1), date(2027, 3, 31))]
        assert outlook_of(self.lines, DAY, None, breaks=resting).needed == Decimal("4.0")
        assert outlook_of(self.lines, date(2027, 6, 1), None).needed is None

    def test_nothing_done_leads_to_no_day(self) -> None:
        found = outlook_of(self.lines[2:], DAY, DAY - timedelta(weeks=10))
        assert (found.own, found.ends_on, found.days_late) == (Decimal(0), None, None)

    @given(st.decimals("0.1", 20, places=1), st.integers(0, 300))
    def test_who_keeps_the_pace_that_the_plan_asks_for_is_in_time(self, amount: Decimal, more: int) -> None:
        last = DAY + timedelta(days=1 + more)
        lines = [Line("a", amount=amount, planned_until=last)]
        needed = outlook_of(lines, DAY, None).needed
        assert needed is not None
        assert (outlook_of(lines, DAY, None, pace=needed).days_late or 0) <= 0
