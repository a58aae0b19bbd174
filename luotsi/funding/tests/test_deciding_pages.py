"""Pages of decisions: who opens them, what they show, files of letters."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
import time_machine
from django.urls import reverse

from luotsi.base import clock
from luotsi.funding.actions.checking import CheckDetails, check_report
from luotsi.funding.actions.paying import make_run
from luotsi.funding.models import DecisionBatch, DecisionLetter, GrantDecision, Instalment
from luotsi.funding.queries.deciding import waiting_in
from luotsi.funding.tests.deciding import Funding, make_funding, make_proposal, make_received, make_report
from luotsi.funding.tests.making import make_officer
from luotsi.funding.waiting.deciding import tasks_for
from luotsi.people.tests.cast import LONG_AGO

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.models import Account
    from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def funding(cast: Cast) -> Funding:
    """A call of Tampere with three fixed proposals."""
    return make_funding(cast)


def address(funding: Funding, name: str, *more: object) -> str:
    """Return an address of the call."""
    return reverse(f"funding:{name}", args=[funding.call.owner.key, funding.call.slug, *more])


def form_of(funding: Funding, **values: str) -> dict[str, str]:
    """Return what an officer sends from the page."""
    return {
        "decided_on": clock.today().isoformat(),
        "law": "municipal",
        "signer_fi": "Kehittämispäällikkö",
        "final_on": "2028-02-28",
        "percent_1": "100",
        "seen": waiting_in(funding.call, funding.outi).seal,
        "key": "page",
        **values,
    }


def sign_in(client: Client, who: Account) -> None:
    """Sign somebody in."""
    client.force_login(who)


class TestThePageToDecide:
    def test_it_shows_all_sums_and_findings_before_anything_is_decided(self, client: Client, funding: Funding) -> None:
        sign_in(client, funding.outi)
        page = client.get(address(funding, "decide-call")).content.decode()
        for told in ("120,000", "60,000", "100,000", "Kokeilu 2", "1 to be looked at", "TRE:100/2026-3"):
            assert told in page
        assert not GrantDecision.objects.exists()

    def test_sent_it_decides_and_tells_of_letters(self, client: Client, funding: Funding) -> None:
        sign_in(client, funding.outi)
        answer = client.post(address(funding, "decide-call"), form_of(funding), follow=True)
        assert "The letters are being printed" in answer.content.decode()
        assert GrantDecision.objects.count() == 3

    def test_what_speaks_against_stands_above_the_form_with_what_was_typed(
        self, client: Client, funding: Funding
    ) -> None:
        sign_in(client, funding.outi)
        answer = client.post(address(funding, "decide-call"), form_of(funding, percent_1="90"))
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "100 per cent" in page
        assert "Kehittämispäällikkö" in page

    def test_an_officer_that_the_call_does_not_name_looks_only(
        self, client: Client, cast: Cast, funding: Funding
    ) -> None:
        other = make_officer(cast.tampere, "Olga")
        sign_in(client, other)
        assert client.get(address(funding, "list-decisions")).status_code == 200
        assert client.get(address(funding, "decide-call")).status_code == 403
        assert client.post(address(funding, "decide-call"), form_of(funding)).status_code == 403

    def test_applicants_and_strangers_do_not_come_in(self, client: Client, cast: Cast, funding: Funding) -> None:
        for who in (cast.farid, cast.celia):
            sign_in(client, who)
            assert client.get(address(funding, "list-decisions")).status_code == 404


class TestTheListOfDecisions:
    def test_letters_that_are_ready_can_be_sent_or_taken_back(self, client: Client, funding: Funding) -> None:
        funding.decide()
        sign_in(client, funding.outi)
        page = client.get(address(funding, "list-decisions")).content.decode()
        assert "Letters are ready, not sent" in page
        assert "Send the letters" in page
        assert "Take back" in page

    def test_after_sending_neither(self, client: Client, funding: Funding) -> None:
        funding.send(funding.decide())
        sign_in(client, funding.outi)
        page = client.get(address(funding, "list-decisions")).content.decode()
        assert "Letters sent" in page
        assert "Take back" not in page

    def test_taking_back_by_the_button(self, client: Client, funding: Funding) -> None:
        batch = funding.decide()
        sign_in(client, funding.outi)
        client.post(address(funding, "take-back-decisions", batch.pk))
        assert not DecisionBatch.objects.exists()

    def test_its_queries_do_not_grow_with_the_rows(
        self, client: Client, cast: Cast, funding: Funding, django_assert_max_num_queries: object
    ) -> None:
        for number in range(4, 12):
            make_proposal(make_received(funding.call, cast.school, number, applied=1000, total=2000), 1000)
        funding.decide()
        sign_in(client, funding.outi)
        with django_assert_max_num_queries(34):  # type: ignore[operator]
            client.get(address(funding, "list-decisions"))


class TestLetters:
    def test_the_zip_holds_each_letter_in_both_languages(self, client: Client, funding: Funding) -> None:
        batch = funding.decide()
        sign_in(client, funding.outi)
        answer = client.get(address(funding, "download-letters", batch.pk))
        assert "no-store" in answer["Cache-Control"]
        archive = ZipFile(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
        names = archive.namelist()
        assert len(names) == 6
        assert "tre-100-2026-1-kapytikan-esimerkkikoulu-fi.pdf" in names
        assert archive.read(names[0]).startswith(b"%PDF")

    def test_the_applicant_gets_the_letter_once_it_is_sent(self, client: Client, cast: Cast, funding: Funding) -> None:
        batch = funding.decide()
        mine = reverse("funding:download-own-letter", args=[cast.school.key, funding.big.pk, "sv"])
        shown = reverse("funding:see-decision", args=[cast.school.key, funding.big.pk])
        sign_in(client, cast.bilal)
        assert client.get(mine).status_code == 404
        assert "No decision has been recorded" in client.get(shown).content.decode()
        funding.send(batch)
        answer = client.get(mine)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/pdf"
        assert "no-store" in answer["Cache-Control"]
        page = client.get(shown).content.decode()
        letter = DecisionLetter.objects.get(decision__application=funding.big)
        assert letter.sha256 in page
        assert "40,000" in page

    def test_nobody_gets_the_letter_of_another_school(self, client: Client, cast: Cast, funding: Funding) -> None:
        funding.send(funding.decide())
        sign_in(client, cast.bilal)
        other = reverse("funding:download-own-letter", args=[cast.school.key, funding.cut.pk, "fi"])
        assert client.get(other).status_code == 404


class TestWhatWaits:
    def titles(self, funding: Funding, who: Account) -> list[str]:
        """Return what waits for somebody at the keeper of the call."""
        who.kept_reach = None
        return [one.title for one in tasks_for(who, funding.call.owner)]

    def test_an_officer_decides_then_sends_then_checks(self, cast: Cast, funding: Funding) -> None:
        olga = make_officer(cast.tampere, "Olga")
        assert self.titles(funding, funding.outi) == ["Decide 3 applications"]
        assert self.titles(funding, olga) == []
        batch = funding.decide()
        assert self.titles(funding, funding.outi) == ["Send the letters of decisions"]
        funding.send(batch)
        assert self.titles(funding, funding.outi) == []
        report = make_report(funding.big)
        assert self.titles(funding, funding.outi) == ["Check 1 report"]
        check_report(report=report, details=CheckDetails(step="substance", verdict="accepted"), by=funding.outi)
        assert self.titles(funding, funding.outi) == []
        funding.call.officers.create(person=olga.person, since=LONG_AGO)
        assert self.titles(funding, olga) == ["Check 1 report"]

    def test_an_officer_pays_what_is_due_soon(self, funding: Funding) -> None:
        funding.send(funding.decide())
        with time_machine.travel("2027-01-02 12:00:00+00:00", tick=False):
            funding.outi.kept_reach = None
            (task,) = tasks_for(funding.outi, funding.call.owner)
            assert (task.title, task.due) == ("Pay 2 instalments", date(2027, 1, 15))
            due = Instalment.objects.filter(due_on=date(2027, 1, 15)).values_list("pk", flat=True)
            make_run(call=funding.call, instalments=due, pay_on=date(2027, 1, 15), key="page", by=funding.outi)
            assert self.titles(funding, funding.outi) == []
