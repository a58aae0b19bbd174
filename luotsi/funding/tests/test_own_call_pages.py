"""Pages of own calls: made by officers, read by everybody, applied to in time and too late."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.base.names import Names
from luotsi.funding.actions.applications import ApplicationDetails, begin_application
from luotsi.funding.actions.own_calls import move_closing, publish_call, withdraw_call
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.models import Application, Call, Criterion
from luotsi.funding.rules.reading import read_call
from luotsi.funding.tests.calling import NAME, TEXT, make_draft, make_open_call, own_details
from luotsi.funding.tests.making import ANSWERS, FORM, form_of, make_officer, write
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import make_unit
from luotsi.questionnaires.actions.versions import publish_version

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.models import Account
    from luotsi.people.tests.cast import Cast

ATOM = "{http://www.w3.org/2005/Atom}"
WHY = Names(fi="Lomake oli poikki.", sv="Blanketten var ur funktion.")


@pytest.fixture
def officer(cast: Cast) -> Account:
    """Ossi handles the calls of Tampere."""
    return make_officer(cast.tampere)


def _typed(**more: str) -> dict[str, str]:
    return {
        "name_fi": "Koulujen kokeiluraha",
        "name_sv": "Skolornas försöksmedel",
        "text_fi": "Rahoitetaan kokeiluja.",
        "text_sv": "Försök finansieras.",
        "eligibility_fi": "Kaupungin koulut.",
        "eligibility_sv": "Stadens skolor.",
        "applicants": "institutions",
        "within": "ours",
        "budget": "60 000",
        "opens_on": "2027-01-11",
        "opens_time": "09:00",
        "closes_on": "2027-02-26",
        "closes_time": "16:15",
        **more,
    }


class TestTheOfficer:
    """From nothing to a published call, on pages alone."""

    def test_the_whole_way(self, client: Client, cast: Cast, officer: Account) -> None:
        client.force_login(officer)
        publish_version(owner=cast.tampere, definition=FORM, by=None)
        begun = client.post(reverse("funding:begin-own-call", args=["tampere"]), _typed())
        call = Call.objects.own().get()
        here = reverse("funding:see-own-call", args=["tampere", call.slug])
        assert begun["Location"] == here
        assert call.closes_at == datetime(2027, 2, 26, 16, 15, tzinfo=clock.HELSINKI)
        client.post(f"{here}form/", {"version": str(publish_version(owner=cast.tampere, definition=FORM, by=None).pk)})
        for name, weight in (("Vaikutus", "60"), ("Kustannukset", "40")):
            given = {"name_fi": name, "name_sv": name, "weight": weight, "lowest": "0", "highest": "5"}
            assert client.post(f"{here}criteria/add/", given).status_code == 302
        assert "Everything that is needed is there." in client.get(here).content.decode()
        client.post(f"{here}publish/")
        call.refresh_from_db()
        assert call.published_at is not None
        assert client.get(reverse("funding:see-public-call", args=["tampere", call.slug])).status_code == 200
        assert AuditEntry.objects.filter(verb="funding.owncall.published", target_id=str(call.pk)).count() == 1

    def test_a_day_without_its_time_is_refused(self, client: Client, cast: Cast, officer: Account) -> None:
        client.force_login(officer)
        told = client.post(reverse("funding:begin-own-call", args=["tampere"]), _typed(closes_time=""))
        assert told.status_code == 422
        assert "Give the time of the day, too." in told.content.decode()

    def test_named_units_are_found_by_their_numbers(self, client: Client, cast: Cast, officer: Account) -> None:
        client.force_login(officer)
        url = reverse("funding:begin-own-call", args=["tampere"])
        told = client.post(url, _typed(within="named", named="99002\n12345"))
        assert "No unit is known by 12345." in told.content.decode()
        client.post(url, _typed(within="named", named="99002"))
        assert Call.objects.own().get().eligible == [cast.other_school.key]

    def test_the_draft_tells_what_is_lacking_and_cannot_be_published(
        self, client: Client, cast: Cast, officer: Account
    ) -> None:
        client.force_login(officer)
        client.post(reverse("funding:begin-own-call", args=["tampere"]), _typed(text_sv=""))
        call = Call.objects.own().get()
        here = reverse("funding:see-own-call", args=["tampere", call.slug])
        page = client.get(here).content.decode()
        assert "What is funded is told in Finnish and in Swedish." in page
        assert "publish/" not in page
        client.post(f"{here}publish/")
        call.refresh_from_db()
        assert call.published_at is None

    def test_the_preview_is_for_officers(self, client: Client, cast: Cast, officer: Account) -> None:
        call = make_draft(cast.tampere, officer)
        url = reverse("funding:preview-call", args=["tampere", call.slug])
        client.force_login(officer)
        assert "A preview" in client.get(url).content.decode()
        assert client.get(reverse("funding:see-public-call", args=["tampere", call.slug])).status_code == 404
        client.force_login(cast.eeva)
        assert client.get(url).status_code == 404

    def test_parts_are_changed_and_taken_away(self, client: Client, cast: Cast, officer: Account) -> None:
        call = make_draft(cast.tampere, officer)
        client.force_login(officer)
        here = reverse("funding:see-own-call", args=["tampere", call.slug])
        one = call.criteria.all()[0]
        given = {"name_fi": "Vaikutus", "name_sv": "Inverkan", "weight": "50,5", "lowest": "1", "highest": "5"}
        client.cookies["django_language"] = "fi"
        assert client.post(f"{here}criteria/{one.pk}/edit/", given).status_code == 302
        assert str(Criterion.objects.get(pk=one.pk).weight) == "50.50"
        client.post(f"{here}criteria/{one.pk}/remove/")
        assert call.criteria.count() == 1
        copied = client.post(f"{here}copy/")
        assert copied.status_code == 302
        assert Call.objects.own().count() == 2

    def test_the_closing_is_moved_with_a_reason(self, client: Client, cast: Cast, officer: Account) -> None:
        call = make_open_call(cast, officer)
        client.force_login(officer)
        url = reverse("funding:move-closing", args=["tampere", call.slug])
        later = ((call.closes_at or clock.now()) + timedelta(days=3)).astimezone(clock.HELSINKI)
        given = {"closes_on": later.date().isoformat(), "closes_time": "16:15"}
        assert client.post(url, given).status_code == 422
        assert client.post(url, {**given, "because_fi": "Lomake oli poikki."}).status_code == 302
        public = client.get(reverse("funding:see-public-call", args=["tampere", call.slug])).content.decode()
        assert "Lomake oli poikki." in public

    def test_lists_take_the_same_queries_however_many_calls_there_are(
        self, client: Client, cast: Cast, officer: Account
    ) -> None:
        client.force_login(officer)
        url = reverse("funding:list-own-calls", args=["tampere"])
        make_open_call(cast, officer)
        client.get(url)
        with CaptureQueriesContext(connection) as few:
            client.get(url)
        for _number in range(4):
            make_draft(cast.tampere, officer)
        client.get(url)
        with CaptureQueriesContext(connection) as many:
            page = client.get(url).content.decode()
        assert page.count("Not published") >= 4
        assert len(many) == len(few) <= 16

    def test_one_call_takes_few_queries(self, client: Client, cast: Cast, officer: Account) -> None:
        call = make_draft(cast.tampere, officer)
        client.force_login(officer)
        url = reverse("funding:see-own-call", args=["tampere", call.slug])
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        assert len(asked) <= 22


class TestEverybody:
    """What is read without a sign-in, with no person in it."""

    def test_the_list_and_the_page_tell_state_and_clock(self, client: Client, cast: Cast) -> None:
        call = make_open_call(cast)
        listed = client.get(reverse("funding:list-public-calls")).content.decode()
        assert "Open calls" in listed
        assert NAME.fi in listed
        page = client.get(reverse("funding:see-public-call", args=["tampere", call.slug])).content.decode()
        local = (call.closes_at or clock.now()).astimezone(clock.HELSINKI)
        assert f"at {local.hour}:{local.minute:02}:{local.second:02}" in page
        assert "Avustaja" not in page

    def test_drafts_are_in_nothing_that_is_public(self, client: Client, cast: Cast, officer: Account) -> None:
        call = make_draft(cast.tampere, officer)
        assert NAME.fi not in client.get(reverse("funding:list-public-calls")).content.decode()
        assert str(call.pk) not in client.get(reverse("funding:follow-calls", args=["fi"])).content.decode()
        assert client.get(reverse("funding:download-public-calls")).json()["calls"] == []

    def test_the_feed_is_atom_in_three_languages(self, client: Client, cast: Cast) -> None:
        call = make_open_call(cast)
        for language, title in (("fi", NAME.fi), ("sv", NAME.sv), ("en", NAME.fi)):
            answer = client.get(reverse("funding:follow-calls", args=[language]))
            assert answer["Content-Type"].startswith("application/atom+xml")
            root = ElementTree.fromstring(answer.content)  # noqa: S314 - made by us
            (entry,) = root.findall(f"{ATOM}entry")
            assert entry.findtext(f"{ATOM}title") == title
            assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{call.pk}"
            assert root.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")
        assert client.get("/calls/feed.de.atom").status_code == 404

    def test_a_moved_closing_and_a_withdrawal_come_to_the_top_of_the_feed(self, client: Client, cast: Cast) -> None:
        officer = make_officer(cast.tampere)
        first, second = make_open_call(cast, officer), make_open_call(cast, officer)
        move_closing(call=first, to=(first.closes_at or clock.now()) + timedelta(days=1), because=WHY, by=None)
        root = ElementTree.fromstring(  # noqa: S314 - made by us
            client.get(reverse("funding:follow-calls", args=["fi"])).content
        )
        assert [one.findtext(f"{ATOM}id") for one in root.findall(f"{ATOM}entry")] == [
            f"urn:uuid:{first.pk}",
            f"urn:uuid:{second.pk}",
        ]
        withdraw_call(call=second, because=WHY, by=None)
        page = client.get(reverse("funding:see-public-call", args=["tampere", second.slug])).content.decode()
        assert WHY.fi in page
        assert "Apply" not in page

    def test_open_data_is_readable_by_our_own_reader_and_names_nobody(self, client: Client, cast: Cast) -> None:
        call = make_open_call(cast)
        answer = client.get(reverse("funding:download-public-calls"))
        (found,) = answer.json()["calls"]
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert found["text"] == {"fi": TEXT.fi, "sv": TEXT.sv}
        assert sum(float(one["weight"]) for one in found["criteria"]) == 100
        assert datetime.fromisoformat(found["closes_at"]) == call.closes_at
        read = read_call(found["terms"])
        assert read.found is not None, read.faults
        assert "Avustaja" not in answer.content.decode()
        assert found == client.get(reverse("funding:download-public-call", args=["tampere", call.slug])).json()

    def test_each_key_of_it_is_documented_and_no_other(self, client: Client, cast: Cast) -> None:
        make_open_call(cast)
        (found,) = client.get(reverse("funding:download-public-calls")).json()["calls"]
        page = (Path(__file__).parents[3] / "docs" / "open-calls.md").read_text(encoding="utf-8")
        documented = re.findall(r"^\| `(\w+)` \|", page.partition("## A call")[2], re.MULTILINE)
        assert documented == list(found)

    def test_reading_takes_few_queries(self, client: Client, cast: Cast, officer: Account) -> None:
        calls = [make_open_call(cast, officer) for _number in range(3)]
        client.get(reverse("funding:list-public-calls"))
        for url, most in (
            (reverse("funding:list-public-calls"), 2),
            (reverse("funding:follow-calls", args=["fi"]), 2),
            (reverse("funding:download-public-calls"), 3),
            (reverse("funding:see-public-call", args=["tampere", calls[0].slug]), 6),
        ):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
            assert len(asked) <= most, (url, len(asked))


class TestApplying:
    """From the public page to handed in; a second decides."""

    def _begun(self, client: Client, cast: Cast, call: Call) -> Application:
        client.force_login(cast.bilal)
        way = client.get(reverse("funding:apply-to-call", args=["tampere", call.slug]))
        assert way.status_code == 302
        begun = client.post(way["Location"], {"name_fi": "Koulun kokeilu"})
        assert begun.status_code == 302
        made = Application.objects.get(call=call)
        write(made, ANSWERS, cast.bilal)
        return made

    def _hand_in(self, client: Client, made: Application, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Any:
        url = reverse("funding:submit-application", args=[made.unit.key, made.pk])
        page = client.get(url).content.decode()
        revision = page.partition('name="revision" value="')[2].partition('"')[0]
        monkeypatch.setattr(clock, "now", lambda: at)
        return client.post(url, {"revision": revision})

    def test_from_the_sign_in_to_the_officer(self, client: Client, cast: Cast, officer: Account) -> None:
        call = make_open_call(cast, officer)
        public = reverse("funding:see-public-call", args=["tampere", call.slug])
        assert "apply/" in client.get(public).content.decode()
        asked = client.get(reverse("funding:apply-to-call", args=["tampere", call.slug]))
        assert asked["Location"].startswith("/account/login/?next=")
        made = self._begun(client, cast, call)
        form = form_of(made, cast.bilal)
        url = reverse("funding:submit-application", args=[made.unit.key, made.pk])
        assert client.post(url, {"revision": form.response.revision}).status_code == 302
        made.refresh_from_db()
        assert made.state == Application.State.SUBMITTED
        client.force_login(officer)
        page = client.get(reverse("funding:see-own-call", args=["tampere", call.slug])).content.decode()
        assert "€90,000" in page

    def test_the_form_is_neither_begun_nor_handed_in_without_its_application(self, client: Client, cast: Cast) -> None:
        call = make_open_call(cast)
        assert call.collection is not None
        client.force_login(cast.bilal)
        begin = reverse("questionnaires:begin-response", args=[cast.school.key, call.collection.pk])
        assert client.post(begin).status_code == 403
        made = self._begun(client, cast, call)
        form = form_of(made, cast.bilal)
        summary = client.get(reverse("questionnaires:see-summary", args=[form.response.pk])).content.decode()
        assert reverse("funding:apply-to-call", args=["tampere", call.slug]) in summary
        handed = client.post(
            reverse("questionnaires:submit-response", args=[form.response.pk]), {"revision": form.response.revision}
        )
        assert handed.status_code == 422
        assert not form.response.submissions.exists()

    def test_the_way_from_the_call_leads_back_to_an_application_that_is_begun(
        self, client: Client, cast: Cast
    ) -> None:
        call = make_open_call(cast)
        made = self._begun(client, cast, call)
        way = client.get(reverse("funding:apply-to-call", args=["tampere", call.slug]))
        assert way["Location"] == reverse("funding:see-application", args=[cast.school.key, made.pk])

    def test_the_very_second_of_the_closing_is_in_time(
        self, client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        call = make_open_call(cast, closes_at=datetime(2027, 2, 26, 16, 15, tzinfo=clock.HELSINKI))
        made = self._begun(client, cast, call)
        late = datetime(2027, 2, 26, 16, 15, 0, 999_999, tzinfo=clock.HELSINKI)
        assert self._hand_in(client, made, late, monkeypatch).status_code == 302
        made.refresh_from_db()
        assert made.state == Application.State.SUBMITTED

    def test_one_second_later_a_page_that_was_open_is_told_so_and_nothing_is_lost(
        self, client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        call = make_open_call(cast, closes_at=datetime(2027, 2, 26, 16, 15, tzinfo=clock.HELSINKI))
        made = self._begun(client, cast, call)
        late = datetime(2027, 2, 26, 16, 15, 1, tzinfo=clock.HELSINKI)
        answer = self._hand_in(client, made, late, monkeypatch)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "The call closed 26 Feb 2027 at 16:15:00." in page
        assert "it is now 26 Feb 2027 at 16:15:01" in page
        assert "The draft is kept." in page
        made.refresh_from_db()
        assert made.state == Application.State.PREPARING
        assert made.response is not None
        assert made.response.values["what"] == ANSWERS["what"]

    def test_a_closing_that_was_moved_lets_it_in(
        self, client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        call = make_open_call(cast, closes_at=datetime(2027, 2, 26, 16, 15, tzinfo=clock.HELSINKI))
        made = self._begun(client, cast, call)
        move_closing(call=call, to=datetime(2027, 2, 27, 16, 15, tzinfo=clock.HELSINKI), because=WHY, by=None)
        late = datetime(2027, 2, 26, 16, 15, 1, tzinfo=clock.HELSINKI)
        assert self._hand_in(client, made, late, monkeypatch).status_code == 302

    def test_a_unit_that_is_not_asked_is_told_why(self, client: Client, cast: Cast) -> None:
        call = make_open_call(cast)
        foreign = make_unit(Kind.INSTITUTION, cast.nokia, "Nokian esimerkkikoulu")
        with pytest.raises(FundingRefused, match="not among those"):
            begin_application(call=call, unit=foreign, details=ApplicationDetails(name=Names(fi="Ei")), by=cast.aino)
        with pytest.raises(FundingRefused, match="of another kind"):
            begin_application(
                call=call, unit=cast.nokia, details=ApplicationDetails(name=Names(fi="Ei")), by=cast.aino
            )
        client.force_login(cast.aino)
        page = client.get(reverse("funding:apply-to-call", args=["tampere", call.slug])).content.decode()
        assert f"{foreign.names.text} is not among those that the call asks" in page
        assert reverse("funding:begin-application", args=[cast.school.key, "tampere", call.slug]) in page

    def test_before_it_opens_nothing_is_begun(self, client: Client, cast: Cast, officer: Account) -> None:
        opens = clock.now().replace(microsecond=0) + timedelta(days=2)
        call = publish_call(call=make_draft(cast.tampere, officer, own_details(cast.tampere, opens_at=opens)), by=None)
        with pytest.raises(FundingRefused, match="opens"):
            begin_application(
                call=call, unit=cast.school, details=ApplicationDetails(name=Names(fi="Liian ajoissa")), by=cast.bilal
            )

    def test_a_prepared_draft_stays_out_of_the_officers_sight(
        self, client: Client, cast: Cast, officer: Account
    ) -> None:
        call = make_open_call(cast, officer)
        made = self._begun(client, cast, call)
        client.force_login(officer)
        page = client.get(reverse("funding:see-own-call", args=["tampere", call.slug])).content.decode()
        assert str(made.pk) not in page
        assert json.dumps(made.names.fi)[1:-1] not in page
