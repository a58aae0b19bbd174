"""The pages of a programme: who sees what of whom, and what can be done on them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luotsi.people.models import Account
from luotsi.people.tests.cast import Cast
from luotsi.programme.actions.participations import consent
from luotsi.programme.models import Finding, MilestoneState, Participation, PlanVersion, Programme
from luotsi.programme.queries.plan_workbook import workbook_of
from luotsi.programme.tests.programmes import region_programme
from luotsi.programme.tests.sound import SOUND, plan_of

pytestmark = pytest.mark.django_db

PLACE = ("M11", "2024-25")


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return region_programme(cast)


def browser(account: Account | None) -> Client:
    client = Client()
    if account is not None:
        client.force_login(account)
    return client


def page(account: Account, name: str, *arguments: str, query: str = "", status: int = 200) -> str:
    response = browser(account).get(reverse(f"programme:{name}", args=arguments) + query)
    assert response.status_code == status
    return response.content.decode()


def told(cast: Cast, programme: Programme, by: Account, **given: object) -> int:
    url = reverse("programme:tell-state", args=[cast.tampere.key, programme.slug, *PLACE])
    data = {"unit": "tampere", "state": "done", "done_on": "30.5.2025", "words": "Selvitys hyväksyttiin.", **given}
    return browser(by).post(url, data, HTTP_ACCEPT_LANGUAGE="fi").status_code


class TestTheOverview:
    def test_members_of_the_region_see_the_shared_plan_and_strangers_do_not(
        self, cast: Cast, programme: Programme
    ) -> None:
        for account, scope in ((cast.aino, cast.region), (cast.bilal, cast.school), (cast.gunilla, cast.region)):
            shown = page(account, "see-programme", scope.key, programme.slug)
            assert "39" in shown
            assert 'id="s-PP1"' in shown
        page(cast.farid, "see-programme", cast.elsewhere.key, programme.slug, status=404)
        assert programme.slug not in page(cast.farid, "list-programmes", cast.elsewhere.key)

    def test_it_shows_the_own_municipality_first_and_all_members_on_request(
        self, cast: Cast, programme: Programme
    ) -> None:
        assert told(cast, programme, cast.daniel) == 302
        own = page(cast.bilal, "see-programme", cast.school.key, programme.slug)
        assert 'href="?unit=tampere" aria-current="true"' in own
        every = page(cast.bilal, "see-programme", cast.school.key, programme.slug, query="?unit=all")
        assert 'href="?unit=all" aria-current="true"' in every

    def test_another_member_is_shown_apart_only_with_its_consent(self, cast: Cast, programme: Programme) -> None:
        nokia = Participation.objects.get(programme=programme, unit=cast.nokia)
        page(cast.bilal, "see-programme", cast.school.key, programme.slug, query="?unit=nokia", status=404)
        consent(participation=nokia, to="figures", agreed_by="Sivistyslautakunta", by=cast.aino)
        page(cast.bilal, "see-programme", cast.school.key, programme.slug, query="?unit=nokia")

    def test_the_present_period_is_named_and_counts_lead_to_the_milestones(
        self, cast: Cast, programme: Programme
    ) -> None:
        shown = page(cast.aino, "see-programme", cast.region.key, programme.slug)
        assert 'class="is-now"' in shown
        assert f"/programme/{programme.slug}/milestones/?state=late" in shown

    def test_gaps_lead_to_the_forms_of_those_who_plan_and_nowhere_for_others(
        self, cast: Cast, programme: Programme
    ) -> None:
        edit = reverse("programme:edit-plan", args=[cast.region.key, programme.slug])
        assert edit in page(cast.aino, "see-programme", cast.region.key, programme.slug)
        assert edit not in page(cast.gunilla, "see-programme", cast.region.key, programme.slug)

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_the_grid_leaves_as_a_file(self, cast: Cast, programme: Programme, kind: str) -> None:
        url = reverse("programme:download-grid", args=[cast.region.key, programme.slug, kind])
        response = browser(cast.aino).get(url)
        assert response.status_code == 200
        assert programme.slug in response["Content-Disposition"]
        if kind == "csv":
            assert len(response.content.decode().splitlines()) == 40  # 39 milestones and the headings


class TestTellingAState:
    def test_it_stands_in_the_grid_and_on_the_measure_with_its_evidence(
        self, cast: Cast, programme: Programme
    ) -> None:
        assert told(cast, programme, cast.daniel) == 302
        assert MilestoneState.objects.get().state == "done"
        measure = page(cast.bilal, "see-measure", cast.school.key, programme.slug, "M11")
        assert "Selvitys hyväksyttiin." in measure

    @pytest.mark.parametrize(
        "given",
        [{"done_on": ""}, {"done_on": "1.1.2090"}, {"state": "at_risk"}, {"unit": "nokia"}, {"state": "ready"}],
    )
    def test_it_is_refused_with_what_was_typed_kept(
        self, cast: Cast, programme: Programme, given: dict[str, str]
    ) -> None:
        assert told(cast, programme, cast.daniel, **given) == 422
        assert not MilestoneState.objects.exists()

    def test_those_who_may_look_only_cannot_do_it(self, cast: Cast, programme: Programme) -> None:
        assert told(cast, programme, cast.eeva) == 403
        assert told(cast, programme, cast.farid) == 404

    def test_a_file_is_kept_and_given_to_those_who_see_the_unit(self, cast: Cast, programme: Programme) -> None:
        file = SimpleUploadedFile("muistio.pdf", b"%PDF-1.7 muistio")
        assert told(cast, programme, cast.daniel, file=file) == 302
        row = MilestoneState.objects.get()
        url = reverse("programme:download-evidence", args=[cast.school.key, programme.slug, row.pk])
        response = browser(cast.bilal).get(url)
        assert b"".join(response.streaming_content) == b"%PDF-1.7 muistio"  # type: ignore[attr-defined]
        elsewhere = reverse("programme:download-evidence", args=[cast.elsewhere.key, programme.slug, row.pk])
        assert browser(cast.farid).get(elsewhere).status_code == 404

    def test_a_program_is_no_evidence(self, cast: Cast, programme: Programme) -> None:
        assert told(cast, programme, cast.daniel, file=SimpleUploadedFile("x.pdf", b"MZ\x00\x01")) == 422

    def test_a_measure_is_set_by_hand_only_with_a_reason(self, cast: Cast, programme: Programme) -> None:
        url = reverse("programme:tell-measure", args=[cast.tampere.key, programme.slug, "M11"])
        client = browser(cast.daniel)
        assert client.post(url, {"unit": "tampere", "state": "at_risk"}).status_code == 422
        given = {"unit": "tampere", "state": "at_risk", "reason": "Hankinta viivästyi."}
        assert client.post(url, given).status_code == 302
        assert "Hankinta viivästyi." in page(cast.bilal, "see-measure", cast.school.key, programme.slug, "M11")


class TestMilestonesListed:
    def test_the_number_of_the_bar_is_the_number_of_rows(self, cast: Cast, programme: Programme) -> None:
        told(cast, programme, cast.daniel)
        shown = page(
            cast.daniel, "list-milestones", cast.tampere.key, programme.slug, query="?state=done&unit=tampere"
        )
        assert shown.count('<th role="rowheader"') == 1

    def test_words_narrow_it_in_any_case(self, cast: Cast, programme: Programme) -> None:
        shown = page(cast.daniel, "list-milestones", cast.tampere.key, programme.slug, query="?q=TURVATULOSTUS")
        assert 0 < shown.count('<th role="rowheader"') < 39


class TestFindings:
    @staticmethod
    def add(cast: Cast, programme: Programme, **given: str) -> int:
        url = reverse("programme:add-finding", args=[cast.region.key, programme.slug])
        data = {"text_fi": "Tunnuksia on liikaa", "is_negative": "on", "section": "PP1", **given}
        return browser(cast.aino).post(url, data).status_code

    def test_one_without_an_answer_comes_first_and_says_what_it_lacks(self, cast: Cast, programme: Programme) -> None:
        assert self.add(cast, programme, text_fi="Hyvin meni", is_negative="") == 302
        assert self.add(cast, programme) == 302
        shown = page(cast.gunilla, "list-findings", cast.region.key, programme.slug)
        assert shown.index("Tunnuksia on liikaa") < shown.index("Hyvin meni")

    def test_it_is_closed_with_what_its_action_changed(self, cast: Cast, programme: Programme) -> None:
        self.add(cast, programme, action_fi="Yhdistetään tunnukset", owner="OJ", due_on="1.5.2027")
        code = Finding.objects.get(section="PP1", programme=programme).code
        url = reverse("programme:close-finding", args=[cast.region.key, programme.slug, code])
        assert browser(cast.aino).post(url, {"effect": ""}).status_code == 422
        assert browser(cast.aino).post(url, {"effect": "Tunnuksia on yksi."}).status_code == 302
        assert "Tunnuksia on yksi." in page(cast.gunilla, "see-finding", cast.region.key, programme.slug, code)

    def test_it_needs_words_in_some_language(self, cast: Cast, programme: Programme) -> None:
        assert self.add(cast, programme, text_fi="") == 422


class TestMoney:
    @staticmethod
    def add(cast: Cast, programme: Programme, **given: str) -> int:
        url = reverse("programme:add-budget-line", args=[cast.region.key, programme.slug])
        data = {
            "text_fi": "Koulutukset",
            "kind": "need",
            "period": "2026",
            "section": "PP1",
            "amount": "1000",
            **given,
        }
        return browser(cast.aino).post(url, data).status_code

    def test_a_sum_that_was_not_given_is_not_zero(self, cast: Cast, programme: Programme) -> None:
        assert self.add(cast, programme) == 302
        assert self.add(cast, programme, kind="granted", amount="") == 302
        amounts = programme.budget_lines.filter(section="PP1").order_by("code").values_list("amount", flat=True)
        assert list(amounts) == [1000, None]
        assert self.add(cast, programme, period="ensi vuonna") == 422


class TestVersions:
    def test_a_change_goes_to_the_draft_is_read_there_and_published(self, cast: Cast, programme: Programme) -> None:
        client, at = browser(cast.aino), [cast.region.key, programme.slug]
        edit = reverse("programme:edit-milestone", args=[*at, *PLACE])
        given = {"text_fi": "Tilanne selvitetty ja kirjattu", "owner": "OJ", "number": "8", "unit": "kunta"}
        assert client.post(edit, given).status_code == 302
        assert "Tilanne selvitetty ja kirjattu" not in page(cast.gunilla, "see-programme", *at)
        assert "Tilanne selvitetty ja kirjattu" in page(cast.aino, "compare-versions", *at, "1", "draft")
        page(cast.gunilla, "compare-versions", *at, "1", "draft", status=404)
        publish = reverse("programme:publish-draft", args=at)
        assert client.post(publish, {"note": "", "approved_by": "", "approved_on": ""}).status_code == 422
        approved = {"note": "Tarkennus", "approved_by": "Lautakunta", "approved_on": "1.10.2025", "reference": "§ 3"}
        assert client.post(publish, approved).status_code == 302
        assert PlanVersion.objects.filter(programme=programme).count() == 2
        assert "Lautakunta" in page(cast.gunilla, "list-versions", *at)
        assert "Tilanne selvitetty ja kirjattu" in page(cast.gunilla, "see-programme", *at)

    def test_only_who_plans_may_edit_and_publish(self, cast: Cast, programme: Programme) -> None:
        for name in ("edit-plan", "publish-draft"):
            page(cast.gunilla, name, cast.region.key, programme.slug, status=403)

    def test_a_plan_leaves_as_a_file_that_can_be_imported_again(self, cast: Cast, programme: Programme) -> None:
        url = reverse("programme:download-plan", args=[cast.region.key, programme.slug, "yaml"])
        assert browser(cast.gunilla).get(url).content.startswith(b"key: TRE-SEUTU-DIGI-2024-2027")


class TestImporting:
    @staticmethod
    def send(cast: Cast, data: bytes, name: str = "plan.yaml") -> tuple[int, str]:
        url = reverse("programme:import-plan", args=[cast.tampere.key])
        response = browser(cast.aino).post(url, {"file": SimpleUploadedFile(name, data)})
        return response.status_code, response.content.decode()

    def test_the_dry_run_saves_nothing_and_the_import_does(self, cast: Cast) -> None:
        status, shown = self.send(cast, SOUND.encode())
        assert status == 200
        assert not Programme.objects.exists()
        token = shown.split('name="token" value="')[1].split('"')[0]
        url = reverse("programme:import-plan", args=[cast.tampere.key])
        assert browser(cast.aino).post(url, {"token": token}).status_code == 302
        assert Programme.objects.get().owner == cast.tampere

    def test_a_workbook_is_taken_as_well(self, cast: Cast) -> None:
        status, shown = self.send(cast, workbook_of(plan_of(SOUND)), "plan.xlsx")
        assert status == 200
        assert 'name="token"' in shown

    @pytest.mark.parametrize("text", ["key: [", "key: KOE\nnames: {fi: Nimi}\n", SOUND.replace("V1}", "V9}")])
    def test_every_problem_is_told_and_nothing_can_be_imported(self, cast: Cast, text: str) -> None:
        status, shown = self.send(cast, text.replace("responsibility: V1", "responsibility: V9").encode())
        assert status == 422
        assert 'name="token"' not in shown
        assert "<table" in shown

    def test_a_token_that_was_tampered_with_imports_nothing(self, cast: Cast) -> None:
        url = reverse("programme:import-plan", args=[cast.tampere.key])
        assert browser(cast.aino).post(url, {"token": "x:y:z"}).status_code == 302
        assert not Programme.objects.exists()

    @pytest.mark.parametrize("kind", ["yaml", "xlsx"])
    def test_the_template_is_found_sound(self, cast: Cast, kind: str) -> None:
        url = reverse("programme:download-template", args=[cast.tampere.key, kind])
        data = browser(cast.aino).get(url).content
        assert self.send(cast, data, f"plan.{kind}")[0] == 200


class TestTheClock:
    def test_the_feed_opens_with_its_key_only_and_names_nobody(self, cast: Cast, programme: Programme) -> None:
        add = reverse("programme:add-event", args=[cast.region.key, programme.slug])
        event = {"title_fi": "Osaamiskysely", "day": "2", "month": "11", "remind_days": "14", "owner": "OJ"}
        assert browser(cast.aino).post(add, event).status_code == 302
        assert browser(cast.aino).post(add, {**event, "day": "31"}).status_code == 422
        shown = page(cast.gunilla, "see-clock", cast.region.key, programme.slug)
        key = shown.split(f"/calendar/{programme.slug}/")[1].split(".ics")[0]
        feed = browser(None).get(reverse("programme:subscribe-clock", args=[programme.slug, key]))
        assert b"SUMMARY:Osaamiskysely" in feed.content
        assert b"Esimerkkil" not in feed.content
        wrong = reverse("programme:subscribe-clock", args=[programme.slug, "0" * 32])
        assert browser(None).get(wrong).status_code == 404


class TestMembers:
    def test_a_member_decides_itself_what_the_others_see(self, cast: Cast, programme: Programme) -> None:
        url = reverse("programme:edit-consent", args=[cast.nokia.key, programme.slug])
        given = {"consent": "figures", "consented_by": "Sivistyslautakunta", "consented_on": "1.10.2024"}
        assert browser(cast.daniel).get(url).status_code == 404
        assert browser(cast.aino).post(url, given).status_code == 302
        taking = Participation.objects.get(programme=programme, unit=cast.nokia)
        assert (taking.consent, taking.consented_on) == ("figures", date(2024, 10, 1))

    def test_the_comparison_has_a_column_for_those_that_consented_and_leaves_as_a_file(
        self, cast: Cast, programme: Programme
    ) -> None:
        assert "Nokia" not in page(
            cast.bilal, "compare-members", cast.school.key, programme.slug, query="?period=2024-25"
        )
        nokia = Participation.objects.get(programme=programme, unit=cast.nokia)
        consent(participation=nokia, to="figures", agreed_by="Sivistyslautakunta", by=cast.aino)
        query = "?period=2024-25&format=csv"
        table = page(cast.bilal, "compare-members", cast.school.key, programme.slug, query=query)
        head, *rows = table.splitlines()
        assert head.split(";")[2:4] == ["Tampere", "Nokia"]
        assert len(rows) == 13

    def test_a_school_sees_what_is_asked_of_it(self, cast: Cast, programme: Programme) -> None:
        shown = page(cast.bilal, "see-my-unit", cast.school.key)
        assert programme.names.en in shown
        assert reverse("programme:tell-state", args=[cast.school.key, programme.slug, "M11", "2024-25"]) in shown


class TestThePublicPage:
    @staticmethod
    def open(cast: Cast, programme: Programme, is_open: str) -> None:
        url = reverse("programme:open-page", args=[cast.region.key, programme.slug])
        assert browser(cast.aino).post(url, {"open": is_open}).status_code == 302

    def test_it_is_there_only_while_it_is_open(self, cast: Cast, programme: Programme) -> None:
        url = reverse("programme:see-public-programme", args=[programme.slug])
        assert browser(None).get(url).status_code == 404
        self.open(cast, programme, "yes")
        response = browser(None).get(url)
        assert response.status_code == 200
        assert "max-age=" in response["Cache-Control"]
        self.open(cast, programme, "no")
        assert browser(None).get(url).status_code == 404

    def test_it_tells_the_published_version_and_no_state_of_a_single_member(
        self, cast: Cast, programme: Programme
    ) -> None:
        told(cast, programme, cast.daniel)
        at = [cast.region.key, programme.slug]
        edit = reverse("programme:edit-milestone", args=[*at, *PLACE])
        browser(cast.aino).post(edit, {"text_fi": "Vasta luonnoksessa"})
        self.open(cast, programme, "yes")
        shown = browser(None).get(reverse("programme:see-public-programme", args=[programme.slug])).content.decode()
        assert "Vasta luonnoksessa" not in shown
        assert "Selvitys hyväksyttiin." not in shown
        assert "/u/" not in shown

    def test_its_data_can_be_taken_along_by_anybody(self, cast: Cast, programme: Programme) -> None:
        self.open(cast, programme, "yes")
        for name, kind, begins in (
            ("download-public-plan", "yaml", b"key: TRE"),
            ("download-public-plan", "json", b"{"),
            ("download-public-data", "csv", b"\xef\xbb\xbfkind;code"),
            ("download-public-data", "json", b'{"programme"'),
        ):
            response = browser(None).get(reverse(f"programme:{name}", args=[programme.slug, kind]))
            assert response.content.startswith(begins)
            assert response["Access-Control-Allow-Origin"] == "*"


# The session, the account, the roles, the unit and the head of the log come first on every page; what waits is kept.
BUDGETS = {
    "list-programmes": 10,
    "see-my-unit": 30,
    "see-programme": 31,
    "list-measures": 13,
    "list-milestones": 12,
    "list-findings": 10,
    "see-money": 14,
    "list-versions": 9,
    "see-clock": 16,  # five of them for days that other rooms add
    "compare-members": 12,
}


class TestTheNumberOfQueries:
    @pytest.mark.parametrize("name", BUDGETS)
    def test_a_page_keeps_its_budget_however_much_there_is_to_show(
        self, cast: Cast, programme: Programme, name: str
    ) -> None:
        scope = cast.school if name == "see-my-unit" else cast.region
        arguments = [scope.key] if name in {"list-programmes", "see-my-unit"} else [scope.key, programme.slug]
        client, url = browser(cast.aino), reverse(f"programme:{name}", args=arguments)
        few = self.asked(client, url)
        for number in range(6):
            TestFindings.add(cast, programme, text_fi=f"Havainto {number}", section="PP1")
            TestMoney.add(cast, programme, period=str(2020 + number))
            told(cast, programme, cast.aino, words=f"Kirjaus {number}")
        many = self.asked(client, url)
        assert many <= BUDGETS[name], many
        assert many <= few

    @staticmethod
    def asked(client: Client, url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)
