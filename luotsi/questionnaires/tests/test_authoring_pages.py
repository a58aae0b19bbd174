"""Pages of authors: elements, translations, rules, preview, files; who sees them and what they ask the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from luotsi.base.models import AuditEntry
from luotsi.questionnaires.actions import drafts as actions
from luotsi.questionnaires.models import QuestionnaireVersion
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.tests.answered import SMALL
from luotsi.questionnaires.tests.drafted import NAMES, newest, url
from luotsi.questionnaires.tests.making import packaged

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


class TestElements:
    def fields(self, page: Any, **changes: Any) -> dict[str, Any]:
        """Return what a browser would send of the form on a page, with some of it changed."""
        form = page.context["form"]
        found = {}
        for name in form.fields:
            value = form[name].value()
            if value is True:
                found[name] = "on"
            elif value not in (None, False):
                found[name] = str(value)
        return {**found, **changes}

    @pytest.mark.parametrize("name", ["strategy-form", "strategy-form-mended", "school-pilot-call"])
    def test_a_form_that_is_sent_as_it_is_changes_nothing(self, cast: Cast, client: Client, name: str) -> None:
        made = actions.make_questionnaire(
            owner=cast.tampere, key="k", names=NAMES, definition=packaged(name), by=cast.aino
        )
        client.force_login(cast.aino)
        from luotsi.questionnaires.rules.shaping import spots

        for at in ["", *(spot.at for spot in list(spots(made.definition))[::4])]:
            address = url("edit-element", made, f"?at={at}")
            answer = client.post(address, self.fields(client.get(address)))
            assert answer.status_code == 302, (at, answer.context["form"].errors)
        assert newest(made).revision == 1

    def test_it_is_renamed_reworded_limited_and_moved_at_once(
        self, cast: Cast, draft: QuestionnaireVersion, client: Client
    ) -> None:
        client.force_login(cast.aino)
        address = url("edit-element", draft, "?at=/pages/0/elements/2")
        changes = {
            "name": "fields",
            "title_fi": "Alat",
            "choices": "a | Ala A | | Area A\nc | Ala C",
            "x_number": "7",
            "x_personal_data": "yes",
            "x_personal_data_purpose_fi": "Syy",
            "holder": "/pages/1",
        }
        assert client.post(address, self.fields(client.get(address), **changes)).status_code == 302
        made = newest(draft).definition["pages"][1]["elements"]
        assert made[0]["visibleIf"] == "{fields} contains 'a'"
        assert made[-1]["name"] == "fields"
        assert made[-1]["title"] == {"fi": "Alat", "en": "Areas"}
        assert made[-1]["choices"] == [
            {"value": "a", "text": {"fi": "Ala A", "en": "Area A"}},
            {"value": "c", "text": {"fi": "Ala C"}},
        ]
        assert made[-1]["x-luotsi"] == {"number": "7", "personal_data": {"purpose": {"fi": "Syy"}}}

    @pytest.mark.parametrize(
        ("field", "text"),
        [
            ("visibleIf", "{title} ="),
            ("choices", "a | b | c | d | e"),
            ("rest", "[]"),
            ("rest", "{"),
            ("validators", "{}"),
            ("name", "a{b"),
        ],
    )
    def test_what_cannot_be_read_is_told_at_its_field(
        self, cast: Cast, draft: QuestionnaireVersion, client: Client, field: str, text: str
    ) -> None:
        client.force_login(cast.aino)
        address = url("edit-element", draft, "?at=/pages/0/elements/2")
        page = client.post(address, self.fields(client.get(address), **{field: text}))
        assert page.status_code == 422
        assert field in page.context["form"].errors
        assert newest(draft).revision == 1

    def test_an_expression_is_looked_at_while_it_is_written(
        self, cast: Cast, draft: QuestionnaireVersion, client: Client
    ) -> None:
        client.force_login(cast.aino)

        def told(text: str) -> str:
            query = {"at": "/pages/0/elements/1", "key": "visibleIf", "visibleIf": text}
            return client.get(url("check-expression", draft), query).content.decode()

        assert "lu-field-error" in told("{title} =")
        assert "nobody" in told("{nobody} = 1")
        assert "lu-field-error" not in told("{title} notempty")

    def test_a_place_that_is_gone_is_not_found(self, cast: Cast, draft: QuestionnaireVersion, client: Client) -> None:
        client.force_login(cast.aino)
        for name in ("edit-element", "add-element"):
            assert client.get(url(name, draft, "?at=/pages/9")).status_code == 404
        assert client.get(url("add-element", draft, "?at=/pages/0/elements/0")).status_code == 404


class TestTranslating:
    def test_texts_are_kept_side_by_side_and_the_missing_ones_can_be_shown_alone(
        self, cast: Cast, draft: QuestionnaireVersion, client: Client
    ) -> None:
        client.force_login(cast.aino)
        page = client.get(url("translate-draft", draft, "?missing"))
        assert "sv:/pages/0/title" in page.content.decode()
        answer = client.post(
            url("translate-draft", draft), {"revision": 1, "sv:/pages/0/title": "Uppgifter", "xx": "y"}
        )
        assert answer.status_code == 302
        assert newest(draft).definition["pages"][0]["title"] == {
            "fi": "Perustiedot",
            "sv": "Uppgifter",
            "en": "Basics",
        }


class TestRules:
    def test_faults_are_told_with_their_place_and_a_sound_set_is_kept(
        self, cast: Cast, draft: QuestionnaireVersion, client: Client
    ) -> None:
        client.force_login(cast.aino)
        page = client.post(
            url("edit-rules", draft), {"revision": 1, "rule_set": '{"rules": [{"id": "a", "when": "{"}]}'}
        )
        assert page.status_code == 422
        assert "/rules/0" in str(page.context["form"].errors["rule_set"])
        rule = {
            "id": "a",
            "severity": "warn",
            "scope": "whole",
            "when": "{title} = 'x'",
            "texts": {"fi": "Ei x"},
            "evidence": ["title"],
        }
        sound = values.dumps({"id": "r", "version": "1", "rules": [rule]})
        assert client.post(url("edit-rules", draft), {"revision": 1, "rule_set": sound}).status_code == 302
        page = client.post(
            url("try-draft", draft, "?page=1&lang=fi"),
            {"was:title": "-", "a:title": "x", "do": "update", "answers": "{}"},
        )
        assert page.context["page"].findings[0].words.startswith("Ei x")


class TestTrying:
    def test_what_follows_is_shown_and_nothing_is_stored(
        self, cast: Cast, draft: QuestionnaireVersion, client: Client
    ) -> None:
        client.force_login(cast.aino)
        before = AuditEntry.objects.count()
        page = client.get(url("try-draft", draft, "?lang=en")).context["page"]
        assert (page.title.text, page.required) == ("Basics", ("title",))
        sent = {
            "was:title": "-",
            "a:title": "Trial",
            "was:areas": "-",
            "a:areas": ["0"],
            "answers": "{}",
            "do": "go:2",
        }
        page = client.post(url("try-draft", draft, "?lang=en&page=1"), sent).context["page"]
        assert (page.number, page.errors) == (2, ())
        assert values.loads(page.handed_in) == {"title": "Trial", "areas": ["a"], "double": 0}
        sent = {
            "answers": page.answers,
            "was:costs": "-",
            "n:costs": "1",
            "a:costs[0].sum": "12,50",
            "do": "add:costs",
        }
        page = client.post(url("try-draft", draft, "?lang=en&page=2&as=receive&width=phone"), sent).context["page"]
        assert {one.name: one.words for one in page.worked_out}["double"] == "25"
        assert AuditEntry.objects.count() == before

    @pytest.mark.parametrize(
        "sent", [{"do": "nonsense"}, {"answers": "{", "do": "update"}, {"a:nobody": "1", "do": "update"}]
    )
    def test_strange_posts_are_shown_the_page_again(
        self, cast: Cast, draft: QuestionnaireVersion, client: Client, sent: dict[str, str]
    ) -> None:
        client.force_login(cast.aino)
        assert client.post(url("try-draft", draft), sent).status_code == 200


class TestTakingAlong:
    def test_each_format_comes_with_what_it_loses(
        self, cast: Cast, draft: QuestionnaireVersion, client: Client
    ) -> None:
        client.force_login(cast.aino)
        formats = client.get(url("see-export", draft, "?version=draft")).context["formats"]
        assert [one.kind for one in formats] == ["surveyjs", "xlsform", "jsonschema"]
        assert not formats[0].losses
        assert formats[1].losses
        file = client.get(url("download-version", draft, "?version=draft", kind="surveyjs"))
        assert values.loads(file.content) == draft.definition
        assert client.get(url("download-version", draft, "?version=draft", kind="pdf")).status_code == 404
        assert client.get(url("download-version", draft, "?version=9.9.9", kind="surveyjs")).status_code == 404


class TestWhoMay:
    def test_a_principal_sees_the_questionnaire_but_not_its_draft(
        self, cast: Cast, draft: QuestionnaireVersion, client: Client
    ) -> None:
        client.force_login(cast.bilal)
        kwargs = {"scope": cast.school.key, "pk": draft.questionnaire_id}
        assert client.get(reverse("questionnaires:see-questionnaire", kwargs=kwargs)).status_code == 200
        for name in ("edit-draft", "translate-draft", "try-draft", "publish-draft"):
            assert client.get(reverse(f"questionnaires:{name}", kwargs=kwargs)).status_code == 403
        export = reverse("questionnaires:see-export", kwargs=kwargs)
        assert client.get(f"{export}?version=draft").status_code == 403

    def test_strangers_find_nothing(self, cast: Cast, draft: QuestionnaireVersion, client: Client) -> None:
        client.force_login(cast.farid)
        assert client.get(url("edit-draft", draft)).status_code == 404


class TestQueries:
    def test_the_pages_ask_no_more_for_many_than_for_one(
        self,
        cast: Cast,
        draft: QuestionnaireVersion,
        client: Client,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for number in range(12):
            actions.make_questionnaire(
                owner=cast.tampere, key=f"k{number}", names=NAMES, definition=SMALL, by=cast.aino
            )
        client.force_login(cast.aino)
        for address in (
            reverse("questionnaires:list-questionnaires", args=["tampere"]),
            url("edit-draft", draft),
            url("see-questionnaire", draft),
        ):
            client.get(address)
            with django_assert_max_num_queries(14):
                assert client.get(address).status_code == 200
