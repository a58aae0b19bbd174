"""Pilot networks: an open call, chosen schools, their self-evaluations, the concept, and how it spreads."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.base.names import Names
from luotsi.indicators.models import Indicator
from luotsi.indicators.queries.figures import figures_of
from luotsi.people.models import Account, Unit
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import Cast, make_unit
from luotsi.programme import access
from luotsi.programme.actions.networks import (
    NetworkDetails,
    adopt_concept,
    decide_member,
    found_network,
    open_reviews,
    packaged,
    publish_concept,
)
from luotsi.programme.actions.refusals import ProgrammeRefused
from luotsi.programme.facts import fact_tables
from luotsi.programme.models import Network, NetworkReview, Programme
from luotsi.programme.queries.networks.pages import NetworkPage, network_page, networks_of
from luotsi.programme.rules import networks as rules
from luotsi.programme.rules.values import Text
from luotsi.programme.tests.making import apply_to
from luotsi.programme.tests.programmes import region_programme
from luotsi.programme.waiting import tasks_for as programme_tasks
from luotsi.questionnaires.rules import definition as forms
from luotsi.questionnaires.rules.lint import Severity, defects
from luotsi.questionnaires.waiting import tasks_for

AREAS = (("portfolio", Names(fi="Portfolio", sv="Portfolio", en="Portfolio")), ("ai", Names(fi="Tekoäly")))
CONCEPT = Names(fi="Näin se tehdään.", en="This is how.")


def details(**given: Any) -> NetworkDetails:
    whole = {
        "names": Names(fi="Kokeilukoulut", sv="Försöksskolorna", en="Pilot schools"),
        "purpose": Names(fi="Kokeillaan"),
        "areas": AREAS,
        "closes_at": clock.now() + timedelta(days=9),
    }
    return NetworkDetails(**{**whole, **given})


@pytest.fixture
def network(cast: Cast) -> Network:
    return found_network(programme=region_programme(cast), details=details(), by=cast.aino)


def choose(network: Network, unit: Unit, by: Account, *, is_chosen: bool = True) -> None:
    apply_to(network, unit, by)
    decide_member(network=network, unit=unit, is_chosen=is_chosen, reason="Selkeä.", decided_on=clock.today(), by=by)


def seen(network: Network, by: Account, scope: Unit) -> NetworkPage:
    by.kept_reach = None
    programme = Programme.objects.select_related("owner").get(pk=network.programme_id)
    return network_page(by, access.network_for(by, programme, network.slug), scope)


def codes(refused: pytest.ExceptionInfo[ProgrammeRefused]) -> list[str]:
    return [one.field for one in refused.value.reasons]


class TestTheQuestionnaires:
    @pytest.mark.parametrize("name", ["pilot-plan", "pilot-review"])
    def test_the_linter_has_nothing_against_them(self, name: str) -> None:
        areas = [{"code": "a", "fi": "A", "sv": "A", "en": "A"}, {"code": "b", "fi": "B", "sv": "B", "en": "B"}]
        names = Text(fi="V", sv="N", en="N")
        read = forms.read(rules.questionnaire(packaged(name), key="k", names=names, areas=areas))
        assert read.ok
        assert [one for one in defects(read) if one.severity is not Severity.INFO] == []

    def test_a_plan_chooses_among_the_areas_of_its_network(self, network: Network) -> None:
        definition = network.call.version.definition
        element = next(one for one in definition["pages"][0]["elements"] if one["name"] == "area")
        assert [one["value"] for one in element["choices"]] == ["portfolio", "ai"]


class TestFounding:
    def test_the_call_waits_for_the_principals_of_schools(self, cast: Cast, network: Network) -> None:
        assert any("Pilot schools" in task.title for task in tasks_for(cast.bilal, cast.school))
        assert AuditEntry.objects.filter(verb="programme.network.founded").count() == 1

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"names": Names()}, "name_fi"),
            ({"areas": ()}, "areas"),
            ({"closes_at": clock.now() - timedelta(1)}, "closes_on"),
        ],
    )
    def test_it_refuses_what_makes_no_network(self, cast: Cast, changes: dict[str, Any], field: str) -> None:
        with pytest.raises(ProgrammeRefused) as refused:
            found_network(programme=region_programme(cast), details=details(**changes), by=cast.aino)
        assert codes(refused) == [field]


class TestDeciding:
    def test_a_school_becomes_a_member_with_day_and_reason_in_the_log(self, cast: Cast, network: Network) -> None:
        choose(network, cast.school, cast.aino)
        entry = AuditEntry.objects.get(verb="programme.network.decided")
        assert (entry.unit_id, entry.after["reason"]) == (cast.school.pk, "Selkeä.")
        page = seen(network, cast.aino, cast.region)
        assert [(row.key, row.mark, row.area.text) for row in page.schools] == [(cast.school.key, "done", "Portfolio")]

    def test_a_school_without_a_plan_cannot_be_chosen(self, cast: Cast, network: Network) -> None:
        with pytest.raises(ProgrammeRefused) as refused:
            decide_member(
                network=network, unit=cast.school, is_chosen=True, reason=" ",
                decided_on=clock.today() + timedelta(1), by=cast.aino,
            )  # fmt: skip
        assert codes(refused) == ["unit", "reason", "decided_on"]

    def test_it_is_decided_once(self, cast: Cast, network: Network) -> None:
        choose(network, cast.school, cast.aino)
        with pytest.raises(ProgrammeRefused):
            decide_member(
                network=network, unit=cast.school, is_chosen=False, reason="x", decided_on=clock.today(), by=None
            )

    def test_who_was_not_chosen_is_told_to_the_school_and_to_nobody_else(self, cast: Cast, network: Network) -> None:
        choose(network, cast.school, cast.aino, is_chosen=False)
        assert [row.reason for row in seen(network, cast.bilal, cast.school).schools] == ["Selkeä."]
        assert seen(network, cast.gunilla, cast.region).schools == ()

    @given(st.booleans(), st.booleans(), st.text(max_size=3), st.dates(), st.dates())
    def test_every_reason_to_refuse_is_told_at_once(
        self, has_plan: bool, decided: bool, reason: str, on: date, today: date
    ) -> None:
        found = rules.against_choosing(has_plan=has_plan, decided=decided, reason=reason, decided_on=on, today=today)
        assert len(found) == (not has_plan) + decided + (not reason.strip()) + (on > today)


class TestSelfEvaluations:
    def test_only_members_are_asked_once_a_term(self, cast: Cast, network: Network) -> None:
        choose(network, cast.school, cast.aino)
        closes = clock.now() + timedelta(days=5)
        asked = open_reviews(network=network, school_year="2025-26", term="autumn", closes_at=closes, by=cast.aino)
        assert [one.unit for one in asked] == [cast.school]
        titles = [task.title for task in tasks_for(cast.bilal, cast.school)]
        assert any("autumn 2025-26" in title for title in titles)
        assert not [task for task in tasks_for(cast.aino, cast.other_school) if "autumn" in task.title]
        with pytest.raises(ProgrammeRefused):
            open_reviews(network=network, school_year="2025-26", term="autumn", closes_at=closes, by=cast.aino)
        again = open_reviews(network=network, school_year="2025-26", term="spring", closes_at=closes, by=cast.aino)
        assert len(again) == 1
        assert NetworkReview.objects.count() == 2


class TestSpread:
    def test_schools_outside_are_counted_and_members_are_not(self, cast: Cast, network: Network) -> None:
        choose(network, cast.school, cast.aino)
        publish_concept(network=network, concept=CONCEPT, is_public=False, by=cast.aino)
        today = clock.today()
        with pytest.raises(ProgrammeRefused):
            adopt_concept(network=network, unit=cast.school, adopted_on=today, note="", by=cast.bilal)
        adopt_concept(network=network, unit=cast.other_school, adopted_on=today, note="1–2", by=cast.aino)
        (line,) = networks_of(network.programme, cast.region)
        assert (line.members, line.outside) == (1, 1)
        table = next(one for one in fact_tables() if one.key == rules.TABLE)
        assert [row[-2:] for row in table.rows()] == [("member", False), ("adopted", True)]
        indicator = Indicator.objects.get(key=rules.key_of(network.programme.slug, network.slug))
        cell = figures_of([indicator], cast.region).latest(indicator, cast.region)
        assert cell is not None
        assert cell.value == 1

    def test_nothing_is_adopted_before_it_is_published(self, cast: Cast, network: Network) -> None:
        with pytest.raises(ProgrammeRefused):
            adopt_concept(network=network, unit=cast.school, adopted_on=clock.today(), note="", by=cast.bilal)

    def test_only_a_school_that_is_no_member_is_offered_to_adopt(self, cast: Cast, network: Network) -> None:
        publish_concept(network=network, concept=CONCEPT, is_public=False, by=cast.aino)
        assert seen(network, cast.bilal, cast.school).adopt_url
        assert not seen(network, cast.celia, cast.school).adopt_url
        assert not seen(network, cast.aino, cast.region).adopt_url
        choose(network, cast.school, cast.aino)
        assert not seen(network, cast.bilal, cast.school).adopt_url


class TestWhatWaits:
    def waiting(self, by: Account, scope: Unit) -> list[tuple[str, str]]:
        by.kept_reach = None
        found = programme_tasks(by, scope)
        return [(one.title, one.context) for one in found if one.key.startswith("programme.network.")]

    def test_plans_without_a_decision_wait_for_who_may_decide(self, cast: Cast, network: Network) -> None:
        assert self.waiting(cast.aino, cast.region) == []
        apply_to(network, cast.school, cast.bilal)
        apply_to(network, cast.other_school, cast.aino)
        (task,) = self.waiting(cast.aino, cast.region)
        assert "2" in task[0]
        assert self.waiting(cast.bilal, cast.school) == []
        assert self.waiting(cast.gunilla, cast.region) == []
        decide_member(
            network=network, unit=cast.school, is_chosen=False, reason="x", decided_on=clock.today(), by=cast.aino
        )
        assert "1" in self.waiting(cast.aino, cast.region)[0][0]

    def test_once_all_are_decided_nothing_waits(self, cast: Cast, network: Network) -> None:
        choose(network, cast.school, cast.aino)
        assert self.waiting(cast.aino, cast.region) == []


class TestThePages:
    def client(self, by: Account | None) -> Client:
        client = Client(headers={"accept-language": "en"})
        if by is not None:
            client.force_login(by)
        return client

    def address(self, network: Network, name: str, scope: Unit, *more: str) -> str:
        return reverse(f"programme:{name}", args=[scope.key, network.programme.slug, network.slug, *more])

    def test_a_coordinator_decides_asks_and_publishes(self, cast: Cast, network: Network) -> None:
        apply_to(network, cast.school, cast.bilal)
        client, day = self.client(cast.aino), clock.today()
        on = f"{day.day}.{day.month}.{day.year}"
        decided = {"is_chosen": "yes", "decided_on": on, "reason": "Hyvä."}
        url = self.address(network, "decide-member", cast.region, cast.school.key)
        assert client.post(url, decided).status_code == 302
        later = day + timedelta(days=9)
        url = self.address(network, "ask-members", cast.region)
        year = client.get(url).context["form"].fields["school_year"].initial
        asked = {"school_year": year, "term": "autumn", "closes_on": f"{later.day}.{later.month}.{later.year}"}
        assert client.post(url, asked).status_code == 302
        url = self.address(network, "publish-concept", cast.region)
        assert client.post(url, {"concept_fi": "Näin."}).status_code == 302
        url = self.address(network, "adopt-concept", cast.other_school)
        assert client.post(url, {"adopted_on": on, "note": ""}).status_code == 302
        shown = client.get(self.address(network, "see-network", cast.region)).content.decode()
        assert "Näin." in shown
        assert cast.other_school.name_fi in shown

    def test_a_network_is_founded_by_a_form(self, cast: Cast) -> None:
        programme = region_programme(cast)
        day = clock.today() + timedelta(days=9)
        data = {"name_fi": "Verkosto", "purpose_fi": "Kokeillaan", "areas": "Tekoäly; AI; AI\nPortfolio",
                "closes_on": f"{day.day}.{day.month}.{day.year}"}  # fmt: skip
        url = reverse("programme:found-network", args=[cast.region.key, programme.slug])
        assert self.client(cast.aino).post(url, data).status_code == 302
        assert [area["code"] for area in Network.objects.get().areas] == ["tekoaly", "portfolio"]

    def test_everybody_reads_a_public_concept_and_no_other(self, cast: Cast, network: Network) -> None:
        url = reverse("programme:see-public-network", args=[network.programme.slug, network.slug])
        assert self.client(None).get(url).status_code == 404
        with pytest.raises(ProgrammeRefused):
            publish_concept(network=network, concept=CONCEPT, is_public=True, by=cast.aino)
        Programme.objects.filter(pk=network.programme_id).update(is_public=True)
        network.programme.refresh_from_db()
        publish_concept(network=network, concept=CONCEPT, is_public=True, by=cast.aino)
        assert "This is how." in self.client(None).get(url).content.decode()

    def test_the_public_page_of_the_programme_leads_to_public_concepts_only(
        self, cast: Cast, network: Network
    ) -> None:
        Programme.objects.filter(pk=network.programme_id).update(is_public=True)
        network.programme.refresh_from_db()
        url = reverse("programme:see-public-network", args=[network.programme.slug, network.slug])
        page = reverse("programme:see-public-programme", args=[network.programme.slug])
        publish_concept(network=network, concept=CONCEPT, is_public=False, by=cast.aino)
        assert url not in self.client(None).get(page).content.decode()
        publish_concept(network=network, concept=CONCEPT, is_public=True, by=cast.aino)
        assert url in self.client(None).get(page).content.decode()

    def test_a_stranger_finds_nothing(self, cast: Cast, network: Network) -> None:
        with pytest.raises(Http404):
            access.network_for(cast.farid, network.programme, network.slug)

    def test_queries_do_not_grow_with_the_schools(self, cast: Cast, network: Network) -> None:
        choose(network, cast.school, cast.aino)
        client, url = self.client(cast.aino), self.address(network, "see-network", cast.region)
        few = self.asked(client, url)
        for number in range(4):
            unit = make_unit(Kind.INSTITUTION, cast.nokia, f"Kivi {number} esimerkkikoulu")
            choose(network, unit, cast.aino)
        assert self.asked(client, url) <= few

    @staticmethod
    def asked(client: Client, url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)
