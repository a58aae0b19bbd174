"""A score: what it was counted from, by what, and how it is counted again to the last bit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any, NamedTuple

from luotsi.learning.rules.index import (
    FIRST_FROM,
    MOST_REASONS,
    ORDER,
    SOON_FROM,
    VERSION,
    Band,
    Reason,
    Why,
    band_of,
    reasons_of,
    summed,
)
from luotsi.learning.rules.kept import Seen, seen_from
from luotsi.learning.rules.model.logistic import Snapshot, Weights
from luotsi.learning.rules.model.training import chance_by

BY_RULES = f"rules {VERSION}"
DIGITS = 4
PERCENT = 2
MOST_POINTS = 12
ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))

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


class Ground(NamedTuple):
    """What scores of a learner on a day are counted from: what is seen, the same as JSON, and its facts by name."""

    seen: Seen
    text: str
    facts: Mapping[Why, Reason]


class Scored(NamedTuple):
    """A score before it is kept: inputs as JSON, its digest with that of what counted it, value, band, reasons."""

    inputs: str
    sha256: str
    value: float
    band: Band
    reasons: tuple[Mapping[str, Any], ...]


def ground_of(seen: Seen) -> Ground:
    """Return what scores are counted from: once for the rules and a model."""
    return Ground(seen, json_of(seen.kept()), reasons_of(seen))


def by_rules(ground: Ground) -> Scored:
    """Return the score by the rules."""
    points, reasons = summed(ground.facts)
    inputs = f'{{"seen":{ground.text}}}'
    told = tuple(one.kept() for one in reasons[:MOST_REASONS])
    return Scored(inputs, _digest_of(inputs, BY_RULES), float(points), band_of(points), told)


@dataclass(frozen=True)
class Ranker:
    """A released model as scores need it: weights, calibration, the chances that bands begin with, and its digest."""

    weights: Weights
    calibration: Sequence[float]
    bands: Mapping[str, float]
    sha256: str


def by_model(ground: Ground, snapshot: Snapshot, ranker: Ranker) -> Scored:
    """Return the score by a model; what is seen gives the records that its reasons open to."""
    parts = ranker.weights.parts(snapshot)
    chance = chance_by(ranker.weights, ranker.calibration, parts)
    inputs = f'{{"seen":{ground.text},"snapshot":{json_of(snapshot)}}}'
    reasons = tuple(_model_reasons(ground.facts, parts))
    return Scored(inputs, _digest_of(inputs, ranker.sha256), chance, _band(chance, ranker.bands), reasons)


def by_model_again(inputs: Mapping[str, Any], ranker: Ranker) -> Scored:
    """Return the score by a model from inputs as they were kept."""
    return by_model(ground_of(seen_from(inputs["seen"])), inputs["snapshot"], ranker)


def _band(chance: float, bands: Mapping[str, float]) -> Band:
    if chance >= bands["first"]:
        return Band.FIRST
    return Band.SOON if chance >= bands["soon"] else Band.FINE


def _model_reasons(facts: Mapping[Why, Reason], parts: Mapping[str, float]) -> list[dict[str, Any]]:
    """Return the facts that raise the chance most, each with its record; its weight is in log odds."""
    added: dict[Why, float] = {}
    for name, part in parts.items():
        if (why := TOLD_BY.get(name)) is not None:
            added[why] = added.get(why, 0.0) + part
    raising = [why for why, part in added.items() if part > 0 and why in facts]
    raising.sort(key=lambda why: (-added[why], ORDER[why]))
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
    return by_rules(ground_of(seen_from(inputs["seen"])))


def json_of(value: object) -> str:
    """Return JSON as it is kept and as digests are made of it; the order of keys says nothing."""
    return ENCODER.encode(value)


def _digest_of(inputs: str, by: str) -> str:
    """Return the digest of inputs together with what counted with them."""
    return sha256(f"[{json_of(by)},{inputs}]".encode()).hexdigest()
