"""Whose scores rule at a provider, and whether those of a learner may be used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q

from luotsi.base import bulk
from luotsi.learning.models import GuidanceSwitch, Learner, RiskModel, Saying, Score, StudyRight
from luotsi.learning.queries.guidance.staggered.waiting import begins_of
from luotsi.learning.rules.caseload import monday_of
from luotsi.learning.rules.model.report import weights_from
from luotsi.learning.rules.scores import Ranker
from luotsi.learning.rules.using import Mode, Standing, Unused, why_unused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from luotsi.people.models import Unit

STALE = timedelta(weeks=1)


@dataclass(frozen=True)
class Ruling:
    """What orders caseloads at a provider: the mode, and the model where one rules."""

    mode: Mode
    model: RiskModel | None = None


def ruling_at(provider: Unit) -> Ruling:
    """Return what rules now: a model only where one is in use and the switch says so; rules where nothing is said."""
    switch = GuidanceSwitch.objects.filter(provider=provider).first()
    mode = Mode(switch.mode) if switch else Mode.RULES
    if mode is not Mode.MODEL:
        return Ruling(mode)
    model = RiskModel.objects.filter(provider=provider, state=RiskModel.State.RELEASED).first()
    return Ruling(Mode.MODEL, model) if model else Ruling(Mode.RULES)


def scores_ruling(ruling: Ruling, on: date) -> QuerySet[Score]:
    """Return the scores of what rules: where a model does, those by rules of whom it does not know with them.

    None when it is switched off, and none of studies that were known on the day to have ended.
    """
    if ruling.mode is Mode.OFF:
        return Score.objects.none()
    found = Score.objects.standing().exclude(studies_ended("learner", "right_oid", on))
    if ruling.model is None:
        return found.filter(model=None)
    better = Score.objects.standing().filter(learner=OuterRef("learner"), week=OuterRef("week"), model=ruling.model)
    return found.filter(Q(model=ruling.model) | Q(model=None) & ~Exists(better))


def studies_ended(learner: str, right: str, on: date) -> Exists:
    """Return whether the right of the outer query, named by its fields, was known on the day to have ended."""
    known = StudyRight.objects.known(on).filter(learner=OuterRef(learner), oid=OuterRef(right))
    return Exists(known.filter(ends_on__isnull=False))


def ranker_of(model: RiskModel) -> Ranker:
    """Return a model as scores need it. Raises NotAllowed when it has a feature that is not on the list."""
    return Ranker(weights_from(model.weights), model.calibration, model.gate["bands"], model.sha256)


@dataclass(frozen=True)
class Said:
    """What stops the use of scores: who contests still, when others were found right, and who begins when."""

    contested: frozenset[str]
    upheld: dict[str, datetime]
    begins: dict[str, date]

    def standing(self, learner: Learner) -> Standing:
        """Return how a learner stands."""
        return self.of(learner.pk.hex, learner.told_on, learner.objected_on)

    def of(self, key: str, told_on: date | None, objected_on: date | None) -> Standing:
        """Return how a learner stands by key and what they were told and have said."""
        return Standing(told_on, objected_on, key in self.contested, self.upheld.get(key), self.begins.get(key))


def said_by(learners: Iterable[UUID] | QuerySet[Any, Any]) -> Said:
    """Return what stops the use of scores of the learners; three queries, one more during a staggered start."""
    contests = Saying.objects.contests().filter(learner__in=learners).order_by()
    upheld = contests.filter(is_upheld=True).values("learner").annotate(at=Max("answered_at"))
    return Said(
        frozenset(key for (key,) in bulk.rows(contests.waiting(), "learner_id")),
        dict(bulk.rows(upheld, "learner_id", "at")),
        {key.hex: day for key, day in begins_of(learners).items()},
    )


def refuted_at(provider: Unit) -> dict[str, frozenset[tuple[str, str, str]]]:
    """Return what was found wrong of learners, by their keys: facts with kind and key of the records; one query."""
    rows = Saying.objects.contests().filter(learner__provider=provider, is_upheld=True).exclude(refuted=[]).order_by()
    found: dict[str, frozenset[tuple[str, str, str]]] = {}
    for learner, told in bulk.rows(rows, "learner_id", "refuted"):
        wrong = frozenset((why, kind, ref) for why, kind, ref in told)
        found[learner] = found.get(learner, frozenset()) | wrong
    return found


@dataclass(frozen=True)
class InUse:
    """The score of a learner that may be used now, or why there is none."""

    score: Score | None
    unused: Unused | None


def score_in_use(learner: Learner, on: date) -> InUse:
    """Return the latest score of a learner that may be used on a day: of this week or the last; five queries."""
    ruling = ruling_at(learner.provider)
    score = latest_score(learner, ruling, on)
    standing = said_by([learner.pk]).standing(learner)
    unused = why_unused(standing, score.made_at if score else None, ruling.mode, on)
    if unused is Unused.NONE and standing.upheld_at is not None:
        since = Score.objects.filter(learner=learner, made_at__gt=standing.upheld_at)
        unused = Unused.NONE if since.exists() else Unused.UPHELD
    return InUse(None if unused else score, unused)


def latest_score(learner: Learner, ruling: Ruling, on: date) -> Score | None:
    """Return the score of a learner by what rules, of this week or the last; whether it may be used is not asked."""
    week = monday_of(on)
    found = scores_ruling(ruling, on).filter(learner=learner, week__range=(week - STALE, week))
    return found.select_related("model").order_by("-week").first()
