"""The page of figures: every level, no person, small groups hidden, and no more queries with more learners."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from luotsi.base import clock
from luotsi.learning.actions.reference import load_reference
from luotsi.learning.models import Learner
from luotsi.learning.queries.figure_pages import figure_page
from luotsi.learning.tests.studied import Studied, begin_cohorts
from luotsi.people.models import Unit
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


def page_of(unit: Unit, client: Client) -> str:
    answer = client.get(reverse("learning:see-figures", args=[unit.key]))
    assert answer.status_code == 200
    return answer.content.decode()


class TestFigures:
    def test_every_level_has_its_figures_and_leads_down(self, cast: Cast, client: Client) -> None:
        Studied(cast).make(160)
        load_reference()
        client.force_login(cast.aino)
        region = page_of(cast.region, client)
        assert reverse("learning:see-figures", args=[cast.tampere.key]) in region
        assert reverse("learning:see-figures", args=[cast.nokia.key]) not in region.split("<main")[1]
        assert reverse("learning:see-figures", args=[cast.school.key]) in page_of(cast.tampere, client)
        page = figure_page(cast.school)
        assert [len(group.minis) for group in page.groups] == [6, 5, 2, 3]
        assert sum(bool(mini.figure) for group in page.groups for mini in group.minis) >= 8
        assert page.told_on == clock.today()
        assert {row.code for row in page.qualifications} == {"999901", "999902"}

    def test_no_learner_stands_in_it(self, cast: Cast, client: Client) -> None:
        Studied(cast).make(30)
        load_reference()
        client.force_login(cast.bilal)
        text = page_of(cast.school, client)
        for learner in Learner.objects.all():
            assert str(learner) not in text
            assert learner.oid not in text

    def test_figures_of_four_learners_are_hidden(self, cast: Cast) -> None:
        studied = Studied(cast)
        for _place in range(4):
            learner = studied.learner(cast.school)
            studied.right(learner, cast.school, f"{studied.number}8", clock.today(), "vocational")
        studied.make(0)
        load_reference()
        minis = {mini.key: mini for group in figure_page(cast.tampere).groups for mini in group.minis}
        assert minis["studies-plans-fresh"].figure == ""
        assert minis["studies-plans-fresh"].trace_url == ""

    def test_few_who_left_are_hidden_among_many(self, cast: Cast) -> None:
        begin_cohorts(cast, 2, 20, 2)
        Studied(cast).make(0)
        load_reference()
        minis = {mini.key: mini for group in figure_page(cast.school).groups for mini in group.minis}
        assert minis["studies-left"].figure == ""
        assert minis["studies-left"].parts == ""
        assert minis["studies-guidance-planned"].figure

    def test_where_nobody_studies_it_says_so(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.aino)
        assert "lu-empty" in page_of(cast.nokia, client)

    def test_more_learners_are_no_more_queries(
        self, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        Studied(cast).make(30)
        load_reference()
        figure_page(cast.region)
        with django_assert_max_num_queries(16):
            figure_page(cast.region)
