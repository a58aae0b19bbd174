"""Taking plans in: what stands afterwards, what is told as a gap, what is refused, and what a new version changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from luotsi.base.models import AuditEntry
from luotsi.base.names import Names
from luotsi.indicators.actions.definitions import DefinitionDetails, define_indicator
from luotsi.indicators.models import Indicator, Observation, Target
from luotsi.people.tests.cast import Cast
from luotsi.programme.actions.plans import Approval, import_plan, publish, rehearse_import
from luotsi.programme.actions.refusals import ProgrammeRefused
from luotsi.programme.models import BudgetLine, Decision, Finding, Participation, Programme
from luotsi.programme.queries.documents import plan_of, version_of
from luotsi.programme.rules.values import Text
from luotsi.programme.tests.programmes import (
    CITY,
    REGION,
    SOUND_OF_TAMPERE,
    city_programme,
    packaged,
    region_programme,
    sound_programme,
)
from luotsi.programme.tests.sound import SOUND
from luotsi.programme.tests.sound import plan_of as plan_in


def figure(code: str, split_key: str = "") -> Observation:
    """Return the approved figure of an indicator of the city for 2017."""
    key = f"{CITY.lower()}-{code.lower()}"
    return Observation.objects.approved().get(indicator__key=key, split_key=split_key)


@pytest.mark.usefixtures("db")
class TestTheCity:
    def test_everything_stands_as_records(self) -> None:
        programme = city_programme()
        assert programme.owner.municipality_number == "091"
        assert (programme.starts_on, programme.ends_on) == (date(2016, 1, 1), date(2019, 12, 31))
        assert Finding.objects.filter(programme=programme).count() == 18
        assert Decision.objects.get(programme=programme, code="D2").is_noted
        money = BudgetLine.objects.filter(programme=programme).values_list("code", "amount")
        assert dict(money)["B5"] is None
        assert dict(money)["B1"] == Decimal("37000000.00")
        assert Indicator.objects.filter(key__startswith=CITY.lower()).count() == 8
        assert Finding.objects.get(programme=programme, code="K02").indicator.code == "I6"  # type: ignore[union-attr]

    def test_level_two_stands_at_nine_per_cent_of_about_four_thousand(self) -> None:
        city_programme()
        told = figure("I2")
        assert (told.numerator, told.denominator) == (Decimal(384), Decimal("4090.5405"))
        assert (told.period, told.operator, round(told.value or 0, 1)) == ("2017", "approx", Decimal("9.4"))
        assert "J6 = F034 / J5 * 100" in told.note
        assert told.source_place == "S002:254"
        assert round(figure("I3").value or 0, 1) == Decimal("1.9")

    def test_level_one_names_what_it_was_made_of(self) -> None:
        city_programme()
        told = figure("I1")
        assert (told.numerator, told.operator, round(told.value or 0)) == (Decimal(3027), "approx", 74)
        assert "opetushenkilöstö" in told.note

    def test_a_self_assessment_stands_beside_the_badges_and_never_in_their_line(self) -> None:
        city_programme()
        told = figure("I3", "source=self_assessment")
        assert (told.value, told.period, told.words) == (Decimal(20), "2016", "lähes viidennes")
        assert "2016-11" in told.note

    def test_targets_name_the_body_that_decided(self) -> None:
        city_programme()
        target = Target.objects.in_force().get(indicator__code="I2")
        assert (target.operator, target.value, target.period) == ("gte", Decimal(90), "2019")
        assert (target.decided_by, target.reference) == ("Opetuslautakunta", "§ 51")

    def test_a_definition_without_a_rule_keeps_the_gap_in_sight(self) -> None:
        city_programme()
        definition = Indicator.objects.get(code="I2").definitions.get()
        assert (definition.version, definition.factor) == (1, Decimal(100))
        assert definition.rule == {}
        assert definition.population["en"] == "all teachers"

    def test_what_no_figure_can_be_made_of_is_told(self) -> None:
        from luotsi.people.rules import Kind
        from luotsi.people.tests.cast import make_unit

        make_unit(Kind.PROVIDER, None, "Helsinki", municipality_number="091", valid_from=date(2009, 1, 1))
        gaps = import_plan(plan=packaged(CITY), by=None).gaps
        assert [(gap.code, gap.about) for gap in gaps] == [
            ("observation.number", "F025"), ("observation.unit", "F036"), ("observation.unit", "F060"),
        ]  # fmt: skip


class TestTheRegion:
    def test_participants_are_found_by_number_and_the_others_told(self, cast: Cast) -> None:
        made = import_plan(plan=packaged(REGION), owner=cast.region, by=cast.aino)
        taking = Participation.objects.filter(programme=made.programme)
        assert {one.unit for one in taking} == {cast.tampere, cast.nokia}
        missing = [gap.about for gap in made.gaps if gap.code == "participant.unit"]
        assert missing == ["K604", "K980", "K418", "K211", "K922", "K562"]

    def test_without_an_owner_the_region_of_its_members_is_taken(self, cast: Cast) -> None:
        assert import_plan(plan=packaged(REGION), by=None).programme.owner == cast.region

    def test_nothing_consents_by_being_taken_in(self, cast: Cast) -> None:
        programme = region_programme(cast)
        assert {one.consent for one in Participation.objects.filter(programme=programme)} == {"sums"}

    def test_a_counted_indicator_follows_its_milestones(self, cast: Cast) -> None:
        region_programme(cast)
        definition = Indicator.objects.get(key=f"{REGION.lower()}-milestones").definitions.get()
        assert definition.counting is not None
        assert definition.counting["table"] == "milestones"
        assert definition.period_kind == "school_year"

    def test_the_plan_that_is_kept_is_the_plan_that_came(self, cast: Cast) -> None:
        assert plan_of(region_programme(cast)) == packaged(REGION)


class TestAgain:
    def test_the_same_key_becomes_a_draft_that_takes_effect_when_it_is_published(self, cast: Cast) -> None:
        programme = sound_programme()
        changed = plan_in(SOUND_OF_TAMPERE.replace('action: {fi: "Tiedotus"', 'action: {fi: "Kutsut"'))
        made = import_plan(plan=changed, by=cast.aino)
        assert (made.programme, made.version.number) == (programme, None)
        assert Finding.objects.get(programme=programme).action["fi"] == "Tiedotus"
        publish(programme=programme, approval=Approval(note="Toimi tarkentui"), by=cast.aino)
        assert Finding.objects.get(programme=programme).action["fi"] == "Kutsut"
        assert [version.number for version in programme.versions.all()] == [2, 1]

    def test_what_was_worked_on_since_stays(self, cast: Cast) -> None:
        programme = sound_programme()
        finding = Finding.objects.get(programme=programme)
        finding.state = "done"
        finding.save(update_fields=["state"])
        changed = plan_in(SOUND_OF_TAMPERE.replace("due: 2025-12-31", "due: 2026-01-31"))
        import_plan(plan=changed, by=cast.aino, approval=Approval(note="Määräpäivä siirtyi"))
        finding.refresh_from_db()
        assert (finding.state, finding.due_on) == ("done", date(2026, 1, 31))

    def test_codes_with_figures_cannot_be_left_out(self, cast: Cast) -> None:
        sound_programme()
        plan = plan_in(SOUND_OF_TAMPERE)
        without = replace(plan, indicators=(), observations=(), derived=())
        area = without.sections[0]
        measure = area.measures[0]
        bare = tuple(replace(item, indicator="") for item in measure.milestones)
        area = replace(area, measures=(replace(measure, milestones=bare),))
        with pytest.raises(ProgrammeRefused, match="I1"):
            import_plan(plan=replace(without, sections=(area,)), by=cast.aino)

    def test_a_finding_worked_on_since_cannot_be_left_out(self, cast: Cast) -> None:
        Finding.objects.filter(programme=sound_programme()).update(state="done")
        with pytest.raises(ProgrammeRefused, match="P1"):
            import_plan(plan=replace(plan_in(SOUND_OF_TAMPERE), findings=()), by=cast.aino)

    def test_it_stays_with_its_owner(self, cast: Cast) -> None:
        sound_programme()
        with pytest.raises(ProgrammeRefused, match="Tampere"):
            import_plan(plan=plan_in(SOUND_OF_TAMPERE), owner=cast.nokia, by=cast.aino)


class TestRefusing:
    def test_a_plan_with_errors_is_refused(self, cast: Cast) -> None:
        with pytest.raises(ProgrammeRefused):
            import_plan(plan=plan_in(SOUND.replace("owner: OJ", "owner: NOBODY")), owner=cast.tampere, by=None)
        assert not Programme.objects.exists()

    def test_a_plan_of_nobody_is_refused(self, cast: Cast) -> None:
        with pytest.raises(ProgrammeRefused):
            import_plan(plan=plan_in(SOUND), by=None)

    def test_an_indicator_of_somebody_else_is_not_written_into(self, cast: Cast) -> None:
        details = DefinitionDetails(valid_from=date(2020, 1, 1), unit_of_measure="percent", factor=Decimal(100))
        key = "koe-2024-2027-i1"
        define_indicator(key=key, owner=cast.nokia, names=Names(fi="Toisen mittari"), details=details, by=None)
        with pytest.raises(ProgrammeRefused, match=key):
            import_plan(plan=plan_in(SOUND_OF_TAMPERE), by=None)
        assert not Target.objects.exists()

    def test_a_rehearsal_tells_what_would_be_refused_and_leaves_nothing(self, cast: Cast) -> None:
        assert rehearse_import(plan=plan_in(SOUND_OF_TAMPERE)) == ()
        long = replace(plan_in(SOUND_OF_TAMPERE).decisions[0], number="§ " + "9" * 50)
        reasons = rehearse_import(plan=replace(plan_in(SOUND_OF_TAMPERE), decisions=(long,)))
        assert reasons[0].field == "number"
        assert str(reasons[0]).startswith("D1: ")
        unit = replace(plan_in(SOUND_OF_TAMPERE).indicators[0], unit="x" * 80)
        reasons = rehearse_import(plan=replace(plan_in(SOUND_OF_TAMPERE), indicators=(unit,)))
        assert reasons[0].field == "unit_of_measure"
        assert str(reasons[0]).startswith("I1: ")
        assert not Programme.objects.exists()
        assert not AuditEntry.objects.filter(verb__startswith="programme").exists()

    def test_the_same_draft_is_not_published_twice(self, cast: Cast) -> None:
        programme = sound_programme()
        import_plan(plan=plan_in(SOUND_OF_TAMPERE), by=None)
        with pytest.raises(ProgrammeRefused):
            publish(programme=programme, approval=Approval(note="Sama"), by=None)

    def test_a_second_version_says_what_changed(self, cast: Cast) -> None:
        programme = sound_programme()
        plan = replace(plan_in(SOUND_OF_TAMPERE), aim=Text(fi="Uusi"))
        with pytest.raises(ProgrammeRefused) as refused:
            import_plan(plan=plan, by=None, approval=Approval())
        assert refused.value.reasons[0].field == "note"
        assert version_of(programme, draft=True).number == 1  # type: ignore[union-attr]

    def test_every_deed_has_its_row_in_the_log(self, cast: Cast) -> None:
        sound_programme()
        verbs = set(AuditEntry.objects.values_list("verb", flat=True))
        assert {"programme.programme.founded", "programme.plan.imported", "programme.plan.published"} <= verbs
