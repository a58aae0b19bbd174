"""Reports to the funder: filled from the records, explained by people, frozen when sent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luotsi.base.models import AuditEntry
from luotsi.funding.actions.demo import reporting as demo
from luotsi.funding.actions.demo.grants import NETWORK
from luotsi.funding.actions.grant_reports import (
    begin_report,
    complete_report,
    discard_report,
    send_report,
    write_report,
)
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.actions.spending import write_income
from luotsi.funding.models import GrantReport, LedgerEntry, Obligation
from luotsi.funding.queries.reports.content import content_of
from luotsi.funding.queries.reports.documents import document
from luotsi.funding.rules.reports import digest_of, missing_parts
from luotsi.funding.tests.granting import make_application
from luotsi.funding.tests.reporting import book, make_running, pay, serve
from luotsi.programme.tests.programmes import region_programme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from luotsi.funding.models import Application
    from luotsi.funding.rules.reports import Content, Told
    from luotsi.people.models import Account
    from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db
DONE = {
    "done": "Laitteet lainattiin kouluille.",
    "results": "Opetus muuttui.",
    "use": "Mallit ovat kaikkien luettavissa.",
}


@pytest.fixture(autouse=True)
def autumn() -> Iterator[None]:
    """A day after the period of use: 1.9.2024."""
    with time_machine.travel("2024-09-01 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def running(cast: Cast) -> Application:
    """A grant whose costs were 20,100, 9,900 and 2,100 €, 900 € of them after the period."""
    application = make_running(cast)
    book(
        application,
        [
            ("personnel", date(2023, 3, 31), 20100),
            ("services", date(2023, 5, 2), 9900),
            ("travel", date(2024, 2, 1), 1200),
            ("travel", date(2024, 8, 20), 900),
        ],
    )
    pay(application, 20000, date(2022, 9, 5))
    return application


def begun(application: Application, by: Account, kind: str = "final_report", key: str = "final-1") -> GrantReport:
    return begin_report(application=application, kind=kind, key=key, by=by)


def written(report: GrantReport, by: Account, **words: str) -> GrantReport:
    return write_report(report=report, words=words, until_on=None, seen=report.changed_at, by=by)


def complete(application: Application, by: Account) -> GrantReport:
    report = begun(application, by)
    words = {**DONE, "cost:travel": "Tapaamiset pidettiin etänä."}
    return written(report, by, **words)


def line(content: Content, key: str) -> Told:
    return next(one for one in content.lines if one.key == key)


def amounts(content: Content) -> dict[str, Decimal | None]:
    return {one.key: one.amount for one in content.sums}


class TestWhatAReportTells:
    def test_costs_are_those_that_are_eligible_with_their_origin(self, cast: Cast, running: Application) -> None:
        content = content_of(cast.eeva, begun(running, cast.eeva))
        travel = line(content, "cost:travel")
        assert (travel.planned, travel.actual) == (Decimal(3500), Decimal(1200))
        assert "travel" in travel.origin
        assert all(one.origin for one in content.lines)

    def test_the_sums_of_the_grant_follow_from_ledger_and_payments(self, cast: Cast, running: Application) -> None:
        found = amounts(content_of(cast.eeva, begun(running, cast.eeva)))
        assert found["booked"] == Decimal(31200)
        assert found["eligible"] == Decimal(31200)
        assert found["payable"] == Decimal(28080)
        assert found["own"] == Decimal(3120)
        assert found["still_due"] == Decimal(8080)
        assert found["to_return"] == 0

    def test_what_the_project_has_earned_is_told_and_taken_off(self, cast: Cast, running: Application) -> None:
        assert "earned" not in amounts(content_of(cast.eeva, begun(running, cast.eeva)))
        write_income(application=running, earned=Decimal(6000), by=cast.eeva)
        running.refresh_from_db()
        found = amounts(content_of(cast.eeva, running.grant_reports.get()))
        assert (found["earned"], found["payable"], found["own"]) == (Decimal(6000), Decimal(25200), Decimal(0))

    def test_a_draft_fills_itself_anew_and_keeps_what_was_typed(self, cast: Cast, running: Application) -> None:
        report = written(begun(running, cast.eeva), cast.eeva, done="Alku.")
        book(running, [("services", date(2023, 6, 1), 50)])
        content = content_of(cast.eeva, report)
        assert line(content, "cost:services").actual == Decimal(9950)
        assert content.word("done") == "Alku."

    def test_an_interim_one_is_held_against_the_plan_to_its_day(self, cast: Cast, running: Application) -> None:
        report = begun(running, cast.eeva, "interim_report", "interim-1")
        report = write_report(
            report=report, words={}, until_on=date(2023, 7, 31), seen=report.changed_at, by=cast.eeva
        )
        content = content_of(cast.eeva, report)
        assert line(content, "cost:travel").planned == Decimal("1747.61")  # 365 of 731 days
        assert line(content, "cost:travel").actual == 0
        assert line(content, "cost:travel").whole == Decimal(3500)

    @time_machine.travel("2026-09-01 12:00:00+00:00", tick=False)
    def test_measures_tell_milestones_due_and_reached(self, cast: Cast) -> None:
        running = make_running(cast, ends_on=date(2026, 7, 31))
        serve(cast, running)
        content = content_of(cast.aino, begun(running, cast.aino))
        measure = content.lines[0]
        assert (measure.planned, measure.actual) == (Decimal(2), Decimal(1))
        assert measure.origin.endswith("/M11/")
        assert all(part.origin and part.state for part in measure.parts)

    @time_machine.travel("2026-09-01 12:00:00+00:00", tick=False)
    def test_every_origin_opens_for_whoever_writes(self, cast: Cast) -> None:
        running = make_running(cast, ends_on=date(2026, 7, 31))
        book(running, [("travel", date(2023, 3, 31), 3500)])
        pay(running, 100, date(2023, 1, 2))
        serve(cast, running)
        content = content_of(cast.eeva, begun(running, cast.eeva))
        parts = [part for one in content.lines for part in one.parts]
        origins = [*(one.origin for one in (*content.lines, *parts)), *(one.origin for one in content.sums)]
        told = [path for path in origins if path]
        assert len(told) >= len(parts) + len(content.sums)
        client = client_of(cast.eeva)
        assert {path: client.get(path).status_code for path in told} == dict.fromkeys(told, 200)

    def test_without_a_ledger_and_links_it_says_so(self, cast: Cast) -> None:
        content = content_of(cast.eeva, begun(make_running(cast), cast.eeva))
        assert {"no_ledger", "no_measures", "no_indicators"} <= set(content.gaps)
        assert content.stops == ("no_ledger",)
        assert line(content, "cost:travel").actual is None

    @time_machine.travel("2026-09-01 12:00:00+00:00", tick=False)
    def test_an_indicator_without_a_figure_is_missing_not_zero(self, cast: Cast) -> None:
        running = make_running(cast, ends_on=date(2026, 7, 31))
        serve(cast, running)
        content = content_of(cast.aino, begun(running, cast.aino))
        assert line(content, "indicator:lent-devices").actual is None
        assert "no_figure" in content.gaps


class TestSending:
    def test_every_missing_thing_is_told_at_once(self, cast: Cast, running: Application) -> None:
        with pytest.raises(FundingRefused) as refused:
            send_report(report=begun(running, cast.eeva), by=cast.eeva)
        told = [str(one) for one in refused.value.reasons]
        assert told == [
            "Write this: What was done.",
            "Write this: What came of it.",
            "Write this: How the results live on.",
            "Tell why this differs from the plan: Travel.",
        ]

    def test_a_report_without_a_ledger_cannot_be_sent(self, cast: Cast) -> None:
        report = written(begun(make_running(cast), cast.eeva), cast.eeva, **DONE)
        with pytest.raises(FundingRefused, match="ledger has no entries"):
            send_report(report=report, by=cast.eeva)

    @pytest.mark.parametrize(
        "words", ["Kysy: aino@luotsi.example", "Opiskelija 010101-900R valmistui", "soita 040 000 0000"]
    )
    def test_words_about_a_person_are_refused(self, cast: Cast, running: Application, words: str) -> None:
        report = written(complete(running, cast.eeva), cast.eeva, results=words)
        with pytest.raises(FundingRefused, match="tells nothing about persons"):
            send_report(report=report, by=cast.eeva)

    def test_it_is_frozen_with_its_hash(self, cast: Cast, running: Application) -> None:
        sent = send_report(report=complete(running, cast.eeva), register_number="OPH-9", by=cast.eeva)
        assert sent.digest == digest_of(sent.figures)
        before = document(cast.eeva, sent, "pdf", "fi").data
        book(running, [("services", date(2023, 6, 1), 50)])
        frozen = content_of(cast.bilal, GrantReport.objects.get())
        assert line(frozen, "cost:services").actual == Decimal(9900)
        assert document(cast.eeva, GrantReport.objects.get(), "pdf", "fi").data == before

    def test_one_that_was_tampered_with_is_told_of(self, cast: Cast, running: Application) -> None:
        sent = send_report(report=complete(running, cast.eeva), by=cast.eeva)
        path, words = url("see-grant-report", cast, running, sent.pk), "its hash does not fit"
        assert words not in client_of(cast.eeva).get(path).content.decode()
        figures = {**sent.figures, "threshold": "99"}
        GrantReport.objects.filter(pk=sent.pk).update(figures=figures)
        assert words in client_of(cast.eeva).get(path).content.decode()

    def test_its_obligation_is_done(self, cast: Cast, running: Application) -> None:
        send_report(report=complete(running, cast.eeva), by=cast.eeva)
        done = Obligation.objects.get(application=running, duty="final_report")
        assert done.done_by == cast.eeva
        assert "version 1" in done.done_note

    def test_twice_is_once(self, cast: Cast, running: Application) -> None:
        report = complete(running, cast.eeva)
        first = send_report(report=report, by=cast.eeva)
        rows = AuditEntry.objects.count()
        assert send_report(report=report, by=cast.aino).sent_at == first.sent_at
        assert AuditEntry.objects.count() == rows

    def test_a_sent_one_is_not_written_any_more(self, cast: Cast, running: Application) -> None:
        sent = send_report(report=complete(running, cast.eeva), by=cast.eeva)
        with pytest.raises(FundingRefused, match="does not change"):
            written(sent, cast.eeva, done="Muuta.")
        with pytest.raises(FundingRefused, match="does not change"):
            discard_report(report=sent, by=cast.eeva)

    def test_it_is_completed_as_a_next_version(self, cast: Cast, running: Application) -> None:
        sent = send_report(report=complete(running, cast.eeva), by=cast.eeva)
        newer = complete_report(report=sent, by=cast.eeva)
        assert (newer.version, newer.words["done"], newer.is_sent) == (2, DONE["done"], False)
        assert complete_report(report=sent, by=cast.eeva) == newer
        send_report(report=newer, by=cast.eeva)
        with pytest.raises(FundingRefused, match="newer version"):
            complete_report(report=sent, by=cast.eeva)


class TestWriting:
    def test_two_who_write_at_once_do_not_lose_anything(self, cast: Cast, running: Application) -> None:
        report = begun(running, cast.eeva)
        with time_machine.travel("2024-09-01 12:05:00+00:00", tick=False):
            written(report, cast.aino, done="Ainon teksti.")
        with pytest.raises(FundingRefused, match="Somebody else"):
            write_report(report=report, words={"done": "x"}, until_on=None, seen=report.changed_at, by=cast.eeva)
        assert GrantReport.objects.get().words == {"done": "Ainon teksti."}

    def test_nothing_changed_is_no_row_in_the_log(self, cast: Cast, running: Application) -> None:
        report = written(begun(running, cast.eeva), cast.eeva, done="Alku.")
        rows = AuditEntry.objects.count()
        written(report, cast.eeva, done=" Alku. ")
        assert AuditEntry.objects.count() == rows

    def test_one_report_is_drafted_once(self, cast: Cast, running: Application) -> None:
        assert begun(running, cast.eeva) == begun(running, cast.aino)
        assert GrantReport.objects.count() == 1

    def test_without_a_grant_nothing_is_reported(self, cast: Cast) -> None:
        waiting = make_application(cast.tampere).application
        with pytest.raises(FundingRefused, match="Nothing was granted"):
            begun(waiting, cast.eeva)


def client_of(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def url(name: str, cast: Cast, application: Application, *more: Any) -> str:
    return reverse(f"funding:{name}", args=[cast.tampere.key, application.pk, *more])


class TestThePages:
    def test_the_list_tells_what_is_due_and_begins_it(self, cast: Cast, running: Application) -> None:
        client = client_of(cast.eeva)
        page = client.get(url("list-grant-reports", cast, running)).content.decode()
        assert "Final report" in page
        assert "Interim report" in page
        assert "Not begun" in page
        assert "367 days late" in page
        answer = client.post(url("begin-grant-report", cast, running), {"report": "final_report:final-1"})
        assert answer["Location"] == url("see-grant-report", cast, running, GrantReport.objects.get().pk)

    def test_a_half_filled_one_shows_what_is_missing(self, cast: Cast, running: Application) -> None:
        report = begun(running, cast.eeva)
        page = client_of(cast.eeva).get(url("see-grant-report", cast, running, report.pk)).content.decode()
        assert "4 things are missing before it can be sent" in page
        assert "65.7% below the plan, more than 10%." in page
        assert "The application is linked to no measure of a programme." in page
        assert "€28,080" in page
        assert "Mark as sent" not in page

    def test_it_is_written_and_sent(self, cast: Cast, running: Application) -> None:
        client, report = client_of(cast.eeva), begun(running, cast.eeva)
        path = url("write-grant-report", cast, running, report.pk)
        fields = client.get(path).context["form"].fields
        assert [name for name in fields if name.startswith("w-")] == ["w-done", "w-results", "w-use", "w-cost:travel"]
        typed = {**{f"w-{key}": words for key, words in DONE.items()}, "w-cost:travel": "Etänä.", "until_on": ""}
        assert client.post(path, {**typed, "seen": report.changed_at.isoformat()}).status_code == 302
        assert (
            client.post(url("send-grant-report", cast, running, report.pk), {"register_number": "X"}).status_code
            == 302
        )
        page = client.get(url("see-grant-report", cast, running, report.pk)).content.decode()
        assert GrantReport.objects.get().digest in page

    def test_words_of_a_line_that_differs_no_more_are_kept(self, cast: Cast, running: Application) -> None:
        client, report = client_of(cast.eeva), begun(running, cast.eeva)
        book(running, [("travel", date(2024, 3, 1), 2300)])
        typed = {"w-done": "A", "w-cost:travel": "Etänä.", "until_on": "", "seen": report.changed_at.isoformat()}
        client.post(url("write-grant-report", cast, running, report.pk), typed)
        assert GrantReport.objects.get().words == {"done": "A", "cost:travel": "Etänä."}

    def test_a_refusal_to_send_stands_above_the_form(self, cast: Cast, running: Application) -> None:
        report = begun(running, cast.eeva)
        answer = client_of(cast.eeva).post(url("send-grant-report", cast, running, report.pk), {"register_number": ""})
        assert answer.status_code == 422
        assert "Write this: What was done." in answer.content.decode()

    def test_an_application_without_a_grant_has_none(self, cast: Cast) -> None:
        waiting = make_application(cast.tampere).application
        assert client_of(cast.eeva).get(url("list-grant-reports", cast, waiting)).status_code == 404

    @pytest.mark.parametrize(("kind", "start"), [("txt", b"Loppuselvitys"), ("docx", b"PK"), ("pdf", b"%PDF-")])
    def test_its_files(self, cast: Cast, running: Application, kind: str, start: bytes) -> None:
        report = begun(running, cast.eeva)
        answer = client_of(cast.eeva).get(url("download-grant-report", cast, running, report.pk, "fi", kind))
        assert answer.status_code == 200
        assert answer.content.startswith(start)

    def test_queries_do_not_grow_with_the_ledger(self, cast: Cast, running: Application) -> None:
        report = begun(running, cast.eeva)
        client, path = client_of(cast.eeva), url("see-grant-report", cast, running, report.pk)
        client.get(path)
        with CaptureQueriesContext(connection) as few:
            client.get(path)
        book(running, [("services", date(2023, 6, 1), 1) for _number in range(50)])
        assert LedgerEntry.objects.count() == 54
        with CaptureQueriesContext(connection) as many:
            client.get(path)
        assert len(many) == len(few)
        assert len(many) <= 40


class TestTheDemo:
    @time_machine.travel("2026-09-01 12:00:00+00:00", tick=False)
    def test_its_final_report_is_half_filled_and_is_taken_away(self, cast: Cast) -> None:
        assert not demo.load_demo()
        running = make_running(cast, ends_on=date(2027, 7, 31), name={"fi": NETWORK.fi})
        region_programme(cast)
        assert demo.load_demo()
        report = GrantReport.objects.get()
        content = content_of(cast.aino, report)
        assert running.links.exclude(measure="").count() == 2
        assert missing_parts(content) == ("results", "use", "no_ledger")
        assert not demo.load_demo()
        demo.clear_demo()
        assert not GrantReport.objects.exists()
