"""The pages of the spending of a grant: what they show and to whom, what they refuse, and how much they ask."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luotsi.funding.actions.spending import write_budget
from luotsi.funding.models import Application, LedgerEntry, LedgerImport, Payment
from luotsi.funding.tests.granting import make_application
from luotsi.funding.tests.spent import HEADINGS, ROWS, imported, make_grant, tried
from luotsi.people.models import Account
from luotsi.people.tests.cast import Cast
from luotsi.people.tests.cast import cast as cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def grant(cast: Cast) -> Application:
    return make_grant(cast.school, cast.eeva)


def client_of(account: Account, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


def url(name: str, cast: Cast, grant: Application, *more: Any) -> str:
    return reverse(f"funding:{name}", args=[cast.school.key, grant.pk, *more])


def a_file(*rows: str, name: str = "kirjanpito.csv", headings: str = HEADINGS) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join([headings, *rows]).encode())


GIVEN = {"classes": "40 | staff\n45 | devices"}


class TestTheSpending:
    def test_every_figure_opens_to_its_entries(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        client = client_of(cast.eeva)
        page = client.get(url("see-spending", cast, grant)).content.decode()
        assert "€2,430" in page  # payable: 90 per cent of 2,700
        for asked, sum_ in (("why=before_period", "€50"), ("cost_class=staff&amp;year=2022", "€2,000")):
            assert f"{url('list-entries', cast, grant)}?{asked}" in page
            listed = client.get(f"{url('list-entries', cast, grant)}?{asked.replace('&amp;', '&')}").content.decode()
            assert sum_ in listed

    def test_a_call_without_a_threshold_says_so(self, cast: Cast, grant: Application) -> None:
        page = client_of(cast.eeva).get(url("see-spending", cast, grant)).content.decode()
        assert "The call states no threshold." in page
        assert "Nothing has been booked yet." in page

    def test_a_threshold_is_shown_with_its_source_and_what_is_above_it(self, cast: Cast) -> None:
        told = make_grant(
            cast.school,
            cast.eeva,
            call_transfer_percent=Decimal(10),
            call_transfer_source="Päätös, kohta 7",
            call_change_days=30,
        )
        write_budget(application=told, budget={("staff", None): Decimal(1000)}, by=cast.eeva)
        imported(told, cast.eeva)
        page = client_of(cast.eeva).get(url("see-spending", cast, told)).content.decode()
        assert "up to 10% of the total cost" in page
        assert ">Päätös, kohta 7</a>" in page
        assert "has no budget" in page
        assert "2024" in page  # the latest day for a change request

    def test_a_threshold_without_its_place_says_so(self, cast: Cast) -> None:
        told = make_grant(cast.school, cast.eeva, call_transfer_percent=Decimal(10), call_register_number="E/1")
        page = client_of(cast.eeva).get(url("see-spending", cast, told)).content.decode()
        assert ">the call, place not told</a>" in page

    def test_what_was_not_granted_has_no_spending(self, cast: Cast) -> None:
        waiting = make_application(cast.school).application
        client = client_of(cast.eeva)
        assert client.get(url("see-spending", cast, waiting)).status_code == 404
        assert "/spending/" not in client.get(url("see-application", cast, waiting)).content.decode()

    def test_double_funding_is_told_on_the_page_of_the_grant(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        imported(make_grant(cast.school, cast.eeva), cast.eeva, ROWS[2])
        client = client_of(cast.eeva)
        assert "2 costs, persons or devices" in client.get(url("see-spending", cast, grant)).content.decode()
        page = client.get(reverse("funding:list-doubles", args=[cast.school.key])).content.decode()
        assert "Voucher 201" in page
        assert "Device SN-1" in page

    def test_it_asks_no_more_for_a_longer_ledger(self, cast: Cast, grant: Application) -> None:
        client, counts = client_of(cast.eeva), []
        imported(grant, cast.eeva, ROWS[0])
        for rows in ([], [f"{number};1.3.2023;4001;1,00;Lisää;;" for number in range(900, 960)]):
            if rows:
                imported(grant, cast.eeva, *rows)
            for name in ("see-spending", "list-entries"):
                client.get(url(name, cast, grant))
                with CaptureQueriesContext(connection) as asked:
                    assert client.get(url(name, cast, grant)).status_code == 200
                counts.append(len(asked))
        assert counts[:2] == counts[2:]
        assert 0 < max(counts) <= 18


class TestTheEntries:
    def test_they_are_narrowed_sorted_and_exported(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        client, address = client_of(cast.eeva), url("list-entries", cast, grant)
        page = client.get(address, {"state": "none", "sort": "-amount"}).content.decode()
        assert "2 rows" in page
        assert page.index("Ennen aikaa") < page.index("Muuta")
        text = client.get(address, {"format": "csv", "cost_class": "devices"}).content.decode("utf-8-sig")
        assert len(text.strip().splitlines()) == 5
        assert "before the period of use" in text

    def test_whoever_may_look_only_gets_no_link_to_decide(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        entry = grant.ledger_entries.get(voucher="201")
        address = url("rule-entry", cast, grant, entry.pk)
        assert address in client_of(cast.eeva).get(url("list-entries", cast, grant)).content.decode()
        assert address not in client_of(cast.bilal).get(url("list-entries", cast, grant)).content.decode()

    def test_one_is_decided_about(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        entry = grant.ledger_entries.get(voucher="201")
        client, address = client_of(cast.eeva), url("rule-entry", cast, grant, entry.pk)
        late = client.post(address, {"ruling": "refused", "reason": "", "cost_class": "devices"})
        assert late.status_code == 422
        assert "Tell why." in late.content.decode()
        answer = client.post(address, {"ruling": "refused", "reason": "Oma kone", "cost_class": "devices"})
        assert answer.status_code == 302
        assert "Decided by a person: Oma kone" in client.get(address).content.decode()

    def test_an_entry_of_another_grant_is_not_found(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        other = make_grant(cast.school, cast.eeva)
        entry = LedgerEntry.objects.first()
        assert entry is not None
        assert client_of(cast.eeva).get(url("rule-entry", cast, other, entry.pk)).status_code == 404


class TestTheImport:
    def test_a_file_is_tried_imported_and_undone_on_pages(self, cast: Cast, grant: Application) -> None:
        client = client_of(cast.eeva)
        answer = client.post(url("import-ledger", cast, grant), {"file": a_file(*ROWS), **GIVEN})
        found = LedgerImport.objects.get()
        assert answer["Location"] == url("see-ledger-import", cast, grant, found.pk)
        page = client.get(answer["Location"]).content.decode()
        assert "Nothing has been saved yet." in page
        assert "Add 7 entries" in page
        client.post(url("run-ledger-import", cast, grant, found.pk), {"new": "7"})
        assert LedgerEntry.objects.count() == 7
        assert "7 entries came with this import." in client.get(answer["Location"]).content.decode()
        client.post(url("undo-ledger-import", cast, grant, found.pk))
        assert not LedgerEntry.objects.exists()
        assert "The import was undone." in client.get(answer["Location"]).content.decode()

    def test_the_second_file_shows_that_nothing_is_new(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        client = client_of(cast.eeva)
        answer = client.post(url("import-ledger", cast, grant), {"file": a_file(*ROWS), **GIVEN}, follow=True)
        assert "Everything in the file is in Luotsi already." in answer.content.decode()

    def test_faults_are_shown_with_their_cells_and_given_as_a_file(self, cast: Cast, grant: Application) -> None:
        client = client_of(cast.eeva)
        rows = ["1;eilen;4001;5,00;a;;", *ROWS]
        page = client.post(url("import-ledger", cast, grant), {"file": a_file(*rows), **GIVEN}, follow=True)
        assert "This is no day." in page.content.decode()
        assert ">B2<" in page.content.decode()
        found = LedgerImport.objects.get()
        text = client.get(url("download-ledger-faults", cast, grant, found.pk)).content.decode("utf-8-sig")
        assert "B2" in text
        assert "eilen" in text

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "empty"),
            (b"%PDF-1.7 ledger", "type that cannot be read"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old Excel file"),
            (b"PK\x03\x04 broken", "broken"),
            (b'Tosite;Pvm;Summa\n"1;2', "quotation mark"),
            (b"A;B\n1;2", "No known heading"),
        ],
    )
    def test_a_wrong_file_is_refused_in_words(self, cast: Cast, grant: Application, data: bytes, words: str) -> None:
        upload = SimpleUploadedFile("x.csv", data)
        page = client_of(cast.eeva).post(url("import-ledger", cast, grant), {"file": upload, **GIVEN})
        assert page.status_code == 422
        assert words in page.content.decode()
        assert not LedgerImport.objects.exists()

    def test_an_old_encoding_and_a_workbook_are_read(self, cast: Cast, grant: Application) -> None:
        client = client_of(cast.eeva)
        data = "Tosite;Pvm;Tili;Summa;Selite\n1;1.2.2023;4001;12,50;Käyttömeno".encode("cp1252")
        client.post(url("import-ledger", cast, grant), {"file": SimpleUploadedFile("x.csv", data), **GIVEN})
        found = LedgerImport.objects.get()
        assert "Käyttömeno" in client.get(url("see-ledger-import", cast, grant, found.pk)).content.decode()
        client.post(url("import-ledger", cast, grant), {"file": SimpleUploadedFile("x.xlsx", workbook()), **GIVEN})
        newest = LedgerImport.objects.get(state="tried")
        client.post(url("run-ledger-import", cast, grant, newest.pk), {"new": "1"})
        entry = LedgerEntry.objects.get()
        assert (entry.amount, entry.booked_on, entry.voucher) == (Decimal("12.50"), date(2023, 2, 1), "7")

    @pytest.mark.parametrize("classes", ["40", "40 | nothing", "40 | staff\n40 | devices", " | staff"])
    def test_accounts_that_make_no_sense_are_refused(self, cast: Cast, grant: Application, classes: str) -> None:
        given = {"file": a_file(*ROWS), "classes": classes}
        page = client_of(cast.eeva).post(url("import-ledger", cast, grant), given)
        assert page.status_code == 422
        assert "Line " in page.content.decode()

    @pytest.mark.parametrize(
        ("language", "words"),
        [("fi", "Rivi 1: kirjoita tilin alku, pystyviiva"), ("sv", "Rad 1: skriv början av kontot, ett lodstreck")],
    )
    def test_accounts_are_refused_in_the_readers_language(
        self, cast: Cast, grant: Application, language: str, words: str
    ) -> None:
        answer = client_of(cast.eeva, language).post(
            url("import-ledger", cast, grant), {"file": a_file(*ROWS), "classes": "kissa"}
        )
        assert words in answer.content.decode()

    def test_what_was_read_before_is_remembered(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        assert "45 | devices" in client_of(cast.eeva).get(url("import-ledger", cast, grant)).content.decode()
        other = make_grant(cast.school, cast.eeva)
        assert "45 | devices" in client_of(cast.eeva).get(url("import-ledger", cast, other)).content.decode()

    def test_an_outdated_confirmation_changes_nothing(self, cast: Cast, grant: Application) -> None:
        found = tried(grant, cast.eeva)
        client = client_of(cast.eeva)
        for asked in ("6", "x", "", "9999999999999"):
            client.post(url("run-ledger-import", cast, grant, found.pk), {"new": asked})
        assert not LedgerEntry.objects.exists()


def workbook() -> bytes:
    """Return a workbook with a title above the headings, a day, a number and a sum of binary fractions."""
    import io

    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("Pääkirja")
    sheet.write_row(0, 0, ["Pääkirja 2023"])
    sheet.write_row(2, 0, ["Tosite", "Pvm", "Tili", "Summa"])
    sheet.write_row(3, 0, [7, "", 4001, 12.499999999])
    sheet.write_datetime(3, 1, datetime(2023, 2, 1), book.add_format({"num_format": "d.m.yyyy"}))  # noqa: DTZ001
    book.close()
    return made.getvalue()


class TestBudgetAndPayments:
    def test_the_budget_is_written_by_class_and_year(self, cast: Cast, grant: Application) -> None:
        client, address = client_of(cast.eeva), url("edit-budget", cast, grant)
        assert "Staff, 2023, €" in client.get(address).content.decode()
        given = {"year_0_2022": "1000", "year_0_2023": "2000", "whole_1": "500"}
        assert client.post(address, given).status_code == 302
        page = client.get(url("see-spending", cast, grant)).content.decode()
        assert "€3,500" in page
        both = client.post(address, {**given, "whole_0": "1"})
        assert both.status_code == 422
        assert "not both" in both.content.decode()

    def test_a_call_without_classes_leads_to_the_call(self, cast: Cast) -> None:
        bare = make_grant(cast.school, cast.eeva, call_cost_classes=[])
        page = client_of(cast.eeva).get(url("edit-budget", cast, bare)).content.decode()
        assert "No class of cost is known." in page

    def test_income_is_written_and_taken_off(self, cast: Cast, grant: Application) -> None:
        client, address = client_of(cast.eeva), url("edit-income", cast, grant)
        assert "not told" in client.get(url("see-spending", cast, grant)).content.decode()
        assert client.post(address, {"earned": "-5"}).status_code == 422
        assert client.post(address, {"earned": "300.50"}).status_code == 302
        page = client.get(url("see-spending", cast, grant)).content.decode()
        assert "€300.50" in page
        assert "What the project has earned is taken off" in page
        assert 'value="300.50"' in client.get(address).content.decode()

    def test_a_payment_is_written_mended_and_taken_away(self, cast: Cast, grant: Application) -> None:
        client = client_of(cast.eeva)
        given = {"received_on": "2022-09-03", "amount": "20000", "number": "1", "reference": "RF"}
        assert client.post(url("add-payment", cast, grant), given).status_code == 302
        one = Payment.objects.get()
        page = client.get(url("see-spending", cast, grant)).content.decode()
        assert "Received" in page
        given = {"received_on": "2022-10-03", "amount": "50", "is_returned": "on"}
        assert client.post(url("edit-payment", cast, grant, one.pk), given).status_code == 302
        assert "returned to the funder" in client.get(url("see-spending", cast, grant)).content.decode()
        client.post(url("remove-payment", cast, grant, one.pk))
        assert not Payment.objects.exists()
