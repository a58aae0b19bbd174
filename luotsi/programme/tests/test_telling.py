"""Telling states of milestones: history, evidence, reasons, and who may."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from luotsi.base.models import AuditEntry
from luotsi.base.uploads import PDF, Upload
from luotsi.people.tests.cast import Cast
from luotsi.programme import access
from luotsi.programme.actions.milestones import Evidence, tell_state
from luotsi.programme.actions.participations import consent
from luotsi.programme.actions.refusals import ProgrammeRefused
from luotsi.programme.models import MilestoneState, Participation, Programme
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.overview import programme_overview
from luotsi.programme.queries.standing import standing_of
from luotsi.programme.queries.state_words import WHY, title, why
from luotsi.programme.rules.plan import measures_of
from luotsi.programme.rules.rights import Right
from luotsi.programme.rules.states import Judged, State, Word
from luotsi.programme.tests.programmes import region_programme

TODAY = date(2026, 11, 25)


@pytest.fixture
def programme(cast: Cast) -> Programme:
    """The programme of the region, in the autumn of its last school year."""
    with time_machine.travel(TODAY):
        return region_programme(cast)


def tell(programme: Programme, cast: Cast, state: str, **given: object) -> MilestoneState:
    """Tell the state of M42 2025–26 in Tampere."""
    place = {"measure": "M42", "period": "2025-26", "unit": cast.tampere, "by": cast.daniel}
    with time_machine.travel(TODAY):
        return tell_state(programme=programme, state=state, **{**place, **given})  # type: ignore[arg-type]


class TestTelling:
    def test_the_last_word_counts_and_the_earlier_ones_stay(self, cast: Cast, programme: Programme) -> None:
        first = tell(programme, cast, "ongoing")
        last = tell(programme, cast, "done", done_on=date(2026, 5, 4), evidence=Evidence(words="Raportti"))
        assert list(MilestoneState.objects.current()) == [last]
        assert last.follows == first
        assert (last.told_by, last.has_evidence) == (cast.daniel, True)
        row = AuditEntry.objects.get(target_id=str(last.pk))
        assert (row.verb, row.before, row.unit_id) == (
            "programme.milestone.told", {"state": "ongoing"}, cast.tampere.pk,
        )  # fmt: skip

    def test_a_file_is_kept_as_evidence(
        self, cast: Cast, programme: Programme, settings: object, tmp_path: object
    ) -> None:
        settings.STORAGES = {  # type: ignore[attr-defined]
            **settings.STORAGES,  # type: ignore[attr-defined]
            "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        }
        file = Upload(PDF, "muistio.pdf", b"%PDF-1.7 esimerkki", "")
        told = tell(programme, cast, "done", done_on=TODAY, evidence=Evidence(file=file))
        assert told.filename == "muistio.pdf"
        assert told.file.read() == b"%PDF-1.7 esimerkki"
        assert str(told.pk) in str(told.file.name)

    @pytest.mark.parametrize(
        ("state", "given", "field"),
        [
            ("done", {}, "done_on"),
            ("done", {"done_on": date(2026, 11, 26)}, "done_on"),
            ("at_risk", {}, "reason"),
            ("cancelled", {"reason": "  "}, "reason"),
            ("ongoing", {"period": ""}, "reason"),
            ("by_rules", {"reason": "x"}, "state"),
            ("ongoing", {"measure": "M99"}, ""),
            ("ongoing", {"period": "2023-24"}, ""),
        ],
    )
    def test_what_is_missing_is_refused_at_its_field(
        self, cast: Cast, programme: Programme, state: str, given: dict[str, object], field: str
    ) -> None:
        with pytest.raises(ProgrammeRefused) as refused:
            tell(programme, cast, state, **given)
        assert [reason.field for reason in refused.value.reasons] == [field]
        assert not MilestoneState.objects.exists()

    def test_a_unit_that_does_not_take_part_tells_nothing(self, cast: Cast, programme: Programme) -> None:
        with pytest.raises(ProgrammeRefused):
            tell(programme, cast, "ongoing", unit=cast.school)

    def test_a_whole_measure_is_set_by_hand_and_taken_back(self, cast: Cast, programme: Programme) -> None:
        measure = next(item for item in measures_of(plan_of(programme)) if item.code == "M42")
        tell(programme, cast, "ongoing", period="", reason="Kilpailutus uusitaan")
        found = standing_of(cast.aino, programme, plan_of(programme), TODAY).measure(measure, cast.tampere.pk)
        assert (found.state, why(found)) == (State.RUN, why(Judged(State.RUN, "told_of_measure", found.params)))
        tell(programme, cast, "by_rules", period="", reason="Kilpailutus on ratkaistu")
        found = standing_of(cast.aino, programme, plan_of(programme), TODAY).measure(measure, cast.tampere.pk)
        assert (found.state, found.code) == (State.LATE, "some_late")


class TestAccess:
    def test_strangers_do_not_know_of_the_programme(self, cast: Cast, programme: Programme) -> None:
        assert not access.programmes_visible_to(cast.farid).exists()
        with pytest.raises(Http404):
            access.programme_for(cast.farid, cast.elsewhere, programme.slug)

    def test_members_see_the_plan_of_their_region(self, cast: Cast, programme: Programme) -> None:
        for somebody, scope in ((cast.celia, cast.school), (cast.gunilla, cast.region), (cast.daniel, cast.tampere)):
            assert access.programme_for(somebody, scope, programme.slug) == programme

    def test_only_those_who_may_record_at_a_member_record_there(self, cast: Cast, programme: Programme) -> None:
        assert access.recording_units(cast.daniel, programme) == [cast.tampere]
        assert set(access.recording_units(cast.aino, programme)) == {cast.tampere, cast.nokia}
        assert access.programme_for(cast.daniel, cast.tampere, programme.slug, to=Right.RECORD) == programme
        with pytest.raises(PermissionDenied):
            access.programme_for(cast.celia, cast.school, programme.slug, to=Right.RECORD)
        with pytest.raises(PermissionDenied):
            access.programme_for(cast.daniel, cast.tampere, programme.slug, to=Right.PLAN)
        with pytest.raises(PermissionDenied):
            access.unit_for(cast.daniel, programme, cast.nokia.key, to=Right.RECORD)

    def test_a_members_own_is_shown_apart_to_others_only_with_its_consent(
        self, cast: Cast, programme: Programme
    ) -> None:
        assert access.units_told_to(cast.daniel, programme) == {cast.tampere.pk}
        assert access.units_told_to(cast.gunilla, programme) == frozenset()
        taking = Participation.objects.get(programme=programme, unit=cast.tampere)
        with time_machine.travel(TODAY):
            consent(participation=taking, to="figures", agreed_by="Johtoryhmä", by=cast.aino)
        again = Programme.objects.get(pk=programme.pk)
        assert access.units_told_to(cast.gunilla, again) == {cast.tampere.pk}
        assert access.units_told_to(cast.aino, again) == {cast.tampere.pk, cast.nokia.pk}

    def test_the_file_of_evidence_is_as_hidden_as_the_state(self, cast: Cast, programme: Programme) -> None:
        told = tell(programme, cast, "ongoing")
        assert access.state_for(cast.daniel, told.pk) == told
        for other in (cast.gunilla, cast.farid):
            with pytest.raises(Http404):
                access.state_for(other, told.pk)

    def test_consent_needs_somebody_who_agreed(self, cast: Cast, programme: Programme) -> None:
        taking = Participation.objects.get(programme=programme, unit=cast.tampere)
        with pytest.raises(ProgrammeRefused) as refused:
            consent(participation=taking, to="figures", agreed_by=" ", by=cast.aino)
        assert refused.value.reasons[0].field == "consented_by"


class TestTheOverview:
    def test_it_counts_every_milestone_once(self, cast: Cast, programme: Programme) -> None:
        tell(programme, cast, "done", done_on=date(2026, 5, 4))
        shown = programme_overview(cast.aino, programme, cast.region, TODAY)
        assert (shown.milestones, shown.measures, len(shown.sections)) == (39, 13, 4)
        assert [period.key for period in shown.periods if period.is_now] == ["2026-27"]
        assert shown.counts.count(State.LATE) == 26
        assert {unit.unit for line in shown.sections[0].measures for unit in line.cells[0].units} == {
            cast.tampere, cast.nokia,
        }  # fmt: skip

    def test_a_member_sees_its_own_states(self, cast: Cast, programme: Programme) -> None:
        tell(programme, cast, "done", done_on=date(2026, 5, 4), evidence=Evidence(words="Raportti"))
        shown = programme_overview(cast.daniel, programme, cast.tampere, TODAY)
        assert shown.focus == cast.tampere
        cell = next(
            cell for block in shown.sections for line in block.measures for cell in line.cells
            if (line.code, cell.period) == ("M42", "2025-26")
        )  # fmt: skip
        assert cell.judged is not None
        assert (cell.state, cell.judged.gap) == (State.DONE, False)

    def test_who_sees_nobody_apart_gets_only_the_sum_of_several(self, cast: Cast, programme: Programme) -> None:
        shown = programme_overview(cast.gunilla, programme, cast.region, TODAY)
        assert (shown.hidden, shown.left_out) == (2, 0)
        assert all(not cell.units for block in shown.sections for line in block.measures for cell in line.cells)
        Participation.objects.filter(unit=cast.nokia).update(consent="none")
        shown = programme_overview(cast.gunilla, Programme.objects.get(pk=programme.pk), cast.region, TODAY)
        assert (shown.hidden, shown.left_out, shown.counts.count(State.LATE)) == (0, 2, 0)

    def test_it_asks_no_more_for_many_states_than_for_none(
        self, cast: Cast, programme: Programme, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for period in ("2024-25", "2025-26"):
            for measure in ("M11", "M12", "M42"):
                tell(programme, cast, "ongoing", measure=measure, period=period)
        fresh = Programme.objects.select_related("owner").get(pk=programme.pk)
        with django_assert_max_num_queries(7):
            programme_overview(cast.aino, fresh, cast.region, TODAY)

    def test_every_state_and_every_reason_has_words(self) -> None:
        assert all(title(state) for state in State)
        assert {Word(value) for value, _name in MilestoneState.STATES} == set(Word)
        assert all(
            "%("
            not in str(words)
            % dict.fromkeys(["due", "reason", "start", "day", "days", "periods", "done", "count"], "x")
            for words in WHY.values()
        )
