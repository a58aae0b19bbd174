"""The rules as a ranking of the snapshots that a model is judged on: what a model must do better than."""

from __future__ import annotations

from decimal import Decimal

from luotsi.learning.rules.features import WEEK
from luotsi.learning.rules.index import Why, points_for
from luotsi.learning.rules.model.logistic import Snapshot


def points_of(snapshot: Snapshot) -> float:
    """Return the points that the steps of the index give to the features of a snapshot."""
    no_plan = snapshot.get("no_plan")
    facts = {
        Why.LATE: snapshot.get("weeks_late"),
        Why.AWAY: snapshot.get("absence_share"),
        Why.NO_PLAN: _days(snapshot.get("weeks_studied")) if no_plan else None,
        Why.STALE_PLAN: _days(snapshot.get("plan_weeks")),
        Why.SHOWING: snapshot.get("late_demonstrations"),
        Why.JUDGEMENT: _turned(snapshot.get("judgement")),
        Why.IDLE: _days(snapshot.get("weeks_since_done")) if snapshot.get("late_parts") else None,
        Why.PAUSED: _days(snapshot.get("interrupted_weeks")),
    }
    return float(sum(points_for(why, Decimal(str(value))) for why, value in facts.items() if value is not None))


def _days(weeks: float | None) -> float | None:
    return None if weeks is None else round(weeks * WEEK)


def _turned(judgement: float | None) -> float | None:
    return None if judgement is None else 5 - judgement
