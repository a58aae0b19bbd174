"""Figures of a plan: what is kept of each indicator, source by source, and what is left as a gap."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base.periods import PeriodKind
from luotsi.programme.rules.observed import Observed, is_approximate, observed, period_of
from luotsi.programme.rules.values import Operator, span
from luotsi.programme.tests.programmes import CITY, packaged
from luotsi.programme.tests.sound import SOUND, damaged, plan_of


def found_in(text: str) -> dict[str, Observed]:
    """Return the figures of a plan by the code of what told them."""
    return {item.code: item for item in observed(plan_of(text)).figures}


class TestShares:
    def test_a_share_is_kept_as_numerator_and_denominator(self) -> None:
        told = found_in(SOUND)["F4"]
        assert (told.numerator, told.denominator, told.value, told.operator) == (
            Decimal(100), Decimal(200), None, Operator.EQ,
        )  # fmt: skip

    def test_the_same_share_from_a_formula_is_not_kept_twice(self) -> None:
        assert set(found_in(SOUND)) == {"F4"}

    def test_another_share_of_the_same_time_stands_beside_it(self) -> None:
        told = found_in(damaged("formula: F1 / 200 * 100", "formula: F1 / 150 * 100"))["J2"]
        assert told.split == {"source": "j2"}

    @given(st.decimals("0.1", 100, places=1))
    def test_the_whole_follows_from_part_and_share_and_is_approximate(self, share: Decimal) -> None:
        text = damaged("    denominator: 200\n    population: ALL\n", "").replace("value: 50\n", f"value: {share}\n")
        told = found_in(text)["F4"]
        assert told.denominator is not None
        assert told.operator == Operator.APPROX
        assert abs(Decimal(100) / told.denominator * 100 - share) < Decimal("0.01")


class TestTheCity:
    def test_what_is_kept(self) -> None:
        kept = {item.code: (item.indicator, item.period) for item in observed(packaged(CITY)).figures}
        assert kept == {
            "F006": ("I3", "2016"),
            "F031": ("I1", "2017"),
            "F048": ("I5", "2016-17"),
            "F080": ("I7", "2017"),
            "J6": ("I2", "2017"),
            "J7": ("I3", "2017"),
        }

    def test_what_rests_on_a_rounded_share_is_approximate(self) -> None:
        plan = packaged(CITY)
        loose = {item.code for item in plan.derived if is_approximate(item, plan)}
        assert loose == {"J2", "J3", "J4", "J5", "J6", "J7", "J8"}

    def test_gaps_name_their_observations(self) -> None:
        assert [(gap.code, gap.about) for gap in observed(packaged(CITY)).gaps] == [
            ("observation.number", "F025"),
            ("observation.unit", "F036"),
            ("observation.unit", "F060"),
        ]


class TestTimes:
    @pytest.mark.parametrize(
        ("key", "kind", "wanted"),
        [
            ("2017", PeriodKind.CALENDAR_YEAR, "2017"),
            ("2016-11", PeriodKind.CALENDAR_YEAR, "2016"),
            ("2017-02/2017-03", PeriodKind.CALENDAR_YEAR, "2017"),
            ("2016-17", PeriodKind.SCHOOL_YEAR, "2016-17"),
            ("2016-17", PeriodKind.CALENDAR_YEAR, None),
            ("2016/2017", PeriodKind.CALENDAR_YEAR, None),
            ("2017/", PeriodKind.CALENDAR_YEAR, None),
        ],
    )
    def test_a_span_is_a_period_when_it_lies_in_one(self, key: str, kind: PeriodKind, wanted: str | None) -> None:
        found = period_of(span(key), kind)
        assert (found.key if found else None) == wanted
