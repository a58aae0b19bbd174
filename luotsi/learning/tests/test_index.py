"""The index of rules: what gives points, what is told of it, and what it never does."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.rules.index import (
    MOST_REASONS,
    STEPS,
    Band,
    Gap,
    Why,
    band_of,
    index_of,
    points_for,
    share_away,
)
from luotsi.learning.rules.kept import Away, Due, Judged, Planned, Seen, seen_from

DAY = date(2026, 11, 23)
ORDER = [Band.FINE, Band.SOON, Band.FIRST]
days = st.dates(date(2023, 1, 1), DAY)
hours = st.decimals(0, 30, places=2)
dues = st.builds(Due, ref=st.uuids().map(str), name=st.text(max_size=20), until=days)
weeks = st.builds(Away, ref=st.uuids().map(str), week=days, hours=hours, lessons=st.none() | hours)


@st.composite
def seen_of_somebody(draw: st.DrawFn) -> Seen:
    late = draw(st.lists(dues, max_size=3))
    showings = draw(st.lists(dues, max_size=3))
    parts = draw(st.integers(0, 20))
    return Seen(
        day=DAY,
        right="1.2.246.562.15.1",
        begun=draw(st.none() | days),
        paused_since=draw(st.none() | days),
        behind=draw(st.decimals(-100, 180, places=3)),
        weeks_late=draw(st.decimals(0, 150, places=1)) if late else Decimal(0),
        parts=parts,
        undated=draw(st.integers(0, parts)),
        late_parts=len(late),
        late=tuple(late),
        showings_late=len(showings),
        showings=tuple(showings),
        passed_on=draw(st.none() | days),
        passed=draw(st.sampled_from(["", "line-1"])),
        weeks=tuple(draw(st.lists(weeks, max_size=4))),
        plan=draw(st.none() | st.builds(Planned, ref=st.just("plan-1"), touched_on=st.none() | days)),
        judgement=draw(st.none() | st.builds(Judged, ref=st.just("j"), on=days, value=st.integers(1, 4))),
    )


class TestEveryIndex:
    @given(seen_of_somebody())
    def test_it_is_counted_again_from_what_is_kept_to_the_last_bit(self, seen: Seen) -> None:
        again = seen_from(json.loads(json.dumps(seen.kept())))
        assert again == seen
        assert index_of(again) == index_of(seen)

    @given(seen_of_somebody())
    def test_its_points_are_those_of_its_reasons_and_at_most_three_are_told(self, seen: Seen) -> None:
        found = index_of(seen)
        assert found.points == sum(one.points for one in found.reasons)
        assert len(found.told) <= MOST_REASONS
        assert found.band == band_of(found.points)
        weights = [one.points for one in found.reasons]
        assert weights == sorted(weights, reverse=True)
        assert all(one.points > 0 for one in found.reasons)

    @given(seen_of_somebody())
    def test_every_reason_names_a_record_and_its_day(self, seen: Seen) -> None:
        for one in index_of(seen).reasons:
            assert one.record.ref
            assert one.record.kind in {"line", "plan", "right", "absence", "judgement"}
            assert one.record.on <= seen.day

    @given(seen_of_somebody())
    def test_no_reason_stands_twice(self, seen: Seen) -> None:
        whys = [one.why for one in index_of(seen).reasons]
        assert len(whys) == len(set(whys))

    @given(seen_of_somebody(), st.decimals(0, 60, places=1))
    def test_being_later_never_gives_fewer_points(self, seen: Seen, more: Decimal) -> None:
        later = replace(seen, weeks_late=seen.weeks_late + more)
        assert index_of(later).points >= index_of(seen).points

    @given(seen_of_somebody(), hours)
    def test_being_away_more_never_gives_fewer_points(self, seen: Seen, more: Decimal) -> None:
        away = tuple(replace(one, hours=one.hours + more) for one in seen.weeks)
        assert index_of(replace(seen, weeks=away)).points >= index_of(seen).points

    @given(seen_of_somebody())
    def test_what_is_not_known_gives_no_points(self, seen: Seen) -> None:
        blank = replace(seen, weeks=(), judgement=None)
        found = index_of(blank)
        assert {Gap.ABSENCES, Gap.JUDGEMENT} <= set(found.gaps)
        assert not {Why.AWAY, Why.JUDGEMENT} & {one.why for one in found.reasons}
        assert found.points <= index_of(seen).points


class TestTheSteps:
    @pytest.mark.parametrize("why", list(Why))
    def test_each_fact_has_steps_that_rise(self, why: Why) -> None:
        least, points = zip(*STEPS[why], strict=True)
        assert list(least) == sorted(set(least))
        assert list(points) == sorted(set(points))

    @given(st.integers(0, 40), st.integers(0, 40))
    def test_more_points_never_give_a_lower_band(self, one: int, other: int) -> None:
        low, high = sorted([one, other])
        assert ORDER.index(band_of(low)) <= ORDER.index(band_of(high))

    @pytest.mark.parametrize(
        ("weeks_late", "points"), [("1.9", 0), ("2.0", 1), ("5.9", 1), ("6.0", 2), ("12.0", 3), ("24.0", 4)]
    )
    def test_weeks_late(self, weeks_late: str, points: int) -> None:
        assert points_for(Why.LATE, Decimal(weeks_late)) == points


class TestSomebody:
    def test_one_who_goes_by_the_plan_has_no_reason(self) -> None:
        seen = Seen(DAY, "r", begun=date(2026, 8, 10), parts=6, plan=Planned("p", DAY - timedelta(days=30)))
        found = index_of(seen)
        assert (found.points, found.band, found.reasons) == (0, Band.FINE, ())

    def test_one_who_is_late_with_an_old_plan_and_away_is_met_first(self) -> None:
        seen = Seen(
            DAY,
            "r",
            begun=date(2025, 8, 11),
            behind=Decimal(60),
            weeks_late=Decimal("13.0"),
            parts=6,
            late_parts=2,
            late=(Due("line-1", "Esimerkkiosa", date(2026, 8, 24)),),
            passed_on=date(2026, 6, 1),
            passed="line-0",
            weeks=tuple(Away(f"a{n}", DAY - timedelta(weeks=n), Decimal(6), Decimal(25)) for n in range(1, 5)),
            plan=Planned("p", DAY - timedelta(days=100)),
        )
        found = index_of(seen)
        assert found.band is Band.FIRST
        assert [(one.why, one.points) for one in found.told] == [(Why.LATE, 3), (Why.AWAY, 2), (Why.STALE_PLAN, 1)]
        assert found.told[0].record.ref == "line-1"

    def test_a_plan_is_asked_for_after_thirty_days(self) -> None:
        young = Seen(DAY, "r", begun=DAY - timedelta(days=29), parts=1)
        assert index_of(young).points == 0
        assert index_of(replace(young, begun=DAY - timedelta(days=30))).reasons[0].why is Why.NO_PLAN

    def test_an_interruption_is_told_in_place_of_being_late(self) -> None:
        seen = Seen(
            DAY,
            "r",
            paused_since=DAY - timedelta(days=90),
            weeks_late=Decimal(30),
            late=(Due("line-1", "Esimerkkiosa", date(2026, 4, 27)),),
            plan=Planned("p", DAY),
        )
        assert [one.why for one in index_of(seen).reasons] == [Why.PAUSED]

    def test_a_judgement_counts_for_half_a_year(self) -> None:
        seen = Seen(DAY, "r", judgement=Judged("j", DAY - timedelta(days=182), 1), plan=Planned("p", DAY))
        assert index_of(seen).points == 3
        old = replace(seen, judgement=Judged("j", DAY - timedelta(days=183), 1))
        assert index_of(old).points == 0

    def test_hours_away_without_hours_of_teaching_are_not_known(self) -> None:
        told = tuple(Away(f"a{n}", DAY - timedelta(weeks=n), Decimal(20), None) for n in range(1, 5))
        assert share_away(told) is None


class TestWhatIsKept:
    def test_there_is_no_room_for_what_the_law_protects(self) -> None:
        names = {one.name for kind in (Seen, Due, Away, Planned, Judged) for one in fields(kind)}
        assert names == {
            "day", "right", "begun", "paused_since", "behind", "weeks_late", "parts", "undated", "late_parts", "late",
            "showings_late", "showings", "passed_on", "passed", "weeks", "plan", "judgement", "ref", "name", "until",
            "week", "hours", "lessons", "touched_on", "on", "value",
        }  # fmt: skip
