"""A coordinator gives the draft another shape: measures and milestones come and go, indicators are joined to items."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from luotsi.indicators.models import Indicator
from luotsi.people.models import Account
from luotsi.people.tests.cast import Cast
from luotsi.programme.models import Programme
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.shaping_pages import free_code
from luotsi.programme.rules.plan import Measure, coded
from luotsi.programme.tests.programmes import region_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return region_programme(cast)


def sent(by: Account, programme: Programme, name: str, *arguments: str, **data: object) -> HttpResponse:
    client = Client()
    client.force_login(by)
    url = reverse(f"programme:{name}", args=["tampereen-kaupunkiseutu", programme.slug, *arguments])
    return client.post(url, data, follow=True)  # type: ignore[return-value]


def draft_has(programme: Programme, code: str) -> bool:
    return code in coded(plan_of(programme, draft=True))


class TestMeasures:
    def test_a_new_one_goes_to_the_draft_with_the_next_free_code(self, cast: Cast, programme: Programme) -> None:
        assert free_code(programme, "PP1") == "M15"
        sent(cast.aino, programme, "add-measure", "PP1", code="M15", names_fi="Tekoälyn ohjeet")
        assert draft_has(programme, "M15")
        assert "M15" not in coded(plan_of(programme))

    def test_a_code_is_given_once(self, cast: Cast, programme: Programme) -> None:
        response = sent(cast.aino, programme, "add-measure", "PP1", code="M11", names_fi="Toinen")
        assert response.status_code == 422

    def test_one_without_a_name_is_asked_for_it(self, cast: Cast, programme: Programme) -> None:
        assert sent(cast.aino, programme, "add-measure", "PP1", code="M15").status_code == 422
        assert not draft_has(programme, "M15")

    def test_one_of_which_nothing_was_told_can_be_left_out(self, cast: Cast, programme: Programme) -> None:
        sent(cast.aino, programme, "add-measure", "PP1", code="M15", names_fi="Tekoälyn ohjeet")
        sent(cast.aino, programme, "remove-item", "M15")
        assert not draft_has(programme, "M15")

    def test_only_those_who_plan_may(self, cast: Cast, programme: Programme) -> None:
        response = sent(cast.gunilla, programme, "add-measure", "PP1", code="M15", names_fi="Tekoälyn ohjeet")
        assert response.status_code == 403


class TestMilestones:
    def test_one_is_left_out_and_added_again(self, cast: Cast, programme: Programme) -> None:
        sent(cast.aino, programme, "remove-item", "M11", period="2026-27")
        measure = coded(plan_of(programme, draft=True))["M11"]
        assert isinstance(measure, Measure)
        assert [item.period.key for item in measure.milestones] == ["2024-25", "2025-26"]
        sent(cast.aino, programme, "add-milestone", "M11", "2026-27", text_fi="Yksi tunnus käytössä")
        measure = coded(plan_of(programme, draft=True))["M11"]
        assert isinstance(measure, Measure)
        assert measure.milestones[-1].text.fi == "Yksi tunnus käytössä"

    def test_a_period_that_is_none_has_no_page(self, cast: Cast, programme: Programme) -> None:
        assert sent(cast.aino, programme, "add-milestone", "M11", "joskus", text_fi="x").status_code == 404


class TestIndicators:
    def test_they_are_joined_to_an_item_and_taken_off_again(self, cast: Cast, programme: Programme) -> None:
        key = Indicator.objects.get(key=f"{programme.slug}-milestones").key
        sent(cast.aino, programme, "link-indicators", "M11", indicators=[key])
        assert programme.indicator_links.filter(item="M11", indicator__key=key).exists()
        sent(cast.aino, programme, "link-indicators", "M11", indicators=[], csrfmiddlewaretoken="x")
        assert not programme.indicator_links.filter(item="M11").exists()

    def test_one_that_is_not_followed_there_cannot_be_chosen(self, cast: Cast, programme: Programme) -> None:
        assert sent(cast.aino, programme, "link-indicators", "M11", indicators=["unknown"]).status_code == 422
