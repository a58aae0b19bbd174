"""A score: what it was counted from, by what, and how it is counted again to the last bit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any

from luotsi.learning.rules.index import FIRST_FROM, MOST_REASONS, SOON_FROM, VERSION, Band, Why, index_of, reasons_of
from luotsi.learning.rules.kept import Seen, seen_from
from luotsi.learning.rules.model.logistic import Snapshot, Weights
from luotsi.learning.rules.model.training import calibrated

BY_RULES = f"rules {VERSION}"
DIGITS = 4
PERCENT = 2
MOST_POINTS = 12

# Which fact a feature is told by. What stands here for nothing is in no reason: it says little that one can act on.
TOLD_BY: Mapping[str, Why] = {
    "interrupted_weeks": Why.PAUSED,
    "done_share": Why.LATE,
    "recent_share": Why.LATE,
    "behind_share": Why.LATE,
    "weeks_late": Why.LATE,
    "late_parts": Why.LATE,
    "late_demonstrations": Why.SHOWING,
    "weeks_since_done": Why.IDLE,
    "no_plan": Why.NO_PLAN,
    "plan_weeks": Why.STALE_PLAN,
    "absence_share": Why.AWAY,
    "absence_trend": Why.AWAY,
    "unexcused_share": Why.AWAY,
    "judgement": Why.JUDGEMENT,
}


@dataclass(frozen=True)
class Scored:
    """A score before it is kept: inputs as JSON, its digest with that of what counted it, value, band, reasons."""

    inputs: Mapping[str, Any]
    sha256: str
    value: float
    band: Band
    reasons: tuple[Mapping[str, Any], ...]


def by_rules(seen: Seen) -> Scored:
    """Return the score by the rules."""
    found = index_of(seen)
    inputs = {"seen": seen.kept()}
    reasons = tuple(one.kept() for one in found.told)
    return Scored(inputs, digest_of(inputs, BY_RULES), float(found.points), found.band, reasons)


@dataclass(frozen=True)
class Ranker:
    """A released model as scores need it: weights, calibration, the chances that bands begin with, and its digest."""

    weights: Weights
    calibration: Sequence[float]
    bands: Mapping[str, float]
    sha256: str


def by_model(seen: Seen, snapshot: Snapshot, ranker: Ranker) -> Scored:
    """Return the score by a model; `seen` gives the records that its reasons open to."""
    chance = calibrated(ranker.weights, ranker.calibration, snapshot)
    inputs = {"seen": seen.kept(), "snapshot": dict(snapshot)}
    reasons = tuple(_model_reasons(seen, snapshot, ranker.weights))
    return Scored(inputs, digest_of(inputs, ranker.sha256), chance, _band(chance, ranker.bands), reasons)


def by_model_again(inputs: Mapping[str, Any], ranker: Ranker) -> Scored:
    """Return the score by a model from inputs as they were kept."""
    return by_model(seen_from(inputs["seen"]), inputs["snapshot"], ranker)


def _band(chance: float, bands: Mapping[str, float]) -> Band:
    if chance >= bands["first"]:
        return Band.FIRST
    return Band.SOON if chance >= bands["soon"] else Band.FINE


def _model_reasons(seen: Seen, snapshot: Snapshot, weights: Weights) -> list[dict[str, Any]]:
    """Return the facts that raise the chance most, each with its record; its weight is in log odds."""
    added: dict[Why, float] = {}
    for name, part in weights.parts(snapshot).items():
        if name in TOLD_BY:
            added[TOLD_BY[name]] = added.get(TOLD_BY[name], 0.0) + part
    facts = reasons_of(seen)
    order = list(Why)
    raising = [why for why, part in added.items() if part > 0 and why in facts]
    raising.sort(key=lambda why: (-added[why], order.index(why)))
    return [facts[why].kept() | {"weight": round(added[why], DIGITS)} for why in raising[:MOST_REASONS]]


def placed(value: float, bands: Mapping[str, float] | None, *, is_chance: bool) -> float:
    """Return where a score stands in the order of a week.

    Chances that are the same to a whole percent are equals: no model knows more. Where a model orders a week, those
    whom it does not know (preparatory education) stand by their points, bands at the same height.
    """
    if is_chance:
        return round(value, PERCENT)
    if bands is None:
        return value
    steps = ((0.0, 0.0), (SOON_FROM, bands["soon"]), (FIRST_FROM, bands["first"]), (MOST_POINTS, 1.0))
    for (low, least), (high, most) in pairwise(steps):
        if value <= high:
            return round(least + (most - least) * (value - low) / (high - low), PERCENT)
    return 1.0


def by_rules_again(inputs: Mapping[str, Any]) -> Scored:
    """Return the score by the rules from inputs as they were kept."""
    return by_rules(seen_from(inputs["seen"]))


def digest_of(inputs: Mapping[str, Any], by: str) -> str:
    """Return the digest of inputs together with what counted with them; the order of keys says nothing."""
    told = json.dumps([by, inputs], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(told.encode()).hexdigest()
