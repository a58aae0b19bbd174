"""Indicators of studies: each equal to SQL written by hand, at every level, today and earlier."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from luotsi.base import audit, clock, periods
from luotsi.indicators.models import Definition, Indicator
from luotsi.indicators.queries.fact_store import log_now, stored
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.queries.figures.blocks import Asked, raw_cells, versions_of
from luotsi.indicators.queries.figures.inputs import block_of, root_of
from luotsi.indicators.queries.offered import tables_offered
from luotsi.indicators.rules.values import Audience, Mark
from luotsi.learning.actions.reference import declared, load_reference
from luotsi.learning.facts.advance import guidance_rows
from luotsi.learning.models import GuidanceDeed, Learner
from luotsi.learning.rules import figures as keys
from luotsi.learning.rules.cohorts import Half, Horizon
from luotsi.learning.tests.sql_of_studies import BY_HAND, GIVEN, WHOLE
from luotsi.learning.tests.studied import Studied
from luotsi.people.models import Unit
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def studied(cast: Cast) -> Cast:
    """Learners of two schools, and the indicators of studies."""
    Studied(cast).make(60)
    load_reference()
    return cast


def by_hand(sql: str, unit: Unit, day: date, **more: Any) -> list[Decimal]:
    """Return numerator and denominator as the SQL counts them."""
    september = date(day.year if (day.month, day.day) >= (9, 20) else day.year - 1, 9, 20)
    given = {
        "path": f"{unit.path}%",
        "day": day,
        "year_before": day - timedelta(days=364),
        "fresh": day - timedelta(days=89),
        "settled": day - timedelta(days=60),
        "settled_before": day - timedelta(days=424),
        "last": september,
        "first": date(september.year - 1, 9, 20),
        **more,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [Decimal(str(one or 0)) for one in cursor.fetchone()]


def counted(key: str) -> dict[tuple[str, str], list[Decimal | None]]:
    """Return numerator and denominator by unit and period before protection; nobody is shown these."""
    indicator, now = Indicator.objects.get(key=key), log_now()
    asked = Asked(audience=Audience.STAFF, on=clock.today())
    units = block_of(root_of(Unit.objects.get(key="tampere")), stored("institutions", now).stamp.text)
    cells = raw_cells(versions_of([indicator]), units, asked, now)
    return {(cell.unit, cell.period): [cell.numerator, cell.denominator] for cell in cells if not cell.split}


def days_of(key: str) -> list[tuple[str, date]]:
    """Return the present period and earlier ones, with the day by which each is counted."""
    kind = periods.PeriodKind(Definition.objects.get(indicator__key=key).period_kind)
    here = periods.containing(clock.today(), kind)
    steps, found = (0, 1) if kind is periods.PeriodKind.CALENDAR_YEAR else (0, 4, 13), []
    for step in steps:
        one = here
        for _number in range(step):
            one = one.previous()
        found.append((one.key, min(one.end, clock.today())))
    return found


class TestCounting:
    @pytest.mark.parametrize("key", sorted(BY_HAND))
    def test_it_gives_what_sql_by_hand_gives(self, studied: Cast, key: str) -> None:
        cells, seen = counted(key), Decimal(0)
        for unit in (studied.region, studied.tampere, studied.school, studied.other_school):
            for period, day in days_of(key):
                wanted = by_hand(BY_HAND[key], unit, day)
                assert cells[unit.pk.hex, period] == wanted, (str(unit), period)
                seen += wanted[0]
        assert seen > 0

    def test_guidance_given_is_the_log_of_a_year_over_those_who_study(self, studied: Cast) -> None:
        today = clock.today()
        period = periods.containing(today, periods.PeriodKind.MONTH).key
        hours, learners = counted(keys.GUIDANCE_GIVEN)[studied.tampere.pk.hex, period]
        wanted = by_hand(GIVEN, studied.tampere, today)
        assert hours == pytest.approx(wanted[0], abs=Decimal("0.01"))
        assert learners == wanted[1]

    def test_a_meeting_of_twenty_minutes_is_a_third_of_an_hour_as_far_as_figures_are_kept(self, studied: Cast) -> None:
        GuidanceDeed.objects.update(minutes=20)
        given = [row[-1] for row in guidance_rows() if row[-1]]
        assert set(given) == {Decimal("0.3333")}
        assert counted(keys.GUIDANCE_GIVEN)

    @pytest.mark.parametrize(
        ("key", "years", "months"), [(keys.COMPLETED_3, 3, 0), (keys.COMPLETED_3_5, 3, 6), (keys.COMPLETED_4, 4, 0)]
    )
    def test_completion_is_of_the_half_years_whose_time_was_full_last(
        self, studied: Cast, key: str, years: int, months: int
    ) -> None:
        day = clock.today()
        half, full = Half.of(day), []
        horizon = Horizon(years, months)
        for _number in range(14):
            if day - timedelta(days=364) <= half.full_on(horizon) <= day:
                full.append(half)
            half = Half(half.year, 1) if half.half == 2 else Half(half.year - 1, 2)
        assert len(full) == 2
        rows = []
        for one in full:
            with connection.cursor() as cursor:
                cursor.execute(WHOLE, {"path": f"{studied.tampere.path}%"})
                rows += [(one, *row) for row in cursor.fetchall()]
        began, done = walked(rows, horizon)
        period = periods.containing(day, periods.PeriodKind.CALENDAR_YEAR).key
        assert counted(key)[studied.tampere.pk.hex, period] == [Decimal(len(done)), Decimal(len(began))]


def walked(rows: list[tuple[Any, ...]], horizon: Any) -> tuple[set[Any], set[Any]]:
    """Return who began anew in the half-years and who completed in time, walking each chain of rights by hand."""
    of_learner: dict[Any, dict[str, tuple[Any, ...]]] = {}
    for _half, learner, oid, starts, ends, state, renewed in rows:
        told = [
            value if value is None or isinstance(value, date) else date.fromisoformat(value)
            for value in (starts, ends)
        ]
        of_learner.setdefault(learner, {})[oid] = (*told, state, renewed)

    def after(rights: dict[str, tuple[Any, ...]], oid: str) -> str | None:
        _starts, ends, state, _renewed = rights[oid]
        near = [
            (abs((other[0] - ends).days), name)
            for name, other in rights.items()
            if name != oid
            and ends
            and state in ("eronnut", "katsotaaneronneeksi")
            and abs((other[0] - ends).days) <= 60
        ]
        return min(near)[1] if near else None

    began, done = set(), set()
    halves = {row[0] for row in rows}
    for learner, rights in of_learner.items():
        targets = {to for oid in rights if (to := after(rights, oid)) and (rights[to][0], to) > (rights[oid][0], oid)}
        for oid in rights:
            if oid in targets or not any(half.first <= rights[oid][0] <= half.last for half in halves):
                continue
            began.add(learner)
            here: str | None = oid
            seen = set()
            while here and here not in seen:
                seen.add(here)
                _starts, ends, state, _renewed = rights[here]
                if state == "valmistunut" and ends <= horizon.after(rights[oid][0]):
                    done.add(learner)
                here = after(rights, here)
    return began, done


class TestProtection:
    def test_fewer_than_five_learners_are_hidden_from_the_house_and_fewer_than_45_from_the_public(
        self, cast: Cast
    ) -> None:
        studied = Studied(cast)
        for _place in range(3):
            studied.right(studied.learner(cast.school), cast.school, f"{studied.number}9", clock.today(), "vocational")
        studied.make(40)
        load_reference()
        indicator = Indicator.objects.get(key=keys.LATE)
        staff = figures_of([indicator], cast.tampere).latest(indicator, cast.tampere)
        public = figures_of([indicator], cast.tampere, audience=Audience.PUBLIC).latest(indicator, cast.tampere)
        assert staff is not None
        assert public is not None
        assert staff.mark is Mark.FIGURE
        assert 5 <= (staff.persons or 0) < 45
        assert public.mark is Mark.PROTECTED

    def test_no_table_leaves_row_by_row_and_every_definition_is_protected_as_of_learners(self, cast: Cast) -> None:
        policies = {one.key: one.details.policy for one in declared()}
        assert policies.pop(keys.ENGAGED) == "survey", "it is made of what surveys tell"
        assert set(policies.values()) == {"learners"}
        mine = [table for key, table in tables_offered().items() if key.startswith("study_")]
        assert len(mine) == 10
        assert {table.policy for table in mine} == {"learners"}
        assert all(table.persons_seen for table in mine)

    def test_who_is_forgotten_leaves_the_tables(self, studied: Cast) -> None:
        before = stored("study_endings").rows
        Learner.objects.filter(pk__in=Learner.objects.values("pk")[:10]).delete()
        audit.record(by=None, verb="learning.learners.forgotten", target=Learner(), after={"count": 10})
        assert stored("study_endings").rows < before


class TestBringingUp:
    def test_nothing_is_declared_where_nobody_studies(self, cast: Cast) -> None:
        assert load_reference() == 0

    def test_it_writes_nothing_the_second_time(self, studied: Cast) -> None:
        assert load_reference() == 0
        assert Indicator.objects.filter(key__in=keys.EVERY).count() == len(keys.EVERY) == len(declared())
