"""What holds of any figures."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luotsi.indicators.engine import Connection, cells, compute, recompute, recompute_branch
from luotsi.indicators.rules.values import Cell, Mark, Operator, Rollup
from luotsi.indicators.tests.measured import LAST_DAY, YEAR, country, defined, told

FEW = settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
SCHOOLS = ("a", "b", "c", "d")
amounts = st.none() | st.decimals(min_value=0, max_value=10**6, places=4)
Told = Sequence[dict[str, Any]]


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw measurements of some units, in some splits; some missing, some not applicable, some about."""
    keys = draw(st.lists(st.tuples(st.sampled_from([*SCHOOLS, "town"]), st.sampled_from(["", "1", "2"])), unique=True))
    return [
        {
            "unit": unit,
            "grade": grade,
            "period": YEAR,
            "on": LAST_DAY,
            "mark": draw(st.sampled_from(["", "", "", "missing", "not_applicable"])),
            "approximate": draw(st.booleans()),
            "persons": draw(st.none() | st.integers(0, 1000)),
            **{name: draw(amounts) for name in ("numerator", "denominator", "weight", "value")},
        }
        for unit, grade in keys
    ]


def found(con: Connection, rollup: Rollup, given: Told, **wanted: Any) -> dict[tuple[str, str], Cell]:
    definition = defined(rollup)
    table = compute(con, country(), [definition], told(definition, given), **{"periods": [YEAR], **wanted})
    return {(cell.unit, dict(cell.split).get("grade", "")): cell for cell in cells(table)}


class TestEveryRule:
    @FEW
    @given(rows(), st.sampled_from(list(Rollup)), st.randoms())
    def test_the_order_of_rows_changes_nothing(
        self, con: Connection, given: Told, rollup: Rollup, chance: random.Random
    ) -> None:
        shuffled = list(given)
        chance.shuffle(shuffled)
        assert found(con, rollup, given) == found(con, rollup, shuffled)

    @FEW
    @given(rows(), st.sampled_from(list(Rollup)))
    def test_who_vouches_that_nothing_is_told_twice_gets_the_same(
        self, con: Connection, given: Told, rollup: Rollup
    ) -> None:
        assert found(con, rollup, given) == found(con, rollup, given, unique=True)

    @FEW
    @given(rows(), st.sampled_from(list(Rollup)))
    def test_a_figure_has_a_value_or_a_mark(self, con: Connection, given: Told, rollup: Rollup) -> None:
        for cell in found(con, rollup, given).values():
            assert (cell.value is None) == (cell.mark is not Mark.FIGURE)
            assert 0 <= cell.reporting <= cell.expected

    @FEW
    @given(rows(), st.sampled_from(list(Rollup)), st.sampled_from([*SCHOOLS, "city", "town", "land"]))
    def test_a_cell_alone_is_the_cell_of_the_batch(
        self, con: Connection, given: Told, rollup: Rollup, unit: str
    ) -> None:
        definition = defined(rollup)
        alone = recompute(con, country(), definition, told(definition, given), unit=unit, period=YEAR)
        assert alone == found(con, rollup, given)[unit, ""]

    @FEW
    @given(rows(), st.sampled_from(list(Rollup)), st.sampled_from(SCHOOLS))
    def test_a_branch_is_the_branch_of_the_batch(
        self, con: Connection, given: Told, rollup: Rollup, unit: str
    ) -> None:
        definition = defined(rollup)
        branch = recompute_branch(con, country(), definition, told(definition, given), unit=unit, period=YEAR)
        whole = found(con, rollup, given)
        above = country().above(unit)
        assert {(cell.unit, dict(cell.split).get("grade", "")): cell for cell in cells(branch)} == {
            key: cell for key, cell in whole.items() if key[0] in above
        }


class TestARatio:
    @FEW
    @given(rows())
    def test_the_parts_above_are_the_sums_of_the_parts_below(self, con: Connection, given: Told) -> None:
        cell = found(con, Rollup.RATIO, given)
        for above, below in (("city", ("a", "b", "c")), ("land", ("city", "town"))):
            parts = [cell[unit, ""] for unit in below if cell[unit, ""].numerator is not None]
            summed = sum(part.numerator or 0 for part in parts), sum(part.denominator or 0 for part in parts)
            if above == "land" and any(cell[unit, ""].told and not cell[unit, ""].numerator for unit in below):
                continue  # a percentage without parts stands at the town and does not roll up
            if parts:
                assert (cell[above, ""].numerator, cell[above, ""].denominator) == summed
            else:
                assert cell[above, ""].value is None


class TestTheSmallestAndTheLargest:
    @FEW
    @given(st.dictionaries(st.sampled_from(SCHOOLS), st.decimals(-100, 100, places=4), min_size=1))
    def test_they_hold_every_value_between_them(self, con: Connection, values: dict[str, Decimal]) -> None:
        given = [{"unit": unit, "period": YEAR, "on": LAST_DAY, "value": value} for unit, value in values.items()]
        low, high = (found(con, rollup, given)["land", ""].value for rollup in (Rollup.MIN, Rollup.MAX))
        assert (low, high) == (min(values.values()), max(values.values()))


class TestAShareOfUnits:
    @FEW
    @given(
        st.dictionaries(st.sampled_from(SCHOOLS), st.decimals(0, 100, places=2), min_size=1),
        st.decimals(0, 100, places=2),
    )
    def test_those_that_meet_a_limit_and_those_below_it_are_all(
        self, con: Connection, values: dict[str, Decimal], limit: Decimal
    ) -> None:
        given = [{"unit": unit, "period": YEAR, "on": LAST_DAY, "value": value} for unit, value in values.items()]
        met = 0
        for operator in (Operator.GTE, Operator.LT):
            definition = defined(Rollup.SHARE_OF_UNITS, limit=(operator, limit))
            (cell,) = cells(compute(con, country(), [definition], told(definition, given), units=["land"]))
            assert cell.denominator == len(values)
            met += int(cell.numerator or 0)
        assert met == len(values)
