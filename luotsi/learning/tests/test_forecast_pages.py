"""The page of forecasts: range first, naive line, errors of the past; no small cohort and no person."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from luotsi.learning.models import Learner
from luotsi.learning.queries.cohorts import Measure
from luotsi.learning.queries.forecast_pages import forecast_page
from luotsi.learning.tests.studied import begin_cohorts
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


class TestForecastPage:
    def test_open_cohorts_have_a_range_and_what_earlier_forecasts_missed(self, cast: Cast, client: Client) -> None:
        begin_cohorts(cast, 10, 20, 5)
        page = forecast_page(cast.tampere, Measure.LEFT, "")
        assert page.chart is not None
        assert page.past
        assert page.lines[0].range
        assert page.lines[0].naive == "25%"
        assert page.lines[0].learners == 20
        assert [line.title.text for line in page.qualifications] == ["Esimerkkialan perustutkinto"]
        assert {line.title for line in page.units if line.range} == {cast.school.names}
        client.force_login(cast.aino)
        text = client.get(reverse("learning:see-forecasts", args=[cast.tampere.key])).content.decode()
        assert page.lines[0].range in text
        assert not any(learner.oid in text for learner in Learner.objects.all())

    def test_completion_is_refused_with_its_reason_until_three_cohorts_are_closed(self, cast: Cast) -> None:
        begin_cohorts(cast, 7, 12, 3)
        page = forecast_page(cast.tampere, Measure.COMPLETED, "")
        assert page.chart is None
        assert page.lines
        assert all("three earlier" in line.refused for line in page.lines)

    def test_cohorts_of_fewer_than_ten_are_not_told(self, cast: Cast, client: Client) -> None:
        begin_cohorts(cast, 8, 9, 3)
        page = forecast_page(cast.tampere, Measure.LEFT, "")
        assert [(line.learners, line.range) for line in page.lines] == [(0, "")] * len(page.lines)
        assert page.past == ()

    def test_an_unknown_measure_or_qualification_is_no_fault(self, cast: Cast, client: Client) -> None:
        begin_cohorts(cast, 5, 12, 3)
        client.force_login(cast.bilal)
        url = reverse("learning:see-forecasts", args=[cast.school.key])
        assert client.get(f"{url}?measure=what&qualification=%27").status_code == 200
        assert client.get(f"{url}?measure=completed&qualification=999901").status_code == 200

    def test_more_cohorts_are_no_more_queries(
        self, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        begin_cohorts(cast, 10, 15, 4)
        with django_assert_max_num_queries(7):
            forecast_page(cast.tampere, Measure.LEFT, "")
