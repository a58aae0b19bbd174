"""The page of forecasts: range first, naive line, errors of the past; no small cohort and no person."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from luotsi.base import clock
from luotsi.indicators.models import Indicator
from luotsi.learning.actions.reference import load_reference
from luotsi.learning.models import Caseload, GuidanceSwitch, Learner, StudyRight
from luotsi.learning.queries.cohorts import Measure
from luotsi.learning.queries.forecast_pages import forecast_page
from luotsi.learning.rules import figures as keys
from luotsi.learning.rules.cohorts import Half
from luotsi.learning.tests.studied import begin_cohorts
from luotsi.people.tests.cast import Cast
from luotsi.programme.models import IndicatorLink
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.rules.plan import Measure as PlanMeasure
from luotsi.programme.rules.plan import coded
from luotsi.programme.tests.programmes import region_programme

pytestmark = pytest.mark.django_db


class TestForecastPage:
    def test_open_cohorts_have_a_range_and_what_earlier_forecasts_missed(self, cast: Cast, client: Client) -> None:
        begin_cohorts(cast, 10, 20, 5)
        page = forecast_page(cast.aino, cast.tampere, Measure.LEFT, "")
        assert page.chart is not None
        assert page.past
        assert page.lines[0].range
        assert page.lines[0].naive == "25%"
        assert page.lines[0].learners == 20
        told = page.lines[0].so_far
        assert page.lines[0].made.startswith(f"{told} so far; of the ") is (told != "hidden")
        assert [line.title.text for line in page.qualifications] == ["Esimerkkialan perustutkinto"]
        assert {line.title for line in page.units if line.range} == {cast.school.names}
        client.force_login(cast.aino)
        text = client.get(reverse("learning:see-forecasts", args=[cast.tampere.key])).content.decode()
        assert page.lines[0].range in text
        assert not any(learner.oid in text for learner in Learner.objects.all())

    def test_completion_is_refused_with_its_reason_until_three_cohorts_are_closed(self, cast: Cast) -> None:
        begin_cohorts(cast, 7, 12, 3)
        page = forecast_page(cast.aino, cast.tampere, Measure.COMPLETED, "")
        assert page.chart is None
        assert page.lines
        assert all("three earlier" in line.refused for line in page.lines)

    def test_cohorts_of_fewer_than_ten_are_not_told(self, cast: Cast, client: Client) -> None:
        begin_cohorts(cast, 8, 9, 3)
        page = forecast_page(cast.aino, cast.tampere, Measure.LEFT, "")
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
        with django_assert_max_num_queries(15):
            forecast_page(cast.aino, cast.tampere, Measure.LEFT, "")


class TestChanges:
    def changed(self, cast: Cast) -> list[tuple[int, str]]:
        """Return what has changed at the provider, numbered, as the page of its coordinator tells it."""
        page = forecast_page(cast.aino, cast.tampere, Measure.LEFT, "")
        return [(one.number, one.words) for one in page.changes]

    def test_what_a_reader_must_know_is_numbered_by_its_day(self, cast: Cast, client: Client) -> None:
        begin_cohorts(cast, 10, 30, 8)
        today = clock.today()
        Caseload.objects.create(
            counsellor=cast.celia.person, unit=cast.school, slots=5, since=today - timedelta(days=300)
        )
        for days, mode in ((200, "rules"), (20, "off")):
            at = clock.now() - timedelta(days=days)
            GuidanceSwitch.objects.create(provider=cast.tampere, mode=mode, at=at, reason="Kokeilu")
        assert [number for number, _words in self.changed(cast)] == [1, 2, 3]
        page = forecast_page(cast.aino, cast.tampere, Measure.LEFT, "")
        assert page.chart is not None
        assert page.chart.headers[-1] == "Changes"
        assert sorted(", ".join(str(row[-1]) for row in page.chart.rows if row[-1]).split(", ")) == ["1", "2", "3"]
        client.force_login(cast.aino)
        address = reverse("learning:see-forecasts", args=[cast.tampere.key])
        text = client.get(address, headers={"accept-language": "en"}).content.decode()
        assert "What has changed meanwhile" in text
        assert "What orders caseloads was switched to: Nothing." in text
        assert cast.celia.person.family_name not in text.split("<main")[1]

    def test_moves_to_renewed_requirements_are_told_of_five_learners_or_more(self, cast: Cast) -> None:
        begin_cohorts(cast, 10, 30, 8)
        by_half = defaultdict(list)
        for one in StudyRight.objects.filter(state="eronnut", ends_on__isnull=False):
            by_half[Half.of(one.ends_on or clock.today())].append(one)
        same = max(by_half.values(), key=len)
        assert len(same) >= 5
        StudyRight.objects.filter(pk__in=[one.pk for one in same[:4]]).update(renewed=True)
        assert self.changed(cast) == []
        StudyRight.objects.filter(pk=same[4].pk).update(renewed=True)
        assert len(self.changed(cast)) == 1
        assert not forecast_page(cast.aino, cast.other_school, Measure.LEFT, "").changes

    def test_a_measure_of_a_programme_is_told_where_it_aims_at_what_is_foreseen(self, cast: Cast) -> None:
        begin_cohorts(cast, 10, 30, 8)
        load_reference()
        programme = region_programme(cast)
        begun = next(one for one in coded(plan_of(programme)).values() if isinstance(one, PlanMeasure))
        left = Indicator.objects.get(key=keys.LEFT)
        IndicatorLink.objects.create(programme=programme, item=begun.code, indicator=left)
        page = forecast_page(cast.aino, cast.region, Measure.LEFT, "")
        assert [(begun.code in one.url, one.day) for one in page.changes] == [(True, programme.starts_on)]
        assert begun.names.fi in page.changes[0].words or begun.names.en in page.changes[0].words

    def test_cohorts_in_which_few_left_are_in_no_picture(self, cast: Cast) -> None:
        begin_cohorts(cast, 10, 40, 2)
        page = forecast_page(cast.aino, cast.tampere, Measure.LEFT, "")
        assert page.chart is not None
        assert page.past == ()
        assert page.lines[0].naive == "hidden"
        assert [row[1] for row in page.chart.rows] == [None]
