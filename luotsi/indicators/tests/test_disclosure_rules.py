"""What each policy hides, shows and rounds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.indicators.rules.disclosure import Kind, is_looser, may_show_texts, protect, shown, stricter
from luotsi.indicators.rules.values import PERCENT, Cell, Definition, Hidden, Mark, Policy, Rollup
from luotsi.indicators.tests.tables import COUNTS, SHARES, Made, amounts, tables

PARENTS = {"a": "top", "b": "top", "c": "top"}
MEANS = Definition(indicator="mean", rollup=Rollup.WEIGHTED_MEAN, policy=Policy.SURVEY)


def count(unit: str, number: int | None, **more: object) -> Cell:
    value = None if number is None else Decimal(number)
    cell = Cell(indicator="made", unit=unit, period="2020", numerator=value, value=value)
    return replace(cell, **more)  # type: ignore[arg-type]


def share(unit: str, numerator: int, denominator: int, **more: object) -> Cell:
    value = Decimal(numerator) * 100 / denominator if denominator else None
    parts = {"numerator": Decimal(numerator), "denominator": Decimal(denominator), "value": value}
    return replace(Cell(indicator="made", unit=unit, period="2020"), **parts, **more)  # type: ignore[arg-type]


def hidden_in(cells: tuple[Cell, ...]) -> dict[str, Hidden]:
    return {cell.unit: cell.hidden for cell in cells if cell.mark == Mark.PROTECTED}


def counts_of(**numbers: int) -> list[Cell]:
    return [count("top", sum(numbers.values())), *(count(unit, number) for unit, number in numbers.items())]


class TestOpen:
    def test_it_shows_everything_exactly(self) -> None:
        cells = counts_of(a=1, b=0, c=3)

        assert protect(cells, replace(COUNTS, policy=Policy.OPEN), parents=PARENTS) == tuple(cells)


class TestThreshold:
    def test_it_hides_one_to_four_and_what_would_give_them_away(self) -> None:
        found = protect(counts_of(a=3, b=20, c=30), COUNTS, parents=PARENTS)

        assert hidden_in(found) == {"a": Hidden.PRIMARY, "b": Hidden.COMPLEMENTARY}

    def test_it_shows_zero(self) -> None:
        found = protect(counts_of(a=0, b=3, c=4), COUNTS, parents=PARENTS)

        assert hidden_in(found) == {"b": Hidden.PRIMARY, "c": Hidden.PRIMARY}

    def test_it_takes_the_numbers_out_of_a_hidden_cell(self) -> None:
        cell = protect([share("a", 3, 30, persons=30)], SHARES, parents={})[0]

        assert (cell.value, cell.numerator, cell.denominator, cell.persons) == (None, None, None, None)

    def test_it_hides_two_cells_of_which_the_total_would_tell_both(self) -> None:
        found = protect(counts_of(a=1, b=1, c=40), COUNTS, parents=PARENTS)

        assert hidden_in(found).keys() == {"a", "b", "c"}

    def test_it_does_not_hide_a_cell_of_five_beside_one_of_one_for_that_would_not_help(self) -> None:
        found = protect(counts_of(a=1, b=5, c=40), COUNTS, parents=PARENTS)

        assert "c" in hidden_in(found)

    def test_it_does_not_say_under_five_where_that_would_tell_the_number(self) -> None:
        cells = counts_of(a=1, b=1, c=1, d=1)

        found = protect(cells, COUNTS, parents={**PARENTS, "d": "top"})

        assert hidden_in(found).keys() == {"top", "a", "b", "c", "d"}
        assert Hidden.COMPLEMENTARY in hidden_in(found).values()

    @pytest.mark.parametrize(("numerator", "hides"), [(0, False), (2, True), (5, False), (16, True), (20, False)])
    def test_it_hides_a_share_where_few_are_in_it_or_few_are_not(self, numerator: int, hides: bool) -> None:
        assert bool(hidden_in(protect([share("a", numerator, 20)], SHARES, parents={}))) is hides

    def test_it_hides_a_share_of_few_even_if_it_is_zero(self) -> None:
        assert hidden_in(protect([share("a", 0, 3)], SHARES, parents={})) == {"a": Hidden.PRIMARY}

    def test_it_hides_a_sum_of_hours_of_few_persons(self) -> None:
        assert hidden_in(protect([count("a", 120, persons=3)], COUNTS, parents={})) == {"a": Hidden.PRIMARY}

    def test_it_protects_persons_who_are_in_a_total_but_in_no_cell(self) -> None:
        found = protect([count("top", 52), count("a", 20), count("b", 30)], COUNTS, parents=PARENTS)

        assert len(hidden_in(found)) == 1

    def test_it_leaves_missing_figures_missing(self) -> None:
        cells = [count("top", 23), count("a", 3), count("b", 20), count("c", None, mark=Mark.MISSING)]

        assert protect(cells, COUNTS, parents=PARENTS)[3] == cells[3]

    def test_it_hides_the_smallest_figure_of_all_where_it_is_that_of_a_hidden_unit(self) -> None:
        least = Definition(indicator="least", rollup=Rollup.MIN)
        cells = [
            count("top", 7, persons=60),
            count("a", 7, persons=2),
            count("b", 9, persons=30),
            count("c", 8, persons=28),
        ]

        assert hidden_in(protect(cells, least, parents=PARENTS)).keys() == {"top", "a"}

    def test_it_hides_the_later_of_two_figures_of_a_cumulative_series_that_differ_by_few(self) -> None:
        cells = [count("a", 20), count("a", 22, period="2021"), count("a", 40, period="2022")]

        plain = protect(cells, COUNTS, parents={})
        cumulative = protect(cells, COUNTS, parents={}, cumulative=True)

        assert not hidden_in(plain)
        assert [cell.mark for cell in cumulative] == [Mark.FIGURE, Mark.PROTECTED, Mark.FIGURE]

    def test_it_refuses_two_cells_of_the_same(self) -> None:
        with pytest.raises(ValueError, match="two cells"):
            protect([count("a", 7), count("a", 8)], COUNTS, parents={})

    @given(tables())
    def test_it_hides_nothing_without_need(self, made: Made) -> None:
        large = [count(cell.unit, 5 * int(cell.value or 0), split=cell.split) for cell in made.cells]

        assert protect(large, COUNTS, parents=made.parents) == tuple(large)

    @given(tables(shares=True))
    def test_it_hides_every_small_figure_and_no_zero(self, made: Made) -> None:
        for true, out in zip(made.cells, protect(made.cells, SHARES, parents=made.parents), strict=True):
            if any(1 <= amount <= 4 for amount in amounts(true).values()):
                assert out.mark == Mark.PROTECTED
            if not any(amounts(true).values()):
                assert out == true

    @given(tables())
    def test_it_shows_what_it_shows_exactly(self, made: Made) -> None:
        found = protect(made.cells, COUNTS, parents=made.parents)

        assert all(out == true for true, out in zip(made.cells, found, strict=True) if out.mark != Mark.PROTECTED)

    @given(tables())
    def test_it_does_the_same_each_time_and_nothing_the_second(self, made: Made) -> None:
        once = protect(made.cells, COUNTS, parents=made.parents)

        assert protect(made.cells, COUNTS, parents=made.parents) == once
        assert protect(once, COUNTS, parents=made.parents) == once

    @given(tables(), st.randoms(use_true_random=False))
    def test_it_does_not_depend_on_the_order_of_the_cells(self, made: Made, random: object) -> None:
        shuffled = list(made.cells)
        random.shuffle(shuffled)  # type: ignore[attr-defined]
        key = lambda cell: (cell.unit, cell.split)  # noqa: E731

        once = protect(made.cells, COUNTS, parents=made.parents)
        again = protect(shuffled, COUNTS, parents=made.parents)

        assert sorted(once, key=key) == sorted(again, key=key)


class TestSurvey:
    @pytest.mark.parametrize(("persons", "hides"), [(4, True), (5, False)])
    def test_it_asks_for_five_persons(self, persons: int, hides: bool) -> None:
        cell = Cell(
            indicator="mean",
            unit="a",
            period="2020",
            numerator=Decimal(persons * 3),
            denominator=Decimal(persons),
            value=Decimal(3),
            persons=persons,
        )

        assert bool(hidden_in(protect([cell], MEANS, parents={}))) is hides

    def test_it_shows_a_small_part_of_many_answers(self) -> None:
        assert not hidden_in(protect([share("a", 2, 20)], replace(SHARES, policy=Policy.SURVEY), parents={}))

    def test_it_hides_beside_few_answers_what_would_give_them_away(self) -> None:
        cells = [share("top", 15, 33), share("a", 2, 3), share("b", 6, 12), share("c", 7, 18)]

        found = protect(cells, replace(SHARES, policy=Policy.SURVEY), parents=PARENTS)

        assert hidden_in(found) == {"a": Hidden.PRIMARY, "b": Hidden.COMPLEMENTARY}

    @pytest.mark.parametrize(("learners", "hides"), [(44, True), (45, False)])
    def test_it_asks_for_45_learners_in_public(self, learners: int, hides: bool) -> None:
        survey = replace(SHARES, policy=Policy.SURVEY)

        assert bool(hidden_in(protect([share("a", 20, learners)], survey, parents={}, public_learners=True))) is hides
        assert not hidden_in(protect([share("a", 20, learners)], survey, parents={}))

    @pytest.mark.parametrize(
        ("part", "of", "hides"),
        [(0, 20, False), (1, 20, True), (4, 20, True), (5, 20, False), (15, 20, False), (16, 20, True), (3, 4, True)],
    )
    def test_of_learners_it_hides_one_to_four_of_either_kind(self, part: int, of: int, hides: bool) -> None:
        learners = replace(SHARES, policy=Policy.LEARNERS)

        assert bool(hidden_in(protect([share("a", part, of)], learners, parents={}))) is hides

    @pytest.mark.parametrize(("part", "of", "hides"), [(20, 44, True), (20, 45, False), (4, 60, True), (5, 60, False)])
    def test_of_learners_it_asks_for_45_in_public_and_for_no_more_of_a_part(
        self, part: int, of: int, hides: bool
    ) -> None:
        learners = replace(SHARES, policy=Policy.LEARNERS)

        found = protect([share("a", part, of)], learners, parents={}, public_learners=True)
        assert bool(hidden_in(found)) is hides

    def test_of_learners_it_is_stricter_than_of_surveys(self) -> None:
        assert stricter(Policy.SURVEY, Policy.LEARNERS) is Policy.LEARNERS
        assert is_looser(Policy.SURVEY, Policy.LEARNERS)

    @pytest.mark.parametrize(("persons", "shows"), [(9, False), (10, True)])
    def test_it_shows_texts_of_ten(self, persons: int, shows: bool) -> None:
        assert may_show_texts(persons) is shows


class TestStatistics:
    RULE = replace(COUNTS, policy=Policy.STATISTICS)
    PARTS = replace(SHARES, policy=Policy.STATISTICS)

    @pytest.mark.parametrize(("number", "told"), [(0, 0), (5, 6), (6, 6), (7, 6), (8, 9), (100, 99)])
    def test_it_rounds_to_multiples_of_three(self, number: int, told: int) -> None:
        assert protect([count("a", number)], self.RULE, parents={})[0].value == told

    @pytest.mark.parametrize("number", [1, 2, 3, 4])
    def test_it_shows_one_to_four_as_a_class(self, number: int) -> None:
        cell = protect([count("a", number)], self.RULE, parents={})[0]

        assert shown(cell, Policy.STATISTICS).kind == Kind.ONE_TO_FOUR
        assert (cell.value, cell.numerator) == (None, None)

    def test_it_counts_shares_from_rounded_counts(self) -> None:
        cell = protect([share("a", 10, 20)], self.PARTS, parents={})[0]

        assert (cell.numerator, cell.denominator) == (Decimal(9), Decimal(21))
        assert cell.value == Decimal(900) / 21

    @given(st.integers(0, 300), st.integers(0, 300))
    def test_no_share_is_over_a_hundred(self, first: int, second: int) -> None:
        cell = protect([share("a", min(first, second), max(first, second))], self.PARTS, parents={})[0]

        assert cell.value is None or 0 <= cell.value <= 100

    def test_it_shows_no_share_of_few(self) -> None:
        assert hidden_in(protect([share("a", 3, 20)], self.PARTS, parents={})) == {"a": Hidden.PRIMARY}

    def test_it_leaves_hours_of_many_as_they_are(self) -> None:
        assert protect([count("a", 121, persons=20)], self.RULE, parents={})[0].value == 121


class TestChoosingAPolicy:
    @given(st.sampled_from(Policy), st.sampled_from(Policy))
    def test_the_stricter_of_two_is_one_of_them_whatever_their_order(self, first: Policy, second: Policy) -> None:
        assert stricter(first, second) == stricter(second, first)
        assert stricter(first, second) in (first, second)
        assert is_looser(first, second) is (stricter(first, second) != first)

    def test_a_provider_cannot_choose_a_looser_one(self) -> None:
        cells = [count("a", 3)]

        assert hidden_in(protect(cells, COUNTS, parents={}, policy=Policy.OPEN))
        assert not hidden_in(protect(cells, replace(COUNTS, policy=Policy.OPEN), parents={}, policy=Policy.OPEN))
        assert hidden_in(protect(cells, replace(COUNTS, policy=Policy.OPEN), parents={}, policy=Policy.THRESHOLD))


class TestShowing:
    PROTECTED = count("a", None, mark=Mark.PROTECTED, hidden=Hidden.PRIMARY)

    @pytest.mark.parametrize(
        ("cell", "policy", "kind"),
        [
            (count("a", 0), Policy.THRESHOLD, Kind.FIGURE),
            (count("a", None, mark=Mark.MISSING), Policy.THRESHOLD, Kind.MISSING),
            (count("a", None), Policy.THRESHOLD, Kind.MISSING),
            (count("a", None, mark=Mark.NOT_APPLICABLE), Policy.OPEN, Kind.NOT_APPLICABLE),
            (PROTECTED, Policy.THRESHOLD, Kind.UNDER_FIVE),
            (PROTECTED, Policy.STATISTICS, Kind.ONE_TO_FOUR),
            (PROTECTED, Policy.SURVEY, Kind.PROTECTED),
            (replace(PROTECTED, hidden=Hidden.COMPLEMENTARY), Policy.THRESHOLD, Kind.PROTECTED),
        ],
    )
    def test_it_tells_what_to_print(self, cell: Cell, policy: Policy, kind: Kind) -> None:
        assert shown(cell, policy).kind == kind

    def test_it_says_under_five_of_no_percentage(self) -> None:
        assert shown(self.PROTECTED, Policy.THRESHOLD, count=False).kind == Kind.PROTECTED

    def test_it_names_the_words(self) -> None:
        assert shown(self.PROTECTED, Policy.THRESHOLD).code == "shown.under_5"
        assert shown(count("a", 7), Policy.THRESHOLD).code == ""
        assert SHARES.unit == PERCENT
