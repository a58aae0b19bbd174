"""A survey is answered by a link, page by page, without an account."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from luotsi.base import clock
from luotsi.questionnaires.models import Collection, Sheet
from luotsi.questionnaires.tests.surveying import (
    make_survey,
    token_to,
)

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

CELIA = "celia@luotsi.example"


class TestAnsweringPages:
    def page(self, email: str = CELIA) -> tuple[Client, str]:
        return Client(headers={"accept-language": "en"}), reverse(
            "questionnaires:answer-survey", args=[token_to(email)]
        )

    def test_the_first_screen_tells_the_mode(self, cast: Cast) -> None:
        for mode, words in (
            ("anonymous", "is anonymous"),
            ("confidential", "is confidential"),
            ("identified", "with your name"),
        ):
            make_survey(cast, mode)
            client, path = self.page()
            assert words in client.get(path).content.decode()

    def test_it_is_answered_page_by_page_without_an_account(self, cast: Cast) -> None:
        make_survey(cast)
        client, path = self.page()
        first = client.post(path, {"do": "begin"}).context["page"]
        assert (first.place, first.count) == (1, 2)
        sent = {
            "was:m": "-",
            "a:m[0]": "2",
            "a:m[1]": "0",
            "kept": first.kept,
            "place": "1",
            "nonce": "n1",
            "do": "next",
        }
        second = client.post(path, sent).context["page"]
        assert json.loads(second.kept) == {"m": {"a": 3, "b": 1}}
        last = {
            "was:wish": "-",
            "was:why": "-",
            "a:why": "Jokin",
            "kept": second.kept,
            "place": "2",
            "nonce": "n1",
            "do": "send",
        }
        refused = client.post(path, last)
        assert refused.status_code == 422
        assert not Sheet.objects.exists()
        assert "Jokin" in refused.content.decode(), "what was typed is still there"
        done = client.post(path, {**last, "a:wish": "0"})
        assert "Thank you" in done.content.decode()
        assert Sheet.objects.get().answers == {"m": {"a": 3, "b": 1}, "wish": "x", "why": "Jokin"}
        assert "Thank you" in client.post(path, {**last, "a:wish": "0"}).content.decode(), "a double click"
        assert client.get(path).status_code == 410

    @pytest.mark.parametrize("kept", ["[", "[1]", '{"zzz": 1}', '{"m": {"a": 99}}', '{"m": "' + "x" * 400_001 + '"}'])
    def test_hostile_answers_are_refused(self, cast: Cast, kept: str) -> None:
        make_survey(cast)
        client, path = self.page()
        sent = {"was:wish": "-", "a:wish": "0", "kept": kept, "place": "2", "nonce": "n", "do": "send"}
        assert client.post(path, sent).status_code in {410, 422}
        assert not Sheet.objects.exists()

    def test_a_forged_and_a_closed_link_get_a_clear_page(self, cast: Cast) -> None:
        survey = make_survey(cast)
        client, path = self.page()
        forged = client.get(reverse("questionnaires:answer-survey", args=[secrets.token_urlsafe(24)]))
        assert (forged.status_code, "not known" in forged.content.decode()) == (410, True)
        Collection.objects.filter(pk=survey.pk).update(closed_at=clock.now())
        closed = client.get(path)
        assert (closed.status_code, "has closed" in closed.content.decode()) == (410, True)

    def test_it_asks_the_database_few_things(self, cast: Cast, django_assert_max_num_queries: Any) -> None:
        make_survey(cast)
        client, path = self.page()
        client.get(path)
        sent = {"was:wish": "-", "a:wish": "0", "kept": '{"m": {"a": 1}}', "place": "2", "nonce": "n", "do": "send"}
        with django_assert_max_num_queries(9):
            assert client.post(path, sent).status_code == 200
