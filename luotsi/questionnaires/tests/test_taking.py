"""A file becomes the draft of a questionnaire there is: looked at first, with what it changes, and nothing is lost."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luotsi.questionnaires.actions import drafts as actions
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.models import QuestionnaireVersion
from luotsi.questionnaires.queries.authoring.exporting import exported
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.tests.answered import SMALL, make_version
from luotsi.questionnaires.tests.drafted import newest, url

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db
RULE = {
    "id": "a",
    "severity": "warn",
    "scope": "whole",
    "when": "{title} = 'x'",
    "texts": {"fi": "Ei x"},
    "evidence": ["title"],
}
RULES = {"id": "r", "version": "1", "rules": [RULE]}


def other() -> dict[str, Any]:
    """Return the small form with a question more and another limit, under a key and version of its own."""
    data = copy.deepcopy(SMALL)
    data["x-luotsi"] = {"name": "elsewhere", "version": "9.9.9"}
    data["pages"][0]["elements"][0]["maxLength"] = 10
    data["pages"][0]["elements"].append({"type": "text", "name": "more", "maxLength": 5})
    return data


def file_of(data: Any, name: str = "form.json") -> SimpleUploadedFile:
    content = data if isinstance(data, bytes) else values.dumps(data).encode()
    return SimpleUploadedFile(name, content)


@pytest.fixture
def version(cast: Cast) -> QuestionnaireVersion:
    return make_version(cast.tampere, SMALL, cast.aino)


class TestLookingAtAFile:
    def test_it_shows_what_differs_and_keeps_nothing(
        self, cast: Cast, version: QuestionnaireVersion, client: Client
    ) -> None:
        client.force_login(cast.aino)
        page = client.post(url("take-file", version), {"file": file_of(other()), "do": "look"})
        assert page.status_code == 200
        taking = page.context["taking"]
        assert {item.name for item in taking.items} == {"title", "more"}
        assert not QuestionnaireVersion.objects.drafts().exists()

    def test_it_is_taken_in_on_the_second_press_and_can_be_undone(
        self, cast: Cast, version: QuestionnaireVersion, client: Client
    ) -> None:
        client.force_login(cast.aino)
        page = client.post(url("take-file", version), {"file": file_of(other())})
        taking = page.context["taking"]
        sent = {"revision": 0, "looked": taking.kept, "looked_rules": taking.kept_rules, "do": "take"}
        assert client.post(url("take-file", version), sent).status_code == 302
        draft = newest(version)
        assert draft.revision == 2
        assert draft.definition["x-luotsi"] == {"name": "small"}
        assert draft.definition["pages"][0]["elements"][-1]["name"] == "more"
        client.post(url("restore-draft", version, number=1), {"revision": 2})
        assert newest(version).definition["pages"] == version.definition["pages"]

    def test_a_workbook_changes_nothing_but_what_it_cannot_say(
        self, cast: Cast, version: QuestionnaireVersion, client: Client
    ) -> None:
        client.force_login(cast.aino)
        book = exported(version, "xlsform", "fi").content
        page = client.post(url("take-file", version), {"file": file_of(book, "form.xlsx")})
        assert page.context["taking"].looked.questions > 0
        assert "xlsx" not in page.context["form"].errors

    @pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe"])
    def test_what_is_no_questionnaire_is_refused(
        self, cast: Cast, version: QuestionnaireVersion, client: Client, content: bytes
    ) -> None:
        client.force_login(cast.aino)
        page = client.post(url("take-file", version), {"file": file_of(content)})
        assert page.status_code == 422

    def test_a_rule_set_comes_along_and_its_faults_are_told(
        self, cast: Cast, version: QuestionnaireVersion, client: Client
    ) -> None:
        client.force_login(cast.aino)
        wrong = {"file": file_of(SMALL), "rules": file_of({"rules": [{"id": "a", "when": "{"}]})}
        page = client.post(url("take-file", version), wrong)
        assert "/rules/0" in str(page.context["form"].errors["rules"])
        page = client.post(url("take-file", version), {"file": file_of(SMALL), "rules": file_of(RULES)})
        taking = page.context["taking"]
        assert taking.count == 1
        sent = {"revision": 0, "looked": taking.kept, "looked_rules": taking.kept_rules, "do": "take"}
        assert client.post(url("take-file", version), sent).status_code == 302
        assert newest(version).rule_set == RULES


class TestTakingItIn:
    def test_nobodys_change_is_overwritten(self, cast: Cast, version: QuestionnaireVersion) -> None:
        draft = actions.begin_draft(version=version, by=cast.aino)
        for revision in (0, 2):
            with pytest.raises(QuestionnaireRefused):
                actions.take_in(
                    questionnaire=draft.questionnaire,
                    revision=revision,
                    definition=other(),
                    rule_set=None,
                    by=cast.aino,
                )
        made = actions.take_in(
            questionnaire=draft.questionnaire, revision=1, definition=other(), rule_set=None, by=cast.aino
        )
        assert made.revision == 2

    def test_the_title_stays_where_the_file_has_none(self, cast: Cast, version: QuestionnaireVersion) -> None:
        data = other()
        del data["title"]
        made = actions.take_in(
            questionnaire=version.questionnaire, revision=0, definition=data, rule_set=None, by=cast.aino
        )
        assert made.definition["title"] == SMALL["title"]
