"""The invented college: its documents are sound but for what is planted, and are the same every time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from luotsi.learning.engine.college.defects import DEFECTS, Defect
from luotsi.learning.engine.college.deliveries import College, Delivery, documents_of, plant
from luotsi.learning.engine.college.hero import hero_of
from luotsi.learning.engine.college.lives import CONSIDERED, GRADUATED, RESIGNED, RUNNING, Right
from luotsi.learning.engine.college.parts import Stage, is_central, over, parts_of
from luotsi.learning.engine.college.terms import delivery_days, monday, week_at, weeks
from luotsi.learning.rules import hoks, koski
from luotsi.learning.rules.checks import PLANS, RIGHTS, TOGETHER, TUVA, Finding
from luotsi.learning.rules.checks.finding import check
from luotsi.learning.rules.checks.hoks import Planned
from luotsi.learning.rules.checks.together import Learner
from luotsi.learning.rules.codes import birth_in, is_artificial, node_of
from luotsi.learning.rules.progress import lines_of, progress_on

TODAY = date(2026, 11, 26)
LATE = {
    "X05",
    "X06",
}  # a plan left alone and a demonstration put off: what being late looks like, no fault of a document


@pytest.fixture(scope="module")
def college() -> College:
    return College(160, 7, TODAY)


@pytest.fixture(scope="module")
def large() -> College:
    return College(1800, 5, TODAY)


@pytest.fixture(scope="module")
def deliveries(college: College) -> tuple[Delivery, ...]:
    return tuple(college.deliveries())


def found_in(learner: dict[str, Any], plans: list[dict[str, Any]], day: date) -> Iterator[Finding]:
    """Yield all that the validator finds in a learner's documents on a day; nothing in them is unreadable."""
    read, planned = koski.read(learner), hoks.read(plans)
    assert read.faults == ()
    assert planned.faults == ()
    rights = {one.oid: one for one in read.rights}
    for right in read.rights:
        yield from check((*RIGHTS, *TUVA), right, day)
    for plan in planned.plans:
        yield from check(PLANS, Planned(plan, rights.get(plan.right), day), day)
    yield from check(TOGETHER, Learner(read.student, read.rights, planned.plans, day), day)


def told_of(delivery: Delivery) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield each learner of a delivery with the plans."""
    for learner in delivery.learners:
        oid = learner["henkilö"]["oid"]
        yield learner, [plan for plan in delivery.plans if plan["oppija-oid"] == oid]


class TestSoundness:
    def test_the_validator_finds_what_is_planted_and_nothing_else(
        self, college: College, deliveries: tuple[Delivery, ...]
    ) -> None:
        planted = {f"1.2.246.562.24.9{number:010d}": one for number, one in college.planted.items()}
        seen = set()
        for delivery in deliveries:
            for learner, plans in told_of(delivery):
                oid = learner["henkilö"]["oid"]
                codes = {one.code for one in found_in(learner, plans, delivery.day)} - LATE
                fault = planted.get(oid)
                if fault is None or not fault.is_there(delivery.day):
                    assert codes == set(), (oid, delivery.day, codes)
                    continue
                assert codes <= {fault.defect.rule, *fault.defect.besides}, (oid, delivery.day, codes)
                if fault.since == delivery.day:
                    assert fault.defect.rule in codes, (oid, delivery.day)
                    seen.add(oid)
        assert seen == set(planted)
        assert len(seen) > 5

    @pytest.mark.parametrize("defect", DEFECTS, ids=lambda one: one.rule)
    def test_each_fault_is_found_by_its_rule(self, large: College, defect: Defect) -> None:
        for life, day in product(large.lives, (date(2024, 5, 16), date(2026, 2, 14))):
            if life.rights[0].starts_on > day:
                continue
            told, plans = documents_of(life, day)
            if plant(defect, told, plans, day):
                assert defect.rule in {one.code for one in found_in(told, plans, day)}
                return
        pytest.fail("No life has a place for it.")

    def test_many_kinds_of_faults_are_planted(self, large: College) -> None:
        assert len({one.defect.rule for one in large.planted.values()}) > 20

    def test_some_faults_are_mended_and_some_are_there_still(self, large: College) -> None:
        mended = Counter(one.until is None for one in large.planted.values())
        assert mended[True] > 3
        assert mended[False] > 3


class TestSameEveryTime:
    def test_a_seed_gives_the_same_documents_byte_by_byte(self) -> None:
        one, other = (
            json.dumps([vars(each) for each in College(25, 5, TODAY).deliveries()], default=str) for _ in "ab"
        )
        assert one == other

    def test_another_seed_gives_others(self) -> None:
        one, other = (College(5, seed, TODAY).lives for seed in (1, 2))
        assert [each.person.given for each in one] != [each.person.given for each in other]

    def test_a_life_does_not_depend_on_how_many_others_there_are(self) -> None:
        few, many = College(30, 5, TODAY), College(60, 5, TODAY)
        assert few.lives == many.lives[:30]


class TestPeople:
    def test_identity_codes_are_artificial_valid_and_nobodys_else(self, college: College) -> None:
        codes = [life.person.identity for life in college.lives]
        assert len(set(codes)) == len(codes)
        for life in college.lives:
            assert is_artificial(life.person.identity)
            assert birth_in(life.person.identity) == life.person.born

    def test_object_identifiers_are_of_their_kinds(self, college: College) -> None:
        assert {node_of(life.person.oid) for life in college.lives} == {24}
        assert {node_of(right.oid) for life in college.lives for right in life.rights} == {15}

    def test_about_half_speak_another_language_and_a_fifth_had_support(self, large: College) -> None:
        people = [life.person for life in large.lives]
        foreign = sum(one.language not in {"FI", "SV"} for one in people) / len(people)
        assert 0.46 < foreign < 0.54
        assert 0.17 < sum(one.has_support for one in people) / len(people) < 0.23


class TestLives:
    def test_nothing_is_known_of_later_days(self, college: College) -> None:
        for right in (one for life in college.lives for one in life.rights):
            days = [*(day for day, _state in right.states), *(one.day for one in right.versions)]
            assert max([*days, *(one.on for one in right.done.values()), *(one.week for one in right.away)]) <= TODAY

    def test_five_years_of_rights_and_three_closed_cohorts(self, college: College) -> None:
        begun = Counter(right.starts_on.year for life in college.lives for right in life.rights)
        assert set(begun) == {2021, 2022, 2023, 2024, 2025, 2026}

    def test_most_complete_their_studies_and_about_a_quarter_leaves(self, large: College) -> None:
        ends = Counter(_end(right) for right in _cohorts(large, years=(2021, 2022)))
        whole = sum(ends.values())
        assert 0.55 < ends["done"] / whole < 0.75
        assert 0.2 < ends["left"] / whole < 0.38

    def test_who_leaves_was_later_and_more_away_before(self, large: College) -> None:
        late: dict[str, list[float]] = {"done": [], "left": []}
        away: dict[str, list[float]] = {"done": [], "left": []}
        for life in large.lives:
            for right in life.rights[:1]:
                ends = right.ends_on
                day = right.starts_on + timedelta(days=300)
                if right.is_tuva or _end(right) not in late or ends is None or ends <= day:
                    continue
                read = koski.read(large.documents(life, day)[0]).rights[0]
                plans = hoks.read(large.documents(life, day)[1]).plans
                progress = progress_on(day, lines_of(read, plans[0] if plans else None))
                late[_end(right)].append(float(progress.weeks_late))
                hours = [one.hours for one in right.away if one.week <= day]
                away[_end(right)].append(sum(hours))
        assert _mean(late["left"]) > _mean(late["done"]) * 1.3
        assert _mean(away["left"]) > _mean(away["done"]) * 1.15

    def test_support_ends_in_the_register_and_goes_on_in_the_plan_in_2026(self, college: College) -> None:
        life = next(
            one for one in college.lives if one.person.has_support and _ran_over(one.rights[0], date(2025, 12, 31))
        )
        old, _plans = college.documents(life, date(2025, 11, 13))
        told, plans = college.documents(life, date(2026, 2, 14))
        assert "loppu" not in old["opiskeluoikeudet"][0]["lisätiedot"]["erityinenTuki"][0]
        assert told["opiskeluoikeudet"][0]["lisätiedot"]["erityinenTuki"][0]["loppu"] == "2025-12-31"
        assert plans[0]["oppimisen-tuki"][0]["alku"] == "2026-01-01"

    def test_preparatory_studies_lead_on_to_a_qualification(self, large: College) -> None:
        paths = [life for life in large.lives if life.rights[0].is_tuva]
        went_on = [life for life in paths if len(life.rights) > 1]
        assert len(paths) > 80
        assert 0.35 < len(went_on) / len(paths) < 0.8
        assert all(not life.rights[1].is_tuva for life in went_on)

    def test_rights_of_one_learner_do_not_overlap(self, college: College) -> None:
        for life in college.lives:
            for one, after in zip(life.rights, life.rights[1:], strict=False):
                assert one.ends_on is not None
                assert one.ends_on <= after.starts_on

    def test_a_learner_stays_at_one_campus_so_that_each_delivers_whole_learners(self, large: College) -> None:
        assert all(len({right.campus for right in life.rights}) == 1 for life in large.lives)

    def test_hours_away_are_told_once_a_week(self, deliveries: tuple[Delivery, ...]) -> None:
        told = Counter(each.row[:2] for one in deliveries for each in one.hours)
        assert set(told.values()) == {1}
        for one in deliveries:
            figures = [[int(number) for number in each.row[2:]] for each in one.hours]
            assert all(unexcused <= hours <= lessons for hours, unexcused, lessons in figures)


class TestDeliveries:
    def test_they_come_four_times_a_school_year_and_today(self) -> None:
        days = delivery_days(TODAY)
        assert days[0] == date(2021, 9, 25)
        assert days[-1] == TODAY
        assert len(days) == 23

    def test_from_a_day_on_they_are_the_same(self) -> None:
        college = College(30, 7, TODAY)
        assert list(college.deliveries(date(2025, 9, 25))) == list(college.deliveries())[-7:]

    def test_each_tells_only_what_is_new(self, college: College, deliveries: tuple[Delivery, ...]) -> None:
        last = {learner["henkilö"]["oid"] for learner in deliveries[-1].learners}
        graduated = {
            life.person.oid
            for life in college.lives
            if (end := life.rights[-1].ends_on)
            and end < date(2026, 1, 1)
            and life.person.number not in college.planted
        }
        assert graduated
        assert not last & graduated

    def test_after_all_of_them_nothing_is_missing(self, college: College, deliveries: tuple[Delivery, ...]) -> None:
        latest: dict[str, Any] = {}
        for one in deliveries:
            latest |= {learner["henkilö"]["oid"]: learner for learner in one.learners}
        assert len(latest) == len(college.lives)
        for life in college.lives:
            assert koski.read(latest[life.person.oid]) == koski.read(college.documents(life, TODAY)[0])

    def test_groups_have_about_twenty_learners_of_one_place_and_term(self, college: College) -> None:
        sizes = Counter(right.group for life in college.lives for right in life.rights)
        assert max(sizes.values()) <= 22
        assert set(sizes) == set(college.groups)


class TestTerms:
    def test_nothing_is_taught_in_july_nor_at_christmas(self) -> None:
        assert not {7} & {day.month for day in weeks() if day.day > 3 and day.month == 7}
        assert all(day.isocalendar().week not in {52, 53, 1} for day in weeks())

    def test_a_week_is_found_by_its_monday(self) -> None:
        assert monday(week_at(date(2024, 8, 12))) == date(2024, 8, 12)
        assert monday(week_at(date(2024, 7, 1))) == date(2024, 8, 12)


def _end(right: Right) -> str:
    state = right.states[-1][1]
    if state in RUNNING:
        return "runs"
    if state == GRADUATED:
        return "done"
    return "left" if state in {RESIGNED, CONSIDERED} and not right.is_renewed else "other"


def _cohorts(college: College, *, years: tuple[int, ...]) -> Iterator[Right]:
    for life in college.lives:
        for right in life.rights[:1]:
            if not right.is_tuva and right.starts_on.year in years and right.starts_on.month == 8:
                yield right


def _ran_over(right: Right, day: date) -> bool:
    return not right.is_tuva and right.starts_on < date(2025, 9, 1) and right.state_on(day) in RUNNING


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


class TestParts:
    SINCE = date(2025, 8, 1)

    def test_everybody_is_in_one_of_three_parts(self, college: College) -> None:
        parts = parts_of(college, self.SINCE)
        assert [one.stage for one in parts] == list(Stage)
        numbers = [life.person.number for one in parts for life in one.lives]
        assert sorted(numbers) == [life.person.number for life in college.lives]

    def test_the_student_of_the_demo_comes_first(self) -> None:
        hero = hero_of(TODAY, 150)
        first = parts_of(College(150, 2026, TODAY), hero.group.since)[0]
        assert hero.oid in {life.person.oid for life in first.lives}

    def test_the_student_of_a_whole_college_is_late_and_the_plan_was_moved(self) -> None:
        hero = hero_of(TODAY, 1500)
        life = College(hero.number + 1, 2026, TODAY).lives[-1]
        right, version = life.rights[-1], life.rights[-1].version_on(TODAY)
        assert life.person.oid == hero.oid
        assert len(right.versions) > 1
        assert version is not None
        assert [code for code, window in version.windows.items() if window.until < TODAY and code not in right.done]

    def test_the_first_part_is_small_and_the_others_are_of_other_campuses(self, large: College) -> None:
        recent, centre, others = parts_of(large, self.SINCE)
        assert len(recent.lives) * 5 < len(large.lives)
        assert all(is_central(one) for one in (*recent.lives, *centre.lives))
        assert not any(is_central(one) for one in others.lives)

    def test_deliveries_of_the_parts_are_those_of_all(self, college: College) -> None:
        whole = list(college.deliveries())
        parts = [list(college.deliveries(among=one.lives)) for one in parts_of(college, self.SINCE)]
        for day, *inner in zip(whole, *parts, strict=True):
            assert {one.day for one in inner} == {day.day}
            for name in ("learners", "plans", "groups", "hours"):
                told = [repr(row) for one in inner for row in getattr(one, name)]
                assert sorted(told) == sorted(repr(row) for row in getattr(day, name))

    def test_the_other_campuses_tell_of_the_time_before_they_joined_twice_a_year(self, college: College) -> None:
        others = parts_of(college, self.SINCE)[-1]
        assert [day.month for day in others.days if day < self.SINCE] == [9, 2] * 4
        assert [day for day in others.days if day >= self.SINCE] == [day for day in college.days if day >= self.SINCE]
        told = [row.row for one in college.deliveries(among=others.lives, on=others.days) for row in one.hours]
        assert sorted(told) == sorted(row.row for one in college.deliveries(among=others.lives) for row in one.hours)

    def test_a_group_is_over_when_the_last_has_gone(self, large: College) -> None:
        ended = dict(over(large, large.lives))
        rights = [right for life in large.lives for right in life.rights]
        going_on = {right.group for right in rights if right.ends_on is None}
        assert ended
        assert not ended.keys() & going_on
        assert ended.keys() | going_on == large.groups.keys()
        for right in rights:
            assert right.ends_on is None or right.group in going_on or right.ends_on <= ended[right.group]
