"""Observations: draft, submitted, approved and locked; a change is a new version with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.indicators.actions.definitions import retire
from luotsi.indicators.actions.observations import (
    NewObservation,
    ObservationFigures,
    ObservationRefused,
    approve,
    approve_many,
    change_approved,
    change_draft,
    discard,
    enter,
    record_many,
    send_back,
    submit,
    submit_many,
)
from luotsi.indicators.actions.targets import set_target
from luotsi.indicators.models import Indicator, KeptForecast, Observation
from luotsi.indicators.rules.values import Mark, ObservationState, Operator, Rollup
from luotsi.indicators.tests.telling import OPEN, details, make_indicator, part, tell
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(cast: Cast) -> Indicator:
    """A share that the region follows by calendar year."""
    return make_indicator("share", cast.region)


def entered(share: Indicator, cast: Cast, **given: object) -> Observation:
    return enter(indicator=share, unit=cast.school, period="2024", figures=part(30, 40, **given), by=cast.bilal)


class TestEntering:
    def test_it_is_a_draft_with_its_value_and_an_audit_row(self, cast: Cast, share: Indicator) -> None:
        draft = entered(share, cast, source="Kysely", source_place="s. 4")
        assert (draft.state, draft.version, draft.entered_by) == (ObservationState.DRAFT, 1, cast.bilal)
        assert [draft.value, draft.persons] == [75, 40]
        row = AuditEntry.objects.latest("seq")
        assert (row.verb, row.unit_id) == ("indicators.observation.entered", cast.school.pk)

    def test_null_and_zero_differ(self, cast: Cast, share: Indicator) -> None:
        zero = enter(indicator=share, unit=cast.school, period="2024", figures=part(0, 40), by=None)
        none = enter(
            indicator=share, unit=cast.school, period="2023", figures=ObservationFigures(mark=Mark.MISSING), by=None
        )
        assert zero.value == 0
        assert none.value is None

    def test_words_are_kept_as_approximate(self, cast: Cast, share: Indicator) -> None:
        told = ObservationFigures(value=Decimal(30), operator=Operator.APPROX, words="lähes kolmannes")
        draft = enter(indicator=share, unit=cast.school, period="2024", figures=told, by=None)
        assert (draft.operator, draft.words) == (Operator.APPROX, "lähes kolmannes")

    @pytest.mark.parametrize(
        ("figures", "field"),
        [
            (part(41, 40), "numerator"),
            (part(1, 0), "denominator"),
            (part(-1, 40), "numerator"),
            (ObservationFigures(), "value"),
            (ObservationFigures(value=Decimal(101)), "value"),
            (ObservationFigures(value=Decimal(10) ** 15, operator=Operator.GTE), "value"),
            (replace(part(30, 40), value=Decimal(74)), "value"),
            (ObservationFigures(mark=Mark.PROTECTED), "mark"),
            (ObservationFigures(mark=Mark.MISSING, value=Decimal(1)), "mark"),
        ],
    )
    def test_it_refuses_what_cannot_be_true(
        self, cast: Cast, share: Indicator, figures: ObservationFigures, field: str
    ) -> None:
        with pytest.raises(ObservationRefused) as refused:
            enter(indicator=share, unit=cast.school, period="2024", figures=figures, by=None)
        assert field in {reason.field for reason in refused.value.reasons}
        assert not Observation.objects.exists()

    @pytest.mark.parametrize("period", ["soon", "2024-25", "2999", "2019", "2024-13"])
    def test_it_refuses_periods_that_do_not_fit(self, cast: Cast, share: Indicator, period: str) -> None:
        with pytest.raises(ObservationRefused) as refused:
            enter(indicator=share, unit=cast.school, period=period, figures=part(3, 4), by=None)
        assert {reason.field for reason in refused.value.reasons} == {"period"}

    def test_it_refuses_a_unit_outside_the_owner_and_a_split_that_is_not_followed(
        self, cast: Cast, share: Indicator
    ) -> None:
        with pytest.raises(ObservationRefused):
            enter(indicator=share, unit=cast.elsewhere, period="2024", figures=part(3, 4), by=None)
        with pytest.raises(ObservationRefused):
            enter(indicator=share, unit=cast.school, period="2024", figures=part(3, 4), split={"age": "1"}, by=None)

    def test_it_refuses_a_second_draft_and_one_beside_an_approved_figure(self, cast: Cast, share: Indicator) -> None:
        entered(share, cast)
        with pytest.raises(ObservationRefused):
            entered(share, cast)
        tell(share, cast.other_school, "2024", 3, 4)
        with pytest.raises(ObservationRefused):
            enter(indicator=share, unit=cast.other_school, period="2024", figures=part(1, 2), by=None)

    def test_it_refuses_counted_and_retired_indicators(self, cast: Cast, share: Indicator) -> None:
        counting = {"table": "institutions", "numerator": {"where": []}}
        counted = make_indicator("counted", cast.region, counting=counting, rollup=Rollup.SUM, policy=OPEN)
        with pytest.raises(ObservationRefused):
            enter(indicator=counted, unit=cast.school, period="2024", figures=part(3, 4), by=None)
        retire(indicator=share, last_day=clock.today() - timedelta(days=4000), reason="Over.", by=None)
        with pytest.raises(ObservationRefused):
            entered(share, cast)


class TestMoving:
    def test_it_goes_from_draft_to_approved(self, cast: Cast, share: Indicator) -> None:
        handed = submit(observation=entered(share, cast), by=cast.bilal)
        approved = approve(observation=handed, by=cast.aino)
        assert (approved.state, approved.approved_by) == (ObservationState.APPROVED, cast.aino)
        assert approved.approved_at is not None

    def test_a_step_cannot_be_left_out_or_taken_twice(self, cast: Cast, share: Indicator) -> None:
        draft = entered(share, cast)
        with pytest.raises(ObservationRefused):
            approve(observation=draft, by=cast.aino)
        submit(observation=draft, by=cast.bilal)
        with pytest.raises(ObservationRefused):
            submit(observation=draft, by=cast.bilal)
        with pytest.raises(ObservationRefused):
            change_draft(observation=draft, figures=part(1, 40), by=cast.bilal)

    def test_sending_back_needs_a_reason_that_stands_in_the_log(self, cast: Cast, share: Indicator) -> None:
        handed = submit(observation=entered(share, cast), by=cast.bilal)
        with pytest.raises(ObservationRefused):
            send_back(observation=handed, reason=" ", by=cast.aino)
        back = send_back(observation=handed, reason="Wrong year.", by=cast.aino)
        assert (back.state, back.submitted_at) == (ObservationState.DRAFT, None)
        assert AuditEntry.objects.latest("seq").reason == "Wrong year."

    def test_a_draft_can_be_changed_and_thrown_away(self, cast: Cast, share: Indicator) -> None:
        draft = change_draft(observation=entered(share, cast), figures=part(10, 40), by=cast.bilal)
        assert draft.value == 25
        before = AuditEntry.objects.count()
        change_draft(observation=draft, figures=part(10, 40), by=cast.bilal)
        assert AuditEntry.objects.count() == before
        discard(observation=draft, by=cast.bilal)
        assert not Observation.objects.exists()


class TestChangingWhatWasApproved:
    def test_it_is_a_new_version_that_takes_its_place_when_approved(self, cast: Cast, share: Indicator) -> None:
        old = tell(share, cast.school, "2024", 30, 40)
        draft = change_approved(observation=old, figures=part(20, 40), reason="Two were counted twice.", by=cast.aino)
        old.refresh_from_db()
        assert (old.state, draft.version, draft.replaces) == (ObservationState.APPROVED, 2, old)
        approve(observation=submit(observation=draft, by=cast.aino), by=cast.aino)
        old.refresh_from_db()
        assert old.state == ObservationState.SUPERSEDED
        assert old.superseded_at is not None
        assert [old.value, Observation.objects.approved().get().value] == [75, 50]

    def test_it_needs_a_reason_and_waits_for_the_version_in_work(self, cast: Cast, share: Indicator) -> None:
        old = tell(share, cast.school, "2024", 30, 40)
        with pytest.raises(ObservationRefused):
            change_approved(observation=old, figures=part(20, 40), reason="", by=cast.aino)
        change_approved(observation=old, figures=part(20, 40), reason="Twice.", by=cast.aino)
        with pytest.raises(ObservationRefused):
            change_approved(observation=old, figures=part(10, 40), reason="Thrice.", by=cast.aino)

    def test_the_database_refuses_two_approved_figures_of_one_cell(self, cast: Cast, share: Indicator) -> None:
        old = tell(share, cast.school, "2024", 30, 40)
        old.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            Observation.objects.bulk_create([Observation(**_fields(old))])


def _fields(observation: Observation) -> dict[str, object]:
    return {
        field.attname: getattr(observation, field.attname)
        for field in observation._meta.concrete_fields
        if field.name != "id"
    }


class TestMany:
    def test_all_or_none_are_recorded(self, cast: Cast, share: Indicator) -> None:
        good = NewObservation(indicator=share, unit=cast.school, period="2024", figures=part(30, 40))
        bad = replace(good, unit=cast.other_school, figures=part(50, 40))
        with pytest.raises(ObservationRefused) as refused:
            record_many(new=[good, bad], by=None)
        assert cast.other_school.name_fi in str(refused.value)
        assert not Observation.objects.exists()
        with pytest.raises(ObservationRefused):
            record_many(new=[good, good], by=None)

    def test_many_are_recorded_in_few_queries_with_one_audit_row(
        self, cast: Cast, share: Indicator, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        new = [
            NewObservation(indicator=share, unit=unit, period=str(year), figures=part(30, 40))
            for unit in (cast.school, cast.other_school, cast.nokia)
            for year in range(2020, 2026)
        ]
        before = AuditEntry.objects.count()
        with django_assert_max_num_queries(9):
            record_many(new=new, by=cast.aino)
        assert AuditEntry.objects.count() == before + 1
        assert Observation.objects.approved().count() == 18

    def test_those_that_are_not_in_the_state_are_left(self, cast: Cast, share: Indicator) -> None:
        draft = entered(share, cast)
        other = enter(indicator=share, unit=cast.other_school, period="2024", figures=part(3, 4), by=None)
        submit(observation=other, by=None)
        assert submit_many(observations=[draft, other], by=None) == 1
        assert approve_many(observations=[draft, other], by=cast.aino) == 2
        assert approve_many(observations=[draft, other], by=cast.aino) == 0


class TestKeepingForecasts:
    def test_an_approval_keeps_what_is_foreseen_of_the_units_above(
        self, cast: Cast, share: Indicator, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        coming = str(clock.today().year + 2)
        set_target(indicator=share, unit=cast.tampere, period=coming, value=Decimal(80), by=None)
        set_target(indicator=share, unit=cast.nokia, period=coming, value=Decimal(80), by=None)
        for year, numerator in (("2021", 20), ("2022", 22), ("2023", 25)):
            tell(share, cast.school, year, numerator, 40)
        with django_capture_on_commit_callbacks(execute=True):
            approve(observation=submit(observation=entered(share, cast), by=None), by=cast.aino)
        kept = KeptForecast.objects.get()
        assert (kept.unit, kept.for_period) == (cast.tampere, coming)
        assert kept.value is not None


def test_a_definition_of_another_policy_is_never_looser(cast: Cast, share: Indicator) -> None:
    from luotsi.indicators.actions.definitions import DefinitionRefused, new_version

    looser = details(valid_from=clock.today(), policy=OPEN)
    with pytest.raises(DefinitionRefused):
        new_version(indicator=share, details=looser, change="Open from now on.", by=None)
