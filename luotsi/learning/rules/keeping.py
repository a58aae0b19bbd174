"""How long what is known of learners is kept; the words are in `PERSONAL_DATA`."""

from dataclasses import dataclass
from datetime import date

from luotsi.base.periods import months_before

STUDIES = 72
ABSENCES = 36
SCORES = 24
IMPORTS = 24


@dataclass(frozen=True)
class Kept:
    """The first day of each retention: what ended or happened before it is forgotten.

    Attributes:
        studies: Learners whose last right to study ended before it (six years).
        absences: Hours away and judgements (three years).
        scores: Scores and who saw them (two years).
        imports: Imports (two years).
    """

    studies: date
    absences: date
    scores: date
    imports: date


def kept_since(today: date) -> Kept:
    """Return since when each kind is kept on a day."""
    return Kept(*(months_before(today, months) for months in (STUDIES, ABSENCES, SCORES, IMPORTS)))
