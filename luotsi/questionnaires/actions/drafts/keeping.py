"""What a draft is kept as: rows of versions in the state draft, one a revision, the newest of which is the draft.

A change names the revision that it was made on. When somebody else has made another one since, it is refused: nothing
is overwritten unseen. Nothing is lost by a mistake either, since the latest revisions stay and can be restored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.models import DRAFT, Questionnaire, QuestionnaireVersion
from luotsi.questionnaires.queries.faults import rule_faults
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import shaping, values
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.people.models import Account, Unit

KEPT = 40  # revisions
OURS = "x-luotsi"
State = QuestionnaireVersion.State


@dataclass(frozen=True)
class Written:
    """What a revision is to hold, and what was done, in a word for the log."""

    definition: Mapping[str, Any]
    rule_set: Any
    deed: str


@transaction.atomic
def make_questionnaire(
    *, owner: Unit, key: str, names: Names, definition: Mapping[str, Any], rule_set: Any = None, by: Account | None
) -> QuestionnaireVersion:
    """Make a questionnaire with a draft, which holds this definition under the new key; return the draft.

    Raises:
        QuestionnaireRefused: the key is taken or none, or there is no name.
    """
    made = Questionnaire(key=key, owner=owner, name_fi=names.fi, name_sv=names.sv, name_en=names.en)
    if not names.text:
        raise QuestionnaireRefused(
            Reason(_("Give the questionnaire a name in one language at least."), field="name_fi")
        )
    try:
        made.full_clean(exclude=["owner"])
    except ValidationError as error:
        reasons = [Reason(words, field=field) for field, told in error.message_dict.items() for words in told]
        raise QuestionnaireRefused(*reasons) from None
    made.save(force_insert=True)
    data = shaping.begun(definition)
    told = {code: text for code, text in (("fi", names.fi), ("sv", names.sv), ("en", names.en)) if text}
    data = {**data, "title": told, OURS: {**(data.get(OURS) or {}), "name": key}}
    data[OURS].pop("version", None)
    draft = _kept(made, 1, Written(data, rule_set, "begun"), by)
    after = {"key": key, "revision": 1}
    audit.record(by=by, verb="questionnaires.draft.begun", target=made, after=after, unit_id=owner.pk)
    return draft


@transaction.atomic
def begin_draft(*, version: QuestionnaireVersion, by: Account | None) -> QuestionnaireVersion:
    """Begin a draft with what a published version holds; return the draft there is where it was begun already."""
    questionnaire = locked(version.questionnaire)
    if there := questionnaire.versions.drafts().first():
        return there
    return _begun(questionnaire, version, by)


def _begun(questionnaire: Questionnaire, version: QuestionnaireVersion, by: Account | None) -> QuestionnaireVersion:
    written = Written(shaping.begun(version.definition), version.rule_set, "begun")
    draft = _kept(questionnaire, 1, written, by)
    after = {"from": version.version, "revision": 1}
    audit.record(
        by=by, verb="questionnaires.draft.begun", target=questionnaire, after=after, unit_id=questionnaire.owner_id
    )
    return draft


@transaction.atomic
def save_draft(
    *, draft: QuestionnaireVersion, revision: int, written: Written, by: Account | None
) -> QuestionnaireVersion:
    """Keep a change as the next revision and return it; what changes nothing gives the one there is.

    Args:
        draft: The draft.
        revision: Number of the revision on which the change was made.
        written: The draft after the change.
        by: Who changed it.

    Raises:
        QuestionnaireRefused: somebody else has changed the draft since, or a rule of the rule set has a fault.
    """
    questionnaire = locked(draft.questionnaire)
    return _saved(questionnaire, newest_of(questionnaire, revision), written, by)


def _saved(
    questionnaire: Questionnaire, newest: QuestionnaireVersion, written: Written, by: Account | None
) -> QuestionnaireVersion:
    if written.rule_set is not None and (told := rule_faults(written.rule_set)):
        raise QuestionnaireRefused(*(Reason(words, field="rule_set") for words in told[:20]))
    if values.same(dict(written.definition), newest.definition) and values.same(written.rule_set, newest.rule_set):
        return newest
    made = _kept(questionnaire, newest.revision + 1, written, by)
    after = {"revision": made.revision, "change": written.deed}
    audit.record(
        by=by, verb="questionnaires.draft.changed", target=questionnaire, after=after, unit_id=questionnaire.owner_id
    )
    return made


@transaction.atomic
def take_in(
    *, questionnaire: Questionnaire, revision: int, definition: Mapping[str, Any], rule_set: Any, by: Account | None
) -> QuestionnaireVersion:
    """Make what a file holds the next revision of the draft, which begins with the newest version where there is none.

    Args:
        questionnaire: The questionnaire; its key stays, whatever the file says.
        revision: Number of the revision that was on view, 0 where there was no draft.
        definition: The definition of the file.
        rule_set: The rule set of the file; None leaves the one there is.
        by: Who took it in.

    Raises:
        QuestionnaireRefused: a draft was begun, changed, published or discarded in the meantime; nothing was ever
            published and there is no draft; or a rule of the rule set has a fault.
    """
    questionnaire = locked(questionnaire)
    published = questionnaire.versions.published().order_by("-published_at", "-pk").first()
    if revision == 0 and published is not None and not questionnaire.versions.drafts().exists():
        draft = _begun(questionnaire, published, by)
    else:
        draft = newest_of(questionnaire, revision)
    data = shaping.in_place_of(draft.definition, definition, questionnaire.key)
    rules = draft.rule_set if rule_set is None else rule_set
    return _saved(questionnaire, draft, Written(data, rules, "file"), by)


@transaction.atomic
def restore_draft(
    *, draft: QuestionnaireVersion, revision: int, number: int, by: Account | None
) -> QuestionnaireVersion:
    """Make an earlier revision the newest again; those in between stay. Raises QuestionnaireRefused as saving does."""
    questionnaire = locked(draft.questionnaire)
    newest = newest_of(questionnaire, revision)
    earlier = questionnaire.versions.drafts().filter(version=f"{DRAFT}{number}").first()
    if earlier is None:
        raise QuestionnaireRefused(Reason(_("That revision is no longer kept.")))
    made = _kept(questionnaire, newest.revision + 1, Written(earlier.definition, earlier.rule_set, "restored"), by)
    after = {"revision": made.revision, "restored": number}
    audit.record(
        by=by, verb="questionnaires.draft.restored", target=questionnaire, after=after, unit_id=questionnaire.owner_id
    )
    return made


@transaction.atomic
def discard_draft(*, draft: QuestionnaireVersion, by: Account | None) -> None:
    """Throw a draft away, and with it the questionnaire where none of its versions was ever published."""
    questionnaire = locked(draft.questionnaire)
    owner, label = questionnaire.owner_id, questionnaire.key
    after = {"key": label, "revision": draft.revision}
    audit.record(by=by, verb="questionnaires.draft.discarded", target=questionnaire, after=after, unit_id=owner)
    questionnaire.versions.drafts().delete()
    if not questionnaire.versions.exists():
        questionnaire.delete()


def locked(questionnaire: Questionnaire) -> Questionnaire:
    """Return a questionnaire that no other transaction changes until this one ends."""
    return Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)


def newest_of(questionnaire: Questionnaire, revision: int) -> QuestionnaireVersion:
    """Return the newest revision, which must be the one that was on view. Raises QuestionnaireRefused."""
    newest = questionnaire.versions.drafts().select_related("questionnaire", "written_by").first()
    if newest is None:
        raise QuestionnaireRefused(Reason(_("The draft has been published or discarded in the meantime.")))
    if newest.revision != revision:
        words = {
            "who": newest.written_by.label if newest.written_by else "Luotsi",
            "when": formatting.moment(newest.written_at),
        }
        raise QuestionnaireRefused(
            Reason(_("%(who)s has changed the draft in the meantime (%(when)s). Nothing was overwritten.") % words)
        )
    return newest


def _kept(questionnaire: Questionnaire, number: int, written: Written, by: Account | None) -> QuestionnaireVersion:
    """Keep a revision, and of the older ones as many as are kept."""
    made = QuestionnaireVersion(
        questionnaire=questionnaire,
        version=f"{DRAFT}{number}",
        definition=dict(written.definition),
        rule_set=written.rule_set,
        sha256=d.sha256_of(written.definition),
        state=State.DRAFT,
        written_by=by,
        written_at=clock.now(),
    )
    made.save(force_insert=True)
    old = list(questionnaire.versions.drafts().values_list("pk", flat=True)[KEPT:])
    if old:
        questionnaire.versions.filter(pk__in=old).delete()
    return made
