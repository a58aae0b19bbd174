"""What is wrong with a definition: every check by the noun it is about; adding one is adding to its file."""

from luotsi.questionnaires.rules.definition import Read
from luotsi.questionnaires.rules.lint import (
    headings,
    lengths,
    numbering,
    personal,
    reach,
    references,
    repetition,
    siblings,
    totals,
    translations,
)
from luotsi.questionnaires.rules.lint.defect import Defect, Severity, of_fault
from luotsi.questionnaires.rules.lint.outline import Outline

NOUNS = (
    references,
    reach,
    siblings,
    numbering,
    totals,
    lengths,
    translations,
    headings,
    repetition,
    personal,
)
CHECKS = tuple(check for noun in NOUNS for check in noun.CHECKS)

__all__ = ["CHECKS", "Defect", "Severity", "defects"]


def defects(read: Read) -> tuple[Defect, ...]:
    """Return all that is wrong with what was read: errors first, then check by check in the order of the definition.

    What reading itself noticed is part of it, under codes that begin with `reading.`; raises nothing.
    """
    found = [of_fault(fault) for fault in read.faults]
    if read.definition is not None:
        outline = Outline(read.definition)
        found += [defect for check in CHECKS for defect in check(outline)]
    order = list(Severity)
    return tuple(sorted(found, key=lambda defect: order.index(defect.severity)))
