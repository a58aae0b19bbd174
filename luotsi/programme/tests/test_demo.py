"""The demo: both programmes complete, states for every municipality, the same ones every time."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.utils import translation

from luotsi.base.models import AuditEntry
from luotsi.base.names import Names
from luotsi.indicators.actions import demo as indicators
from luotsi.indicators.actions.definitions import DefinitionDetails, define_indicator
from luotsi.indicators.models import Observation
from luotsi.people.models import Account, Unit
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import Cast, make_unit
from luotsi.programme.actions import demo
from luotsi.programme.models import (
    ClockEvent,
    Finding,
    IndicatorLink,
    MilestoneState,
    Participation,
    PlanVersion,
    Programme,
)
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.overview import programme_overview
from luotsi.programme.rules.differences import difference
from luotsi.programme.rules.states import State
from luotsi.programme.tests.programmes import CITY, REGION, packaged

TODAY = date(2026, 11, 25)


OTHERS = {
    "211": "Kangasala",
    "418": "Lempäälä",
    "562": "Orivesi",
    "604": "Pirkkala",
    "922": "Vesilahti",
    "980": "Ylöjärvi",
}


@pytest.fixture
def loaded(cast: Cast) -> Programme:
    """The programmes of the demo, as on a day in November, at the units that the demo has; that of the region."""
    for number, name in OTHERS.items():
        make_unit(Kind.PROVIDER, cast.region, name, municipality_number=number)
    make_unit(Kind.PROVIDER, None, "Helsinki", municipality_number="091", valid_from=date(2009, 1, 1))
    for key, owner in (("tre-mfa", cast.region), ("hki-basic-level", Unit.objects.get(key="helsinki"))):
        details = DefinitionDetails(valid_from=date(2020, 1, 1), unit_of_measure="percent", factor=Decimal(100))
        define_indicator(key=key, owner=owner, names=Names(fi=key), details=details, by=None)
    with time_machine.travel(TODAY), translation.override("fi"):
        assert demo.load_demo()
    return Programme.objects.get(key=REGION)


class TestTheDemo:
    def test_both_programmes_are_whole(self, loaded: Programme) -> None:
        city = Programme.objects.get(key=CITY)
        assert (city.owner.key, city.is_public, loaded.owner.key) == ("helsinki", True, "tampereen-kaupunkiseutu")
        assert plan_of(city) == packaged(CITY)
        assert Finding.objects.filter(programme=city).count() == 18
        assert Observation.objects.filter(indicator__code="I2").count() == 1

    def test_every_municipality_has_told_and_consented(self, loaded: Programme) -> None:
        taking = Participation.objects.filter(programme=loaded)
        assert Counter(one.consent for one in taking) == {"figures": 4, "sums": 3, "none": 1}
        told = MilestoneState.objects.current().filter(programme=loaded)
        assert {row.unit_id for row in told} == {one.unit_id for one in taking}
        assert 200 < told.count() < 8 * 39
        assert not told.filter(state="done", done_on__gt=TODAY).exists()
        assert not told.filter(period="2026-27", state="done", done_on=None).exists()

    def test_the_school_years_stand_as_one_would_expect(self, loaded: Programme) -> None:
        with time_machine.travel(TODAY):
            aino = Account.objects.get(email="aino@luotsi.example")
            shown = programme_overview(aino, loaded, loaded.owner, TODAY)
        by_year: dict[str, Counter[State]] = {"2024-25": Counter(), "2025-26": Counter(), "2026-27": Counter()}
        for block in shown.sections:
            for line in block.measures:
                for cell in line.cells:
                    by_year[cell.period].update(unit.judged.state for unit in cell.units)
        total = 8 * 13
        assert {sum(found.values()) for found in by_year.values()} == {total}
        assert by_year["2024-25"][State.DONE] > 0.65 * total
        assert 0.3 * total < by_year["2025-26"][State.DONE] < 0.8 * total
        assert by_year["2025-26"][State.LATE] > 10
        assert by_year["2026-27"][State.LATE] == 0
        assert by_year["2026-27"][State.RUN] + by_year["2026-27"][State.NONE] > 0.6 * total

    def test_the_second_version_has_a_readable_change(self, loaded: Programme) -> None:
        first, second = PlanVersion.objects.filter(programme=loaded).order_by("number")
        changes = difference(plan_of(loaded, first), plan_of(loaded, second))
        assert {(change.deed, change.path) for change in changes} == {
            ("changed", "M42 2025-26"), ("changed", "M31 2026-27"), ("changed", "R1"), ("added", "R5"),
        }  # fmt: skip
        assert first.published_at is not None
        assert second.published_at is not None
        assert first.published_at < second.published_at
        assert second.approved_by

    def test_the_clock_has_its_events_and_findings_are_of_every_kind(self, loaded: Programme) -> None:
        assert ClockEvent.objects.filter(programme=loaded).count() >= 8
        found = Finding.objects.filter(programme=loaded)
        assert (found.open().count(), found.unanswered().count(), found.exclude(closed_on=None).count()) == (2, 1, 1)

    def test_it_is_loaded_once_and_is_the_same_every_time(self, loaded: Programme) -> None:
        def states() -> list[tuple[object, ...]]:
            rows = MilestoneState.objects.order_by("measure", "period", "unit__key", "told_at")
            return list(rows.values_list("measure", "period", "unit__key", "state", "done_on", "reason", "words"))

        before = states()
        with time_machine.travel(TODAY):
            assert not demo.load_demo()
            demo.clear_demo()
            assert not Programme.objects.exists()
            assert not MilestoneState.objects.exists()
            indicators.clear_demo()
            assert demo.load_demo()
        assert states() == before
        assert AuditEntry.objects.filter(verb="programme.demo.loaded").count() == 2

    def test_measures_are_linked_to_the_indicators_of_the_demo(self, loaded: Programme) -> None:
        keys = dict(IndicatorLink.objects.filter(item="M42").values_list("item", "indicator__key"))
        assert keys == {"M42": "tre-mfa"}

    def test_what_a_real_programme_is_followed_by_is_its_own_eight_indicators(self, loaded: Programme) -> None:
        linked = IndicatorLink.objects.filter(programme__key=CITY).values_list("indicator__code", flat=True)
        assert {code for code in linked if code} == {f"I{number}" for number in range(1, 9)}
        assert not IndicatorLink.objects.filter(programme__key=CITY, indicator__key="hki-basic-level").exists()
