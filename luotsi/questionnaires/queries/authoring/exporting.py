"""A definition in other formats, each with what is lost on the way; and files of other formats looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.base import uploads
from luotsi.base.errors import Refused
from luotsi.questionnaires.queries import fault_words, loss_words
from luotsi.questionnaires.queries.xlsform_files import form_in, workbook_of
from luotsi.questionnaires.rules import convert, values
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules.lint import Severity, defects
from luotsi.questionnaires.rules.shaping import begun, spots
from luotsi.questionnaires.rules.shaping.places import taken_out

if TYPE_CHECKING:
    from luotsi.questionnaires.models import QuestionnaireVersion
    from luotsi.questionnaires.rules.convert import Loss

KINDS = ("surveyjs", "xlsform", "jsonschema")
TYPES = {"surveyjs": "application/json", "xlsform": uploads.XLSX, "jsonschema": "application/schema+json"}
NAMES = {"surveyjs": "{}.json", "xlsform": "{}.xlsx", "jsonschema": "{}.schema.json"}
MOST_TOLD, ROUNDS = 200, 20


@dataclass(frozen=True)
class LossLine:
    """Something that is lost: where, by name, and what."""

    at: str
    name: str
    words: str


@dataclass(frozen=True)
class Exported:
    """A definition in another format: its bytes, the name of the file, and what of it is not in there."""

    kind: str
    title: str
    filename: str
    content: bytes
    losses: tuple[LossLine, ...]


@dataclass(frozen=True)
class Looked:
    """What a file of another format holds, before anything is kept.

    Attributes:
        definition: As it would be kept.
        questions: How many questions it has; `pages` how many pages.
        losses: What of the file is not in it.
        faults: What keeps it from being published, with its place.
    """

    definition: dict[str, Any]
    questions: int
    pages: int
    losses: tuple[LossLine, ...]
    faults: tuple[LossLine, ...]


class FileRefused(Refused):
    """A file in which there is no questionnaire."""


def exported(version: QuestionnaireVersion, kind: str, language: str) -> Exported:
    """Return a version or draft in another format: surveyjs, xlsform or jsonschema."""
    read = d.read(version.definition)
    losses: tuple[Loss, ...] = ()
    if kind == "surveyjs":
        data = convert.to_surveyjs(version.definition).result
        content = (values.dumps(data, indent=2) + "\n").encode()
    elif read.definition is None:
        raise FileRefused(_("The definition cannot be read as it stands. Mend its errors first."))
    elif kind == "xlsform":
        form, losses = convert.to_xlsform(read.definition)
        content = workbook_of(form)
    else:
        schema, losses = convert.to_json_schema(read.definition, language)
        content = (values.dumps(schema, indent=2) + "\n").encode()
    stem = f"{version.questionnaire.key}-{version.version}"
    titles = {"surveyjs": "SurveyJS JSON", "xlsform": "XLSForm (Excel)", "jsonschema": "JSON Schema 2020-12"}
    return Exported(kind, titles[kind], NAMES[kind].format(stem), content, _told(losses))


def _told(losses: tuple[Loss, ...]) -> tuple[LossLine, ...]:
    return tuple(LossLine(loss.at or "/", loss.name, loss_words.sentence(loss)) for loss in losses[:MOST_TOLD])


def looked_at(content: bytes) -> Looked:
    """Return what a file holds: SurveyJS JSON, a form of the state's system for grants as JSON, or an XLSForm.

    Raises:
        Refused: it is none of them, or past all measure.
    """
    losses: tuple[Loss, ...]
    if uploads.kind_of(content) == uploads.XLSX:
        data, losses = convert.from_xlsform(form_in(content))
    else:
        data, losses = _from_json(content)
    return looked(begun(data), losses)


def _from_json(content: bytes) -> tuple[dict[str, Any], tuple[Loss, ...]]:
    try:
        found = values.loads(content.decode("utf-8-sig"), depth=values.DEEPEST)
    except (UnicodeDecodeError, values.NotAValue):
        raise FileRefused(_("The file is neither JSON nor a workbook that can be read.")) from None
    if not isinstance(found, dict):
        raise FileRefused(_("The file is JSON, but no questionnaire."))
    losses: tuple[Loss, ...] = ()
    if convert.is_grant_form(found):
        found, losses = convert.from_grant_form(found)
    made = convert.from_surveyjs(found)
    return made.result, (*losses, *made.losses)


def looked(data: dict[str, Any], losses: tuple[Loss, ...] = ()) -> Looked:
    """Return a definition as it would be kept, with its faults in words."""
    data, wrong_types = _typed(data)
    read = d.read(data)
    if read.definition is None:
        told = "; ".join(fault_words.sentence(fault) for fault in read.faults[:3])
        raise FileRefused(_("There is no questionnaire in the file that can be read: %(told)s") % {"told": told})
    found = [spot for spot in spots(data) if spot.level == "question"]
    faults = tuple(
        LossLine(fault.at or "/", "", fault_words.sentence(fault))
        for fault in read.faults
        if fault.severity is d.Severity.ERROR
    )
    wrong = sum(defect.severity is Severity.ERROR for defect in defects(read)) - len(faults)
    if wrong > 0:
        faults = (*faults, LossLine("/", "", _("Errors that the linter finds besides: %(count)s.") % {"count": wrong}))
    return Looked(data, len(found), len(data["pages"]), (*wrong_types, *_told(losses)), faults)


def _typed(data: dict[str, Any]) -> tuple[dict[str, Any], tuple[LossLine, ...]]:
    """Return a definition without what is not of the type that its key wants, each told with its place."""
    told: list[LossLine] = []
    for _round in range(ROUNDS):
        wrong = [fault for fault in d.read(data).faults if fault.code == "type" and fault.at]
        if not wrong:
            break
        # From the end, so that the places of what comes before stay as they are.
        for fault in reversed(wrong):
            if taken_out(data, fault.at):
                told.append(LossLine(fault.at, "", fault_words.sentence(fault)))
        data = begun(data)
    return data, tuple(told[:MOST_TOLD])


def looked_again(text: str) -> Looked:
    """Return what was found in a file when it was looked at before. Raises Refused for anything else."""
    try:
        data = values.loads(text, depth=values.DEEPEST)
    except values.NotAValue:
        raise FileRefused(_("Choose the file again.")) from None
    if not isinstance(data, dict):
        raise FileRefused(_("Choose the file again."))
    return looked(begun(data))
