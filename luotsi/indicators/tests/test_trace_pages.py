"""What is behind a figure: the same as a page and as a drawer, for whom, and where it ends."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from luotsi.indicators.tests.making import Followed, make_followed
from luotsi.indicators.tests.telling import make_indicator, tell
from luotsi.people.models import Account, Unit
from luotsi.people.tests.cast import Cast

DRAWER = {"HX-Request": "true", "HX-Target": "drawer"}


@pytest.fixture
def followed(cast: Cast) -> Followed:
    return make_followed(cast)


def ask(
    who: Account, unit: Unit, query: str = "", key: str = "signing-in", headers: dict[str, str] | None = None
) -> tuple[int, str]:
    """Return status and text of the trace of a figure."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(who)
    address = reverse("indicators:see-trace", args=[unit.key, key]) + query
    response = client.get(address, headers=headers or {})
    return response.status_code, response.content.decode()


class TestThePath:
    def test_it_leads_from_numerator_and_denominator_to_the_value(self, cast: Cast, followed: Followed) -> None:
        _status, page = ask(cast.celia, cast.school, "?period=2025")
        assert "<b>60</b>" in page
        assert "<b>80</b>" in page
        assert "<b>75%</b>" in page

    def test_without_a_period_it_is_of_the_latest_figure(self, cast: Cast, followed: Followed) -> None:
        assert "<b>75%</b>" in ask(cast.celia, cast.school)[1]

    def test_counting_again_gives_the_same(self, cast: Cast, followed: Followed) -> None:
        _status, page = ask(cast.celia, cast.school, "?period=2025&again=yes")
        assert "Counted again just now: 75%, the same." in page

    def test_a_drawer_holds_the_same_without_the_page_around(self, cast: Cast, followed: Followed) -> None:
        _status, page = ask(cast.celia, cast.school, "?period=2025", headers=DRAWER)
        assert "<b>75%</b>" in page
        assert "<html" not in page
        assert 'id="drawer-title"' in page


class TestWhoSeesWhat:
    def test_those_who_enter_see_the_entered_figures(self, cast: Cast, followed: Followed) -> None:
        assert "Entered figure" in ask(cast.bilal, cast.school, "?period=2025")[1]

    def test_others_see_the_figure_and_are_told_why_not_more(self, cast: Cast, followed: Followed) -> None:
        _status, page = ask(cast.celia, cast.school, "?period=2025")
        assert "Entered figure" not in page
        assert "Your role shows the figure but not the single records behind it." in page

    def test_a_protected_figure_has_no_number_anywhere(self, cast: Cast) -> None:
        tell(make_indicator("few", cast.region), cast.school, "2025", 2, 3)
        _status, page = ask(cast.celia, cast.school, "?period=2025", key="few")
        assert "The group is small" in page
        assert "<b>2</b>" not in page

    def test_a_unit_that_the_reader_does_not_see_is_not_there(self, cast: Cast, followed: Followed) -> None:
        assert ask(cast.gunilla, cast.region, f"?unit={cast.school.pk.hex}&period=2025")[0] == 404

    def test_a_unit_that_is_not_below_is_not_there(self, cast: Cast, followed: Followed) -> None:
        assert ask(cast.aino, cast.school, f"?unit={cast.nokia.pk.hex}&period=2025")[0] == 404

    @pytest.mark.parametrize("query", ["?period=never", "?period=2025&unit=x", "?period=2025&first=-1"])
    def test_an_address_that_names_no_figure_leads_nowhere(self, cast: Cast, followed: Followed, query: str) -> None:
        assert ask(cast.aino, cast.school, query)[0] == 404


class TestTheFile:
    def test_it_holds_every_entered_figure_with_its_unit(self, cast: Cast, followed: Followed) -> None:
        status, text = ask(cast.aino, cast.tampere, "?period=2025&format=csv")
        assert status == 200
        assert text.count("Entered figure") == 2
        assert "Saukon esimerkkikoulu" in text
