"""The page of who guides a learner: reasons, what is missing, the open need, the log, what the learner says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from luotsi.learning.models import GuidanceDeed, Learner, Need, Saying, ScoreView
from luotsi.learning.queries.guidance.records import Records, records_of
from luotsi.learning.queries.guidance.using import InUse, score_in_use
from luotsi.learning.queries.guidance.words import GAPS, MARKS, UNUSED, ReasonWords, reason_words, source_words
from luotsi.learning.queries.steps_picture import picture_of
from luotsi.learning.rules.guiding import OUTCOMES, outcome_due
from luotsi.learning.rules.index import index_of
from luotsi.learning.rules.kept import seen_from

if TYPE_CHECKING:
    from luotsi.learning.models import Score
    from luotsi.ui.charts import Chart

LOG = 50


@dataclass(frozen=True)
class Factors:
    """A score in words: band, reasons, what is missing; or why there is none."""

    score: Score | None
    unused: str
    mark: str = ""
    band: str = ""
    source: str = ""
    week: date | None = None
    reasons: tuple[ReasonWords, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What came of a need after some weeks: in words, or from which day on it can be told."""

    weeks: int
    words: str
    due_on: date
    is_due: bool


@dataclass(frozen=True)
class NeedWords:
    """A need in words."""

    pk: UUID
    source: str
    opened_on: date
    owner: str
    due_on: date
    is_late: bool
    closed_on: date | None
    ending: str
    reason: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class SayingWords:
    """What a learner said, with its answer; `right` is None for a comment."""

    pk: UUID
    kind: str
    is_contest: bool
    words: str
    said_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None
    right: bool | None


@dataclass(frozen=True)
class GuidancePage:
    """The page of who guides a learner."""

    factors: Factors
    need: NeedWords | None
    needs: tuple[NeedWords, ...]
    deeds: tuple[GuidanceDeed, ...]
    sayings: tuple[SayingWords, ...]
    looked_at: datetime | None
    records: Records
    chart: Chart | None

    @property
    def contested(self) -> SayingWords | None:
        """What the learner contests and nobody has answered: until then nothing is used."""
        return next((one for one in self.sayings if one.is_contest and one.answered_at is None), None)


def guidance_page(learner: Learner, today: date) -> GuidancePage:
    """Return the page of a learner; the number of queries is fixed."""
    factors = factors_of(score_in_use(learner, today))
    needs = [_need(one, today) for one in Need.objects.filter(learner=learner).select_related("owner")]
    records = records_of(learner, factors.score.right_oid if factors.score else "", today)
    right = records.right
    looked = ScoreView.objects.filter(learner=learner, purpose=ScoreView.Purpose.OWN).order_by("-at").first()
    return GuidancePage(
        factors=factors,
        need=next((one for one in needs if one.closed_on is None), None),
        needs=tuple(one for one in needs if one.closed_on is not None),
        deeds=tuple(GuidanceDeed.objects.filter(learner=learner).select_related("by")[:LOG]),
        sayings=tuple(sayings_of(learner)),
        looked_at=looked.at if looked else None,
        records=records,
        chart=picture_of(records.lines, today, right.starts_on, right.kind) if right else None,
    )


def factors_of(found: InUse) -> Factors:
    """Return a score in words, or why there is none."""
    score = found.score
    if score is None:
        return Factors(None, str(UNUSED[found.unused]) if found.unused else "")
    gaps = index_of(seen_from(score.inputs["seen"])).gaps
    return Factors(
        score=score,
        unused="",
        mark=MARKS[score.band],
        band=score.get_band_display(),
        source=source_words(score),
        week=score.week,
        reasons=reason_words(score.reasons),
        gaps=tuple(str(GAPS[one]) for one in gaps),
    )


def sayings_of(learner: Learner) -> Iterator[SayingWords]:
    """Yield what a learner has said, the latest first."""
    for one in Saying.objects.filter(learner=learner).select_related("answered_by"):
        yield SayingWords(
            pk=one.pk,
            kind=one.get_kind_display(),
            is_contest=one.kind == Saying.Kind.CONTEST,
            words=one.words,
            said_at=one.said_at,
            answer=one.answer,
            answered_by=str(one.answered_by or ""),
            answered_at=one.answered_at,
            right=one.is_upheld,
        )


def _need(one: Need, today: date) -> NeedWords:
    return NeedWords(
        pk=one.pk,
        source=one.get_source_display(),
        opened_on=one.opened_on,
        owner=str(one.owner),
        due_on=one.due_on,
        is_late=one.closed_on is None and one.due_on < today,
        closed_on=one.closed_on,
        ending=one.get_ending_display() if one.ending else "",
        reason=one.ending_reason,
        outcomes=tuple(_outcome(one, weeks, today) for weeks in OUTCOMES),
    )


def _outcome(one: Need, weeks: int, today: date) -> Outcome:
    told = getattr(one, f"outcome_{weeks}")
    due = outcome_due(one.opened_on, weeks)
    return Outcome(weeks, str(Need.Outcome(told).label) if told else "", due, due <= today)
