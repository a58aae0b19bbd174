"""Changing a draft item by item: codes stay, records keep their hold, everything is logged."""

from __future__ import annotations

from datetime import date

import pytest

from luotsi.base.models import AuditEntry
from luotsi.people.tests.cast import Cast
from luotsi.programme.actions.links import link_indicator, unlink_indicator
from luotsi.programme.actions.milestones import tell_state
from luotsi.programme.actions.plans import Approval, add_item, change_item, discard_draft, publish, remove_item
from luotsi.programme.actions.refusals import ProgrammeRefused
from luotsi.programme.models import Finding
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.rules.differences import difference
from luotsi.programme.rules.plan import Finding as PlanFinding
from luotsi.programme.rules.plan import Measure, measures_of
from luotsi.programme.rules.values import Text
from luotsi.programme.tests.programmes import sound_programme


class TestChanging:
    def test_a_draft_begins_from_what_was_published(self, cast: Cast) -> None:
        programme = sound_programme()
        change_item(programme=programme, code="M1", period="2024-25", changes={"due": date(2025, 3, 31)}, by=cast.aino)
        before, after = plan_of(programme), plan_of(programme, draft=True)
        assert [(change.path, change.key) for change in difference(before, after)] == [("M1 2024-25", "due")]
        row = AuditEntry.objects.get(verb="programme.plan.item-changed")
        assert (row.before, row.after) == ({"item": "M1 2024-25", "due": "2025-05-31"}, {"due": "2025-03-31"})

    def test_keys_of_the_plan_itself_change_too(self, cast: Cast) -> None:
        programme = sound_programme()
        change_item(programme=programme, code="", changes={"aim": Text(fi="Sujuva arki")}, by=cast.aino)
        assert plan_of(programme, draft=True).aim.fi == "Sujuva arki"

    def test_an_item_is_added_and_left_out_again(self, cast: Cast) -> None:
        programme = sound_programme()
        new = Measure(code="M2", names=Text(fi="Tulostus"))
        add_item(programme=programme, into="PP1", key="measures", item=new, by=cast.aino)
        assert [item.code for item in measures_of(plan_of(programme, draft=True))] == ["M1", "M2"]
        remove_item(programme=programme, code="M2", by=cast.aino)
        assert plan_of(programme, draft=True) == plan_of(programme)

    @pytest.mark.parametrize(
        ("code", "period", "changes"),
        [
            ("M9", "", {"note": Text(fi="x")}),
            ("M1", "2030-31", {"note": Text(fi="x")}),
            ("M1", "", {"colour": "red"}),
            ("M1", "", {"code": "M2"}),
            ("M1", "", {"responsibility": "V9"}),
            ("M1", "", {"responsibility": "V1"}),
        ],
    )
    def test_what_cannot_be_is_refused(self, cast: Cast, code: str, period: str, changes: dict[str, object]) -> None:
        programme = sound_programme()
        with pytest.raises(ProgrammeRefused):
            change_item(programme=programme, code=code, period=period, changes=changes, by=cast.aino)
        assert programme.versions.count() == 1

    @pytest.mark.parametrize(("code", "key"), [("F1", "measures"), ("M2", "names")])
    def test_a_code_is_given_once_and_into_a_list(self, cast: Cast, code: str, key: str) -> None:
        item = Measure(code=code, names=Text(fi="Toimenpide"))
        with pytest.raises(ProgrammeRefused):
            add_item(programme=sound_programme(), into="PP1", key=key, item=item, by=None)

    def test_what_states_were_told_of_is_not_left_out(self, cast: Cast) -> None:
        programme = sound_programme()
        tell_state(
            programme=programme, measure="M1", period="2024-25", unit=cast.tampere, state="ongoing", by=cast.daniel
        )
        with pytest.raises(ProgrammeRefused, match="M1 2024-25"):
            remove_item(programme=programme, code="M1", period="2024-25", by=cast.aino)

    def test_before_anything_is_published_a_change_takes_effect_at_once(self, cast: Cast) -> None:
        programme = sound_programme(publish=False)
        item = PlanFinding(code="P2", text=Text(fi="Uusi havainto"))
        add_item(programme=programme, into="", key="findings", item=item, by=cast.aino)
        assert Finding.objects.filter(programme=programme, code="P2").exists()
        remove_item(programme=programme, code="P2", by=cast.aino)
        assert not Finding.objects.filter(programme=programme, code="P2").exists()
        assert publish(programme=programme, approval=Approval(), by=cast.aino).number == 1


class TestLinks:
    def test_an_indicator_is_linked_once_and_taken_off(self, cast: Cast) -> None:
        programme = sound_programme()
        indicator = programme.indicator_links.filter(item="PP1").get().indicator
        link = link_indicator(programme=programme, item="M1", indicator=indicator, by=cast.aino)
        assert link_indicator(programme=programme, item="M1", indicator=indicator, by=cast.aino) == link
        unlink_indicator(link=link, by=cast.aino)
        assert not programme.indicator_links.filter(pk=link.pk).exists()

    def test_only_to_what_the_plan_has(self, cast: Cast) -> None:
        programme = sound_programme()
        indicator = programme.indicator_links.filter(item="PP1").get().indicator
        with pytest.raises(ProgrammeRefused):
            link_indicator(programme=programme, item="M9", indicator=indicator, by=cast.aino)


class TestDiscarding:
    def test_the_published_version_goes_on_and_the_next_change_begins_from_it(self, cast: Cast) -> None:
        programme = sound_programme()
        change_item(programme=programme, code="", changes={"aim": Text(fi="Sujuva arki")}, by=cast.aino)
        discard_draft(programme=programme, by=cast.aino)
        assert plan_of(programme, draft=True) == plan_of(programme)
        row = AuditEntry.objects.get(verb="programme.plan.discarded")
        assert (row.actor_id, row.target_id) == (cast.aino.pk, str(programme.pk))
        change_item(programme=programme, code="M1", changes={"note": Text(fi="Uusi")}, by=cast.aino)
        assert plan_of(programme, draft=True).aim.fi != "Sujuva arki"

    def test_without_a_draft_there_is_nothing_to_discard(self, cast: Cast) -> None:
        with pytest.raises(ProgrammeRefused, match="no draft"):
            discard_draft(programme=sound_programme(), by=cast.aino)

    def test_what_was_never_published_is_not_thrown_away(self, cast: Cast) -> None:
        programme = sound_programme(publish=False)
        with pytest.raises(ProgrammeRefused, match="the plan itself"):
            discard_draft(programme=programme, by=cast.aino)
        assert programme.versions.count() == 1
