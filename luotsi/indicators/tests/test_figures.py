"""Figures leave in one place: rolled up, protected as a block, the same for every question, new at once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from luotsi.indicators.actions.observations import approve, change_approved, submit
from luotsi.indicators.queries.api_figures import open_figures
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.rules.values import Mark, Policy
from luotsi.indicators.tests.telling import OPEN, make_indicator, part, tell
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


class TestRollingUp:
    def test_units_add_up_as_sums_of_numerators_by_sums_of_denominators(self, cast: Cast) -> None:
        share = make_indicator("share", cast.region, policy=OPEN)
        tell(share, cast.school, "2024", 30, 40)
        tell(share, cast.other_school, "2024", 10, 60)
        figures = figures_of([share], cast.region, below=True)
        for unit in (cast.tampere, cast.region):
            cell = figures.cell(share, unit, "2024")
            assert cell is not None
            assert [cell.numerator, cell.denominator, cell.value] == [40, 100, 40]
            assert (cell.reporting, cell.expected) == (2, 2)

    def test_a_change_is_seen_at_every_level_as_soon_as_it_is_approved(self, cast: Cast) -> None:
        share = make_indicator("share", cast.region, policy=OPEN)
        told = tell(share, cast.school, "2024", 30, 40)
        assert figures_of([share], cast.region).latest(share, cast.region).value == 75  # type: ignore[union-attr]
        draft = change_approved(observation=told, figures=part(20, 40), reason="Counted twice.", by=cast.aino)
        assert figures_of([share], cast.region).latest(share, cast.region).value == 75  # type: ignore[union-attr]
        approve(observation=submit(observation=draft, by=cast.aino), by=cast.aino)
        for unit in (cast.school, cast.tampere, cast.region):
            cell = figures_of([share], unit).latest(share, unit)
            assert cell is not None
            assert cell.value == Decimal(50)

    def test_a_unit_outside_the_block_is_never_in_it(self, cast: Cast) -> None:
        share = make_indicator("share", None, policy=OPEN)
        tell(share, cast.elsewhere, "2024", 1, 2)
        tell(share, cast.school, "2024", 1, 4)
        assert {cell.unit for cell in figures_of([share], cast.region, below=True).cells} <= {
            unit.pk.hex for unit in (cast.region, cast.tampere, cast.school, cast.other_school, cast.nokia)
        }
        cell = figures_of([share], cast.elsewhere).latest(share, cast.elsewhere)
        assert cell is not None
        assert cell.value == 50


class TestProtecting:
    def test_a_small_group_and_what_would_reveal_it_are_hidden_in_every_question(self, cast: Cast) -> None:
        share = make_indicator("share", cast.region)
        tell(share, cast.school, "2024", 2, 40)
        tell(share, cast.other_school, "2024", 30, 60)
        wide = figures_of([share], cast.region, below=True)
        small = wide.cell(share, cast.school, "2024")
        beside = wide.cell(share, cast.other_school, "2024")
        assert small is not None
        assert beside is not None
        assert small.mark is beside.mark is Mark.PROTECTED
        assert (small.value, small.numerator, small.denominator, small.persons) == (None, None, None, None)
        for unit in (cast.school, cast.other_school, cast.tampere, cast.region):
            assert figures_of([share], unit).cells == tuple(c for c in wide.cells if c.unit == unit.pk.hex)
            assert figures_of([share], unit, periods=["2024"]).cells == figures_of([share], unit).cells


class TestThePublic:
    def test_it_sees_less_of_a_survey_than_the_staff(self, cast: Cast) -> None:
        answers = make_indicator("answers", cast.region, policy=Policy.SURVEY)
        tell(answers, cast.school, "2024", 12, 30)
        staff = figures_of([answers], cast.tampere).latest(answers, cast.tampere)
        assert staff is not None
        assert staff.value == 40
        seen = {cell.mark for cell in open_figures(answers, cast.tampere).cells if cell.period == "2024"}
        assert seen == {Mark.PROTECTED}
