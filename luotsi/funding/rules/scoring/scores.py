"""Scores: weighted means over those who scored everything, their spread, who may see them, and the ranking.

Sources: handbook §1b and §6: only complete scorers count, criteria are weighted, nobody sees others' scores before
their own are complete, conflicts of interest are declared and shut out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cached_property
from itertools import groupby

from luotsi.funding.rules.because import Because, because

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """A selection criterion. `weight` is above zero; weights need not add up to anything.

    Raises:
        ValueError: a weight that is not above zero.
    """

    key: str
    weight: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        if not self.weight > 0:
            raise ValueError(f"The weight {self.weight} of {self.key} is not above zero.")


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
        low, high: the scale, both ends included.
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
        spreads: of the weighted means first, then by each criterion.
        left_out: `conflict` and `incomplete` (given, of) about scorers that do not count.
    """

    application: str
    mean: Decimal | None
    exact: Decimal | None
    by_scorer: dict[str, Decimal]
    spreads: tuple[Spread, ...]
    left_out: tuple[Because, ...]


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
    if scoring.is_closed:
        found.append(because("closed"))
    if mark.scorer not in scoring.scorers:
        found.append(because("not_a_scorer", mark.scorer))
    if scoring.is_shut_out(mark.scorer, mark.application):
        found.append(because("conflict", mark.application))
    if mark.criterion not in {one.key for one in scoring.criteria}:
        found.append(because("unknown_criterion", mark.criterion))
    if mark.score is not None and not scoring.low <= mark.score <= scoring.high:
        found.append(because("off_scale", mark.criterion, score=mark.score, low=scoring.low, high=scoring.high))
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
    means = {scorer: _weighted(scoring.criteria, given) for scorer, given in complete.items()}
    exact = _mean(means.values())
    return Scored(
        application=application,
        mean=None if exact is None else _rounded(exact),
        exact=exact,
        by_scorer={scorer: _rounded(one) for scorer, one in means.items()},
        spreads=tuple(_spreads(scoring.criteria, complete, means)),
        left_out=tuple(left_out),
    )


def _weighted(criteria: Iterable[Criterion], given: dict[str, Decimal]) -> Decimal:
    listed = list(criteria)
    with localcontext(prec=40):
        whole = sum((one.weight for one in listed), Decimal(0))
        return sum((one.weight * given[one.key] for one in listed), Decimal(0)) / whole


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
