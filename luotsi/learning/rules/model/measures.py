"""How well a ranking and its probabilities hold: the figures that every release of a model is judged by.

Outcomes are 1 (left) and 0; probabilities lie between 0 and 1. All are plain Python over sequences: a cohort has some
thousands of learners, and the same numbers must come out of the same input for years.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import exp, fsum, log
from random import Random

type Measure = Callable[[Sequence[int], Sequence[float]], float | None]

BINS = 10
EDGE = 1e-12


def auc(outcomes: Sequence[int], scores: Sequence[float]) -> float | None:
    """Return the chance that one who left is ranked above one who did not, ties counting half; None of one kind only.

    By rank sums (Mann and Whitney 1947), so that it takes n log n.
    """
    ones = sum(outcomes)
    zeros = len(outcomes) - ones
    if not ones or not zeros:
        return None
    ranks, before = 0.0, 0
    pairs = sorted(zip(scores, outcomes, strict=True), key=lambda pair: pair[0])
    for _score, group in groupby(pairs, key=lambda pair: pair[0]):
        told = [outcome for _one, outcome in group]
        ranks += sum(told) * (before + (len(told) + 1) / 2)
        before += len(told)
    return (ranks - ones * (ones + 1) / 2) / (ones * zeros)


def average_precision(outcomes: Sequence[int], scores: Sequence[float]) -> float | None:
    """Return the mean precision at each one who left, from the highest score down; None when nobody left.

    Equal scores are taken together: no order among them is pretended.
    """
    ones = sum(outcomes)
    if not ones:
        return None
    found, seen, total = 0, 0, []
    pairs = sorted(zip(scores, outcomes, strict=True), key=lambda pair: -pair[0])
    for _score, group in groupby(pairs, key=lambda pair: pair[0]):
        told = [outcome for _one, outcome in group]
        seen += len(told)
        found += sum(told)
        total.append(sum(told) * found / seen)
    return fsum(total) / ones


def brier(outcomes: Sequence[int], chances: Sequence[float]) -> float | None:
    """Return the mean squared distance of chances from outcomes (Brier 1950); None of nobody."""
    if not outcomes:
        return None
    return fsum((chance - outcome) ** 2 for outcome, chance in zip(outcomes, chances, strict=True)) / len(outcomes)


def calibration_error(outcomes: Sequence[int], chances: Sequence[float], bins: int = BINS) -> float | None:
    """Return by how much chances miss the rates of those who got them, over bins of equal width; None of nobody."""
    if not outcomes:
        return None
    kept: dict[int, list[tuple[int, float]]] = {}
    for outcome, chance in zip(outcomes, chances, strict=True):
        kept.setdefault(min(int(chance * bins), bins - 1), []).append((outcome, chance))
    return fsum(
        abs(sum(outcome for outcome, _chance in told) - fsum(chance for _outcome, chance in told))
        for told in kept.values()
    ) / len(outcomes)


def logit(chance: float) -> float:
    """Return the log odds of a chance, which is kept off 0 and 1."""
    kept = min(max(chance, EDGE), 1 - EDGE)
    return log(kept / (1 - kept))


def chance_of(odds: float) -> float:
    """Return the chance of log odds, without overflow."""
    return 1 / (1 + exp(-odds)) if odds >= 0 else exp(odds) / (1 + exp(odds))


def precision_at(outcomes: Sequence[int], scores: Sequence[float], share: float) -> float | None:
    """Return which part of the highest scores left, of a share of all (at least one); None of nobody.

    Among equals at the cut the expected part counts.
    """
    if not outcomes:
        return None
    wanted = max(1, round(len(outcomes) * share))
    found, seen = 0.0, 0
    pairs = sorted(zip(scores, outcomes, strict=True), key=lambda pair: -pair[0])
    for _score, group in groupby(pairs, key=lambda pair: pair[0]):
        told = [outcome for _one, outcome in group]
        taken = min(len(told), wanted - seen)
        found += sum(told) * taken / len(told)
        seen += taken
        if seen == wanted:
            break
    return found / wanted


@dataclass(frozen=True)
class Interval:
    """A figure with the middle 95 % of what drawing again gives; None where a draw had too little."""

    value: float | None
    low: float | None
    high: float | None


def drawn_again(
    outcomes: Sequence[int], scores: Sequence[float], measure: Measure, *, draws: int = 1_000, seed: int = 1
) -> Interval:
    """Return a measure with its bootstrap interval (percentiles, Efron 1979); one seed always gives the same one."""
    rng, size = Random(seed), len(outcomes)  # noqa: S311  drawn the same way every time
    found = []
    for _draw in range(draws if size else 0):
        places = rng.choices(range(size), k=size)
        value = measure([outcomes[place] for place in places], [scores[place] for place in places])
        if value is not None:
            found.append(value)
    found.sort()
    if not found:
        return Interval(measure(outcomes, scores), None, None)
    low, high = (found[min(len(found) - 1, int(len(found) * part))] for part in (0.025, 0.975))
    return Interval(measure(outcomes, scores), low, high)


def intervals(
    outcomes: Sequence[int], scores: Sequence[float], who: Sequence[str], *, draws: int = 1_000, seed: int = 1
) -> tuple[Interval, Interval]:
    """Return AUC and average precision, each with its bootstrap interval, people drawn with all that is of them.

    The same as `drawn_again`, for cohorts of many thousands: the ranking is sorted once, and a draw only counts how
    often each person is in it. `who` names whose each outcome is: snapshots of one person are no news of each other.
    """
    import numpy as np

    exact = auc(outcomes, scores), average_precision(outcomes, scores)
    if not outcomes:
        return Interval(None, None, None), Interval(None, None, None)
    order = np.argsort(-np.asarray(scores, dtype=float), kind="stable")
    ones = np.asarray(outcomes, dtype=float)[order]
    _people, person = np.unique(np.asarray(who)[order], return_inverse=True)
    ends = np.append(np.flatnonzero(np.diff(np.asarray(scores, dtype=float)[order])), len(ones) - 1)
    rng, found = np.random.default_rng(seed), []
    for _draw in range(draws):
        drawn = np.bincount(rng.integers(0, len(_people), len(_people)), minlength=len(_people))[person]
        hits, seen = np.cumsum(drawn * ones)[ends], np.cumsum(drawn)[ends]
        if not 0 < hits[-1] < seen[-1]:
            continue
        new, misses = np.diff(hits, prepend=0.0), np.diff(seen - hits, prepend=0.0)
        area = float((misses * (hits - new / 2)).sum() / (hits[-1] * (seen[-1] - hits[-1])))
        found.append((area, float((new * hits / np.maximum(seen, 1)).sum() / hits[-1])))
    areas, means = (sorted(one[part] for one in found) for part in (0, 1))
    return _middle(exact[0], areas), _middle(exact[1], means)


def _middle(value: float | None, drawn: Sequence[float]) -> Interval:
    if value is None or not drawn:
        return Interval(value, None, None)
    low, high = (drawn[min(len(drawn) - 1, int(len(drawn) * part))] for part in (0.025, 0.975))
    return Interval(value, low, high)
