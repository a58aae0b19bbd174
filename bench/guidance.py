"""Measures the scoring of a week and the learning of a model, from rows as the database gives them.

Studies are made up: 60,000 learners with twelve parts each, told in two versions, a plan, periods at work and twelve
weeks of absences; every third of them has no absences on record.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from luotsi.learning.engine.snapshots import LOOKS, Held, Known, Right, cases_of, score_all
from luotsi.learning.rules.endings import Stay
from luotsi.learning.rules.features import FEATURES, Away, Part, Work
from luotsi.learning.rules.model.cohorts import Case, Split, in_time, portions
from luotsi.learning.rules.model.plain import points_of
from luotsi.learning.rules.model.training import Trained, train

LEARNERS, CLOSED = 60_000, 7_500
TODAY = date(2026, 11, 26)
PARTS, WEEKS = 12, 12
GOALS = (
    ("scores_s", "snapshots and scores by a model, {week_learners:,} learners, rows in memory", "s", None),
    ("scores_cpu_s", "the same, time of the processor", "s", None),
    ("learn_s", "a model learnt and judged from {closed:,} learners, {snapshots:,} snapshots", "s", 60.0),
    ("learn_cpu_s", "the same, time of the processor", "s", 60.0),
)
TERMS = tuple(date(year, month, day) for year in range(2020, 2024) for month, day in ((1, 10), (8, 9)))


def made(count: int, begins: tuple[date, ...], seed: int = 1) -> Iterator[Held]:
    """Yield made-up learners who began on the days, in turn; who is slower leaves more often."""
    rng = Random(seed)  # noqa: S311  made up the same way every time
    for number in range(count):
        begun, pace = begins[number % len(begins)], rng.random()
        left = begun + timedelta(weeks=int(30 + pace * 90)) if rng.random() < 0.7 - pace else None
        yield _held(str(number), begun, left, pace, rng)


def _held(key: str, begun: date, left: date | None, pace: float, rng: Random) -> Held:
    stay = Stay(key, begun, None, "lasna")
    end, states = begun + timedelta(weeks=150), [(begun, "lasna")]
    held = Held(key, key, rights=[Known(begun, left, Right(stay, end, states))], groups={"gender": rng.choice("mn")})
    if left:
        stay = Stay(key, begun, left, "eronnut")
        held.rights.append(Known(left, None, Right(stay, end, [*states, (left, "eronnut")])))
    held.others = (stay,)
    held.plans.append(Known(begun, None, begun + timedelta(weeks=int(pace * 40))))
    for number in range(PARTS):
        until = begun + timedelta(weeks=10 * (number + 1))
        done = until + timedelta(weeks=int((1 - pace) * 12 * (number + 1) + rng.random() * 8 - 5))
        is_done = done < min(left or TODAY, TODAY)
        held.parts.append(Known(begun, done if is_done else None, Part(15.0, until, None)))
        if is_done:
            held.parts.append(Known(done, None, Part(15.0, until, done)))
    held.work = [
        Known(begun, None, Work(begun + timedelta(weeks=20 * step), step % 2 == 0, True)) for step in (1, 2, 3)
    ]
    if int(key) % 3:
        monday = TODAY - timedelta(days=TODAY.weekday())
        weeks = [monday - timedelta(weeks=back + 1) for back in range(WEEKS)]
        held.away = [Known(week, None, Away(week, rng.random() * 12 * (1 - pace), 0.0, 30.0)) for week in weeks]
    return held


def learnt(cases: Sequence[Case]) -> tuple[Trained, Split]:
    """Return a model learnt and judged from the cases of closed cohorts, and how they were parted."""
    first, then, last = portions(one.cohort for one in cases)
    split = in_time(cases, first, last, then)
    ways = {name: one.more_is for name, one in FEATURES.items()}
    return train(split, list(FEATURES), more_is=ways, plain=points_of), split


def measure(learners: int = LEARNERS, closed: int = CLOSED) -> dict[str, Any]:
    """Return the seconds of learning from closed cohorts, judging included, and of scoring a week."""
    cohorts = list(made(closed, TERMS))
    cases, counting = _timed(lambda: cases_of(cohorts, TODAY))
    (trained, _split), learning = _timed(lambda: learnt(cases))
    rows = list(made(learners, tuple(TODAY - timedelta(weeks=weeks) for weeks in (10, 40, 70, 100)), seed=2))
    scores, scoring = _timed(lambda: list(score_all(rows, TODAY, trained.weights, trained.calibration)))
    return {
        "closed": closed,
        "snapshots": len(cases),
        "looks": len(LOOKS),
        "learn_s": round(counting[0] + learning[0], 2),
        "learn_cpu_s": round(counting[1] + learning[1], 2),
        "week_learners": learners,
        "scores": len(scores),
        "scores_s": scoring[0],
        "scores_cpu_s": scoring[1],
        "auc": trained.judged.auc.value,
    }


def _timed[T](deed: Callable[[], T]) -> tuple[T, tuple[float, float]]:
    start, used = time.perf_counter(), time.process_time()
    found = deed()
    return found, (round(time.perf_counter() - start, 2), round(time.process_time() - used, 2))


if __name__ == "__main__":
    sizes = [int(one) for one in sys.argv[1:3]]
    print(json.dumps(measure(*sizes), indent=2))
