"""Runs the product's own way from cohorts to a judged model on the public sets of real students.

Both sets are of higher education abroad: they show that the way holds, and tell nothing of vocational students here.
Beside each honest figure stands what is often published instead: students who had left already kept among those judged
(Open University), or a split by chance (polytechnic). Neither can become a model here: it is refused, in these words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from luotsi.learning.engine import oulad, uci
from luotsi.learning.rules.model.cohorts import Case, Split, in_time, studying
from luotsi.learning.rules.model.gate import Stop
from luotsi.learning.rules.model.logistic import Snapshot, learn
from luotsi.learning.rules.model.measures import auc
from luotsi.learning.rules.model.refusals import HasLeft, NotInTime, Unlearnt
from luotsi.learning.rules.model.training import Trained, train

DAY, SEMESTERS = 56, 1
DAYS = range(301)
LATEST = "2014J"
SETS = ("uci", "oulad")
NEAR, ERROR_NEAR = 0.01, 0.02
# AUC by (set, day or semesters, people's attributes among the features), measured before this product stood, by other
# means (logistic regression of scikit-learn on nearly the same features; the third of oulad by boosting).
EARLIER: Mapping[tuple[str, int, bool], float] = {
    ("uci", 1, True): 0.864,
    ("uci", 1, False): 0.854,
    ("uci", 2, True): 0.896,
    ("oulad", 28, True): 0.727,
    ("oulad", 56, True): 0.800,
    ("oulad", 56, False): 0.794,
    ("oulad", 84, True): 0.823,
}
EARLIER_ERROR: Mapping[tuple[str, int, bool], float] = {("oulad", 56, True): 0.037, ("oulad", 56, False): 0.037}


@dataclass(frozen=True)
class Told:
    """A figure that flatters: how it comes about, of how many people, and the AUC."""

    how: str
    people: int
    auc: float | None


@dataclass(frozen=True)
class Benchmark:
    """What a run on a public set found.

    Attributes:
        at: The day after the start (Open University), or how many semesters are known (polytechnic).
        personal: Whether attributes of people were features, which no model of the product may have.
        trained: The model with its figures, learnt by the product's own way.
        stops: Why the gate would not release it.
        earlier: The AUC measured earlier by other means; None where there is none.
        earlier_error: The same for the calibration error.
        flattering: What is often published instead, the honest figure of the same people last.
        refused: What the product says to whoever tries to learn in that way.
    """

    name: str
    at: int
    personal: bool
    features: tuple[str, ...]
    trained: Trained
    stops: tuple[tuple[Stop, str], ...]
    earlier: float | None
    earlier_error: float | None
    flattering: tuple[Told, ...]
    refused: Unlearnt | None

    @property
    def holds(self) -> bool | None:
        """True when the figures are those measured earlier, or better; None when there are none to compare with."""
        found, error = self.trained.judged.auc.value, self.trained.judged.error
        if self.earlier is None or found is None:
            return None
        worse = self.earlier_error is not None and error is not None and error > self.earlier_error + ERROR_NEAR
        return found >= self.earlier - NEAR and not worse


def run(name: str, data: Path, at: int, *, personal: bool = False, draws: int = 1_000) -> Benchmark:
    """Run a public set.

    Args:
        name: Which set: `uci` or `oulad`.
        data: The folder that both sets lie in.
        at: The day after the start (oulad), or how many semesters are known (uci).
        personal: Make attributes of people features too.
        draws: How often people are drawn again for the intervals.

    Raises:
        FileNotFoundError: the set is not there.
        NotLearnt: the files hold nobody to learn from.
        KeyError, ValueError: the files are not those of the set.
    """
    cases = oulad.cases(data, at, personal=personal) if name == "oulad" else uci.cases(data, at, personal=personal)
    own = oulad if name == "oulad" else uci
    features = tuple(cases[0].snapshot) if cases else ()
    split = in_time(studying(cases), own.LEARN, own.JUDGE)
    trained = train(split, features, plain=_late_work if name == "oulad" else _failed_units, draws=draws)
    flattering, refused = (_with_leavers if name == "oulad" else _by_chance)(cases, features)
    return Benchmark(
        name=name,
        at=at,
        personal=personal,
        features=features,
        trained=trained,
        stops=trained.stops(),
        earlier=EARLIER.get((name, at, personal)),
        earlier_error=EARLIER_ERROR.get((name, at, personal)),
        flattering=flattering,
        refused=refused,
    )


def _late_work(snapshot: Snapshot) -> float:
    """Rank by work that was due and is missing, then by low scores: what a rule can say without a model."""
    return (snapshot.get("missing") or 0.0) - (snapshot.get("weighted score") or 0.0)


def _failed_units(snapshot: Snapshot) -> float:
    """Rank by the share of units taken that were not passed, over the semesters known; before the first, nobody."""
    told = [snapshot.get(f"passed share, {semester} semester") for semester in ("1st", "2nd")]
    return -sum(share for share in told if share is not None)


def _with_leavers(cases: Sequence[Case], features: Sequence[str]) -> tuple[tuple[Told, ...], Unlearnt | None]:
    """Judge the latest presentation with those who had left among them, with fewer of them, and without."""
    begun = [one for one in cases if one.left_on is None or one.left_on > one.on - timedelta(days=_day(one))]
    found = []
    for how, some in (("everybody enrolled", cases), ("who began", begun), ("who still studied", studying(cases))):
        learnt = [one for one in some if one.cohort in oulad.LEARN]
        judged = [one for one in some if one.cohort == LATEST]
        found.append(Told(how, len(judged), _auc(learnt, judged, features)))
    try:
        in_time(cases, oulad.LEARN, oulad.JUDGE)
    except HasLeft as refusal:
        return tuple(found), refusal
    return tuple(found), None


def _day(case: Case) -> int:
    start = oulad.start_of(case.cohort)
    return (case.on - start).days


def _by_chance(cases: Sequence[Case], features: Sequence[str]) -> tuple[tuple[Told, ...], Unlearnt | None]:
    """Judge a fifth of all years by the rest, five times over, and the latest years by the earlier."""
    mixed = list(cases)
    Random(1).shuffle(mixed)  # noqa: S311  mixed the same way every time
    parts = [mixed[place::5] for place in range(5)]
    outcomes: list[int] = []
    chances: list[float] = []
    for part in parts:
        rest = [one for other in parts if other is not part for one in other]
        weights = learn([one.snapshot for one in rest], [one.outcome or 0 for one in rest], features)
        outcomes += [one.outcome or 0 for one in part]
        chances += [weights.chance(one.snapshot) for one in part]
    learnt = [one for one in cases if one.cohort in uci.LEARN]
    judged = [one for one in cases if one.cohort in uci.JUDGE]
    found = (
        Told("split by chance", len(outcomes), auc(outcomes, chances)),
        Told("later years", len(judged), _auc(learnt, judged, features)),
    )
    try:
        Split(tuple(mixed[1::2]), (), tuple(mixed[::2]))
    except NotInTime as refusal:
        return found, refusal
    return found, None


def _auc(learnt: Sequence[Case], judged: Sequence[Case], features: Sequence[str]) -> float | None:
    """Return the figure without any of the guards: only to show what they are for."""
    weights = learn([one.snapshot for one in learnt], [one.outcome or 0 for one in learnt], features)
    return auc([one.outcome or 0 for one in judged], [weights.chance(one.snapshot) for one in judged])
