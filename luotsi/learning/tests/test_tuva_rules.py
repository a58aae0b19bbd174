"""Paths of preparatory studies: what completes them, what is wrong with one, when it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from luotsi.learning.rules import koski
from luotsi.learning.rules.checks.tuva import RULES, weeks_by_part
from luotsi.learning.rules.koski import State
from luotsi.learning.rules.tuva.changes import changes
from luotsi.learning.rules.tuva.completion import Lack, gaps, least_addition, room_in
from luotsi.learning.rules.tuva.judging import Point, judge, loads, state_of
from luotsi.learning.rules.tuva.limits import CAPS, LEAST_IN_ALL, MOST_IN_ALL, PARTS
from luotsi.learning.rules.tuva.paths import (
    Break,
    Item,
    Path,
    Permit,
    Planned,
    Registers,
    Studies,
    read_breaks,
    read_items,
    told_breaks,
    told_items,
)
from luotsi.learning.rules.tuva.simulating import outlook, path_of, side_by_side
from luotsi.learning.tests.documents import RIGHT, changed, period, right_of, tuva, tuva_part

STATES = "/opiskeluoikeudet/0/tila/opiskeluoikeusjaksot"
BEGIN = date(2026, 8, 10)
ONE = Decimal(1)
REGISTERS = Registers(permit="ammatillinen", starts_on=BEGIN, estimated_end=date(2027, 6, 4))
some_weeks = st.decimals(0, 40, places=1)
by_part = st.dictionaries(st.sampled_from(PARTS), some_weeks)
small = st.dictionaries(st.sampled_from(PARTS), st.decimals(0, 4, places=1))
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
items = st.builds(
    Item,
    part=st.sampled_from(PARTS),
    weeks=st.decimals("0.1", 12, places=1),
    studies=st.sampled_from(Studies),
    name=st.text(max_size=8).map(str.strip),
    starts_on=st.none() | days,
    ends_on=st.none() | days,
    points=st.none() | st.decimals(0, 30, places=1),
    grade_from=st.none() | st.integers(4, 9),
    grade_to=st.none() | st.integers(5, 10),
)
breaks = st.builds(lambda first, long: Break(first, first + timedelta(days=long)), days, st.integers(0, 40))
paths = st.builds(
    Path,
    permit=st.sampled_from([one.value for one in Permit]),
    starts_on=days,
    items=st.lists(items, max_size=8).map(tuple),
    breaks=st.lists(breaks, max_size=3).map(tuple),
    weekly=st.sampled_from([Decimal("0.5"), Decimal(1)]),
)


def item(part: str, weeks: str, first: date = BEGIN, last: date = date(2026, 12, 18), **more: object) -> Item:
    return Item(part=part, weeks=Decimal(weeks), starts_on=first, ends_on=last, **more)  # type: ignore[arg-type]


def span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=day) for day in range((last - first).days + 1)]


def whole(*more: Item) -> Path:
    """Return a path that nothing can be said against, with more items."""
    basis = (item("101", "4"), item("102", "3"), item("107", "2", name="Matematiikka"))
    return Path(permit="ammatillinen", starts_on=BEGIN, items=(*basis, *more))


def points(path: Path, registers: Registers = REGISTERS) -> list[Point]:
    return [one.point for one in judge(path, registers)]


class TestCompletion:
    @given(by_part)
    def test_nothing_in_the_way_means_the_register_would_take_it_as_complete(self, weeks: dict[str, Decimal]) -> None:
        told = {part: amount for part, amount in weeks.items() if amount}
        allowed = (
            LEAST_IN_ALL <= sum(told.values()) <= MOST_IN_ALL
            and told.get("101", 0) >= 2
            and len([part for part in told if part != "101"]) >= 2
            and all(1 <= amount <= CAPS[part].most for part, amount in told.items())
        )
        assert (gaps(weeks) == ()) == allowed

    @given(by_part)
    def test_what_is_to_be_added_completes_or_nothing_could(self, weeks: dict[str, Decimal]) -> None:
        added = least_addition(weeks)
        if added is None:
            assert any(one.lack in {Lack.OVER, Lack.OVERALL} for one in gaps(weeks)) or sum(weeks.values()) > 34
        else:
            assert gaps({part: weeks.get(part, 0) + added.get(part, Decimal(0)) for part in PARTS}) == ()

    @given(small, small)
    def test_nothing_less_would_do(self, weeks: dict[str, Decimal], other: dict[str, Decimal]) -> None:
        added = least_addition(weeks)
        assume(added is not None)
        assert added is not None
        assume(sum(other.values()) < sum(added.values()))
        assert gaps({part: weeks.get(part, Decimal(0)) + other.get(part, Decimal(0)) for part in PARTS})

    @given(by_part, st.lists(st.sampled_from(PARTS)))
    def test_wishes_change_which_parts_and_not_how_much(self, weeks: dict[str, Decimal], wished: list[str]) -> None:
        one, other = least_addition(weeks), least_addition(weeks, wished)
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert sum(one.values()) == sum(other.values())

    def test_what_is_planned_is_begun_before_anything_else(self) -> None:
        assert least_addition({"101": Decimal(3)}, ["107", "105"]) == {"107": ONE, "105": ONE}

    @given(by_part)
    def test_room_is_never_more_than_a_cap_or_the_whole(self, weeks: dict[str, Decimal]) -> None:
        for part, room in room_in(weeks).items():
            assert 0 <= room <= CAPS[part].most
            more = {**weeks, part: weeks.get(part, Decimal(0)) + room}
            if room:
                assert not {one.part for one in gaps(more) if one.lack is Lack.OVER} - {
                    one.part for one in gaps(weeks) if one.lack is Lack.OVER
                }
                assert sum(more.values()) <= MOST_IN_ALL


class TestTheRegisterAgrees:
    @given(
        st.decimals(2, 10, places=1),
        st.dictionaries(st.sampled_from(PARTS[1:]), st.decimals(1, "4.5", places=1), min_size=2),
    )
    def test_a_plan_that_can_be_completed_breaks_no_rule_of_the_register(
        self, planning: Decimal, others: dict[str, Decimal]
    ) -> None:
        told = {"101": planning, **others}
        assert gaps(told) == ()
        right = right_of(completed(told))
        assert weeks_by_part(right.studies[0]) == told
        assert [rule.code for rule in RULES for _found in rule.found_in(right)] == []

    @given(by_part)
    def test_the_validator_completes_what_the_planner_completes(self, weeks: dict[str, Decimal]) -> None:
        told = {part: amount for part, amount in weeks.items() if amount}
        found = {rule.code for rule in RULES for _found in rule.found_in(right_of(completed(told)))}
        assert (found == set()) == (gaps(told) == ())
        assert found <= {"T05", "T06", "T07", "T13", "T14"}

    @given(by_part)
    def test_nothing_is_missing_of_studies_that_go_on(self, weeks: dict[str, Decimal]) -> None:
        data = changed(completed(weeks), STATES, [period("2025-08-11", "lasna")])
        found = {rule.code for rule in RULES for _found in rule.found_in(right_of(data))}
        assert found <= {"T15"}
        assert (found == {"T15"}) == any(one.lack is Lack.OVER for one in gaps(weeks))

    @given(by_part, st.sampled_from(PARTS))
    def test_a_part_over_its_cap_is_over_it_in_both(self, weeks: dict[str, Decimal], part: str) -> None:
        told = {**weeks, part: CAPS[part].most + 1}
        right = right_of(completed(told))
        assert any(rule.code == "T07" for rule in RULES for _found in rule.found_in(right))
        assert part in {one.part for one in gaps(told) if one.lack is Lack.OVER}


def completed(weeks: dict[str, Decimal]) -> dict[str, object]:
    """Return a learner with these weeks and the state of completion."""
    data = tuva()
    right = data["opiskeluoikeudet"][0]
    right["tila"] = {"opiskeluoikeusjaksot": [period("2025-08-11", "lasna"), period("2026-06-05", "valmistunut")]}
    parts = []
    for code, amount in weeks.items():
        inner = {"osasuoritukset": [tuva_part("oma", float(amount), "2026-05-04")]} if code == "104" else {}
        parts.append(tuva_part(code, float(amount), "2026-05-04", **inner))
    study = right["suoritukset"][0]
    study["osasuoritukset"] = parts
    study["koulutusmoduuli"]["laajuus"]["arvo"] = float(sum(weeks.values()))
    assert koski.read(data).rights[0].oid == RIGHT
    return data


class TestJudging:
    def test_of_a_good_path_nothing_is_said(self) -> None:
        assert points(whole()) == []

    @given(paths)
    def test_what_is_wrong_comes_first_and_places_are_of_items(self, path: Path) -> None:
        said = judge(path, REGISTERS)
        assert [one.is_wrong for one in said] == sorted((one.is_wrong for one in said), reverse=True)
        assert all(one.item is None or 0 <= one.item < len(path.items) for one in said)

    @given(paths)
    def test_a_path_without_a_word_against_it_can_be_completed(self, path: Path) -> None:
        if not judge(path, Registers()):
            assert gaps(path.weeks) == ()

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            (item("106", "2"), []),
            (item("106", "2", studies=Studies.GENERAL, name="ENA1"), []),
            (item("106", "2", studies=Studies.GENERAL), [Point.UNNAMED]),
            (item("105", "2", studies=Studies.GENERAL, name="ENA1"), [Point.HOME]),
            (item("104", "2"), [Point.UNNAMED]),
            (item("104", "11", last=date(2027, 5, 28), name="Oma"), [Point.OVER]),
            (item("102", "30", last=date(2027, 5, 28)), [Point.OVER, Point.OVERALL, Point.FULL]),
            (item("106", "0.5"), [Point.SHORT]),
            (item("106", "0"), [Point.AMOUNT]),
            (item("199", "2"), [Point.PART]),
            (item("107", "1", studies=Studies.RAISED, name="MA", grade_from=5, grade_to=7), []),
            (item("107", "1", studies=Studies.RAISED, name="MA", grade_from=7, grade_to=7), [Point.GRADES]),
            (item("107", "1", studies=Studies.RAISED, name="MA"), [Point.GRADES]),
            (item("107", "1", name="MA", grade_from=5, grade_to=7), [Point.GRADES]),
            (item("106", "2", date(2026, 8, 3)), [Point.EARLY]),
            (item("106", "2", date(2026, 12, 18), date(2026, 12, 1)), [Point.TURNED]),
            (item("106", "2", last=date(2027, 8, 1)), [Point.LATE]),
            (Item(part="106", weeks=Decimal(2)), [Point.UNDATED]),
            (item("106", "9", last=date(2026, 8, 28)), [Point.FULL]),
        ],
    )
    def test_each_fault_of_an_item(self, more: Item, said: list[Point]) -> None:
        assert points(whole(more)) == said

    def test_what_completion_lacks(self) -> None:
        assert points(Path("lukio", BEGIN), Registers()) == [Point.PLANNING, Point.OTHERS]

    def test_the_permit_is_that_of_the_register(self) -> None:
        assert points(replace(whole(), permit="lukio")) == [Point.PERMIT]

    def test_less_is_planned_than_is_done(self) -> None:
        assert points(whole(), replace(REGISTERS, done={"102": Decimal(5), "103": Decimal(1)})) == [
            Point.LESS,
            Point.LESS,
        ]

    @pytest.mark.parametrize(
        ("permit", "last", "is_holiday"),
        [
            ("ammatillinen", date(2025, 12, 31), True),
            ("ammatillinen", date(2026, 1, 1), False),
            ("lukio", date(2025, 12, 31), False),
            ("perusopetus", date(2025, 12, 31), False),
        ],
    )
    def test_a_break_is_a_holiday_with_one_permit_until_the_end_of_2025(
        self, permit: str, last: date, *, is_holiday: bool
    ) -> None:
        told = state_of(Break(date(2025, 12, 22), last), permit)
        assert told == (State.HOLIDAY if is_holiday else State.AWAY)

    def test_a_break_that_ends_before_it_begins(self) -> None:
        path = replace(whole(), breaks=(Break(date(2026, 12, 22), date(2026, 12, 1)),))
        assert points(path) == [Point.TURNED]

    @given(paths)
    def test_the_load_of_weeks_adds_up_to_what_has_days(self, path: Path) -> None:
        pauses = path.pauses
        dated = [
            one.weeks
            for one in path.items
            if one.starts_on
            and one.ends_on
            and any(not any(a <= day <= b for a, b in pauses) for day in span(one.starts_on, one.ends_on))
        ]
        assert abs(sum(loads(path).values(), Decimal(0)) - sum(dated, Decimal(0))) < Decimal("0.0001")


class TestOutlook:
    @given(paths, by_part, days)
    def test_done_and_left_make_up_the_plan(self, path: Path, done: dict[str, Decimal], day: date) -> None:
        found = outlook(path, Registers(done=done), day)
        assert found.done + found.left == found.total == path.total
        assert found.left >= 0

    @given(paths, by_part, days)
    def test_more_done_never_ends_later(self, path: Path, done: dict[str, Decimal], day: date) -> None:
        now = outlook(path, Registers(done={}), day)
        later = outlook(path, Registers(done=done), day)
        assert now.by_pace is not None
        assert later.by_pace is not None
        assert later.by_pace <= now.by_pace

    @given(paths, days)
    def test_half_the_pace_never_ends_earlier(self, path: Path, day: date) -> None:
        fast, slow = (outlook(replace(path, weekly=Decimal(pace)), Registers(), day) for pace in ("1", "0.5"))
        assert fast.by_pace is not None
        assert slow.by_pace is not None
        assert fast.by_pace <= slow.by_pace

    @given(paths, days)
    def test_a_break_never_ends_earlier(self, path: Path, day: date) -> None:
        with_breaks, without = (outlook(one, Registers(), day) for one in (path, replace(path, breaks=())))
        assert with_breaks.by_pace is not None
        assert without.by_pace is not None
        assert with_breaks.by_pace >= without.by_pace

    def test_what_completes_and_when(self) -> None:
        found = outlook(whole(), replace(REGISTERS, done={"101": Decimal(3), "102": Decimal(1)}), date(2026, 10, 5))
        assert [found.total, found.done, found.left] == [9, 4, 5]
        assert found.by_plan == date(2026, 12, 18)
        assert found.by_pace == date(2026, 11, 9)
        assert found.least == {"107": ONE}
        assert found.complete_on == date(2026, 10, 12)
        assert found.days_past == -39

    def test_at_no_pace_there_is_no_end(self) -> None:
        found = outlook(replace(whole(), weekly=Decimal(0)), REGISTERS, BEGIN)
        assert (found.by_pace, found.complete_on) == (None, None)


class TestSideBySide:
    def test_plan_personal_plan_and_register_stand_beside_each_other(self) -> None:
        registers = replace(
            REGISTERS,
            done={"101": Decimal(2)},
            planned={
                "101": Planned(Decimal(4), BEGIN, date(2026, 12, 18)),
                "102": Planned(Decimal(3), BEGIN, date(2027, 1, 8)),
                "103": Planned(Decimal(5)),
            },
        )
        rows = {one.part: one for one in side_by_side(whole(), registers)}
        assert tuple(rows) == PARTS
        assert [part for part, one in rows.items() if one.differs] == ["102", "103", "107"]
        assert [rows["101"].left, rows["101"].room, rows["101"].most] == [2, 6, 10]

    def test_where_there_is_no_plan_it_begins_from_what_the_registers_tell(self) -> None:
        registers = replace(REGISTERS, done={"105": Decimal(3)}, planned={"101": Planned(Decimal(4), BEGIN)})
        path = path_of(registers, date(2026, 11, 26))
        assert path.weeks == {"101": 4, "105": 3}
        assert (path.permit, path.starts_on) == ("ammatillinen", BEGIN)

    @given(paths)
    def test_points_are_summed_by_the_kind_of_studies(self, path: Path) -> None:
        told = sum(path.points(kind) for kind in Studies)
        assert told == sum((one.points for one in path.items if one.points), Decimal(0))


class TestChanges:
    @given(paths)
    def test_between_the_same_there_are_none(self, path: Path) -> None:
        assert changes(path, path) == ()

    @given(paths, paths)
    def test_where_none_are_told_weeks_and_days_are_the_same(self, one: Path, other: Path) -> None:
        told = {(each.what, each.part) for each in changes(one, other)}
        for part in PARTS:
            same = one.weeks.get(part) == other.weeks.get(part)
            assert same == (("weeks", part) not in told)
        if not told:
            assert replace(one, permit=other.permit) == replace(other, items=one.items)

    def test_what_is_told(self) -> None:
        path = whole()
        later = replace(path.items[0], ends_on=date(2027, 1, 8))
        named = replace(path.items[2], name="Englanti")
        after = replace(path, items=(later, path.items[1], named), weekly=Decimal("0.5"), aim="Lukio")
        assert [(one.what, one.part) for one in changes(path, after)] == [
            ("ends_on", "101"),
            ("content", "107"),
            ("weekly", ""),
            ("aim", ""),
        ]


class TestKeeping:
    @given(paths)
    def test_what_is_kept_is_read_again_as_it_was(self, path: Path) -> None:
        assert read_items(told_items(path.items)) == path.items
        assert read_breaks(told_breaks(path.breaks)) == path.breaks
