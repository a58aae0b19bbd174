"""What a score may be computed from: only what is on the list, only what was known on the day, no gap read as 0."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.rules.features import (
    FEATURES,
    Away,
    NotAllowed,
    Part,
    Studies,
    Work,
    is_personal,
    refuse_others,
    snapshot_of,
)
from luotsi.learning.rules.progress import Line, progress_on

DAY = date(2026, 11, 26)  # a Thursday
MONDAY = date(2026, 11, 23)
days = st.dates(DAY - timedelta(weeks=100), DAY + timedelta(weeks=50))
parts = st.lists(
    st.builds(
        Part,
        amount=st.none() | st.integers(1, 45).map(float),
        planned_until=st.none() | days,
        done_on=st.none() | days,
        recognised=st.booleans(),
        shown_by=st.none() | days,
        shown_on=st.none() | days,
    ),
    max_size=12,
)


def before(weeks: int) -> date:
    """Return the Monday so many weeks before."""
    return MONDAY - timedelta(weeks=weeks)


class TestTheList:
    @pytest.mark.parametrize(
        "name",
        [
            "gender",
            "age",
            "mother_tongue age",
            "aidinkieli",
            "äidinkieli",
            "support given",
            "opiskeluhuolto",
            "Tuition fees up to date",
            "Debtor",
            "erityinenTuki",
            "kuraattori.visits",
            "sentiment",
            "mood of the pulse",
        ],
    )
    def test_what_is_protected_or_of_welfare_is_refused(self, name: str) -> None:
        with pytest.raises(NotAllowed) as caught:
            refuse_others(["done_share", name])
        assert caught.value.names == (name,)

    def test_what_is_merely_unknown_is_refused_too(self) -> None:
        with pytest.raises(NotAllowed):
            refuse_others(["shoe_size"])

    def test_the_list_itself_is_allowed_and_holds_nothing_personal(self) -> None:
        refuse_others(FEATURES)
        assert not any(is_personal(name) for name in FEATURES)

    def test_a_snapshot_has_every_feature_of_the_list_and_no_other(self) -> None:
        assert list(snapshot_of(Studies(), DAY)) == list(FEATURES)


class TestSnapshots:
    @given(parts)
    def test_lines_add_up_to_what_everybody_else_sees(self, told: list[Part]) -> None:
        found = snapshot_of(Studies(parts=told), DAY)
        lines = [
            Line(
                key=str(place),
                amount=None if one.amount is None else Decimal(one.amount),
                planned_until=one.planned_until,
                done_on=one.done_on,
                recognised=one.recognised,
            )
            for place, one in enumerate(told)
        ]
        seen = progress_on(DAY, lines)
        if seen.total:
            assert isclose(found["done_share"] or 0, float(seen.done / seen.total), abs_tol=1e-4)
            assert isclose(found["behind_share"] or 0, max(0.0, float(seen.behind / seen.total)), abs_tol=1e-4)
        if told:
            assert isclose(found["weeks_late"] or 0, seen.weeks_late, abs_tol=0.051)
            assert isclose((found["unplanned_share"] or 0) * len(told), seen.unplanned, abs_tol=1e-3)

    @given(parts, st.integers(1, 300))
    def test_what_is_done_after_the_day_changes_nothing(self, told: list[Part], later: int) -> None:
        moved = [
            one._replace(done_on=one.done_on + timedelta(days=later)) if one.done_on and one.done_on > DAY else one
            for one in told
        ]
        assert snapshot_of(Studies(parts=moved), DAY) == snapshot_of(Studies(parts=told), DAY)

    def test_of_nothing_nothing_is_told(self) -> None:
        found = snapshot_of(Studies(), DAY)
        assert {name for name, value in found.items() if value is not None} == {"no_plan", "work_untold"}

    def test_absence_is_told_of_the_last_four_whole_weeks(self) -> None:
        away = [
            Away(before(0), 30.0, 30.0, 30.0),  # this week is not over
            Away(before(1), 6.0, 3.0, 30.0),
            Away(before(4), 9.0, None, 30.0),
            Away(before(5), 3.0, 0.0, 30.0),
            Away(before(13), 30.0, 30.0, 30.0),  # too long ago
            Away(before(2), 5.0, 5.0, None),  # nobody knows of how many
        ]
        found = snapshot_of(Studies(away=away), DAY)
        assert found["absence_share"] == 0.25
        assert found["unexcused_share"] == 0.1
        assert found["absence_trend"] == pytest.approx(0.15)

    def test_no_file_of_absences_is_not_the_same_as_never_away(self) -> None:
        assert snapshot_of(Studies(away=[Away(before(1), 0.0, 0.0, 30.0)]), DAY)["absence_share"] == 0
        assert snapshot_of(Studies(), DAY)["absence_share"] is None

    def test_interruptions_count_within_a_year_until_the_day(self) -> None:
        periods = [
            (DAY - timedelta(weeks=90), "lasna"),
            (DAY - timedelta(weeks=60), "loma"),
            (DAY - timedelta(weeks=50), "lasna"),
            (DAY - timedelta(weeks=3), "valiaikaisestikeskeytynyt"),
        ]
        assert snapshot_of(Studies(periods=periods), DAY)["interrupted_weeks"] == 5

    def test_only_work_that_was_to_have_begun_is_missed(self) -> None:
        yesterday, tomorrow = DAY - timedelta(days=1), DAY + timedelta(days=1)
        work = [Work(yesterday, False, True), Work(yesterday, True, True), Work(tomorrow, False, True)]
        assert snapshot_of(Studies(work=work), DAY)["work_untold"] == 1

    def test_a_demonstration_is_late_once_its_day_has_passed(self) -> None:
        told = [Part(30.0, None, None, shown_by=DAY - timedelta(days=more)) for more in (0, 1)]
        assert snapshot_of(Studies(parts=told), DAY)["late_demonstrations"] == 1

    def test_what_was_recognised_is_done_but_no_step_of_these_studies(self) -> None:
        told = [Part(45.0, None, DAY - timedelta(days=7), recognised=True), Part(135.0, None, None)]
        found = snapshot_of(Studies(parts=told, starts_on=DAY - timedelta(weeks=8)), DAY)
        assert (found["done_share"], found["recent_share"], found["weeks_since_done"]) == (0.25, 0, 8)
