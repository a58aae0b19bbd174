"""The demo: figures of invented schools that roll up, some protected, one line broken by another definition."""

from __future__ import annotations

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries, Settings

from luotsi.indicators.actions import demo
from luotsi.indicators.actions.demo import load_demo
from luotsi.indicators.models import Definition, Indicator, KeptForecast, Observation, Target
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.queries.outlook import outlook_of
from luotsi.indicators.rules.values import Mark, ObservationState
from luotsi.people.actions.demo import load_demo as load_people
from luotsi.people.models import Unit
from luotsi.people.queries.demo import REGION

pytestmark = pytest.mark.django_db


@pytest.fixture
def region(settings: Settings) -> Unit:
    """The region of the demo with its people; the figures are loaded by the test."""
    settings.LUOTSI_DEMO_STEPS = []
    load_people()
    return Unit.objects.get(key=REGION)


def test_it_tells_a_whole_story(region: Unit, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(620):
        assert load_demo()
    assert not load_demo()
    assert set(demo.REGION_KEYS) <= set(Indicator.objects.values_list("key", flat=True))
    mfa = Indicator.objects.get(key=demo.MFA)
    outlook = outlook_of(mfa, region)
    assert outlook.latest is not None
    assert outlook.latest.value is not None
    assert outlook.forecast is not None
    assert outlook.forecast.value is not None
    assert [target.value for target in outlook.targets] == [50, 90, 100]
    assert outlook.score.n >= 1
    figures = figures_of([mfa], region, below=True, periods=[outlook.latest.period])
    marks = {cell.mark for cell in figures.cells}
    assert {Mark.FIGURE, Mark.PROTECTED} <= marks
    assert _by_sql(mfa, outlook.latest.period, region) == (outlook.latest.numerator, outlook.latest.denominator)
    levels = Indicator.objects.get(key=demo.BASIC_LEVEL)
    assert {cell.version for cell in figures_of([levels], region).cells} == {1, 2}
    languages = Indicator.objects.get(key=demo.HELSINKI_BASIC_LEVEL)
    helsinki = Unit.objects.get(key="helsinki")
    assert {dict(split)["language"] for split in figures_of([languages], helsinki).splits(languages, helsinki)} == {
        "fi",
        "sv",
    }
    assert set(Observation.objects.values_list("state", flat=True)) == {
        ObservationState.APPROVED,
        ObservationState.SUBMITTED,
        ObservationState.DRAFT,
    }
    demo.clear_demo()
    assert not any(model.objects.exists() for model in (Observation, Target, KeptForecast, Definition))


def _by_sql(indicator: Indicator, period: str, region: Unit) -> tuple[object, object]:
    """Return the sums of numerators and denominators that stand in the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT SUM(told.numerator), SUM(told.denominator)
            FROM indicators_observation told JOIN people_unit unit ON unit.id = told.unit_id
            WHERE told.indicator_id = %s AND told.period = %s AND told.state = 'approved' AND unit.path LIKE %s
            """,
            [indicator.pk.hex if connection.vendor == "sqlite" else indicator.pk, period, f"{region.path}%"],
        )
        found: tuple[object, object] = cursor.fetchone()
    return found
