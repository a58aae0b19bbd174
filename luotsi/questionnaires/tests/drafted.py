"""A draft that addresses and pages of authors point to, made through the actions that authors use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from luotsi.base.names import Names
from luotsi.questionnaires.actions import drafts as actions
from luotsi.questionnaires.models import QuestionnaireVersion

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

NAMES = Names(fi="Kysely", en="Survey")
AUTHORS = frozenset({
    "see-questionnaire", "begin-draft", "compare-versions", "see-export", "download-version", "edit-draft",
    "discard-draft", "shape-draft", "add-element", "edit-element", "check-expression", "translate-draft", "edit-rules",
    "try-draft", "list-revisions", "restore-draft", "publish-draft", "take-file", "change-kind",
})  # fmt: skip
OF_UNITS = AUTHORS | {"list-questionnaires", "add-questionnaire"}
MORE: dict[str, dict[str, Any]] = {"restore-draft": {"number": 1}, "download-version": {"kind": "surveyjs"}}


def arguments(short: str, draft: QuestionnaireVersion) -> dict[str, Any]:
    """Return what an address of authors needs beside the unit."""
    return {"pk": draft.questionnaire_id, **MORE.get(short, {})} if short in AUTHORS else {}


def make_drafted(cast: Cast, version: QuestionnaireVersion) -> QuestionnaireVersion:
    """Begin a draft of what was published, change it and add a question that the linter finds something in."""
    draft = actions.begin_draft(version=version, by=cast.aino)
    draft, at = actions.add_element(
        draft=draft,
        revision=1,
        holder="/pages/0",
        kind="text",
        name="contact_email",
        title={"fi": "Yhteyshenkilön sähköposti"},
        by=cast.aino,
    )
    values = {"visibleIf": "{title} notempty", "inputType": "email"}
    return actions.change_element(draft=draft, revision=2, at=at, values=values, by=cast.aino)[0]


def newest(draft: QuestionnaireVersion) -> QuestionnaireVersion:
    """Return the draft as it is now."""
    found = QuestionnaireVersion.objects.drafts().filter(questionnaire=draft.questionnaire_id).first()
    assert found is not None
    return found


def url(name: str, draft: QuestionnaireVersion, query: str = "", **more: Any) -> str:
    """Return the address of a page of the draft's questionnaire."""
    return reverse(f"questionnaires:{name}", kwargs={"scope": "tampere", "pk": draft.questionnaire_id, **more}) + query
