"""Models for tests: learnt from made-up cases in the product's own way, without any learner in the database."""

from __future__ import annotations

from datetime import date
from random import Random

from luotsi.base import clock
from luotsi.learning.models import RiskModel
from luotsi.learning.rules.model.cohorts import Case, Split
from luotsi.learning.rules.model.report import digest_of, gate_kept, stops_of, weights_kept
from luotsi.learning.rules.model.training import train
from luotsi.people.models import Unit

FEATURES = ("weeks_late", "done_share")


def make_model(provider: Unit, number: int = 1, *, gap: bool = False) -> RiskModel:
    """Add a model that ranks well; with `gap` it finds one of two groups much less often, and the gate stops it."""
    split = Split(
        (*_cohort("2021-2", gap=gap), *_cohort("2022-2", gap=gap)),
        _cohort("2023-1", gap=gap),
        _cohort("2023-2", gap=gap),
    )
    trained = train(split, FEATURES, plain=lambda _snapshot: 0.0, draws=20)
    weights = weights_kept(trained.weights)
    cohorts = dict(zip(("learn", "calibrate", "judge"), map(list, trained.cohorts), strict=True))
    gate = gate_kept(trained, [trained.chance(one.snapshot) for one in split.judge])
    return RiskModel.objects.create(
        provider=provider,
        number=number,
        features=list(FEATURES),
        weights=weights,
        calibration=list(trained.calibration),
        cohorts=cohorts,
        gate=gate,
        sha256=digest_of(weights, trained.calibration, cohorts),
        state=RiskModel.State.STOPPED if stops_of(gate, []) else RiskModel.State.READY,
        trained_at=clock.now(),
    )


def _cohort(name: str, *, gap: bool) -> tuple[Case, ...]:
    rng = Random(name)  # noqa: S311  made up the same way every time
    found = []
    for number in range(400):
        late, group = rng.random() * 30, "ab"[number % 2]
        leaves = number // 2 % 2
        hidden = gap and group == "b"
        snapshot = {"weeks_late": late / 3 if hidden else late / 3 + 20 * leaves, "done_share": rng.random()}
        found.append(
            Case(
                f"{name}/{number}",
                name,
                date(2024, 1, 1),
                snapshot,
                outcome=leaves,
                groups={"g": group, "few": "c" if number < 20 else "d"},
            )
        )
    return tuple(found)
