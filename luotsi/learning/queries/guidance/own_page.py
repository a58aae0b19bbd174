"""What a learner sees of their own guidance: the factors, who looked at them, what was done, and what they said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from luotsi.learning.models import GuidanceDeed, Learner, Notice, ScoreView
from luotsi.learning.queries.guidance.learner_page import Factors, SayingWords, factors_of, sayings_of
from luotsi.learning.queries.guidance.records import Records, records_of
from luotsi.learning.queries.guidance.using import score_in_use
from luotsi.learning.rules.using import Unused
from luotsi.ui.formatting import language

LOOKS = 20


@dataclass(frozen=True)
class Look:
    """That somebody saw the learner's score."""

    by: str
    at: datetime
    what_for: str


@dataclass(frozen=True)
class OwnGuidance:
    """The page; `deeds` are what was done, `notice` the text of how data are used, in a language with it."""

    factors: Factors
    sayings: tuple[SayingWords, ...]
    is_contested: bool
    is_refuted: bool
    not_begun: bool
    looks: tuple[Look, ...]
    more_looks: int
    deeds: tuple[GuidanceDeed, ...]
    records: Records
    notice: str
    notice_language: str


def own_guidance(learner: Learner, today: date) -> OwnGuidance:
    """Return a learner's own page; the number of queries is fixed."""
    found = score_in_use(learner, today)
    factors = factors_of(found)
    sayings = tuple(sayings_of(learner))
    looks = ScoreView.objects.filter(learner=learner).exclude(purpose=ScoreView.Purpose.OWN).select_related("person")
    notice = Notice.objects.filter(provider=learner.provider_id, version=learner.told_version).first()
    text, spoken = notice_words(notice)
    return OwnGuidance(
        factors=factors,
        is_refuted=found.unused is Unused.UPHELD,
        not_begun=found.unused is Unused.NOT_BEGUN,
        sayings=sayings,
        is_contested=any(one.is_contest and one.answered_at is None for one in sayings),
        looks=tuple(Look(str(one.person), one.at, one.get_purpose_display()) for one in looks[:LOOKS]),
        more_looks=max(0, looks.count() - LOOKS),
        deeds=tuple(GuidanceDeed.objects.filter(learner=learner).select_related("by")[:LOOKS]),
        records=records_of(learner, factors.score.right_oid if factors.score else "", today),
        notice=text,
        notice_language=spoken,
    )


def notice_words(notice: Notice | None) -> tuple[str, str]:
    """Return the text of a notice and its language: that of the page, else Finnish."""
    if notice is None:
        return "", ""
    spoken = language()
    text = {"fi": notice.text_fi, "sv": notice.text_sv, "en": notice.text_en}[spoken]
    return (text, spoken) if text else (notice.text_fi, "fi")
