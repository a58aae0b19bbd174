"""What this room offers: the table of milestones, tasks, what the search finds, the entry of the menu."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.utils import translation

from luotsi.base.facts import ColumnKind
from luotsi.base.names import Names
from luotsi.indicators.models import Indicator
from luotsi.indicators.queries.figures import figures_of
from luotsi.people.models import Unit
from luotsi.people.tests.cast import Cast
from luotsi.programme.actions.clock import EventDetails, add_event
from luotsi.programme.actions.findings import FindingDetails, add_finding
from luotsi.programme.actions.milestones import Evidence, tell_state
from luotsi.programme.actions.plans import change_item
from luotsi.programme.facts import fact_tables
from luotsi.programme.models import Participation, Programme
from luotsi.programme.queries.menu import found_by, menu_entry
from luotsi.programme.rules import counted
from luotsi.programme.rules.values import Text
from luotsi.programme.tests.programmes import REGION, region_programme
from luotsi.programme.waiting import tasks_for

TODAY = date(2026, 11, 25)


@pytest.fixture
def programme(cast: Cast) -> Programme:
    """The programme of the region."""
    with time_machine.travel(TODAY):
        return region_programme(cast)


@pytest.fixture(autouse=True)
def on_the_day() -> object:
    """Hold the day still, and speak Finnish."""
    with time_machine.travel(TODAY), translation.override("fi"):
        yield


def done(programme: Programme, cast: Cast, day: date, measure: str = "M42", period: str = "2025-26") -> None:
    """Tell that Tampere has reached a milestone."""
    tell_state(
        programme=programme, measure=measure, period=period, unit=cast.tampere, state="done", done_on=day,
        evidence=Evidence(words="Raportti"), by=cast.daniel,
    )  # fmt: skip


def rows() -> list[dict[str, object]]:
    """Return the rows of the table by column."""
    table = next(one for one in fact_tables() if one.key == counted.TABLE)
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows()]


def let_see(unit: Unit, consent: str) -> None:
    """Write what a member lets the others see."""
    Participation.objects.filter(unit=unit).update(consent=consent)


class TestTheTableOfMilestones:
    def test_it_has_a_row_for_every_milestone_of_every_member(self, cast: Cast, programme: Programme) -> None:
        let_see(cast.tampere, "figures")
        let_see(cast.nokia, "figures")
        done(programme, cast, date(2026, 5, 4))
        found = rows()
        assert len(found) == 78
        assert Counter(row["state"] for row in found) == {"untold": 77, "done": 1}
        [row] = [row for row in found if row["is_done"]]
        assert (row["unit"], row["due_on"], row["section"], row["is_in_time"]) == (
            cast.tampere.pk, date(2026, 7, 31), "PP4", True,
        )  # fmt: skip
        assert len({row["record"] for row in found}) == 78

    def test_what_is_late_is_not_in_time(self, cast: Cast, programme: Programme) -> None:
        done(programme, cast, date(2026, 9, 1))
        assert [row["is_in_time"] for row in rows() if row["is_done"]] == [False]

    def test_members_that_stand_in_sums_only_are_told_at_the_owner(self, cast: Cast, programme: Programme) -> None:
        found = rows()
        assert (len(found), {row["unit"] for row in found}) == (78, {cast.region.pk})
        assert len({row["record"] for row in found}) == 78

    def test_a_single_one_of_them_is_told_nowhere(self, cast: Cast, programme: Programme) -> None:
        let_see(cast.tampere, "figures")
        assert {row["unit"] for row in rows()} == {cast.tampere.pk}

    def test_a_member_that_lets_nothing_be_seen_is_left_out(self, cast: Cast, programme: Programme) -> None:
        let_see(cast.tampere, "figures")
        let_see(cast.nokia, "none")
        assert {row["unit"] for row in rows()} == {cast.tampere.pk}

    def test_its_columns_are_those_of_a_table_of_days(self) -> None:
        table = next(one for one in fact_tables() if one.key == counted.TABLE)
        assert (table.key, table.policy, table.column_of(ColumnKind.DAY)) == (counted.TABLE, "open", "due_on")

    def test_the_share_is_the_one_that_is_counted_by_hand(self, cast: Cast, programme: Programme) -> None:
        done(programme, cast, date(2026, 5, 4))
        done(programme, cast, date(2026, 5, 4), measure="M11")
        tell_state(
            programme=programme, measure="M12", period="2025-26", unit=cast.nokia, state="cancelled",
            reason="Toteutui jo", by=cast.aino,
        )  # fmt: skip
        let_see(cast.tampere, "figures")
        let_see(cast.nokia, "figures")
        indicator = Indicator.objects.get(key=f"{REGION.lower()}-milestones")
        figures = figures_of([indicator], cast.region, below=True)
        whole = figures.cell(indicator, cast.region, "2025-26")
        own = figures.cell(indicator, cast.tampere, "2025-26")
        assert whole is not None
        assert own is not None
        assert (whole.numerator, whole.denominator) == (Decimal(2), Decimal(25))
        assert (own.numerator, own.denominator) == (Decimal(2), Decimal(13))

    def test_the_sum_counts_those_that_are_not_told_apart(self, cast: Cast, programme: Programme) -> None:
        done(programme, cast, date(2026, 5, 4))
        indicator = Indicator.objects.get(key=f"{REGION.lower()}-milestones")
        figures = figures_of([indicator], cast.region, below=True)
        whole = figures.cell(indicator, cast.region, "2025-26")
        assert whole is not None
        assert (whole.numerator, whole.denominator) == (Decimal(1), Decimal(26))
        own = figures.cell(indicator, cast.tampere, "2025-26")
        assert own is None or own.value is None


class TestTasks:
    def test_a_member_is_asked_for_what_is_late(self, cast: Cast, programme: Programme) -> None:
        [task] = [task for task in tasks_for(cast.daniel, cast.tampere) if "milestones" in task.key]
        assert "26" in task.title
        assert task.due == date(2025, 7, 31)
        assert f"/u/{cast.tampere.key}/programme/" in task.url

    def test_a_few_are_asked_for_one_by_one(self, cast: Cast, programme: Programme) -> None:
        for period in ("2024-25", "2025-26"):
            for measure in ("M11", "M12", "M13", "M14", "M21", "M22", "M31", "M32", "M41", "M42", "M43", "M44"):
                done(programme, cast, date(2025, 5, 5), measure, period)
        found = [task.title for task in tasks_for(cast.daniel, cast.tampere)]
        assert len(found) == 2
        assert all("M45" in title for title in found)

    def test_the_coordinator_is_asked_for_answers_drafts_and_events(self, cast: Cast, programme: Programme) -> None:
        finding = FindingDetails(text=Names(fi="Havainto"), section="PP1")
        add_finding(programme=programme, details=finding, by=cast.aino)
        change_item(programme=programme, code="M11", changes={"note": Text(fi="Täsmennys")}, by=cast.aino)
        event = EventDetails(title=Names(fi="Laitevertailu"), month=12, day=4)
        add_event(programme=programme, details=event, by=cast.aino)
        kinds = Counter(task.key.split(".")[1] for task in tasks_for(cast.aino, cast.region))
        assert kinds == {"milestones": 2, "finding": 1, "draft": 1, "event": 1}

    def test_a_measure_that_nobody_is_named_for_is_a_task(self, cast: Cast, programme: Programme) -> None:
        assert not [task for task in tasks_for(cast.aino, cast.region) if "ownerless" in task.key]

    def test_others_are_asked_for_nothing(self, cast: Cast, programme: Programme) -> None:
        assert tasks_for(cast.celia, cast.school) == []
        assert tasks_for(cast.farid, cast.elsewhere) == []


class TestSearch:
    def test_programmes_measures_and_milestones_are_found_in_any_language(
        self, cast: Cast, programme: Programme
    ) -> None:
        titles = [hit.title for hit in found_by(cast.celia, "flerfaktor")]
        assert titles == ["M42 Tietoturvariskit: monivaiheinen tunnistus"]
        assert [hit.title for hit in found_by(cast.aino, "sijaistunn")] == ["M44 Tietoturvariskit: sijaistunnukset"]
        assert found_by(cast.aino, REGION)[0].url.endswith(f"/programme/{programme.slug}/")

    def test_strangers_find_nothing(self, cast: Cast, programme: Programme) -> None:
        assert found_by(cast.farid, "digi") == []
        assert found_by(cast.aino, " ") == []

    def test_the_menu_leads_to_the_programmes_of_the_unit(self, cast: Cast) -> None:
        assert menu_entry(cast.aino, cast.region).url == f"/u/{cast.region.key}/programme/"
