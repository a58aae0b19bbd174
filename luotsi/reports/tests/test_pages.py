"""The pages of reports: what each shows to whom, what they refuse, and how much they ask of the database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luotsi.base import clock
from luotsi.people.models import Account
from luotsi.people.tests.cast import Cast
from luotsi.reports.actions.drafts import begin_report, write_texts
from luotsi.reports.models import Report, ReportText
from luotsi.reports.tests.making import Reported, make_reported
from luotsi.reports.waiting import tasks_for


@pytest.fixture
def reported(cast: Cast) -> Reported:
    return make_reported(cast)


@pytest.fixture
def client_of() -> Callable[[Account], Client]:
    def client_of(account: Account) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(account)
        return client

    return client_of


def address(name: str, cast: Cast, report: Report, **more: str) -> str:
    """Return the address of a page of a report, seen from Tampere."""
    return reverse(f"reports:{name}", kwargs={"scope": cast.tampere.key, "pk": report.pk, **more})


def page_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


class TestTheList:
    def test_a_draft_is_listed_only_to_those_who_write_it(
        self, cast: Cast, reported: Reported, client_of: Callable[[Account], Client]
    ) -> None:
        url = reverse("reports:list-reports", args=[cast.tampere.key])
        assert str(reported.draft.pk) in page_of(client_of(cast.aino), url)
        words = page_of(client_of(cast.eeva), url)
        assert str(reported.draft.pk) not in words
        assert str(reported.published.pk) in words

    def test_it_asks_no_more_for_many_reports_than_for_few(
        self, cast: Cast, reported: Reported, client_of: Callable[[Account], Client]
    ) -> None:
        url, client = reverse("reports:list-reports", args=[cast.tampere.key]), client_of(cast.aino)
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as few:
            client.get(url)
        for period in ("2023", "2024", "2025"):
            begin_report(
                kind="evaluation",
                programme=reported.programme,
                period=period,
                data_on=reported.draft.data_on,
                by=cast.aino,
            )
        client.get(url)  # what others keep in memory until something is written is fetched again
        with CaptureQueriesContext(connection) as many:
            client.get(url)
        assert len(many) == len(few)
        assert len(few) <= 30

    def test_what_can_be_begun_is_offered_to_writers_only(
        self, cast: Cast, reported: Reported, client_of: Callable[[Account], Client]
    ) -> None:
        url = reverse("reports:list-reports", args=[cast.tampere.key])
        assert "Begin a report" in page_of(client_of(cast.aino), url)
        assert "Begin a report" not in page_of(client_of(cast.eeva), url)


class TestADraft:
    def test_it_has_an_editor_for_every_section_in_two_languages_and_tells_what_was_saved(
        self, cast: Cast, reported: Reported, client_of: Callable[[Account], Client]
    ) -> None:
        words = page_of(client_of(cast.aino), address("see-report", cast, reported.draft))
        assert words.count('<textarea class="hds-text-input__input"') == 22
        assert "Saved" in words
        assert "Not written yet" in words

    def test_others_do_not_know_of_it(
        self, cast: Cast, reported: Reported, client_of: Callable[[Account], Client]
    ) -> None:
        url = address("see-report", cast, reported.draft)
        assert client_of(cast.eeva).get(url).status_code == 404

    def test_a_text_is_saved_and_its_figure_is_shown(
        self, cast: Cast, reported: Reported, client_of: Callable[[Account], Client]
    ) -> None:
        client = client_of(cast.aino)
        url = address("write-text", cast, reported.draft, section="summary")
        response = client.post(url, {"fi": "Tarve on {B1}.", "sv": ""}, follow=True)
        assert "Tarve on" in response.content.decode()
        assert "1,000" in response.content.decode()
        assert ReportText.objects.get(report=reported.draft, section="summary", language="fi").edited_by == cast.aino

    def test_a_text_that_names_no_figure_keeps_it_from_being_frozen(
        self, cast: Cast, reported: Reported, client_of: Callable[[Account], Client]
    ) -> None:
        write_texts(report=reported.draft, section="summary", texts={"fi": "Osuus on {NIL}."}, by=cast.aino)
        words = page_of(client_of(cast.aino), address("see-report", cast, reported.draft))
        assert "names a figure that is not there" in words
        assert "<mark>{NIL}</mark>" in words

    def test_markup_that_somebody_writes_stays_text(
        self, cast: Cast, reported: Reported, client_of: Callable[[Account], Client]
    ) -> None:
        write_texts(report=reported.draft, section="summary", texts={"fi": "<script>1</script>"}, by=cast.aino)
        words = page_of(client_of(cast.aino), address("see-report", cast, reported.draft))
        assert "<script>1" not in words

    def test_a_figure_leads_to_its_records_where_the_reader_may_see_them(
        self, cast: Cast, reported: Reported, client_of: Callable[[Account], Client]
    ) -> None:
        words = page_of(client_of(cast.aino), address("see-report", cast, reported.published))
        assert f'href="/u/{cast.tampere.key}/indicators/' in words


class TestFreezing:
    def test_the_page_asks_for_nothing_where_nothing_is_missing_and_freezes(
        self, cast: Cast, reported: Reported, client_of: Callable[[Account], Client]
    ) -> None:
        client, url = client_of(cast.aino), address("freeze-report", cast, reported.draft)
        client.get(url)
        data = dict.fromkeys(client.get(url).context["form"].fields, "Sovittu.")
        assert client.post(url, data).status_code == 302
        reported.draft.refresh_from_db()
        assert reported.draft.state == "frozen"

    def test_a_frozen_report_is_not_frozen_again(
        self, cast: Cast, reported: Reported, client_of: Callable[[Account], Client]
    ) -> None:
        response = client_of(cast.aino).post(address("freeze-report", cast, reported.frozen))
        assert response.status_code == 422
        assert "frozen already" in response.content.decode()


class TestAFrozenReport:
    def test_it_shows_its_hash_and_proves(
        self, cast: Cast, reported: Reported, client_of: Callable[[Account], Client]
    ) -> None:
        client = client_of(cast.eeva)
        assert reported.frozen.sha256 in page_of(client, address("see-report", cast, reported.frozen))
        words = page_of(client, address("verify-report", cast, reported.frozen))
        assert "Proves" in words
        assert "Not the same</span>" not in words

    def test_it_tells_apart_what_would_be_another_figure_today(
        self, cast: Cast, reported: Reported, client_of: Callable[[Account], Client]
    ) -> None:
        from luotsi.programme.models import BudgetLine

        BudgetLine.objects.filter(code="B1").update(amount="1500.00")
        words = page_of(client_of(cast.aino), address("see-report", cast, reported.frozen))
        assert "would be" in words
        assert "1,500" in words

    def test_the_matter_is_written_decided_and_published(
        self, cast: Cast, reported: Reported, client_of: Callable[[Account], Client]
    ) -> None:
        client, report = client_of(cast.aino), reported.frozen
        given = {"body_fi": "Lautakunta", "officer": "Johtaja", "proposal_fi": "Merkitään."}
        assert client.post(address("prepare-matter", cast, report), given).status_code == 302
        decided = {"outcome": "approved", "on": str(clock.day_of(report.frozen_at)), "number": "§ 9"}  # type: ignore[arg-type]
        assert client.post(address("decide-report", cast, report), decided).status_code == 302
        assert client.post(address("publish-report", cast, report)).status_code == 302
        report.refresh_from_db()
        assert (report.state, report.board["outcome"]) == ("published", "approved")

    def test_a_new_version_shows_old_and_new(
        self, cast: Cast, reported: Reported, client_of: Callable[[Account], Client]
    ) -> None:
        from luotsi.programme.models import BudgetLine

        client = client_of(cast.aino)
        BudgetLine.objects.filter(code="B1").update(amount="1500.00")
        client.post(address("renew-report", cast, reported.published), {"data_on": "2026-07-31"})
        renewed = Report.objects.get(period="2025-26", version=2)
        words = page_of(client, address("see-report", cast, renewed))
        assert "Changed since version 1" in words
        assert "€1,000" in words
        assert "€1,500" in words


class TestThePublicPage:
    def test_everybody_reads_what_is_published_and_nothing_else(self, reported: Reported) -> None:
        client = Client(headers={"accept-language": "en"})
        words = page_of(client, reverse("reports:see-public-report", args=[reported.published.pk]))
        assert reported.published.sha256 in words
        assert "Esimerkkilautakunta" in words
        for report in (reported.draft, reported.frozen):
            assert client.get(reverse("reports:see-public-report", args=[report.pk])).status_code == 404
            for kind in ("pdf", "xlsx", "json"):
                url = reverse("reports:download-public-report", args=[report.pk, "fi", kind])
                assert client.get(url).status_code == 404

    @pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("json", b"{")])
    def test_its_files_can_be_downloaded(self, reported: Reported, kind: str, begins: bytes) -> None:
        url = reverse("reports:download-public-report", args=[reported.published.pk, "sv", kind])
        response = Client().get(url)
        assert response.content.startswith(begins)
        assert f".{kind}" in response["Content-Disposition"]

    @pytest.mark.parametrize(("lang", "kind"), [("fi", "docx"), ("de", "pdf")])
    def test_other_files_are_not_there(self, reported: Reported, lang: str, kind: str) -> None:
        url = reverse("reports:download-public-report", args=[reported.published.pk, lang, kind])
        assert Client().get(url).status_code == 404


class TestWhatWaits:
    def test_drafts_wait_for_their_writers_and_frozen_reports_for_their_decision(
        self, cast: Cast, reported: Reported
    ) -> None:
        keys = [task.key for task in tasks_for(cast.aino, cast.tampere)]
        assert keys == [f"reports.draft.{reported.draft.pk}", f"reports.frozen.{reported.frozen.pk}"]
        assert tasks_for(cast.eeva, cast.tampere) == []
