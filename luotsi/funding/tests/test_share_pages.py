"""The pages of own shares, matters, decisions and obligations: what they show, to whom, and what they refuse."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luotsi.base import docx
from luotsi.funding.models import Commitment, GrantDecision
from luotsi.funding.queries.matter_words import words_of
from luotsi.funding.tests.granting import Funded, decided, fixed_matter, granted, make_application
from luotsi.people.models import Account
from luotsi.people.tests.cast import Cast
from luotsi.people.tests.cast import cast as cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def funded(cast: Cast) -> Funded:
    return make_application(cast.tampere)


def client_of(account: Account, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


def url(name: str, cast: Cast, funded: Funded, *more: Any) -> str:
    return reverse(f"funding:{name}", args=[cast.tampere.key, funded.application.pk, *more])


class TestTheOwnShare:
    def test_it_shows_need_and_that_nobody_has_decided(self, cast: Cast, funded: Funded) -> None:
        page = client_of(cast.eeva).get(url("see-own-share", cast, funded)).content.decode()
        assert "€3,350" in page
        assert "Nobody has decided to pay the own share." in page
        assert "9.1" not in page

    def test_what_was_noted_is_shown_and_not_committed(self, cast: Cast, funded: Funded) -> None:
        decided(fixed_matter(funded.application, cast.eeva, "filed"), cast.eeva, "noted", section="", decided_on=None)
        page = client_of(cast.eeva).get(url("see-own-share", cast, funded)).content.decode()
        assert "€3,350 was only noted. Noting commits no money." in page
        assert Commitment.objects.count() == 0

    @pytest.mark.parametrize("state", ["refused", "withdrawn", "dropped"])
    def test_nothing_is_missing_where_no_grant_comes(self, cast: Cast, funded: Funded, state: str) -> None:
        funded.application.state = state
        funded.application.save(update_fields=["state"])
        page = client_of(cast.eeva).get(url("see-own-share", cast, funded)).content.decode()
        assert "Nobody has decided to pay the own share." not in page
        assert "No grant comes of this application, so that it needs no own share." in page

    def test_what_if_works_as_a_plain_form(self, cast: Cast, funded: Funded) -> None:
        page = client_of(cast.eeva).get(url("see-own-share", cast, funded), {"given": "grant", "amount": "393000"})
        assert "€436,667" in page.content.decode()
        assert "€43,667" in page.content.decode()

    def test_a_call_without_a_percentage_says_so(self, cast: Cast) -> None:
        bare = make_application(cast.tampere, call_grant_percent=None, call_share_base="", call_share_source="")
        page = client_of(cast.eeva).get(url("see-own-share", cast, bare), {"given": "grant", "amount": "100"})
        assert "The call states no percentage." in page.content.decode()
        assert "Give one to try." in page.content.decode()

    def test_an_entry_is_written_by_hand_with_its_bases(self, cast: Cast, funded: Funded) -> None:
        given = {"deed": "decided", "amount": "3350", "decider": "Digijohtaja", "decided_on": "2022-04-01"}
        client = client_of(cast.eeva)
        assert client.post(url("add-commitment", cast, funded), given).status_code == 302
        page = client.get(url("see-own-share", cast, funded)).content.decode()
        assert "A decision is not tied to a line of the budget." in page
        assert "10%" in page
        assert "11.11%" in page

    def test_the_principal_of_a_school_may_look_and_not_commit(self, cast: Cast) -> None:
        funded = make_application(cast.school)
        address = reverse("funding:add-commitment", args=[cast.school.key, funded.application.pk])
        assert client_of(cast.bilal).get(address).status_code == 403
        assert client_of(cast.celia).get(address).status_code == 404

    def test_all_own_shares_are_summed_up(self, cast: Cast, funded: Funded) -> None:
        decided(fixed_matter(funded.application, cast.eeva), cast.eeva)
        make_application(cast.school, own_share=Decimal(1000), applied=Decimal(9000))
        page = client_of(cast.eeva).get(reverse("funding:list-own-shares", args=[cast.tampere.key])).content.decode()
        assert "€4,350" in page
        assert "€1,000" in page

    def test_it_asks_no_more_for_many_applications(self, cast: Cast, funded: Funded) -> None:
        client, address = client_of(cast.eeva), reverse("funding:list-own-shares", args=[cast.tampere.key])
        decided(fixed_matter(funded.application, cast.eeva), cast.eeva)
        counts = []
        for number in (0, 8):
            for _one in range(number):
                decided(fixed_matter(make_application(cast.tampere).application, cast.eeva), cast.eeva)
            client.get(address)  # the counts of the menu are kept until something changes
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestTheDecision:
    TEXT = (
        "Opetushallitus\nPäätös 10.6.2022 OPH-1234-2022\n\nPäätös\nOpetushallitus on päättänyt myöntää hankkeelle"
        " valtionavustusta enintään 30 150 euroa.\nValtionavustusprosentti on 90 %.\nKäyttöaika: 1.8.2022–31.7.2024\n"
        "Loppuselvitys on toimitettava viimeistään 31.10.2024.\n"
    )

    def test_a_text_is_shown_for_confirmation_and_nothing_is_stored(self, cast: Cast, funded: Funded) -> None:
        page = client_of(cast.eeva).post(url("read-decision", cast, funded), {"text": self.TEXT})
        words = page.content.decode()
        assert page.status_code == 200
        assert "Nothing is stored yet." in words
        assert 'value="30,150' in words or 'value="30150' in words
        assert "<mark id=" in words
        assert not GrantDecision.objects.exists()

    @pytest.mark.parametrize("kind", ["txt", "docx", "pdf"])
    def test_a_file_is_read_as_its_text_would_be(self, cast: Cast, funded: Funded, kind: str) -> None:
        lines = ["Päätös 15.9.2020", "Opetushallitus on päättänyt myöntää hankkeelle avustusta 20 000 euroa."]
        if kind == "docx":
            blocks: list[docx.Block] = [docx.Paragraph(line) for line in lines]
            made_at = datetime(2020, 9, 15, tzinfo=UTC)
            data = docx.written(docx.Document(title="P", language="fi", author="A", made_at=made_at, blocks=blocks))
        elif kind == "pdf":
            import typst

            data = typst.compile("\n\n".join(lines).encode(), format="pdf", ignore_system_fonts=True)
        else:
            data = "\n".join(lines).encode("cp1252")
        sent = {"file": SimpleUploadedFile(f"paatos.{kind}", data)}
        read = client_of(cast.eeva).post(url("read-decision", cast, funded), sent).context["form"].initial
        assert (read["granted"], read["decided_on"]) == (20_000, date(2020, 9, 15))
        assert not GrantDecision.objects.exists()

    def test_a_file_that_cannot_be_read_says_why(self, cast: Cast, funded: Funded) -> None:
        sent = {"file": SimpleUploadedFile("paatos.pdf", b"%PDF-1.7 broken")}
        answer = client_of(cast.eeva).post(url("read-decision", cast, funded), sent)
        assert answer.status_code == 422
        assert "The PDF cannot be read. Paste its text." in answer.content.decode()

    def test_what_was_applied_for_is_not_taken_for_the_grant(self, cast: Cast, funded: Funded) -> None:
        text = (
            "Opetushallitus on päättänyt myöntää hankkeelle avustusta 20 000 euroa. Haettu avustus oli 39 000 euroa."
        )
        page = client_of(cast.eeva).post(url("read-decision", cast, funded), {"text": text}).content.decode()
        assert 'value="20,000' in page or 'value="20000' in page
        assert "The text says that €39,000 was applied for; the application asks for €30,150." in page

    def test_what_was_confirmed_is_recorded_with_its_text(self, cast: Cast, funded: Funded) -> None:
        given = {"outcome": "granted", "granted": "30150", "text": self.TEXT, "places": '{"granted": [10, 20]}'}
        answer = client_of(cast.eeva).post(url("enter-decision", cast, funded), given)
        assert answer.status_code == 302
        kept = GrantDecision.objects.get()
        assert kept.text == self.TEXT
        assert kept.places == {"granted": [10, 20]}
        page = client_of(cast.eeva).get(url("see-decision", cast, funded)).content.decode()
        assert "€30,150" in page
        assert "<mark>" in page

    def test_places_that_were_meddled_with_do_no_harm(self, cast: Cast, funded: Funded) -> None:
        for places in ('{"granted": [5, 999999]}', '{"a": ["x", 1]}', "[1]", "{", '{"b": [9, 2]}'):
            given = {"outcome": "granted", "granted": "1", "text": "lyhyt", "places": places}
            client_of(cast.eeva).post(url("enter-decision", cast, funded), given)
            assert client_of(cast.eeva).get(url("see-decision", cast, funded)).status_code == 200
            GrantDecision.objects.get().delete()
            funded.application.save(update_fields=["state"])

    def test_an_incomplete_confirmation_keeps_the_text_and_what_was_typed(self, cast: Cast, funded: Funded) -> None:
        given = {"outcome": "granted", "granted": "", "text": self.TEXT, "places": "{}"}
        page = client_of(cast.eeva).post(url("enter-decision", cast, funded), given)
        assert page.status_code == 422
        assert "Tell how much was granted." in page.content.decode()
        assert "<mark id=" in page.content.decode()

    def test_a_refusal_shows_what_is_missing(self, cast: Cast, funded: Funded) -> None:
        client_of(cast.eeva).post(url("enter-decision", cast, funded), {"outcome": "refused"})
        page = client_of(cast.eeva).get(url("see-decision", cast, funded)).content.decode()
        assert "The day of the decision is not known." in page
        assert "The reasons of the decision are not known." in page

    def test_it_is_corrected_by_whoever_saw_it_last(self, cast: Cast, funded: Funded) -> None:
        seen = granted(funded.application, cast.eeva).changed_at.isoformat()
        client, address = client_of(cast.eeva), url("correct-decision", cast, funded)
        given = {"outcome": "partly", "granted": "20000", "seen": seen}
        assert client.post(address, given).status_code == 302
        again = client.post(address, {**given, "granted": "10000"})
        assert again.status_code == 422
        assert "Somebody else corrected this decision" in again.content.decode()
        assert GrantDecision.objects.get().granted == 20000


class TestMatters:
    def test_one_is_begun_read_fixed_and_decided_on_pages(self, cast: Cast, funded: Funded) -> None:
        client = client_of(cast.eeva)
        given = {"matter": "apply", "kind": "body", "body_fi": "Lautakunta", "body_sv": "Nämnden"}
        assert client.post(url("begin-matter", cast, funded), given).status_code == 302
        item = funded.application.board_items.get()
        page = client.get(url("see-matter", cast, funded, item.pk)).content.decode()
        assert "30\xa0150\xa0€" in page
        assert "3\xa0350\xa0€" in page
        client.post(url("fix-matter", cast, funded, item.pk))
        answer = client.post(
            url("decide-matter", cast, funded, item.pk),
            {"outcome": "changed", "decided": "3000", "decided_on": "2022-03-29", "section": "§ 4",
             "notice": "published", "given_on": "2022-04-01"},
        )  # fmt: skip
        assert answer.status_code == 302
        page = client.get(url("see-matter", cast, funded, item.pk)).content.decode()
        assert "Otherwise than proposed" in page
        assert "€3,000" in page
        assert "14 days" in page

    def test_it_says_what_is_wrong_before_it_goes_to_the_body(self, cast: Cast, funded: Funded) -> None:
        client = client_of(cast.eeva)
        given = {"matter": "filed", "kind": "body", "body_fi": "Lautakunta", "meeting_on": "2022-05-03"}
        client.post(url("begin-matter", cast, funded), given)
        item = funded.application.board_items.get()
        page = client.get(url("see-matter", cast, funded, item.pk)).content.decode()
        assert "Of the own share of €3,350, €0 is decided. Noting commits no money: bring it to be decided." in page
        assert "The presenting officer is not told." in page
        assert "The meeting is on" not in page
        item.matter = "apply"
        item.save(update_fields=["matter"])
        page = client.get(url("see-matter", cast, funded, item.pk)).content.decode()
        assert "The meeting is on 3 May 2022, after the call has closed on 14 Apr 2022." in page
        assert "there is nothing to apply for" in page

    def test_it_tells_where_the_decision_and_its_record_differ(self, cast: Cast, funded: Funded) -> None:
        words = "Haetaan avustusta. Omarahoitusta varataan 3 000 euroa."
        item = fixed_matter(funded.application, cast.eeva)
        decided(item, cast.eeva, "changed", decided=Decimal(2500), decision=words)
        page = client_of(cast.eeva).get(url("see-matter", cast, funded, item.pk)).content.decode()
        assert "The own share is recorded as €2,500, the decision in its own words tells €3,000." in page

    @pytest.mark.parametrize(
        ("base", "fi", "sv"),
        [
            ("total_cost", "enintään 62,5\xa0% kokonaiskustannuksista.", "högst 62,5\xa0% av totalkostnaderna."),
            (
                "eligible_cost",
                "enintään 62,5\xa0% hyväksyttävistä kustannuksista.",
                "högst 62,5\xa0% av de godtagbara kostnaderna.",
            ),
        ],
    )
    def test_the_base_of_the_percentage_stands_in_its_case(self, cast: Cast, base: str, fi: str, sv: str) -> None:
        funded = make_application(cast.tampere, call_grant_percent=Decimal("62.5000"), call_share_base=base)
        words = words_of(funded.application, "apply").background
        assert f"Avustus on {fi}" in words.fi
        assert f"Understödet är {sv}" in words.sv

    def test_two_writers_do_not_overwrite_each_other(self, cast: Cast, funded: Funded) -> None:
        client = client_of(cast.eeva)
        client.post(url("begin-matter", cast, funded), {"matter": "apply", "kind": "body", "body_fi": "A"})
        item = funded.application.board_items.get()
        given = {
            "title_fi": "Uusi",
            "background_fi": "x",
            "proposal_fi": "y",
            "body_fi": "A",
            "seen": item.changed_at.isoformat(),
        }
        assert client.post(url("edit-matter", cast, funded, item.pk), given).status_code == 302
        late = client.post(url("edit-matter", cast, funded, item.pk), {**given, "title_fi": "Toinen"})
        assert late.status_code == 422
        assert "Somebody else wrote this text" in late.content.decode()
        assert "Toinen" in late.content.decode()

    @pytest.mark.parametrize("kind", ["docx", "pdf"])
    def test_it_is_downloaded_in_both_languages(self, cast: Cast, funded: Funded, kind: str) -> None:
        item = fixed_matter(funded.application, cast.eeva)
        for language in ("fi", "sv"):
            answer = client_of(cast.eeva).get(url("download-matter", cast, funded, item.pk, language, kind))
            assert answer.status_code == 200
            assert answer.content.startswith(b"PK" if kind == "docx" else b"%PDF")
        assert client_of(cast.eeva).get(url("download-matter", cast, funded, item.pk, "en", kind)).status_code == 404


class TestObligations:
    def test_they_are_listed_done_and_taken_back(self, cast: Cast, funded: Funded) -> None:
        granted(funded.application, cast.eeva)
        client = client_of(cast.eeva)
        page = client.get(url("list-obligations", cast, funded)).content.decode()
        assert "Hand in the final report" in page
        assert "Keep the vouchers until" in page
        one = funded.application.obligations.get(duty="final_report")
        client.post(url("do-obligation", cast, funded, one.pk), {"note": "Lähetetty"})
        one.refresh_from_db()
        assert one.done_by == cast.eeva
        everything = client.get(reverse("funding:list-unit-obligations", args=[cast.tampere.key])).content.decode()
        assert "Lähetetty" in everything
        client.post(url("undo-obligation", cast, funded, one.pk), {"back": "https://evil.example/"})
        one.refresh_from_db()
        assert one.done_at is None

    def test_the_calendar_opens_with_its_key_only(self, cast: Cast, funded: Funded) -> None:
        granted(funded.application, cast.eeva)
        page = client_of(cast.eeva).get(reverse("funding:list-unit-obligations", args=[cast.tampere.key]))
        feed = page.context["feed_url"]
        text = Client().get(feed).content.decode()
        assert "BEGIN:VEVENT" in text
        assert "20241031" in text
        assert (
            Client().get(reverse("funding:subscribe-obligations", args=[cast.tampere.key, "0" * 32])).status_code
            == 404
        )
