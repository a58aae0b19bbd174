"""A round of scoring as the rules take it: who scores what, by which criteria, what was handed in, interests.

Only points that were handed in are told; what somebody is still writing is theirs alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from luotsi.base import clock
from luotsi.funding.models import Application, ApplicationMember, Conflict, Criterion, Round, Score, Scorer
from luotsi.funding.rules import scoring as rules
from luotsi.funding.rules.interests import interests
from luotsi.people.models import RoleAssignment
from luotsi.questionnaires.models import Submission

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from luotsi.funding.models import Call
    from luotsi.funding.rules.because import Because

type Pair = tuple[UUID, UUID]
LOW, HIGH = Decimal(0), Decimal(5)


class Point(NamedTuple):
    """What a scorer gave by one criterion, and why."""

    points: Decimal | None
    words: str


@dataclass(frozen=True)
class Scored:
    """A round of scoring of a call: its records, and the same as the rules take it (`scoring`, keys as text).

    `declared` and `points` are by scorer and application, the points then by criterion; `ruled` are interests that
    nobody needs to declare.
    """

    call: Call
    round: Round | None
    criteria: tuple[Criterion, ...]
    scorers: tuple[Scorer, ...]
    applications: tuple[Application, ...]
    declared: dict[Pair, Conflict]
    points: dict[Pair, dict[UUID, Point]]
    ruled: dict[Pair, tuple[Because, ...]]

    @property
    def is_closed(self) -> bool:
        """True when scoring is over."""
        return self.round is not None and self.round.scoring_closed_at is not None

    @cached_property
    def scoring(self) -> rules.Scoring:
        """The round as the rules take it."""
        given = {pair for pair, one in self.declared.items() if one.handed_in_at and not one.has_conflict}
        shut = {pair for pair, one in self.declared.items() if one.has_conflict} | set(self.ruled)
        return rules.Scoring(
            criteria=tuple(criterion_rule(one) for one in self.criteria),
            low=min((one.lowest for one in self.criteria), default=LOW),
            high=max((one.highest for one in self.criteria), default=HIGH),
            scorers=tuple(str(one.pk) for one in self.scorers),
            marks=tuple(self._marks(given)),
            conflicts=frozenset((str(scorer), str(application)) for scorer, application in shut),
            is_closed=self.is_closed,
        )

    def _marks(self, given: Iterable[Pair]) -> Iterator[rules.Mark]:
        keys = {one.pk: str(one.pk) for one in self.criteria}
        for scorer, application in given:
            by, of = str(scorer), str(application)
            for criterion, one in self.points.get((scorer, application), {}).items():
                yield rules.Mark(scorer=by, application=of, criterion=keys[criterion], score=one.points)

    @cached_property
    def results(self) -> dict[str, rules.Scored]:
        """The mean and the spread of each application, by its key as text."""
        return {str(one.pk): rules.scored(self.scoring, str(one.pk)) for one in self.applications}

    @cached_property
    def ranking(self) -> tuple[rules.Ranked, ...]:
        """The applications from the highest mean down."""
        return rules.ranked(list(self.results.values()))

    def name_of(self, scorer: str) -> str:
        """Return the name of a scorer by the key that the rules use."""
        return next((one.person.full_name for one in self.scorers if str(one.pk) == scorer), "")


def criterion_rule(one: Criterion) -> rules.Criterion:
    """Return a criterion as the rules take it."""
    return rules.Criterion(
        key=str(one.pk), weight=one.weight, low=one.lowest, high=one.highest, threshold=one.threshold
    )


def scored_of(call: Call, *, only: Application | None = None) -> Scored:
    """Return the round of scoring of a call, or of one application of it; at most ten queries, however many there are.

    Withdrawn applications are not scored.
    """
    handed = Application.objects.handed_in().filter(call=call, received__isnull=False)
    found = handed.exclude(state=Application.State.WITHDRAWN).select_related("unit", "received")
    applications = tuple((found.filter(pk=only.pk) if only else found).order_by("received__sequence"))
    for one in applications:
        one.call = call
    scorers = tuple(Scorer.objects.filter(call=call).select_related("person"))
    keys = [one.pk for one in applications]
    points: dict[Pair, dict[UUID, Point]] = defaultdict(dict)
    # As rows: making a record of each of thousands of points is most of what the page would take.
    told = Score.objects.filter(application__in=keys).values_list(
        "scorer", "application", "criterion", "points", "words"
    )
    for scorer, application, criterion, value, words in told:
        points[scorer, application][criterion] = Point(value, words)
    declared = {(one.scorer_id, one.application_id): one for one in Conflict.objects.filter(application__in=keys)}
    return Scored(
        call=call,
        round=Round.objects.filter(call=call).first(),
        criteria=tuple(Criterion.objects.filter(call=call)),
        scorers=scorers,
        applications=applications,
        declared=declared,
        points=dict(points),
        ruled=_ruled(scorers, applications),
    )


def _ruled(scorers: Sequence[Scorer], applications: Sequence[Application]) -> dict[Pair, tuple[Because, ...]]:
    """Return who has an interest in which application whatever they declare; three queries."""
    people = [one.person_id for one in scorers]
    keys = [one.pk for one in applications]
    roles: dict[UUID, list[str]] = defaultdict(list)
    held = RoleAssignment.objects.in_force(clock.today()).filter(person__in=people)
    for person, path in held.values_list("person", "unit__path"):
        roles[person].append(path)
    members = ApplicationMember.objects.filter(application__in=keys, person__in=people)
    team = set(members.values_list("person", "application"))
    prepared = _prepared(applications)
    found = {}
    for scorer in scorers:
        account = scorer.person.account_id
        for one in applications:
            reasons = interests(
                roles[scorer.person_id],
                one.unit.path,
                in_team=(scorer.person_id, one.pk) in team,
                has_prepared=account is not None and (account, one.pk) in prepared,
            )
            if reasons:
                found[scorer.pk, one.pk] = reasons
    return found


def _prepared(applications: Iterable[Application]) -> set[tuple[object, UUID]]:
    """Return which accounts began or handed in which application; one query."""
    found: set[tuple[object, UUID]] = {(one.begun_by_id, one.pk) for one in applications}
    by_response = {one.response_id: one.pk for one in applications if one.response_id}
    handed = Submission.objects.filter(response__in=by_response).values_list("submitted_by", "response")
    return found | {(account, by_response[response]) for account, response in handed}
