"""Progress against the plan: sums, lateness in amount and time, pace, the day of the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.rules import hoks, koski
from luotsi.learning.rules.progress import Line, Standing, end_at, lines_of, pace_of, progress_on
from luotsi.learning.rules.steps import done_steps, level_on, planned_steps
from luotsi.learning.tests.documents import plan, right_of, vocational

DAY = date(2026, 11, 26)
days = st.dates(date(2024, 8, 1), date(2028, 8, 1))
amounts = st.decimals(0, 60, places=1)
made = st.builds(
    Line,
    key=st.uuids().map(str),
    amount=st.none() | amounts,
    planned_until=st.none() | days,
    done_on=st.none() | days,
    recognised=st.booleans(),
)
lists = st.lists(made, max_size=12)


class TestSums:
    @given(lists, days)
    def test_done_and_planned_are_within_the_total(self, lines: list[Line], day: date) -> None:
        found = progress_on(day, lines)
        assert 0 <= found.done <= found.total
        assert 0 <= found.planned <= found.total
        assert found.unknown == sum(one.amount is None for one in lines)

    @given(lists, days, st.integers(0, 400))
    def test_neither_shrinks_with_the_days(self, lines: list[Line], day: date, more: int) -> None:
        now, later = progress_on(day, lines), progress_on(day + timedelta(days=more), lines)
        assert now.done <= later.done
        assert now.planned <= later.planned

    @given(lists, days)
    def test_the_order_of_lines_says_nothing(self, lines: list[Line], day: date) -> None:
        assert progress_on(day, lines) == progress_on(day, lines[::-1])

    @given(lists, lists, days)
    def test_what_two_learners_did_adds_up(self, one: list[Line], other: list[Line], day: date) -> None:
        both, first, second = (progress_on(day, lines) for lines in (one + other, one, other))
        assert both.done == first.done + second.done
        assert both.behind == first.behind + second.behind


class TestLateness:
    @given(lists, days)
    def test_late_in_time_means_the_plan_asked_for_more_than_is_done(self, lines: list[Line], day: date) -> None:
        found = progress_on(day, lines)
        assert (found.asked_since is not None and found.asked_since <= day) == (found.behind > 0)

    def test_the_time_runs_from_the_day_the_plan_asked_for_more(self) -> None:
        lines = [
            Line("a", amount=Decimal(20), planned_until=date(2026, 5, 29), done_on=date(2026, 5, 20)),
            Line("b", amount=Decimal(15), planned_until=date(2026, 10, 1)),
            Line("c", amount=Decimal(30), planned_until=date(2027, 5, 29)),
        ]
        found = progress_on(DAY, lines)
        assert (found.behind, found.asked_since) == (Decimal(15), date(2026, 10, 1))
        assert found.weeks_late == 8
        assert progress_on(date(2026, 10, 1), lines).weeks_late == 0

    def test_another_part_done_early_makes_up_for_it(self) -> None:
        lines = [
            Line("b", amount=Decimal(15), planned_until=date(2026, 10, 1)),
            Line("c", amount=Decimal(30), planned_until=date(2027, 5, 29), done_on=date(2026, 9, 1)),
        ]
        found = progress_on(DAY, lines)
        assert found.behind == -15
        assert found.weeks_late == 0
        assert lines[0].standing(DAY) == Standing.LATE

    def test_each_standing(self) -> None:
        told = {
            Standing.DONE: Line("a", done_on=DAY),
            Standing.LATE: Line("a", planned_until=DAY - timedelta(days=1), done_on=DAY + timedelta(days=1)),
            Standing.RUNNING: Line("a", planned_from=DAY, planned_until=DAY),
            Standing.COMING: Line("a", planned_from=DAY + timedelta(days=1), planned_until=DAY + timedelta(days=9)),
            Standing.UNPLANNED: Line("a"),
        }
        assert {line.standing(DAY): line for line in told.values()} == told

    def test_nothing_has_no_share(self) -> None:
        assert progress_on(DAY, []).share is None


class TestWhatWasRecognised:
    @given(lists, made, days, days)
    def test_a_recognised_part_makes_nobody_look_less_late_nor_later(
        self, lines: list[Line], part: Line, recognised_on: date, day: date
    ) -> None:
        without = progress_on(day, lines)
        found = progress_on(day, [*lines, replace(part, recognised=True, done_on=recognised_on)])
        assert found.behind == without.behind
        assert found.weeks_late == without.weeks_late
        assert found.asked_since == without.asked_since

    @given(lists, days)
    def test_it_is_in_what_is_asked_for_and_in_what_is_done(self, lines: list[Line], day: date) -> None:
        found = progress_on(day, lines)
        acquired = progress_on(day, [one for one in lines if not one.is_credited])
        assert found.planned - found.recognised == acquired.planned
        assert found.done - found.recognised == acquired.done
        assert acquired.recognised == 0

    @given(lists, days)
    def test_the_picture_stands_where_the_figures_stand(self, lines: list[Line], day: date) -> None:
        found = progress_on(day, lines)
        assert level_on(planned_steps(lines), day) == found.planned
        assert level_on(done_steps(lines, day), day) == found.done

    def test_somebody_with_much_recognised_who_does_nothing_is_late(self) -> None:
        lines = [
            Line("a", amount=Decimal(90), done_on=date(2026, 8, 10), recognised=True),
            Line("b", amount=Decimal(15), planned_until=date(2026, 10, 1)),
        ]
        found = progress_on(DAY, lines)
        assert (found.behind, found.weeks_late, found.recognised) == (Decimal(15), Decimal(8), Decimal(90))

    def test_a_planned_part_that_is_recognised_in_the_end_is_late_until_then(self) -> None:
        planned, recognised = date(2026, 9, 1), date(2026, 10, 1)
        line = Line("a", amount=Decimal(15), planned_until=planned, done_on=recognised, recognised=True)
        before = replace(line, done_on=None, recognised=False)
        assert progress_on(recognised, [before]).behind == 15
        assert progress_on(recognised, [line]).behind == 0
        assert progress_on(DAY, [replace(line, recognised=False)]).behind == 0


class TestTheEnd:
    @given(days, st.decimals(0, 180, places=1), st.decimals("0.1", 20, places=1))
    def test_it_is_the_first_day_on_which_enough_is_done(self, day: date, left: Decimal, pace: Decimal) -> None:
        end = end_at(day, left, pace)
        assert end is not None
        assert pace * (end - day).days >= left * 7
        assert left <= 0 or pace * ((end - day).days - 1) < left * 7

    @given(days, amounts, st.lists(st.tuples(days, st.integers(0, 60)), max_size=5))
    def test_days_of_breaks_count_for_nothing_and_once(
        self, day: date, left: Decimal, told: list[tuple[date, int]]
    ) -> None:
        breaks = [(first, first + timedelta(days=length)) for first, length in told]
        end, plain = end_at(day, left, Decimal(2), breaks), end_at(day, left, Decimal(2))
        assert end is not None
        assert plain is not None
        free = {first + timedelta(days=one) for first, last in breaks for one in range((last - first).days + 1)}
        worked = sum(day + timedelta(days=one) not in free for one in range(1, (end - day).days + 1))
        assert worked == (plain - day).days

    def test_days_that_come_out_even_are_not_rounded_up(self) -> None:
        assert end_at(DAY, Decimal("102.2"), Decimal("9.8")) == DAY + timedelta(days=73)

    def test_without_a_pace_there_is_none(self) -> None:
        assert end_at(DAY, Decimal(1), Decimal(0)) is None
        assert end_at(DAY, Decimal(0), Decimal(0)) == DAY

    def test_the_pace_leaves_out_what_was_recognised(self) -> None:
        since = DAY - timedelta(weeks=10)
        lines = [
            Line("a", amount=Decimal(30), done_on=DAY - timedelta(days=1)),
            Line("b", amount=Decimal(40), done_on=DAY - timedelta(days=1), recognised=True),
            Line("c", amount=Decimal(9), done_on=since),
        ]
        assert pace_of(lines, since, DAY) == 3
        assert pace_of(lines, DAY, DAY) is None


class TestJoining:
    def test_a_part_of_the_register_and_of_the_plan_is_one_line(self) -> None:
        (one,) = hoks.read(plan()).plans
        found = {line.key: line for line in lines_of(right_of(vocational()), one)}
        assert set(found) == {"900001", "900002", "900003"}
        assert found["900002"].amount == 30
        assert (found["900002"].planned_from, found["900002"].planned_until) == (date(2026, 8, 10), date(2027, 3, 5))
        assert found["900001"].done_on == date(2025, 5, 20)
        assert found["900001"].planned_until is None

    def test_without_a_plan_nothing_is_planned(self) -> None:
        lines = lines_of(right_of(vocational()), None)
        assert [line.planned_until for line in lines] == [None] * 3
        assert progress_on(DAY, lines).unplanned == 1

    def test_what_was_acquired_before_is_not_planned(self) -> None:
        data = plan() | {
            "aiemmin-hankitut-ammat-tutkinnon-osat": [{"tutkinnon-osa-koodi-uri": "tutkinnonosat_900009"}]
        }
        (one,) = hoks.read(data).plans
        line = next(line for line in lines_of(right_of(vocational()), one) if line.key == "900009")
        assert line.recognised
        assert line.planned_until is None

    def test_a_part_of_which_only_some_was_acquired_before_is_planned_and_whole(self) -> None:
        some = {"tutkinnon-osa-koodi-uri": "tutkinnonosat_400012"}
        way = {"alku": "2026-08-10", "loppu": "2026-12-18"} | {
            "osaamisen-hankkimistapa-koodi-uri": "osaamisenhankkimistapa_oppilaitosmuotoinenkoulutus"
        }
        data = plan() | {
            "hankittavat-yhteiset-tutkinnon-osat": [
                some | {"osa-alueet": [{"laajuus": 7, "osaamisen-hankkimistavat": [way]}]}
            ],
            "aiemmin-hankitut-yhteiset-tutkinnon-osat": [some | {"osa-alueet": [{"laajuus": 4}]}],
        }
        (one,) = hoks.read(data).plans
        line = next(line for line in lines_of(right_of(vocational()), one) if line.key == "400012")
        assert (line.amount, line.planned_until, line.recognised) == (Decimal(11), date(2026, 12, 18), False)

    def test_the_latest_assessment_that_passed_gives_the_grade_and_the_first_the_day(self) -> None:
        data = vocational()
        graded = data["opiskeluoikeudet"][0]["suoritukset"][0]["osasuoritukset"][0]["arviointi"]
        graded.append({"arvosana": {"koodiarvo": "5"}, "päivä": "2025-09-01", "hyväksytty": True})
        graded.append({"arvosana": {"koodiarvo": "Hylätty"}, "päivä": "2025-10-01", "hyväksytty": False})
        (part, *_rest) = koski.read(data).rights[0].studies[0].parts
        assert part.done_on == date(2025, 5, 20)
        assert part.best is not None
        assert part.best.value is not None
        assert part.best.value.value == "5"
