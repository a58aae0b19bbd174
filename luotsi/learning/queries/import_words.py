"""The words of imports of study data: what is wrong with what was sent, what was left out, how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luotsi.learning.queries.document_words import FAULTS as DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

FAULTS: Mapping[str, _StrPromise] = {
    **DOCUMENTS,
    "after_the_extract": _("The week %(found)s is after the day that the data tell about."),
    "backwards": _("The last day cannot be before the first day."),
    "contradictory": _("This was told with other contents in the same delivery: %(found)s."),
    "failed": _("The import failed for a reason that is not in the file. The log of the server tells it."),
    "foreign_school": _("The school is not one of this unit, or its OID is not known here: %(found)s."),
    "missing": _("A value that is needed is not there."),
    "more_than_all": _("Unexcused hours are more than all hours away: %(found)s."),
    "no_such_hours": _("A week cannot have so many hours: %(found)s."),
    "nobody": _("Neither an OID nor an identity code tells whose it is."),
    "not_study": _("This is neither a right to study, a personal plan nor a known sheet."),
    "not_week": _("A week such as 35/2026 or a day in it is expected; here stands: %(found)s."),
    "older": _("What is known of this learner is newer than this extract: of %(found)s."),
    "right_of_two": _("This right to study is told of two learners: %(found)s."),
    "sheet": _("The sheet cannot be read: %(found)s"),
    "too_long": _("The value is too long: %(found)s."),
    "two_learners": _("The OID and the identity code are those of two learners here: %(found)s."),
    "unknown_group": _("There is no such group: %(found)s. Add it to the organisation first."),
    "unknown_sheet": _("The sheet tells neither groups nor hours away. Its headings are: %(found)s."),
    "welfare": _("Data of welfare and health are not taken in. Leave the field out of the extract."),
}
LEFT_OUT: Mapping[str, _StrPromise] = {
    "other_studies": _("Studies of another kind: %(found)s."),
    "plan_of_nobody": _("A personal plan of whose learner nobody has told: right to study %(found)s."),
    "unknown_learner": _("Nobody has told of this learner: %(found)s."),
}
PHASES: Mapping[str, _StrPromise] = {
    "sorting": _("Looking whose the documents are"),
    "reading": _("Reading and checking learner by learner"),
    "writing": _("Writing everything down"),
}
COUNTS: Mapping[str, _StrPromise] = {
    "learners": _("Learners told of"),
    "new_learners": _("of them new"),
    "documents": _("Documents that say something new"),
    "unchanged": _("Documents that say the same as before"),
    "duplicates": _("Documents sent twice"),
    "lines": _("Parts of studies new or changed"),
    "groups": _("Times in groups new or changed"),
    "absences": _("Weeks of hours away new or changed"),
    "findings": _("New findings of the rules"),
    "findings_gone": _("Findings that are mended"),
}
STATES: Mapping[str, _StrPromise] = {
    "waiting": pgettext_lazy("an import", "Waiting"),
    "running": pgettext_lazy("an import", "Being read"),
    "done": pgettext_lazy("an import", "Imported"),
    "refused": pgettext_lazy("an import", "Refused"),
}
MARKS = {"waiting": "none", "running": "run", "done": "done", "refused": "bad"}


def fault_words(code: str, found: str) -> str:
    """Return what is wrong."""
    return str(FAULTS[code]) % {"found": found, "before": found}


def left_out_words(code: str, found: str) -> str:
    """Return why something was left out."""
    return str(LEFT_OUT[code]) % {"found": found}
