"""Answers to surveys offered to be counted: equal to hand-written SQL, and no more than the results tell."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.base.periods import PeriodKind
from luotsi.indicators.actions.definitions import DefinitionDetails, define_indicator
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.rules.values import PERCENT, Policy, Rollup
from luotsi.questionnaires.facts import answer_rows, fact_tables
from luotsi.questionnaires.tests.test_survey_results import settled

if TYPE_CHECKING:
    from luotsi.people.models import Unit
    from luotsi.people.tests.cast import Cast


def by_sql(unit: Unit, least: int) -> tuple[int, int]:
    """Return how many answered item a with a level or more, and how many answered it, under a unit."""
    sql = """
        SELECT sheet.answers FROM questionnaires_sheet sheet JOIN people_unit unit ON unit.id = sheet.unit_id
        WHERE unit.path LIKE %s
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"{unit.path}%"])
        levels = [json.loads(row[0])["m"]["a"] for row in cursor.fetchall()]
    return sum(level >= least for level in levels), len(levels)


class TestFacts:
    def test_they_have_the_columns_that_are_declared(self, cast: Cast) -> None:
        settled(cast)
        rows = list(answer_rows())
        assert {len(row) for row in rows} == {len(fact_tables()[0].columns)}
        assert {row[4] for row in rows} == {"m.a"}, "only items with a role are offered"
        assert len({row[0] for row in rows}) == len(rows) == 20

    def test_what_may_not_be_told_of_a_school_stands_with_the_unit_above(self, cast: Cast) -> None:
        settled(cast, (12, 3))
        assert {row[1] for row in answer_rows()} == {cast.tampere.pk}

    def test_an_indicator_counts_what_sql_counts(self, cast: Cast) -> None:
        settled(cast, (12, 8))
        details = DefinitionDetails(
            valid_from=date(2020, 1, 1),
            policy=Policy.SURVEY,
            unit_of_measure=PERCENT,
            factor=Decimal(100),
            rollup=Rollup.RATIO,
            period_kind=PeriodKind.MONTH,
            numerator=Names(fi="Itsenäisesti osaavat"),
            denominator=Names(fi="Vastanneet"),
            counting={
                "table": "survey_answers",
                "semantics": "during",
                "numerator": {"column": "record", "where": [["value", ">=", 3], ["role", "=", "skill"]]},
                "denominator": {"column": "record", "where": [["role", "=", "skill"]]},
            },
        )
        indicator = define_indicator(
            key="skilled", names=Names(fi="Osaavat"), details=details, owner=cast.region, by=cast.aino
        )
        month = f"{clock.today():%Y-%m}"
        found = figures_of([indicator], cast.region, below=True)
        for unit in (cast.tampere, cast.school, cast.other_school):
            cell = found.cell(indicator, unit, month)
            assert cell is not None
            assert [cell.numerator, cell.denominator] == list(by_sql(unit, 3)), unit
        assert by_sql(cast.tampere, 3) == (12, 20)


@pytest.mark.django_db
def test_nothing_is_offered_before_a_survey_is_settled(cast: Cast) -> None:
    assert list(answer_rows()) == []
