"""The effect of guidance: compared by lot only, with an interval that holds, and nothing claimed of few."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.rules.effects import Draw, Meter, Place, draws_of, effect_of

WEEK = date(2026, 8, 10)


def week_of(values: list[float], slots: int, *, week: date = WEEK, names: str = "learner") -> list[Place]:
    ordered = sorted(values, reverse=True)
    return [
        Place("caseload", week, f"{names}-{rank}", rank, value, rank <= slots)
        for rank, value in enumerate(ordered, start=1)
    ]


def drawn(random: Random, weeks: int, *, base: float, lift: float) -> tuple[list[Draw], dict[tuple[str, date], bool]]:
    """Return draws of many weeks in which those met go on well more often by `lift`."""
    draws, well = list[Draw](), dict[tuple[str, date], bool]()
    for number in range(weeks):
        week = WEEK + timedelta(weeks=number)
        met, waited = (
            tuple(f"{number}-{side}-{one}" for one in range(random.randint(1, 4))) for side in ("met", "waited")
        )
        draws.append(Draw(met, waited, week))
        well |= {(one, week): random.random() < base + lift for one in met}
        well |= {(one, week): random.random() < base for one in waited}
    return draws, well


class TestTheDraws:
    def test_only_equals_at_the_cut_are_compared(self) -> None:
        (draw,) = draws_of(week_of([9, 7, 5, 5, 5, 3], 4))
        assert draw.met == ("learner-3", "learner-4")
        assert draw.waited == ("learner-5",)

    def test_a_cut_between_two_scores_compares_nobody(self) -> None:
        assert draws_of(week_of([9, 7, 5, 3], 2)) == ()

    def test_a_learner_counts_in_the_first_draw_only(self) -> None:
        later = WEEK + timedelta(weeks=1)
        places = week_of([5, 5, 5], 1) + week_of([5, 5, 5], 1, week=later)
        assert [one.week for one in draws_of(places)] == [WEEK]

    @given(st.lists(st.integers(0, 6).map(float), max_size=30), st.integers(0, 10))
    def test_those_who_are_compared_have_the_same_score(self, values: list[float], slots: int) -> None:
        places = week_of(values, slots)
        value = {one.learner: one.value for one in places}
        for draw in draws_of(places):
            assert len({value[one] for one in (*draw.met, *draw.waited)}) == 1
            assert not set(draw.met) & set(draw.waited)


class TestTheEffect:
    def test_of_one_large_draw_it_is_the_difference_of_the_shares(self) -> None:
        draw = Draw(tuple(f"m{n}" for n in range(40)), tuple(f"w{n}" for n in range(50)), WEEK)
        well = {(f"m{n}", WEEK): n < 30 for n in range(40)} | {(f"w{n}", WEEK): n < 25 for n in range(50)}
        found = effect_of([draw], well)
        assert (found.met, found.met_well, found.waited, found.waited_well) == (40, 30, 50, 25)
        assert abs((found.difference or 0) - 0.25) < 1e-12
        assert found.is_enough
        assert found.is_shown

    def test_of_few_nothing_is_claimed(self) -> None:
        draw = Draw(("m",), ("w",), WEEK)
        found = effect_of([draw], {("m", WEEK): True, ("w", WEEK): False})
        assert not found.is_enough
        assert not found.is_shown

    def test_of_nobody_there_is_no_difference(self) -> None:
        assert effect_of([], {}).difference is None

    def test_whoever_nothing_is_known_of_is_left_out(self) -> None:
        found = effect_of([Draw(("m", "n"), ("w",), WEEK)], {("m", WEEK): True, ("w", WEEK): True})
        assert (found.met, found.waited) == (1, 1)

    def test_its_interval_holds_the_truth_about_nineteen_times_in_twenty(self) -> None:
        random, held = Random(7), {0.0: 0, 0.2: 0}  # noqa: S311  drawn the same way every time
        for lift in held:
            for _round in range(300):
                draws, well = drawn(random, 60, base=0.5, lift=lift)
                found = effect_of(draws, well)
                assert found.low is not None
                assert found.high is not None
                held[lift] += found.low <= lift <= found.high
        assert all(270 <= count <= 299 for count in held.values()), held

    def test_chance_alone_is_seldom_taken_for_an_effect(self) -> None:
        random = Random(11)  # noqa: S311  drawn the same way every time
        shown = sum(effect_of(*drawn(random, 60, base=0.6, lift=0.0)).is_shown for _round in range(300))
        assert shown <= 30


class TestTheMeter:
    def test_never_deciding_otherwise_is_an_alarm(self) -> None:
        assert Meter(20, 0).is_alarm
        assert not Meter(19, 0).is_alarm
        assert not Meter(20, 1).is_alarm

    def test_a_share_of_fewer_than_five_is_not_told(self) -> None:
        assert Meter(4, 1).share is None
        assert Meter(5, 1).share == 0.2
