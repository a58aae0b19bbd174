"""Nobody can work out a hidden small figure from everything that is published."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given

from luotsi.indicators.rules.disclosure import protect
from luotsi.indicators.rules.values import Cell, Hidden, Mark, Policy
from luotsi.indicators.tests.attacker import Attacker
from luotsi.indicators.tests.tables import COUNTS, SHARES, Made, Reader, tables


def worked_out(reader: Reader, *, tries: int = 4) -> list[str]:
    """Return the secrets that the attacker learns: by sums and bounds any, by trying whole tables of some."""
    attacker, found = reader.attacker, []
    eliminated, narrowed = attacker.eliminate(), attacker.narrow(attacker.bounds)
    for place, secret in enumerate(reader.secrets):
        low, high = narrowed[secret]
        known = secret in eliminated or low == high
        if known or (place < tries and len(attacker.values_of(secret, reader.true)) < 2):
            found.append(secret)
    return found


def reading(made: Made, published: Iterable[Cell], *, cumulative: bool = False) -> Reader:
    return Reader(made.cells, tuple(published), made.parents, cumulative)


class TestTheAttacker:
    """An attack that fails proves nothing unless the attacker is good at it."""

    def test_it_subtracts_what_is_shown_from_a_total(self) -> None:
        attacker = Attacker()
        attacker.known("total", 20)
        attacker.known("shown", 17)
        attacker.unknown("hidden")
        attacker.equal("total", ["shown", "hidden"])

        assert attacker.eliminate()["hidden"] == 3

    def test_it_combines_rows_and_columns(self) -> None:
        attacker = Attacker()
        for name in ("a", "b", "c", "d"):
            attacker.unknown(name)
        for name, value in (("row", 9), ("column", 8), ("both", 14)):
            attacker.known(name, value)
        attacker.equal("row", ["a", "b"])
        attacker.equal("column", ["a", "c"])
        attacker.equal("both", ["a", "b", "c"])

        assert attacker.eliminate()["a"] == 3

    def test_it_knows_that_persons_are_whole_and_not_fewer_than_none(self) -> None:
        attacker = Attacker()
        attacker.known("total", 2)
        attacker.unknown("one", 1, 4)
        attacker.unknown("other", 1, 4)
        attacker.equal("total", ["one", "other"])

        assert attacker.narrow(attacker.bounds)["one"] == (1, 1)

    def test_it_tries_tables_where_bounds_alone_do_not_help(self) -> None:
        attacker = Attacker()
        for name in ("a", "b", "c"):
            attacker.unknown(name, 0, 1)
        for name, parts in (("ab", ["a", "b"]), ("bc", ["b", "c"]), ("ac", ["a", "c"])):
            attacker.unknown(name, 1, 1)
            attacker.equal(name, parts)

        assert attacker.values_of("a") == []

    def test_it_leaves_open_what_cannot_be_known(self) -> None:
        attacker = Attacker()
        attacker.known("total", 9)
        attacker.unknown("one", 1, 4)
        attacker.unknown("other", 5)
        attacker.equal("total", ["one", "other"])

        assert attacker.values_of("one") == [1, 2]

    @pytest.mark.parametrize("tries", [0, 4])
    def test_it_beats_tables_of_which_only_the_small_cells_are_hidden(self, tries: int) -> None:
        cells = [made_cell("top", 23), made_cell("x", 20), made_cell("y", 3)]
        made = Made(tuple(cells), {"x": "top", "y": "top"})
        hidden = Cell(indicator="made", unit="y", period="2020", mark=Mark.PROTECTED, hidden=Hidden.PRIMARY)

        assert worked_out(reading(made, [*cells[:2], hidden]), tries=tries)


def made_cell(unit: str, count: int) -> Cell:
    from luotsi.indicators.tests.tables import cell_of

    return cell_of(unit, 0, (), [count, 0], shares=False)


class TestProtectedTables:
    @given(tables())
    def test_they_give_no_small_count_away(self, made: Made) -> None:
        published = protect(made.cells, COUNTS, parents=made.parents, policy=Policy.THRESHOLD)

        assert worked_out(reading(made, published)) == []

    @given(tables(shares=True))
    def test_they_give_no_small_part_of_a_share_away(self, made: Made) -> None:
        published = protect(made.cells, SHARES, parents=made.parents, policy=Policy.THRESHOLD)

        assert worked_out(reading(made, published)) == []

    @given(tables(shares=True))
    def test_they_give_no_few_learners_of_either_kind_away(self, made: Made) -> None:
        published = protect(made.cells, SHARES, parents=made.parents, policy=Policy.LEARNERS)

        assert worked_out(reading(made, published)) == []

    @given(tables(periods=3, crossed=False))
    def test_they_give_no_small_change_of_a_cumulative_count_away(self, made: Made) -> None:
        published = protect(made.cells, COUNTS, parents=made.parents, policy=Policy.THRESHOLD, cumulative=True)

        assert worked_out(reading(made, published, cumulative=True)) == []
