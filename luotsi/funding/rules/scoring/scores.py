"""Scores: weighted means over those who scored everything, their spread, who may see them, and the ranking.

Sources: handbook §1b and §6: only complete scorers count, criteria are weighted, nobody sees others' scores before
their own are complete, conflicts of interest are declared and shut out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cached_property
from itertools import groupby

from luotsi.funding.rules.because import Because, because

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """A selection criterion.

    Args:
        key: its key.
        weight: above zero; weights need not add up to anything.
        low, high: its own scale, both ends included; None = that of the round.
        threshold: an application whose mean by this criterion is below it is not funded; None = none.

    Raises:
        ValueError: a weight that is not above zero, or a scale that does not rise.
    """

    key: str
    weight: Decimal = Decimal(1)
    low: Decimal | None = None
    high: Decimal | None = None
    threshold: Decimal | None = None

    def __post_init__(self) -> None:
        if not self.weight > 0:
            raise ValueError(f"The weight {self.weight} of {self.key} is not above zero.")
        if self.low is not None and self.high is not None and not self.low < self.high:
            raise ValueError(f"The scale of {self.key} does not rise from {self.low} to {self.high}.")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A score that one person gave to one application by one criterion; None = not given, which is not zero."""

    scorer: str
    application: str
    criterion: str
    score: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Scoring:
    """All of a round of scoring.

    Args:
        criteria: in their order.
        low, high: the scale of the means and of criteria without their own, both ends included.
        scorers: who scores.
        marks: what was given; a later mark of the same place takes the place of an earlier.
        conflicts: pairs of scorer and application in which the scorer has an interest.
        is_closed: whether scoring is over.
    """

    criteria: tuple[Criterion, ...]
    low: Decimal
    high: Decimal
    scorers: tuple[str, ...]
    marks: tuple[Mark, ...] = ()
    conflicts: frozenset[tuple[str, str]] = frozenset()
    is_closed: bool = False

    def scale_of(self, criterion: Criterion) -> tuple[Decimal, Decimal]:
        """Return the lowest and the highest score by a criterion."""
        low = self.low if criterion.low is None else criterion.low
        return low, self.high if criterion.high is None else criterion.high

    def on_scale(self, criterion: Criterion, score: Decimal) -> Decimal:
        """Return a score by a criterion on the scale of the round, so that scales of several lengths weigh alike."""
        low, high = self.scale_of(criterion)
        if (low, high) == (self.low, self.high):
            return score
        with localcontext(prec=40):
            return self.low + (score - low) * (self.high - self.low) / (high - low)

    def given(self, scorer: str, application: str) -> dict[str, Decimal]:
        """Return what a scorer has given an application, by criterion."""
        return dict(self._by_place.get((scorer, application), {}))

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], dict[str, Decimal]]:
        keys = {one.key for one in self.criteria}
        found: dict[tuple[str, str], dict[str, Decimal]] = {}
        for one in self.marks:
            if one.criterion not in keys:
                continue
            place = found.setdefault((one.scorer, one.application), {})
            place.pop(one.criterion, None)
            if one.score is not None:
                place[one.criterion] = one.score
        return found

    def is_complete(self, scorer: str, application: str) -> bool:
        """Return True when a scorer has given a score by every criterion."""
        return len(self.given(scorer, application)) == len(self.criteria) > 0

    def is_shut_out(self, scorer: str, application: str) -> bool:
        """Return True when a scorer has an interest in an application."""
        return (scorer, application) in self.conflicts


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How far apart scorers are: by one criterion, or with `criterion` empty by their weighted means."""

    criterion: str
    low: Decimal
    high: Decimal

    @property
    def width(self) -> Decimal:
        """The highest less the lowest."""
        return self.high - self.low


@dataclass(frozen=True, kw_only=True)
class Scored:
    """An application scored.

    Args:
        mean: the mean of the scorers' weighted means, on the scale, with two decimals; None without a complete scorer.
        exact: the same unrounded, for ranking.
        by_scorer: weighted mean of each complete scorer.
        spreads: of the weighted means first, then by each criterion on its own scale.
        left_out: `conflict` and `incomplete` (given, of) about scorers that do not count.
        by_criterion: mean by each criterion on its own scale; empty without a complete scorer.
        below: `below_threshold` (mean, threshold) about criteria by which the mean is too low to be funded.
    """

    application: str
    mean: Decimal | None
    exact: Decimal | None
    by_scorer: dict[str, Decimal]
    spreads: tuple[Spread, ...]
    left_out: tuple[Because, ...]
    by_criterion: Mapping[str, Decimal] = field(default_factory=dict)
    below: tuple[Because, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A place in the ranking: equal means share a place; None for an application that nobody scored wholly."""

    place: int | None
    scored: Scored
    tied_with: tuple[str, ...] = ()


def mark_refusals(scoring: Scoring, mark: Mark) -> tuple[Because, ...]:
    """Return why a mark cannot be given.

    Reasons: `closed`; `not_a_scorer`; `conflict`; `unknown_criterion`; `off_scale` (score, low, high).
    """
    found = []
    low, high = next(
        (scoring.scale_of(one) for one in scoring.criteria if one.key == mark.criterion), (scoring.low, scoring.high)
    )
    if scoring.is_closed:
        found.append(because("closed"))
    if mark.scorer not in scoring.scorers:
        found.append(because("not_a_scorer", mark.scorer))
    if scoring.is_shut_out(mark.scorer, mark.application):
        found.append(because("conflict", mark.application))
    if mark.criterion not in {one.key for one in scoring.criteria}:
        found.append(because("unknown_criterion", mark.criterion))
    if mark.score is not None and not low <= mark.score <= high:
        found.append(because("off_scale", mark.criterion, score=mark.score, low=low, high=high))
    return tuple(found)


def sight_refusals(scoring: Scoring, viewer: str, application: str) -> tuple[Because, ...]:
    """Return why a scorer may not see what others gave an application: `conflict`, `own_incomplete`, `not_a_scorer`.

    Once scoring is closed every scorer may, but those with an interest never.
    """
    if viewer not in scoring.scorers:
        return (because("not_a_scorer", viewer),)
    if scoring.is_shut_out(viewer, application):
        return (because("conflict", application),)
    if not scoring.is_closed and not scoring.is_complete(viewer, application):
        return (because("own_incomplete", application),)
    return ()


def points_refusals(
    scoring: Scoring, viewer: str, application: str, *, is_officer: bool, has_interest: bool
) -> tuple[Because, ...]:
    """Return why somebody may not see what scorers gave an application: as `sight_refusals`; officers may.

    An officer who scores too is a scorer first, and who has an interest by rule sees nothing, whatever they are.
    """
    if has_interest:
        return (because("conflict", application),)
    if is_officer and viewer not in scoring.scorers:
        return ()
    return sight_refusals(scoring, viewer, application)


def scored(scoring: Scoring, application: str) -> Scored:
    """Return the mean and spread of an application, over scorers who scored everything and have no interest in it."""
    left_out, complete = [], {}
    for scorer in scoring.scorers:
        given = scoring.given(scorer, application)
        if scoring.is_shut_out(scorer, application):
            left_out.append(because("conflict", scorer))
        elif len(given) < len(scoring.criteria) or not given:
            left_out.append(because("incomplete", scorer, given=len(given), of=len(scoring.criteria)))
        else:
            complete[scorer] = given
    means = {scorer: _weighted(scoring, given) for scorer, given in complete.items()}
    exact = _mean(means.values())
    by_criterion = {one.key: _mean(given[one.key] for given in complete.values()) for one in scoring.criteria}
    return Scored(
        application=application,
        mean=None if exact is None else _rounded(exact),
        exact=exact,
        by_scorer={scorer: _rounded(one) for scorer, one in means.items()},
        spreads=tuple(_spreads(scoring.criteria, complete, means)),
        left_out=tuple(left_out),
        by_criterion={key: _rounded(mean) for key, mean in by_criterion.items() if mean is not None},
        below=tuple(
            because("below_threshold", one.key, mean=_rounded(mean), threshold=one.threshold)
            for one in scoring.criteria
            if one.threshold is not None and (mean := by_criterion[one.key]) is not None and mean < one.threshold
        ),
    )


def _weighted(scoring: Scoring, given: dict[str, Decimal]) -> Decimal:
    with localcontext(prec=40):
        whole = sum((one.weight for one in scoring.criteria), Decimal(0))
        told = (one.weight * scoring.on_scale(one, given[one.key]) for one in scoring.criteria)
        return sum(told, Decimal(0)) / whole


def _mean(values: Iterable[Decimal]) -> Decimal | None:
    listed = sorted(values)  # sorted, so that the same scores in another order give the same last digit
    if not listed:
        return None
    with localcontext(prec=40):
        return +(sum(listed, Decimal(0)) / len(listed)).quantize(Decimal("1e-20"))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def _spreads(
    criteria: Iterable[Criterion], complete: dict[str, dict[str, Decimal]], means: dict[str, Decimal]
) -> Iterable[Spread]:
    if not complete:
        return
    yield Spread(criterion="", low=_rounded(min(means.values())), high=_rounded(max(means.values())))
    for one in criteria:
        given = [scores[one.key] for scores in complete.values()]
        yield Spread(criterion=one.key, low=min(given), high=max(given))


def ranked(found: Sequence[Scored]) -> tuple[Ranked, ...]:
    """Return applications from the highest mean down; equals share a place and the next place is skipped (1, 1, 3).

    Those without a mean stand at the end without a place. Among equals the order is by key, which says nothing.
    """
    judged = sorted((one for one in found if one.exact is not None), key=lambda one: (-_of(one), one.application))
    rows: list[Ranked] = []
    for _exact, group in groupby(judged, key=_of):
        tied, place = list(group), len(rows) + 1
        for one in tied:
            others = tuple(other.application for other in tied if other is not one)
            rows.append(Ranked(place=place, scored=one, tied_with=others))
    rest = sorted((one for one in found if one.exact is None), key=lambda one: one.application)
    return (*rows, *(Ranked(place=None, scored=one) for one in rest))


def _of(one: Scored) -> Decimal:
    return Decimal(0) if one.exact is None else one.exact
