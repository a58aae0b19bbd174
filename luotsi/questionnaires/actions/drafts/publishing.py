"""Publishing a draft as the next version of its questionnaire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.drafts.keeping import OURS, locked, newest_of
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.actions.versions import SEMANTIC, publish_version
from luotsi.questionnaires.queries.authoring.differing import changes_since, newest_published
from luotsi.questionnaires.queries.authoring.outline import defects_of
from luotsi.questionnaires.rules.lint import Severity

if TYPE_CHECKING:
    from luotsi.people.models import Account
    from luotsi.questionnaires.models import QuestionnaireVersion


@transaction.atomic
def publish_draft(
    *, draft: QuestionnaireVersion, revision: int, version: str, note: str, by: Account | None
) -> QuestionnaireVersion:
    """Publish a draft as a version, which holds the note on what changed; the draft is gone afterwards.

    Args:
        draft: The draft.
        revision: Number of the revision that was on view.
        version: Semantic version, later than the newest published one.
        note: What changed, in words for those who open it; may be empty for the first version.
        by: Who publishes.

    Raises:
        QuestionnaireRefused: the linter finds errors; nothing differs from the newest version; the version is not
            later, or the note is missing; somebody else has changed the draft since.
    """
    questionnaire = locked(draft.questionnaire)
    newest = newest_of(questionnaire, revision)
    reasons = _reasons(newest, version, note)
    if reasons:
        raise QuestionnaireRefused(*reasons)
    ours = {**(newest.definition.get(OURS) or {}), "name": questionnaire.key, "version": version}
    ours.pop("note", None)
    if note.strip():
        ours["note"] = note.strip()
    definition = {**newest.definition, OURS: ours}
    made = publish_version(owner=questionnaire.owner, definition=definition, rule_set=newest.rule_set, by=by)
    questionnaire.versions.drafts().delete()
    return made


def _reasons(draft: QuestionnaireVersion, version: str, note: str) -> list[Reason]:
    found: list[Reason] = []
    wrong = sum(defect.severity is Severity.ERROR for defect in defects_of(draft))
    if wrong:
        words = ngettext(
            "The draft has %(count)s error. Mend it first.", "The draft has %(count)s errors. Mend them first.", wrong
        )
        found.append(Reason(words % {"count": wrong}))
    if not SEMANTIC.fullmatch(version) or "-" in version:
        return [*found, Reason(_("Write the version as three numbers, such as 1.2.0."), field="version")]
    before = newest_published(draft.questionnaire)
    if before is None:
        return found
    if order_of(version) <= order_of(before.version):
        words = _("The version must be later than %(version)s.") % {"version": before.version}
        found.append(Reason(words, field="version"))
    if not changes_since(before, draft):
        found.append(Reason(_("Nothing differs from version %(version)s.") % {"version": before.version}))
    if not note.strip():
        found.append(Reason(_("Tell in a sentence what changed."), field="note"))
    return found


def order_of(version: str) -> tuple[int, ...]:
    """Return what versions are ordered by."""
    return tuple(int(part) for part in version.partition("-")[0].split("."))
