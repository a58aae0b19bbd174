"""Publishing a version of a questionnaire: read whole, with every fault told, and never changed afterwards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.models import Questionnaire, QuestionnaireVersion
from luotsi.questionnaires.queries.faults import rule_faults, sentences
from luotsi.questionnaires.rules import definition as d

if TYPE_CHECKING:
    from luotsi.people.models import Account, Unit

SEMANTIC = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})(-[0-9A-Za-z.-]{1,20})?")
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_TOLD = 20


@transaction.atomic
def publish_version(
    *, owner: Unit, definition: object, rule_set: object = None, by: Account | None
) -> QuestionnaireVersion:
    """Publish a definition, whose `x-luotsi` says key (`name`) and semantic `version`; return it.

    The same definition of the same version is published once: a second call returns it.

    Raises:
        QuestionnaireRefused: with every fault of the definition; or the version is there with other content; or the
            key belongs to another unit.
    """
    read = d.read(definition)
    if read.definition is None or not read.ok or not isinstance(definition, Mapping):
        raise QuestionnaireRefused(
            *(Reason(words, field="definition") for words in sentences(read.faults)[:MOST_TOLD])
        )
    found = read.definition
    reasons = _reasons(found)
    if rule_set is not None:
        reasons += [Reason(words, field="rule_set") for words in rule_faults(rule_set)[:MOST_TOLD]]
    if reasons:
        raise QuestionnaireRefused(*reasons)
    questionnaire = _questionnaire(owner, found)
    sha256 = d.sha256_of(definition)
    earlier = questionnaire.versions.filter(version=found.version).first()
    if earlier is not None:
        if earlier.sha256 == sha256 and earlier.rule_set == rule_set:
            return earlier
        raise QuestionnaireRefused(
            Reason(
                _("Version %(version)s has been published with other content. Give the changed one a new version.")
                % {"version": found.version},
                field="definition",
            )
        )
    return _kept(questionnaire, found, definition, rule_set, sha256, by)


def _reasons(found: d.Definition) -> list[Reason]:
    reasons = []
    if not KEY.fullmatch(found.name) or len(found.name) > 80:
        words = _(
            "The definition says no key of the questionnaire: x-luotsi.name, of small letters, digits and hyphens."
        )
        reasons.append(Reason(words, field="definition"))
    if not SEMANTIC.fullmatch(found.version):
        words = _("The definition says no semantic version, such as 1.0.0, in x-luotsi.version.")
        reasons.append(Reason(words, field="definition"))
    if not any(question.is_answered for question in found.questions):
        reasons.append(Reason(_("The definition asks nothing."), field="definition"))
    if nested := [question.name for question in found.questions if _holds_files(question)]:
        words = _("Files can be asked for on a page only, not inside a table or a repetition: %(names)s.")
        reasons.append(Reason(words % {"names": ", ".join(nested[:5])}, field="definition"))
    return reasons


def _holds_files(question: d.Question) -> bool:
    """Return True for a table or repetition in which a file is asked for."""
    inside: list[d.Element] = []
    if isinstance(question, d.TableQuestion):
        inside = [column.cell for column in question.columns]
    elif isinstance(question, d.RepeatQuestion):
        inside = list(d.walk(question.elements))
    return any(
        isinstance(one, d.FileQuestion) or (isinstance(one, d.Question) and _holds_files(one)) for one in inside
    )


def _questionnaire(owner: Unit, found: d.Definition) -> Questionnaire:
    texts = {f"name_{code}": found.title.in_language(code) for code in ("fi", "sv", "en")}
    names = {
        field: said.text[:300] if said.language == field.removeprefix("name_") else "" for field, said in texts.items()
    }
    if not any(names.values()):
        names["name_fi"] = (found.title.default or found.name)[:300]
    questionnaire = Questionnaire.objects.select_for_update().filter(key=found.name).first()
    if questionnaire is None:
        questionnaire = Questionnaire(key=found.name, owner=owner, **names)
        try:
            questionnaire.full_clean(exclude=["owner"])
        except ValidationError as error:
            raise QuestionnaireRefused(*(Reason(words, field="definition") for words in error.messages)) from None
        questionnaire.save(force_insert=True)
    elif questionnaire.owner_id != owner.pk:
        raise QuestionnaireRefused(
            Reason(_("Another unit has a questionnaire of the key %(key)s.") % {"key": found.name}, field="definition")
        )
    else:
        for field, text in names.items():
            setattr(questionnaire, field, text)
        questionnaire.save(update_fields=list(names))
    return questionnaire


def _kept(
    questionnaire: Questionnaire,
    found: d.Definition,
    definition: Mapping[str, Any],
    rule_set: object,
    sha256: str,
    by: Account | None,
) -> QuestionnaireVersion:
    now = clock.now()
    version = QuestionnaireVersion(
        questionnaire=questionnaire,
        version=found.version,
        definition=definition,
        rule_set=rule_set,
        sha256=sha256,
        state=QuestionnaireVersion.State.PUBLISHED,
        written_by=by,
        written_at=now,
        published_by=by,
        published_at=now,
    )
    version.save(force_insert=True)
    audit.record(
        by=by,
        verb="questionnaires.version.published",
        target=version,
        after={"key": questionnaire.key, "version": version.version, "sha256": sha256},
        unit_id=questionnaire.owner_id,
    )
    return version
