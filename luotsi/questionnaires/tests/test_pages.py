"""Pages of responses: every kind of question is drawn and read back, hostile input is refused, queries stay few."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luotsi.questionnaires.actions.responses import begin_response
from luotsi.questionnaires.models import Response
from luotsi.questionnaires.queries.authoring.packaged import packaged
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.questionnaires.tests.answered import hand_in, held_by, make_asked, make_collection, write

if TYPE_CHECKING:
    from luotsi.people.models import Account
    from luotsi.people.tests.cast import Cast
    from luotsi.questionnaires.tests.answered import Asked

CHOICES = [{"value": 1, "text": "One"}, {"value": 2, "text": "Two"}]
EVERY: dict[str, Any] = {
    "x-luotsi": {"name": "every-kind", "version": "1.0.0"},
    "title": {"en": "Every kind"},
    "pages": [
        {
            "name": "only",
            "elements": [
                {"type": "html", "name": "intro", "html": {"en": "<script>bad()</script><b onclick='x'>Read</b>"}},
                {"type": "text", "name": "line"},
                {"type": "text", "name": "figure", "inputType": "number"},
                {"type": "text", "name": "day", "inputType": "date"},
                {"type": "text", "name": "mail", "inputType": "email"},
                {"type": "text", "name": "phone", "inputType": "tel"},
                {"type": "text", "name": "web", "inputType": "url"},
                {"type": "comment", "name": "long", "maxLength": 100},
                {"type": "radiogroup", "name": "one", "choices": CHOICES, "showOtherItem": True},
                {"type": "checkbox", "name": "many", "choices": CHOICES, "showNoneItem": True},
                {"type": "dropdown", "name": "menu", "choices": CHOICES},
                {"type": "tagbox", "name": "tags", "choices": CHOICES},
                {"type": "boolean", "name": "flag"},
                {"type": "rating", "name": "stars"},
                {"type": "matrix", "name": "grid", "columns": ["a", "b"], "rows": ["x", "y"]},
                {
                    "type": "matrixdropdown",
                    "name": "fixed",
                    "rows": ["x", "y"],
                    "columns": [{"name": "n", "cellType": "text", "inputType": "number", "totalType": "sum"}],
                },
                {
                    "type": "matrixdynamic",
                    "name": "rows",
                    "rowCount": 1,
                    "columns": [
                        {"name": "t", "cellType": "text"},
                        {"name": "c", "cellType": "checkbox", "choices": CHOICES},
                        {"name": "d", "cellType": "dropdown", "choices": CHOICES},
                    ],
                },
                {
                    "type": "paneldynamic",
                    "name": "parts",
                    "panelCount": 1,
                    "templateElements": [
                        {"type": "text", "name": "in"},
                        {"type": "comment", "name": "more", "visibleIf": "{panel.in} = 'x'"},
                    ],
                },
                {"type": "expression", "name": "twice", "expression": "{figure} * 2"},
                {"type": "file", "name": "file"},
                {"type": "panel", "name": "box", "title": "Box", "elements": [{"type": "text", "name": "boxed"}]},
            ],
        }
    ],
}
ANSWERS: dict[str, Any] = {
    "web": "https://a.example",
    "line": "A line", "figure": Decimal("1200.5"), "day": "2026-12-01", "mail": "a@b.example", "phone": "+358 1",
    "long": "Two\nlines", "one": "other", "one-Comment": "Third", "many": [1, 2], "menu": 2,
    "tags": [2], "flag": False, "stars": 4, "grid": {"x": "a", "y": "b"}, "fixed": {"x": {"n": 3}},
    "rows": [{"t": "r", "c": [1], "d": 2}], "parts": [{"in": "x", "more": "m"}], "boxed": "In the box",
}  # fmt: skip


def signed_in(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def page(asked: Asked, number: int = 1) -> str:
    return reverse("questionnaires:fill-page", args=[asked.response.pk, number])


def fields_of(html: str) -> dict[str, list[str]]:
    """Return what a browser would send of a page, from its markup alone."""
    from html.parser import HTMLParser

    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: dict[str, list[str]] = {}
            self.inside, self.name, self.area = False, "", ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            told = {key: value or "" for key, value in attrs}
            self.inside = self.inside or told.get("id") == "fill"
            name, kind = told.get("name", ""), told.get("type", "text")
            if not self.inside:
                return
            if tag == "input" and name and kind != "file" and (kind not in {"radio", "checkbox"} or "checked" in told):
                self.found.setdefault(name, []).append(told.get("value", ""))
            if tag in {"select", "textarea"}:
                self.name, self.area = name, ""
                self.found.setdefault(name, [""])
            if tag == "option" and "selected" in told:
                self.found[self.name] = [told["value"]]

        def handle_data(self, data: str) -> None:
            self.area += data

        def handle_endtag(self, tag: str) -> None:
            if tag == "textarea":
                self.found[self.name] = [self.area.removeprefix("\n")]
            self.inside = self.inside and tag != "form"

    reader = Reader()
    reader.feed(html)
    return reader.found


class TestEveryKindOfQuestion:
    def test_what_a_page_shows_is_what_it_reads_back(self, cast: Cast) -> None:
        asked = make_asked(cast, EVERY)
        write(held_by(cast.bilal, asked.response), **ANSWERS)
        client = signed_in(cast.bilal)
        sent = fields_of(client.get(page(asked)).content.decode())
        for name in [name for name in sent if name.startswith("was:")]:
            sent[name] = ["shown something else"]  # so that every answer counts as touched
        Response.objects.update(answers={})
        client.post(page(asked), {**sent, "do": "save"})
        kept = {name: value for name, value in Response.objects.get().values.items() if value is not None}
        assert kept == ANSWERS

    def test_a_page_sent_back_untouched_changes_nothing(self, cast: Cast) -> None:
        asked = make_asked(cast, EVERY)
        write(held_by(cast.bilal, asked.response), **ANSWERS)
        client = signed_in(cast.bilal)
        client.post(page(asked), {**fields_of(client.get(page(asked)).content.decode()), "do": "save"})
        response = Response.objects.get()
        assert (response.revision, response.pending) == (1, {})

    def test_words_of_a_definition_carry_no_script(self, cast: Cast) -> None:
        asked = make_asked(cast, EVERY)
        html = signed_in(cast.bilal).get(page(asked)).content.decode()
        assert "<b>Read</b>" in html
        assert "bad()" not in html

    def test_values_worked_out_and_totals_are_shown(self, cast: Cast) -> None:
        asked = make_asked(cast, EVERY)
        write(held_by(cast.bilal, asked.response), **ANSWERS)
        html = signed_in(cast.bilal).get(page(asked)).content.decode()
        assert ">2\u00a0401</output>" in html
        assert ">3</output>" in html

    def test_the_page_speaks_the_language_of_the_reader_and_says_where_it_cannot(self, cast: Cast) -> None:
        asked = make_asked(cast)
        client = signed_in(cast.bilal)
        client.cookies["django_language"] = "fi"
        html = client.get(page(asked)).content.decode()
        assert "Nimi" in html
        assert '<span lang="en">Why</span>' in html


class TestTheFormOfTheMinistry:
    def test_every_page_is_drawn_and_read_back_once_all_areas_are_chosen(self, cast: Cast) -> None:
        definition = packaged("strategy-form")
        asked = make_asked(cast, definition)
        found = definition_of(asked.version)
        chosen: Any = next(one for one in found.questions if one.x.get("role") == "area")
        areas: dict[str, Any] = {chosen.name: [choice.value for choice in chosen.choices]}
        write(held_by(cast.bilal, asked.response), **areas)
        client = signed_in(cast.bilal)
        for number in range(1, len(found.pages) + 1):
            answer = client.get(page(asked, number))
            assert answer.status_code == 200
            client.post(page(asked, number), {**fields_of(answer.content.decode()), "do": "save"})
        assert Response.objects.get().revision == 1
        assert client.get(reverse("questionnaires:see-summary", args=[asked.response.pk])).status_code == 200


class TestHostileInput:
    @pytest.mark.parametrize(
        "fields",
        [
            {"was:nothing": "-", "a:nothing": "x"},
            {"a:title": "x"},
            {"was:areas": "-", "a:areas": "99"},
            {"was:areas": "-", "a:areas": "-1"},
            {"was:costs": "-", "n:costs": "100000"},
            {"was:costs": "-", "n:costs": "x"},
            {"was:title": "-", "a:title": "x", "do": "rm -rf"},
            {"was:title": "-", "a:title": "x", "do": "add:title[0].x"},
            {"was:title": "-", "a:title": "x", "do": "remove:costs:99999999999"},
        ],
    )
    def test_what_no_page_asks_for_is_refused_and_nothing_stored(self, cast: Cast, fields: dict[str, str]) -> None:
        asked = make_asked(cast)
        answer = signed_in(cast.bilal).post(page(asked), fields)
        assert answer.status_code == 409
        assert Response.objects.get().answers == {}

    def test_control_characters_are_left_out_and_nothing_else(self, cast: Cast) -> None:
        asked = make_asked(cast)
        signed_in(cast.bilal).post(page(asked), {"was:why": "-", "a:why": "a\x00b\x07\r\nc=1+1", "do": "save"})
        assert Response.objects.get().values["why"] == "ab\nc=1+1"

    def test_words_of_people_are_escaped(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), title="<script>x</script>")
        client = signed_in(cast.bilal)
        for url in (page(asked), reverse("questionnaires:see-summary", args=[asked.response.pk])):
            assert "<script>x" not in client.get(url).content.decode()

    def test_a_file_cannot_be_claimed_by_a_field(self, cast: Cast) -> None:
        asked = make_asked(cast)
        client = signed_in(cast.bilal)
        client.post(page(asked, 2), {"was:plan": "-", "a:plan": "0190", "do": "save"})
        assert "plan" not in Response.objects.get().values


class TestTwoPagesOfTwoPeople:
    def test_a_page_from_before_is_told_what_happened_meanwhile(self, cast: Cast) -> None:
        asked = make_asked(cast)
        client = signed_in(cast.bilal)
        before = fields_of(client.get(page(asked)).content.decode())
        write(held_by(cast.bilal, asked.response), title="Ensin")
        answer = client.post(page(asked), {**before, "a:title": "Sitten", "do": "next"}, follow=True)
        html = answer.content.decode()
        assert "Ensin" in html
        assert "Sitten" in html
        assert "Nothing is lost" in html
        client.post(page(asked), {"decide:title": "0", "do": "save"})
        assert Response.objects.get().values["title"] == "Sitten"

    def test_a_page_that_lay_open_while_another_handed_in_loses_nothing_on_view(self, cast: Cast) -> None:
        asked = make_asked(cast)
        client = signed_in(cast.bilal)
        write(held_by(cast.bilal, asked.response), title="Nimi")
        before = fields_of(client.get(page(asked)).content.decode())
        hand_in(cast.bilal, asked.response)
        answer = client.post(page(asked), {**before, "a:why": "Typed too late", "do": "next"})
        assert answer.status_code == 409
        assert "Typed too late" in answer.content.decode()


class TestTheListOfCollections:
    def test_it_offers_to_begin_then_to_go_on_then_the_receipt(self, cast: Cast) -> None:
        asked = make_asked(cast)
        url, client = reverse("questionnaires:list-collections", args=[cast.school.key]), signed_in(cast.bilal)
        assert "Go on writing" in client.get(url).content.decode()
        write(held_by(cast.bilal, asked.response), title="Nimi")
        hand_in(cast.bilal, asked.response)
        assert "Show the receipt" in client.get(url).content.decode()
        make_collection(asked.version, cast.tampere)
        assert "Begin to answer" in client.get(url).content.decode()

    def test_it_says_why_it_is_empty(self, cast: Cast) -> None:
        html = signed_in(cast.farid).get(reverse("questionnaires:list-collections", args=[cast.elsewhere.key])).content
        assert b"Nothing is asked here now" in html

    def test_it_asks_the_database_no_more_for_many(self, cast: Cast) -> None:
        asked = make_asked(cast)
        url, client = reverse("questionnaires:list-collections", args=[cast.school.key]), signed_in(cast.bilal)
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as one:
            client.get(url)
        for _number in range(4):
            begin_response(collection=make_collection(asked.version, cast.tampere), unit=cast.school, by=cast.bilal)
        client.get(url)
        with CaptureQueriesContext(connection) as many:
            client.get(url)
        assert len(many) == len(one)


class TestQueries:
    def test_a_page_takes_few_and_a_save_a_few_more(self, cast: Cast) -> None:
        asked = make_asked(cast)
        client = signed_in(cast.bilal)
        fields = fields_of(client.get(page(asked)).content.decode())
        with CaptureQueriesContext(connection) as reading:
            client.get(page(asked))
        with CaptureQueriesContext(connection) as saving:
            client.post(page(asked), {**fields, "a:title": "Nimi", "do": "auto"}, headers={"X-Luotsi-Part": "form"})
        assert len(reading) <= 16, [query["sql"][:120] for query in reading]
        assert len(saving) <= 18, [query["sql"][:120] for query in saving]

    def test_what_came_in_takes_no_more_for_many(self, cast: Cast) -> None:
        asked = make_asked(cast)
        url, client = (
            reverse("questionnaires:see-collection", args=[cast.tampere.key, asked.collection.pk]),
            signed_in(cast.aino),
        )
        client.get(url)
        with CaptureQueriesContext(connection) as one:
            client.get(url)
        begin_response(collection=asked.collection, unit=cast.other_school, by=cast.bilal)
        client.get(url)  # what waits is worked out anew after something was written
        with CaptureQueriesContext(connection) as many:
            html = client.get(url).content.decode()
        assert len(many) == len(one)
        assert "Saukon" in html
