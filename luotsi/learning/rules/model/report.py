"""A model and its gate report as JSON, and back: what is kept is all that a score, a page and an audit need."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from luotsi.learning.rules.features import refuse_others
from luotsi.learning.rules.model.gate import Group, Judged, Rate, Stop, stops
from luotsi.learning.rules.model.logistic import Scale, Weights
from luotsi.learning.rules.model.measures import Interval
from luotsi.learning.rules.model.training import CAPACITY, Trained

type Kept = dict[str, Any]

SOON = 2 * CAPACITY


def weights_kept(weights: Weights) -> Kept:
    """Return weights as JSON."""
    return {
        "base": weights.base,
        "scales": {name: [scale.mean, scale.deviation] for name, scale in weights.scales.items()},
        "weights": dict(weights.weights),
        "gaps": dict(weights.gaps),
        "learnt_from": weights.learnt_from,
    }


def weights_from(kept: Mapping[str, Any]) -> Weights:
    """Return weights that were kept; a model with a feature that is not on the list is not taken in.

    Raises:
        NotAllowed: a feature is protected, of welfare, or unknown.
        KeyError: it is not what `weights_kept` writes.
    """
    refuse_others([*kept["scales"], *kept["weights"], *kept["gaps"]])
    scales = {name: Scale(mean, deviation) for name, (mean, deviation) in kept["scales"].items()}
    return Weights(kept["base"], scales, kept["weights"], kept["gaps"], kept["learnt_from"])


def digest_of(weights: Mapping[str, Any], calibration: Sequence[float], cohorts: Mapping[str, Any]) -> str:
    """Return the digest that names a model: of all that its scores and its report hang on."""
    told = json.dumps([weights, list(calibration), cohorts], sort_keys=True, separators=(",", ":"))
    return sha256(told.encode()).hexdigest()


def gate_kept(trained: Trained, chances: Sequence[float]) -> Kept:
    """Return the report of a model as JSON, with the chances from which on somebody is in each band.

    `chances` are those of the cohorts that it is judged by: the first fifth of them is the first band, the next fifth
    the second.
    """
    judged = asdict(trained.judged)
    return {
        "judged": judged,
        "contrary": list(trained.contrary),
        "plain_auc": trained.plain_auc,
        "events": trained.events,
        "cohorts": len(trained.cohorts[0]),
        "bands": {"first": _cut(chances, CAPACITY), "soon": _cut(chances, SOON)},
    }


def _cut(chances: Sequence[float], share: float) -> float:
    ranked = sorted(chances, reverse=True)
    return ranked[min(len(ranked) - 1, int(len(ranked) * share))] if ranked else 1.0


def judged_from(gate: Mapping[str, Any]) -> Judged:
    """Return the figures of a report that was kept."""
    told = gate["judged"]
    groups = tuple(
        Group(
            one["attribute"],
            one["value"],
            one["people"],
            Rate(**one["hit"]),
            Rate(**one["alarm"]),
            one["error"],
        )
        for one in told["groups"]
    )
    fields = {name: told[name] for name in ("people", "events", "brier", "error", "base", "slope", "gaps")}
    return Judged(auc=Interval(**told["auc"]), precision=Interval(**told["precision"]), groups=groups, **fields)


def stops_of(gate: Mapping[str, Any], signed: Sequence[Mapping[str, Any]]) -> tuple[tuple[Stop, str], ...]:
    """Return why a model with this report is not released, given the gaps that were signed."""
    return stops(
        judged_from(gate),
        learnt_events=gate["events"],
        cohorts=gate["cohorts"],
        rules_auc=gate["plain_auc"],
        signed=frozenset(one["attribute"] for one in signed),
    )
