"""Pages of indicators: what they show to whom, and that they ask no more for many than for one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luotsi.indicators.actions.observations import record_approved
from luotsi.indicators.actions.targets import set_target
from luotsi.indicators.models import Indicator
from luotsi.indicators.tests.making import Followed, make_followed
from luotsi.indicators.tests.telling import OPEN, make_indicator, part, tell
from luotsi.people.models import Account, Unit
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import Cast, make_unit


@pytest.fixture
def followed(cast: Cast) -> Followed:
    return make_followed(cast)


def get(who: Account, name: str, unit: Unit, query: str = "", language: str = "en", **given: object) -> str:
    """Return the page as text; it must be there."""
    client = Client(headers={"accept-language": language})
    client.force_login(who)
    response = client.get(reverse(f"indicators:{name}", kwargs={"scope": unit.key, **given}) + query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def queries_of(who: Account, name: str, unit: Unit, **given: object) -> int:
    """Return how many queries the page takes once what it is made of is known."""
    client = Client()
    client.force_login(who)
    address = reverse(f"indicators:{name}", kwargs={"scope": unit.key, **given})
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


ONE_MORE = 1  # where the log has grown, one query sees that it is not about the table of units


class TestTheList:
    def test_it_shows_the_latest_figure_with_the_way_to_what_is_behind_it(
        self, cast: Cast, followed: Followed
    ) -> None:
        page = get(cast.celia, "list-indicators", cast.school)
        assert "75%" in page
        assert "period=2025" in page
        assert "95%" in page

    def test_it_names_the_verdict_in_a_word(self, cast: Cast, followed: Followed) -> None:
        page = get(cast.celia, "list-indicators", cast.school)
        assert "lu-state--" in page
        assert any(word in page for word in ("Will be reached", "At risk", "Falls short"))

    def test_it_narrows_by_verdict(self, cast: Cast, followed: Followed) -> None:
        make_indicator("without-target", cast.region)
        page = get(cast.aino, "list-indicators", cast.school, "?state=none")
        assert "without-target" in page
        assert "/signing-in/" not in page

    def test_it_leaves_out_what_has_been_retired_unless_asked(self, cast: Cast, followed: Followed) -> None:
        Indicator.objects.filter(pk=followed.indicator.pk).update(retired_on="2026-01-01")
        assert "/signing-in/" not in get(cast.aino, "list-indicators", cast.school)
        assert "/signing-in/" in get(cast.aino, "list-indicators", cast.school, "?state=retired")

    def test_the_file_holds_figures_as_numbers(self, cast: Cast, followed: Followed) -> None:
        lines = get(cast.aino, "list-indicators", cast.school, "?format=csv").splitlines()
        mine = next(line for line in lines if line.startswith("signing-in"))
        assert mine.split(";")[1] == "75"

    def test_only_a_coordinator_is_offered_to_define(self, cast: Cast, followed: Followed) -> None:
        address = reverse("indicators:define-indicator", args=[cast.school.key])
        assert address in get(cast.aino, "list-indicators", cast.school)
        assert address not in get(cast.celia, "list-indicators", cast.school)

    def test_it_asks_no_more_for_many_than_for_few(self, cast: Cast, followed: Followed) -> None:
        few = queries_of(cast.aino, "list-indicators", cast.school)
        for number in range(6):
            tell(make_indicator(f"more-{number}", cast.region, policy=OPEN), cast.school, "2025", 3, 4)
        assert queries_of(cast.aino, "list-indicators", cast.school) <= few + ONE_MORE


class TestTheIndicatorInDepth:
    def test_it_shows_figure_target_forecast_and_paces(self, cast: Cast, followed: Followed) -> None:
        page = get(cast.celia, "see-indicator", cast.school, key="signing-in")
        for words in ("75%", "95%", "Pace so far / needed", "Probability of reaching it", "range "):
            assert words in page

    def test_it_draws_the_picture_with_its_numbers_beneath(self, cast: Cast, followed: Followed) -> None:
        page = get(cast.celia, "see-indicator", cast.school, key="signing-in")
        assert page.count('class="wide"') == 1
        assert "Show the numbers" in page

    def test_it_tells_the_definition_and_who_decided_the_target(self, cast: Cast, followed: Followed) -> None:
        page = get(cast.celia, "see-indicator", cast.school, key="signing-in")
        assert "Esimerkkilautakunta" in page
        assert "numerator ÷ denominator × 100" in page

    def test_units_below_stand_by_need(self, cast: Cast, followed: Followed) -> None:
        tell(followed.indicator, cast.nokia, "2025", 10, 100)
        page = get(cast.aino, "see-indicator", cast.region, key="signing-in")
        table = page[page.index('id="by-unit"') :]
        assert table.index(">Nokia<") < table.index(">Tampere<")

    def test_those_at_the_region_alone_see_its_figure_but_no_unit(self, cast: Cast, followed: Followed) -> None:
        page = get(cast.gunilla, "see-indicator", cast.region, key="signing-in")
        assert "75%" in page
        assert 'id="by-unit"' not in page

    def test_a_small_group_is_hidden_also_in_the_chart(self, cast: Cast) -> None:
        indicator = make_indicator("few", cast.region)
        tell(indicator, cast.school, "2025", 2, 3)
        page = get(cast.celia, "see-indicator", cast.school, key="few")
        assert "hidden" in page
        assert "66" not in page[page.index("<main") :]

    def test_an_approximate_figure_is_marked(self, cast: Cast) -> None:
        indicator = make_indicator("about", cast.region, policy=OPEN)
        figures = part(33, 100, operator="approx")
        record_approved(indicator=indicator, unit=cast.school, period="2025", figures=figures, by=None)
        assert "≈\u00a033%" in get(cast.celia, "see-indicator", cast.school, key="about")

    def test_a_unit_without_a_target_is_held_to_the_one_above(self, cast: Cast, followed: Followed) -> None:
        tell(followed.indicator, cast.nokia, "2025", 10, 100)
        set_target(indicator=followed.indicator, unit=cast.region, period="2028", value=Decimal(80), by=cast.aino)
        assert "the target of the unit above" in get(cast.aino, "see-indicator", cast.nokia, key="signing-in")

    def test_it_says_why_there_is_nothing_yet(self, cast: Cast) -> None:
        make_indicator("new", cast.region)
        page = get(cast.bilal, "see-indicator", cast.school, key="new")
        assert "There is no figure yet." in page
        assert reverse("indicators:enter-observation", args=[cast.school.key]) in page

    def test_it_speaks_finnish_and_swedish(self, cast: Cast, followed: Followed) -> None:
        assert "Vauhti tähän asti" in get(cast.celia, "see-indicator", cast.school, key="signing-in", language="fi")
        assert "Takten hittills" in get(cast.celia, "see-indicator", cast.school, key="signing-in", language="sv")

    def test_it_asks_no_more_for_many_units_than_for_few(self, cast: Cast, followed: Followed) -> None:
        few = queries_of(cast.aino, "see-indicator", cast.tampere, key="signing-in")
        for number in range(6):
            unit = make_unit(Kind.INSTITUTION, cast.tampere, f"Esimerkkikoulu {number}")
            tell(followed.indicator, unit, "2025", 10 + number, 40)
            tell(followed.indicator, unit, "2024", 10 + number, 40)
        assert queries_of(cast.aino, "see-indicator", cast.tampere, key="signing-in") <= few + ONE_MORE


class TestComparingUnits:
    def test_it_shows_median_weighted_value_and_range(self, cast: Cast, followed: Followed) -> None:
        tell(followed.indicator, cast.nokia, "2025", 10, 100)
        page = get(cast.aino, "compare-units", cast.region, key="signing-in")
        weighted = Decimal(60 + 150 + 10) * 100 / (80 + 200 + 100)
        assert f"{weighted:.1f}%" in page
        assert "42.5%" in page

    def test_a_figure_of_another_version_stands_last_without_a_place(self, cast: Cast, followed: Followed) -> None:
        page = get(cast.aino, "compare-units", cast.tampere, "?period=2023", key="signing-in")
        assert "2023" in page

    def test_a_unit_that_has_told_nothing_stands_there_without_a_figure(self, cast: Cast, followed: Followed) -> None:
        make_unit(Kind.INSTITUTION, cast.tampere, "Hiljainen esimerkkikoulu")
        page = get(cast.aino, "compare-units", cast.tampere, "?period=2022", key="signing-in")
        assert "Hiljainen esimerkkikoulu" in page
        assert "missing" in page

    def test_the_file_tells_numerators_and_denominators(self, cast: Cast, followed: Followed) -> None:
        lines = get(cast.aino, "compare-units", cast.tampere, "?format=csv", key="signing-in").splitlines()
        assert any(line.startswith("Käpytikan esimerkkikoulu;75;60;80") for line in lines)

    def test_a_protected_unit_has_no_numbers_in_the_file(self, cast: Cast) -> None:
        indicator = make_indicator("few", cast.region)
        tell(indicator, cast.school, "2025", 2, 3)
        tell(indicator, cast.other_school, "2025", 50, 80)
        lines = get(cast.aino, "compare-units", cast.tampere, "?format=csv", key="few").splitlines()
        mine = next(line for line in lines if line.startswith("Käpytikan"))
        assert mine.split(";")[1:4] == ["", "", ""]
        assert "hidden" in mine
