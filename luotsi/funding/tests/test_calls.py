"""Calls: kept by hand, taken in from files, shown with what they do not state, and fitted to measures by words."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.base.names import Names
from luotsi.base.uploads import CSV, Upload
from luotsi.funding.actions.calls import CallDetails, add_call, change_call, details_of
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.models import Call, Funder
from luotsi.funding.queries.call_files import tried
from luotsi.funding.queries.documents import call_document
from luotsi.funding.rules.coded import BadLine, as_lines, read_lines
from luotsi.funding.rules.fit import alike, fits, words_of
from luotsi.funding.rules.reading import loads, read_call
from luotsi.funding.tests.making import make_application, make_call
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.tests.answered import make_version

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.tests.cast import Cast

codes = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,39}", fullmatch=True)
texts = st.text(st.characters(codec="utf-8", exclude_characters="|\r\n", exclude_categories=("C", "Z")), min_size=1)


class TestCodedLines:
    """Classes and areas are written as lines and read back as they were."""

    @given(st.dictionaries(codes, st.lists(texts, min_size=1, max_size=3), max_size=20))
    def test_what_is_written_is_read_back(self, found: dict[str, list[str]]) -> None:
        items = [{"code": code, **dict(zip(("fi", "sv", "en"), names, strict=False))} for code, names in found.items()]
        assert read_lines(as_lines(items)) == items

    @pytest.mark.parametrize(
        ("text", "number", "why"),
        [("a | x\nA | y", 2, "code"), ("a", 1, "name"), ("a|1|2|3|4", 1, "parts"), ("a|x\n\na|y", 3, "twice")],
    )
    def test_it_tells_which_line_is_wrong(self, text: str, number: int, why: str) -> None:
        with pytest.raises(BadLine) as told:
            read_lines(text)
        assert (told.value.number, told.value.why) == (number, why)


class TestFit:
    """A measure fits a call when they share two words, whatever their endings."""

    def test_inflected_words_are_alike(self) -> None:
        assert alike("tutoropettajien", "tutoropettajatoiminta")
        assert alike("laitehankinnat", "laitehankintoja")
        assert not alike("digitaalinen", "ohjelmointi")

    def test_one_word_is_not_enough(self) -> None:
        call = "Tuetaan tutoropettajien työtä ja laitehankintoja"
        measures = [
            ("a", words_of("Tutoropettajat kaikkiin kouluihin")),
            ("b", words_of("Tutoropettajien laitehankinnat")),
        ]
        assert [one.key for one in fits(call, measures)] == ["b"]

    @given(st.text(), st.lists(st.tuples(st.text(max_size=5), st.lists(st.text(max_size=30)))))
    def test_every_word_told_stands_in_the_call(self, call: str, measures: list[tuple[str, list[str]]]) -> None:
        for one in fits(call, measures):
            assert set(one.words) <= set(words_of(call))


class TestKeeping:
    """A call is kept with what it states and nothing more."""

    def test_a_percentage_needs_its_base_and_its_place(self, cast: Cast) -> None:
        with pytest.raises(FundingRefused):
            make_call(cast.tampere, grant_percent=Decimal(90))
        made = make_call(cast.tampere, grant_percent=Decimal(90), share_base="total_cost", share_source="Haku, 3 §")
        assert made.grant_percent == 90

    def test_a_closing_has_a_moment_or_a_day_never_both(self, cast: Cast) -> None:
        with pytest.raises(FundingRefused):
            make_call(cast.tampere, closes_at=datetime(2027, 1, 1, tzinfo=UTC))

    def test_a_funder_is_one_however_it_is_written(self, cast: Cast) -> None:
        make_call(cast.tampere, funder=Names(fi="Opetushallitus", sv="Utbildningsstyrelsen"))
        make_call(cast.nokia, funder=Names(fi="OPETUSHALLITUS"))
        make_call(cast.nokia, funder=Names(fi="utbildningsstyrelsen"))
        assert Funder.objects.count() == 1

    def test_saving_the_same_leaves_no_row_in_the_log(self, cast: Cast) -> None:
        made = make_call(cast.tampere)
        before = AuditEntry.objects.count()
        change_call(call=made, details=details_of(made), by=cast.eeva)
        assert AuditEntry.objects.count() == before

    def test_the_day_of_closing_is_open_to_its_end(self, cast: Cast) -> None:
        made = make_call(cast.tampere, closes_on=date(2027, 1, 29))
        assert made.state_at(datetime(2027, 1, 29, 21, 59, 59, tzinfo=UTC)) == "open"
        assert made.state_at(datetime(2027, 1, 29, 22, 0, 0, tzinfo=UTC)) == "closed"


def _upload(data: object) -> Upload:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return Upload(CSV, "calls", raw, "")


class TestFiles:
    """A file is tried before anything is kept; every call of it is told of."""

    @pytest.mark.parametrize("name", ["strategy-2021", "environments-2020", "environments-2022"])
    def test_a_documented_call_comes_back_as_it_was(self, cast: Cast, name: str) -> None:
        raw = (resources.files("luotsi.funding") / "data" / f"{name}.call.json").read_bytes()
        (found,) = tried(_upload(raw), cast.tampere)
        assert found.fields is not None
        made = add_call(owner=cast.tampere, details=CallDetails(**found.fields), by=None)
        again = read_call(loads(values.dumps(call_document(Call.objects.get(pk=made.pk)))))
        told = read_call(loads(raw)).found
        assert again.faults == ()
        assert again.found is not None
        assert told is not None
        for key in ("name", "funder", "register_number", "budget", "budget_is_about", "share", "period", "letter_on"):
            assert getattr(again.found, key) == getattr(told, key), key
        assert [one.key for one in again.found.areas] == [one.key for one in told.areas]
        assert [(one.key, one.kind) for one in again.found.cost_classes] == [
            (one.key, one.kind) for one in told.cost_classes
        ]
        assert again.found.questions == told.questions
        if told.closes:
            assert again.found.closes
            assert (again.found.closes.on, again.found.closes.time) == (told.closes.on, told.closes.time)

    def test_what_is_wrong_is_told_with_its_place(self, cast: Cast) -> None:
        sound = {"id": "a", "name": "A", "funder": "F", "closes": None, "budget": None, "share": None}
        broken = {**sound, "budget": "much"}
        first, second = tried(_upload([sound, broken]), cast.tampere)
        assert first.is_sound
        assert not second.is_sound
        assert second.problems[0].startswith("/budget")

    def test_a_table_keeps_a_closing_without_time_as_it_is(self, cast: Cast) -> None:
        table = (
            "name_fi;funder;closes_on;closes_time;budget\n"
            "Eka;Virasto;29.1.2027;;1 000 000\nToka;Virasto;2027-01-29;16.15;\nKolmas;;31.2.2027;;paljon\n"
        )
        first, second, third = tried(_upload(table.encode()), cast.tampere)
        assert first.fields is not None
        assert second.fields is not None
        assert (first.fields["closes_on"], first.fields["closes_at"]) == (date(2027, 1, 29), None)
        assert first.fields["budget"] == Decimal(1_000_000)
        assert second.fields["closes_at"].astimezone(UTC) == datetime(2027, 1, 29, 14, 15, tzinfo=UTC)
        assert second.fields["budget"] is None
        assert len(third.problems) == 3

    def test_the_limit_of_transfers_comes_back_with_its_place(self, cast: Cast) -> None:
        told: dict[str, Any] = {"transfer_percent": Decimal("12.50"), "transfer_source": "Haku, 9 §"}
        made = make_call(cast.tampere, **told)
        document = call_document(made)
        (found,) = tried(_upload(document), cast.tampere)
        assert found.fields is not None
        assert {name: found.fields[name] for name in told} == told
        assert "transfers" not in call_document(make_call(cast.tampere, name=Names(fi="Toinen")))

    def test_a_percentage_without_its_place_is_not_taken(self, cast: Cast) -> None:
        (found,) = tried(_upload(b"name_fi;funder;grant_percent\nA;B;90\n"), cast.tampere)
        assert len(found.problems) == 2

    def test_what_is_watched_already_is_not_taken_twice(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.eeva)
        address = reverse("funding:import-calls", args=[cast.tampere.key])
        data = b"name_fi;funder;closes_on\nEka;Virasto;29.1.2027\n"
        for expected in (1, 1):
            page = client.post(address, {"file": SimpleUploadedFile("calls.csv", data)})
            if page.status_code == 200:
                client.post(address, {"token": page.context["token"]})
            assert Call.objects.count() == expected
        assert page.status_code == 422


def _form(**given: object) -> dict[str, Any]:
    return {"name_fi": "Haku", "funder": "Virasto", "in_cents": "", "share_base": "", **given}


class TestPages:
    """What is shown, and what is refused in which words."""

    def test_what_a_call_does_not_state_is_said(self, client: Client, cast: Cast) -> None:
        made = make_call(cast.tampere)
        client.force_login(cast.eeva)
        page = client.get(reverse("funding:see-call", args=[cast.tampere.key, made.owner.key, made.slug]))
        assert "the call states none" in page.content.decode()
        assert "time not stated" in page.content.decode()

    def test_a_time_without_a_day_is_refused(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.eeva)
        page = client.post(reverse("funding:add-call", args=[cast.tampere.key]), _form(closes_time="16.15"))
        assert page.status_code == 422
        assert "closes_on" in page.context["form"].errors

    @pytest.mark.parametrize(
        ("typed", "kept"), [("1 000 000", 1_000_000), ("1000,50 €", Decimal("1000.50")), ("", None), ("0", 0)]
    )
    def test_sums_are_read_as_people_write_them(self, client: Client, cast: Cast, typed: str, kept: object) -> None:
        client.force_login(cast.eeva)
        client.post(reverse("funding:add-call", args=[cast.tampere.key]), _form(budget=typed))
        assert Call.objects.get().budget == kept

    def test_what_is_no_sum_is_refused_beside_its_field(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.eeva)
        page = client.post(reverse("funding:add-call", args=[cast.tampere.key]), _form(budget="much"))
        assert page.status_code == 422
        assert "budget" in page.context["form"].errors

    def test_a_call_is_added_and_changed(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.eeva)
        day = clock.today() + timedelta(days=5)
        given = _form(closes_on=day.isoformat(), closes_time="16:15", areas="data | Tieto | Data")
        assert client.post(reverse("funding:add-call", args=[cast.tampere.key]), given).status_code == 302
        made = Call.objects.get()
        assert made.closes_at is not None
        assert made.areas == [{"code": "data", "fi": "Tieto", "sv": "Data"}]
        address = reverse("funding:edit-call", args=[cast.tampere.key, made.owner.key, made.slug])
        shown = client.get(address).context["form"].initial
        assert shown["closes_time"].hour == 16
        client.post(address, {**given, "closes_time": ""})
        again = Call.objects.get()
        assert (again.closes_at, again.closes_on) == (None, day)

    def test_a_school_sees_the_calls_of_its_provider_and_cannot_change_them(self, client: Client, cast: Cast) -> None:
        made = make_call(cast.tampere)
        client.force_login(cast.bilal)
        page = client.get(reverse("funding:list-calls", args=[cast.school.key])).content.decode()
        assert "Digital learning environments" in page
        address = reverse("funding:edit-call", args=[cast.school.key, made.owner.key, made.slug])
        assert client.get(address).status_code == 403

    def test_another_municipality_does_not_see_them(self, client: Client, cast: Cast) -> None:
        made = make_call(cast.tampere)
        client.force_login(cast.farid)
        address = reverse("funding:see-call", args=[cast.elsewhere.key, made.owner.key, made.slug])
        assert client.get(address).status_code == 404

    def test_whoever_sees_an_application_sees_the_call_it_answers(self, client: Client, cast: Cast) -> None:
        made = make_call(cast.tampere)
        address = reverse("funding:see-call", args=[cast.region.key, made.owner.key, made.slug])
        client.force_login(cast.aino)
        assert client.get(address).status_code == 404
        application = make_application(made, cast.school, cast.bilal)
        assert client.get(address).status_code == 200
        overview = reverse("funding:see-application", args=[cast.region.key, application.pk])
        assert address in client.get(overview).content.decode()
        client.force_login(cast.farid)
        assert client.get(address).status_code == 404

    def test_a_published_form_is_chosen_to_mirror_the_funders(self, client: Client, cast: Cast) -> None:
        made, version = make_call(cast.region), make_version(cast.region)
        client.force_login(cast.aino)
        address = reverse("funding:mirror-form", args=[cast.region.key, made.owner.key, made.slug])
        assert client.post(address, {"version": str(version.pk)}).status_code == 302
        made.refresh_from_db()
        assert made.mirror == version

    def test_whoever_keeps_a_call_chooses_any_of_the_forms_that_are_offered(self, client: Client, cast: Cast) -> None:
        made, version = make_call(cast.tampere), make_version(cast.region)
        client.force_login(cast.eeva)
        address = reverse("funding:mirror-form", args=[cast.tampere.key, made.owner.key, made.slug])
        assert str(version.pk) in client.get(address).content.decode()
        assert client.post(address, {"version": str(version.pk)}).status_code == 302
        made.refresh_from_db()
        assert made.mirror == version

    def test_many_calls_ask_the_database_no_more_than_one(
        self, client: Client, cast: Cast, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(20):
            call = make_call(cast.tampere, name=Names(fi=f"Haku {number}"))
            make_application(call, cast.tampere, cast.eeva)
        client.force_login(cast.eeva)
        address = reverse("funding:list-calls", args=[cast.tampere.key])
        client.get(address)
        with django_assert_max_num_queries(45):
            client.get(address)
