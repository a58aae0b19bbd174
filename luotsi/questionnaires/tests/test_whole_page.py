"""All pages of a response on one: chosen by whoever answers, kept for that response, saved as the pages are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luotsi.questionnaires.models import Response
from luotsi.questionnaires.tests.answered import hand_in, held_by, make_asked, write
from luotsi.questionnaires.tests.test_pages import fields_of, page, signed_in

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.tests.cast import Cast
    from luotsi.questionnaires.tests.answered import Asked

pytestmark = pytest.mark.django_db


def whole(asked: Asked) -> str:
    """Return the address of all pages on one."""
    return reverse("questionnaires:fill-whole", args=[asked.response.pk])


def html_of(client: Client, address: str) -> str:
    """Return a page."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class TestAllPagesOnOne:
    def test_it_asks_what_all_pages_ask_each_below_its_head(self, cast: Cast) -> None:
        asked = make_asked(cast)
        html = html_of(signed_in(cast.bilal), whole(asked))
        order = [html.index(f'id="{one}"') for one in ("page-1", "q-title", "q-why", "page-2", "q-plan", "q-double")]
        assert order == sorted(order)
        assert "Page 1 of 2." in html
        assert "Page 2 of 2." in html
        assert html.count('id="fill-items"') == 1

    def test_what_is_typed_on_every_page_is_saved_at_once(self, cast: Cast) -> None:
        asked = make_asked(cast)
        client = signed_in(cast.bilal)
        client.post(whole(asked), {**fields_of(html_of(client, whole(asked))), "a:areas": "0", "do": "update"})
        sent = fields_of(html_of(client, whole(asked)))
        answer = client.post(
            whole(asked),
            {**sent, "a:title": "Robots", "a:costs[0].what": "Kits", "a:costs[0].sum": "12,5", "do": "save"},
        )
        assert answer["Location"] == whole(asked)
        kept = Response.objects.get().values
        assert (kept["title"], kept["areas"]) == ("Robots", ["a"])
        assert str(kept["costs"][0]["sum"]) == "12.5"
        assert ">25</output>" in html_of(client, whole(asked))

    def test_a_row_is_added_where_it_stands(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), areas=["a"])
        client = signed_in(cast.bilal)
        answer = client.post(whole(asked), {**fields_of(html_of(client, whole(asked))), "do": "add:costs"})
        assert answer["Location"] == f"{whole(asked)}#q-costs"
        assert 'name="a:costs[1].what"' in html_of(client, whole(asked))

    def test_every_error_is_linked_to_its_question_on_the_same_page(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), title="x" * 30, why="y" * 60)
        html = html_of(signed_in(cast.bilal), f"{whole(asked)}?check")
        checks = html[html.index('id="fill-checks"') :]
        links = re.findall(r'<a href="([^"]*)">', checks[: checks.index("</section>")])
        assert links == ["#q-title", "#q-why"]
        assert all(f'id="{link[1:]}"' in html for link in links)

    def test_the_last_button_leads_to_the_summary(self, cast: Cast) -> None:
        asked = make_asked(cast)
        client = signed_in(cast.bilal)
        answer = client.post(whole(asked), {**fields_of(html_of(client, whole(asked))), "do": "next"})
        assert answer["Location"] == reverse("questionnaires:see-summary", args=[asked.response.pk])

    def test_what_two_wrote_is_decided_here_too(self, cast: Cast) -> None:
        asked = make_asked(cast)
        client = signed_in(cast.bilal)
        sent = fields_of(html_of(client, whole(asked)))
        write(held_by(cast.bilal, asked.response), title="Somebody else")
        answer = client.post(whole(asked), {**sent, "a:title": "Mine", "do": "next"})
        assert answer["Location"] == f"{whole(asked)}#q-title"
        html = html_of(client, whole(asked))
        assert "Two versions have been written" in html
        assert 'name="decide:title"' in html

    def test_it_asks_the_database_no_more_than_one_page_does(self, cast: Cast) -> None:
        asked = make_asked(cast)
        client = signed_in(cast.bilal)
        counts = []
        for address in (page(asked), whole(asked), whole(asked)):
            with CaptureQueriesContext(
                connection,
            ) as told:
                html_of(client, address)
            counts.append(len(told))
        assert counts[2] <= counts[0] + 1  # the session remembers

    def test_a_form_of_more_than_a_thousand_fields_is_saved(self, cast: Cast) -> None:
        fields = [{"type": "text", "name": f"q{number}"} for number in range(600)]
        pages = [{"name": "one", "elements": fields[:300]}, {"name": "two", "elements": fields[300:]}]
        definition: dict[str, Any] = {
            "x-luotsi": {"name": "long", "version": "1.0.0"},
            "title": "Long",
            "pages": pages,
        }
        asked = make_asked(cast, definition)
        client = signed_in(cast.bilal)
        sent = fields_of(html_of(client, whole(asked)))
        assert len(sent) > 1_000
        client.post(whole(asked), {**sent, "a:q599": "the last", "do": "save"})
        assert Response.objects.get().values == {"q599": "the last"}


class TestTheChoice:
    def test_it_is_offered_on_a_page_and_saves_what_is_typed_there(self, cast: Cast) -> None:
        asked = make_asked(cast)
        client = signed_in(cast.bilal)
        html = html_of(client, page(asked))
        assert re.search(r'<button[^>]*value="all">\s*Show all pages on one', html)
        answer = client.post(page(asked), {**fields_of(html), "a:title": "Typed", "do": "all"})
        assert answer["Location"] == whole(asked)
        assert Response.objects.get().values["title"] == "Typed"

    def test_it_stays_for_the_response_until_one_goes_page_by_page_again(self, cast: Cast) -> None:
        asked = make_asked(cast)
        client = signed_in(cast.bilal)
        html = html_of(client, whole(asked))
        assert client.get(page(asked, 2))["Location"] == whole(asked)
        assert client.get(f"{page(asked, 1)}?check")["Location"] == f"{whole(asked)}?check"
        assert re.search(r'<button[^>]*value="steps">\s*Go page by page', html)
        answer = client.post(whole(asked), {**fields_of(html), "a:why": "Because", "do": "steps"})
        assert 'id="fill-items"' in html_of(client, answer["Location"])
        assert Response.objects.get().values["why"] == "Because"
        assert 'id="q-plan"' in html_of(client, page(asked, 2))

    def test_another_response_is_shown_page_by_page(self, cast: Cast) -> None:
        asked, other = make_asked(cast), make_asked(cast, many=True, definition=None)
        client = signed_in(cast.bilal)
        html_of(client, whole(asked))
        assert 'id="page-2"' not in html_of(client, page(other))

    def test_a_questionnaire_of_one_page_offers_no_choice(self, cast: Cast) -> None:
        definition: dict[str, Any] = {"x-luotsi": {"name": "one", "version": "1.0.0"}, "title": "One"}
        asked = make_asked(cast, definition | {"elements": [{"type": "text", "name": "a"}]})
        assert 'value="all"' not in html_of(signed_in(cast.bilal), page(asked))

    def test_who_only_reads_gets_links_and_nothing_to_press(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), title="Done")
        hand_in(cast.bilal, asked.response)
        client = signed_in(cast.bilal)
        assert f'href="{whole(asked)}"' in html_of(client, page(asked))
        html = html_of(client, whole(asked))
        assert f'href="{page(asked, 0)}?steps"' in html
        assert 'name="do" value="steps"' not in html
        assert 'id="page-2"' not in html_of(client, f"{page(asked, 0)}?steps")

    def test_what_was_typed_on_a_page_before_signing_in_is_saved_all_the_same(self, cast: Cast) -> None:
        asked = make_asked(cast)
        client = signed_in(cast.bilal)
        sent = fields_of(html_of(client, page(asked)))
        client.logout()
        client.post(page(asked), {**sent, "a:title": "Typed when signed out", "do": "save"})
        session = client.session
        session["questionnaires.whole"] = [str(asked.response.pk)]
        session.save()
        client.force_login(cast.bilal)
        client.get(page(asked))
        assert Response.objects.get().values["title"] == "Typed when signed out"
