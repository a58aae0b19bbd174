"""The draft of the next version of the region's call, as its author left it: one question more, not yet translated."""

from __future__ import annotations

from luotsi.people.models import Account
from luotsi.questionnaires.actions.drafts import add_element, begin_draft, change_element
from luotsi.questionnaires.models import QuestionnaireVersion


def begin_next(key: str) -> bool:
    """Begin the draft; return False where there is one, no such questionnaire, or nobody to write it."""
    versions = QuestionnaireVersion.objects.filter(questionnaire__key=key)
    version = versions.published().select_related("questionnaire").order_by("-published_at", "-pk").first()
    by = Account.objects.filter(email="aino@luotsi.example").first()
    if version is None or by is None or versions.drafts().exists():
        return False
    draft = begin_draft(version=version, by=by)
    title = {"fi": "Kuinka monta opettajaa osallistuu?", "sv": "Hur många lärare deltar?"}
    draft, at = add_element(
        draft=draft, revision=draft.revision, holder="/pages/0", kind="text", name="teachers", title=title, by=by
    )
    values = {"inputType": "number", "min": 1, "max": 200, "maxLength": None, "x-luotsi": {"number": "7"}}
    change_element(draft=draft, revision=draft.revision, at=at, values=values, by=by)
    return True
