"""The surveys of the demo: two settled waves and one that is open, with invented answers of invented schools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luotsi.people.rules import Kind
from luotsi.people.tests.cast import make_unit
from luotsi.questionnaires.actions.demo.surveys import clear_surveys, load_surveys
from luotsi.questionnaires.models import Collection, Invitation, Published, Sheet
from luotsi.questionnaires.queries.surveys.results import results_page

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast


@pytest.fixture
def loaded(cast: Cast) -> Cast:
    """The demo's surveys at the cast's region, with some more schools."""
    for number in range(6):
        make_unit(Kind.INSTITUTION, cast.tampere, f"Kokeilun {number}. esimerkkikoulu")
    assert load_surveys()
    return cast


class TestTheDemo:
    def test_it_has_two_settled_waves_and_one_open(self, loaded: Cast) -> None:
        surveys = Collection.objects.surveys().order_by("opens_at")
        assert [(one.mode, one.settled_at is not None) for one in surveys] == [
            ("anonymous", True),
            ("anonymous", True),
            ("confidential", False),
        ]
        assert Invitation.objects.filter(collection=surveys[2], email="celia@luotsi.example", answered=False).exists()

    def test_skills_have_grown_from_wave_to_wave(self, loaded: Cast) -> None:
        last = Collection.objects.surveys().filter(settled_at__isnull=False).latest("opens_at")
        with CaptureQueriesContext(connection) as asked:
            page = results_page(loaded.aino, loaded.region, last, group="", against="", language="fi")
        assert page is not None
        waves = page.parts[0].rows[0].waves
        assert len(waves) == 2
        assert waves[0].mean is not None
        assert waves[1].mean is not None
        assert waves[0].mean < waves[1].mean
        assert len(asked) <= 14

    def test_it_is_loaded_once_and_can_be_taken_away(self, loaded: Cast) -> None:
        assert not load_surveys()
        clear_surveys()
        assert not Sheet.objects.exists()
        assert not Published.objects.exists()
