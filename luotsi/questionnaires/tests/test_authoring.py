"""Authors: a questionnaire is made, shaped, translated, tried and published, and nobody overwrites anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luotsi.base.models import AuditEntry
from luotsi.base.names import Names
from luotsi.questionnaires.actions import drafts as actions
from luotsi.questionnaires.actions.drafts import Written
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.models import Questionnaire, QuestionnaireVersion
from luotsi.questionnaires.queries.authoring.copying import blank
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.shaping import spots
from luotsi.questionnaires.tests.answered import SMALL, make_version
from luotsi.questionnaires.tests.drafted import NAMES, newest, url

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


class TestMaking:
    def test_it_begins_with_a_draft_and_tells_the_log(self, cast: Cast) -> None:
        draft = actions.make_questionnaire(
            owner=cast.tampere, key="new", names=NAMES, definition=blank(), by=cast.aino
        )
        assert (draft.state, draft.revision, draft.version) == ("draft", 1, "draft-1")
        assert draft.definition["x-luotsi"] == {"name": "new"}
        assert draft.definition["title"] == {"fi": "Kysely", "en": "Survey"}
        assert AuditEntry.objects.filter(verb="questionnaires.draft.begun").count() == 1

    def test_a_key_is_given_once_and_a_name_is_needed(self, cast: Cast, draft: QuestionnaireVersion) -> None:
        with pytest.raises(QuestionnaireRefused) as caught:
            actions.make_questionnaire(owner=cast.tampere, key="survey", names=NAMES, definition=blank(), by=cast.aino)
        assert caught.value.reasons[0].field == "key"
        with pytest.raises(QuestionnaireRefused):
            actions.make_questionnaire(
                owner=cast.tampere, key="other", names=Names(), definition=blank(), by=cast.aino
            )

    def test_a_file_is_looked_at_before_anything_is_kept(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.aino)
        address = reverse("questionnaires:add-questionnaire", args=["tampere"])
        data = {
            "pages": [
                {"elements": [{"type": "text", "name": "a", "valueName": "b"}, {"type": "signaturepad", "name": "c"}]}
            ]
        }
        file = SimpleUploadedFile("form.json", values.dumps(data).encode())
        fields = {"key": "from-file", "name_fi": "Tiedostosta", "source": "file"}
        page = client.post(address, {**fields, "file": file})
        assert page.status_code == 200
        assert not Questionnaire.objects.filter(key="from-file").exists()
        assert {loss.at for loss in page.context["looked"].losses} == {
            "/pages/0/elements/0/valueName",
            "/pages/0/elements/1",
        }
        answer = client.post(address, {**fields, "looked": page.context["kept"], "do": "take"})
        assert answer.status_code == 302
        kept = QuestionnaireVersion.objects.get(questionnaire__key="from-file")
        assert kept.definition["pages"] == [{"name": "page1", "elements": [{"type": "text", "name": "a"}]}]

    @pytest.mark.parametrize(
        "data",
        [
            {"pages": 5, "x-luotsi": "text", "calculatedValues": {}, "title": [1], "locale": 3},
            {"elements": "x", "pages": [1, {"elements": [{"type": "text", "name": "a", "x-luotsi": 4, "title": 15}]}]},
            {"pages": [{"name": "p", "elements": {"type": "text"}, "title": {"fi": 3}}]},
            {
                "pages": [
                    {"elements": [[], {"type": "matrixdynamic", "name": "t", "columns": [7, {"name": {}}], "rows": 1}]}
                ]
            },
            {
                "pages": [
                    {"elements": [{"type": "paneldynamic", "name": "p", "templateElements": {"a": 1}, "choices": 1}]}
                ]
            },
            {
                "pages": [
                    {"elements": [{"type": "dropdown", "name": "c", "choices": [{"text": "no value"}, [], None, "x"]}]}
                ]
            },
        ],
    )
    def test_hostile_files_become_drafts_that_every_page_can_show(
        self, cast: Cast, client: Client, data: dict[str, Any]
    ) -> None:
        client.force_login(cast.aino)
        address = reverse("questionnaires:add-questionnaire", args=["tampere"])
        fields = {"key": "hostile", "name_fi": "Outo", "source": "file"}
        page = client.post(address, {**fields, "file": SimpleUploadedFile("f.json", values.dumps(data).encode())})
        assert page.status_code == 200
        taken = client.post(address, {**fields, "looked": page.context["kept"], "do": "take"})
        assert taken.status_code == 302
        draft = QuestionnaireVersion.objects.get(questionnaire__key="hostile")
        for name in ("edit-draft", "translate-draft", "edit-rules", "try-draft", "publish-draft", "see-export"):
            assert client.get(url(name, draft, "?version=draft")).status_code == 200
        for at in ["", *(spot.at for spot in spots(draft.definition))]:
            assert client.get(url("edit-element", draft, f"?at={at}")).status_code == 200

    def test_what_is_no_form_is_refused(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.aino)
        address = reverse("questionnaires:add-questionnaire", args=["tampere"])
        for content in (b"\x00\x01", b"[1]", b"{", b"PK\x03\x04nothing"):
            fields = {"key": "x", "name_fi": "X", "source": "file", "file": SimpleUploadedFile("f", content)}
            assert client.post(address, fields).status_code == 422
        assert not Questionnaire.objects.exists()

    def test_a_copy_has_the_new_key_and_no_version(self, cast: Cast, client: Client) -> None:
        version = make_version(cast.tampere)
        client.force_login(cast.aino)
        address = reverse("questionnaires:add-questionnaire", args=["tampere"])
        fields = {"key": "copied", "name_fi": "Kopio", "source": "copy", "copy": str(version.questionnaire_id)}
        assert client.post(address, fields).status_code == 302
        kept = QuestionnaireVersion.objects.get(questionnaire__key="copied")
        assert kept.definition["x-luotsi"] == {"name": "copied"}
        assert kept.definition["pages"] == SMALL["pages"]


class TestTwoAuthors:
    def test_the_later_one_is_told_and_nothing_is_overwritten(self, cast: Cast, draft: QuestionnaireVersion) -> None:
        actions.shape_draft(draft=draft, revision=1, deed="down", at="/pages/0", by=cast.aino)
        with pytest.raises(QuestionnaireRefused, match="has changed the draft"):
            actions.shape_draft(draft=draft, revision=1, deed="remove", at="/pages/0", by=cast.gunilla)
        assert newest(draft).revision == 2

    def test_what_was_typed_stays_on_the_page(self, cast: Cast, draft: QuestionnaireVersion, client: Client) -> None:
        actions.shape_draft(draft=draft, revision=1, deed="copy", at="/pages/0/elements/0", by=cast.aino)
        client.force_login(cast.aino)
        page = client.post(
            url("edit-element", draft, "?at=/pages/0/elements/0"),
            {"revision": 1, "name": "title", "title_fi": "Uusi nimi"},
        )
        assert page.status_code == 422
        assert "Uusi nimi" in page.content.decode()
        assert newest(draft).revision == 2


class TestHistory:
    def test_what_was_removed_comes_back(self, cast: Cast, draft: QuestionnaireVersion) -> None:
        actions.shape_draft(draft=draft, revision=1, deed="remove", at="/pages/0", by=cast.aino)
        assert len(newest(draft).definition["pages"]) == 1
        actions.restore_draft(draft=draft, revision=2, number=1, by=cast.aino)
        assert newest(draft).revision == 3
        assert newest(draft).definition == draft.definition

    def test_only_so_many_revisions_are_kept(self, cast: Cast, draft: QuestionnaireVersion) -> None:
        for number in range(1, 46):
            written = Written({**draft.definition, "description": str(number)}, None, "test")
            actions.save_draft(draft=draft, revision=number, written=written, by=cast.aino)
        kept = QuestionnaireVersion.objects.filter(questionnaire=draft.questionnaire_id)
        assert kept.count() == 40
        assert newest(draft).revision == 46
        with pytest.raises(QuestionnaireRefused, match="no longer kept"):
            actions.restore_draft(draft=draft, revision=46, number=1, by=cast.aino)

    def test_saving_the_same_makes_no_revision(self, cast: Cast, draft: QuestionnaireVersion) -> None:
        written = Written(draft.definition, draft.rule_set, "test")
        assert actions.save_draft(draft=draft, revision=1, written=written, by=cast.aino).revision == 1

    def test_the_page_tells_what_each_revision_changed(
        self, cast: Cast, draft: QuestionnaireVersion, client: Client
    ) -> None:
        actions.change_element(
            draft=draft, revision=1, at="/pages/0/elements/0", values={"isRequired": None}, by=cast.aino
        )
        client.force_login(cast.aino)
        lines = client.get(url("list-revisions", draft)).context["lines"]
        assert [line.number for line in lines] == [2, 1]
        assert lines[0].changes[0].startswith("title: ")


class TestPublishing:
    def publish(
        self, draft: QuestionnaireVersion, version: str, note: str = "Muutos", **more: Any
    ) -> QuestionnaireVersion:
        return actions.publish_draft(draft=draft, revision=newest(draft).revision, version=version, note=note, **more)

    def test_the_draft_becomes_a_version_and_is_gone(self, cast: Cast, draft: QuestionnaireVersion) -> None:
        made = self.publish(draft, "1.0.0", by=cast.aino)
        assert (made.state, made.version) == ("published", "1.0.0")
        assert made.definition["x-luotsi"] == {"name": "survey", "version": "1.0.0", "note": "Muutos"}
        assert not QuestionnaireVersion.objects.filter(state="draft").exists()

    def test_the_next_one_must_differ_be_later_and_say_what_changed(
        self, cast: Cast, draft: QuestionnaireVersion
    ) -> None:
        first = self.publish(draft, "1.0.0", by=cast.aino)
        again = actions.begin_draft(version=first, by=cast.aino)
        with pytest.raises(QuestionnaireRefused) as caught:
            self.publish(again, "0.9.0", note="", by=cast.aino)
        assert len(caught.value.reasons) == 3
        actions.add_element(
            draft=again, revision=1, holder="/pages/0", kind="text", name="more", title={"fi": "Lisää"}, by=cast.aino
        )
        assert self.publish(again, "1.1.0", by=cast.aino).version == "1.1.0"

    def test_errors_keep_it_from_being_published(
        self, cast: Cast, draft: QuestionnaireVersion, client: Client
    ) -> None:
        actions.change_element(
            draft=draft, revision=1, at="/pages/0/elements/0", values={"visibleIf": "{nobody} = 1"}, by=cast.aino
        )
        with pytest.raises(QuestionnaireRefused, match="has 1 error"):
            self.publish(draft, "1.0.0", by=cast.aino)
        client.force_login(cast.aino)
        page = client.post(url("publish-draft", draft), {"revision": 2, "version": "1.0.0", "note": ""})
        assert page.status_code == 422

    def test_the_page_proposes_the_version_by_what_differs(
        self, cast: Cast, draft: QuestionnaireVersion, client: Client
    ) -> None:
        again = actions.begin_draft(version=self.publish(draft, "1.0.0", by=cast.aino), by=cast.aino)
        client.force_login(cast.aino)
        actions.shape_draft(draft=again, revision=1, deed="remove", at="/pages/0/elements/1", by=cast.aino)
        proposal = client.get(url("publish-draft", draft)).context["proposal"]
        assert (proposal.before, proposal.version, proposal.count) == ("1.0.0", "2.0.0", 1)
        page = client.get(url("compare-versions", draft, "?from=1.0.0&to=draft"))
        assert page.context["items"][0].name == "why"

    def test_a_draft_that_was_discarded_takes_a_questionnaire_without_versions_along(
        self, cast: Cast, draft: QuestionnaireVersion
    ) -> None:
        actions.discard_draft(draft=draft, by=cast.aino)
        assert not Questionnaire.objects.filter(key="survey").exists()
