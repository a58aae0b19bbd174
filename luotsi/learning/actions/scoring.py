"""Scoring of a week, and the order of counsellors' weeks that is drawn from it.

A score writes nothing but itself and places in the order of counsellors' weeks: no status, grade, funding or access of
anybody is changed by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from luotsi.base import audit, clock
from luotsi.learning.engine.snapshots import studies_on
from luotsi.learning.models import Caseload, Learner, RiskModel, Saying, Score, StudyImport, Turn
from luotsi.learning.queries.guidance.candidates import Held, candidates_of
from luotsi.learning.queries.guidance.seen import seen_of
from luotsi.learning.queries.guidance.staggered.waiting import not_begun
from luotsi.learning.queries.guidance.using import STALE, Ruling, ranker_of, refuted_at, ruling_at
from luotsi.learning.queries.scoring.held import held_at
from luotsi.learning.rules.caseload import monday_of, nearest, turns_of
from luotsi.learning.rules.features import snapshot_of
from luotsi.learning.rules.index import VERSION, rests_on
from luotsi.learning.rules.kept import Seen
from luotsi.learning.rules.scores import Scored, by_model, by_rules
from luotsi.learning.rules.using import Mode
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from luotsi.people.models import Account

AT_ONCE = 1_000


@dataclass(frozen=True)
class Week:
    """What the scoring of a week came to."""

    week: date
    mode: Mode
    scored: int
    listed: int


def score_week(*, provider: Unit, on: date, by: Account | None = None) -> Week:
    """Score everybody who studies and may be scored, as known on a day, and draw the order of counsellors' weeks.

    Who was not told by the day, has objected, or contests what is said is left out; who has a score of the week keeps
    it, so that a second run adds only those who were not there. Nothing is scored while the switch is off. Counting
    takes seconds for thousands and locks nothing; what came of it is kept in one transaction.
    """
    ruling, week = ruling_at(provider), monday_of(on)
    if ruling.mode is Mode.OFF:
        return Week(week, ruling.mode, 0, 0)
    return _keep(provider, ruling, week, on, _scores(provider, ruling, week, on), by)


@transaction.atomic
def _keep(provider: Unit, ruling: Ruling, week: date, on: date, rows: Sequence[Score], by: Account | None) -> Week:
    Unit.objects.select_for_update().get(pk=provider.pk)
    there = Score.objects.standing().filter(learner__provider=provider, week=week).order_by()
    kept: set[tuple[UUID, UUID | None]] = set(there.values_list("learner", "model"))
    new = [one for one in rows if (one.learner_id, one.model_id) not in kept]
    Score.objects.bulk_create(new, batch_size=AT_ONCE)
    scored = len({one.learner_id for one in new})
    listed = _order(provider, ruling, week, on)
    if scored or listed:
        audit.record(
            by=by,
            verb="learning.week.scored",
            target=provider,
            unit_id=provider.pk,
            after={"week": week, "known on": on, "by": ruling.mode, "learners": scored, "listed": listed},
        )
    return Week(week, ruling.mode, scored, listed)


@transaction.atomic
def order_week(*, provider: Unit, on: date, by: Account | None = None, anew: bool = True) -> int:
    """Draw the order of the week of a day anew, after the switch was moved; return how many are within the meetings.

    With `anew` False only caseloads without an order get one: what others go by this week stays as it is.
    """
    ruling, week = ruling_at(provider), monday_of(on)
    old = Turn.objects.filter(learner__provider=provider, week=week)
    gone = old.delete()[0] if anew else 0
    listed = 0 if ruling.mode is Mode.OFF else _order(provider, ruling, week, on)
    after = {"week": week, "by": ruling.mode, "listed": listed, "taken away": gone}
    audit.record(by=by, verb="learning.week.ordered", target=provider, unit_id=provider.pk, after=after)
    return listed


@transaction.atomic
def score_learner(*, learner: Learner, on: date, by: Account | None = None) -> bool:
    """Score one learner at once, as known on a day, where a score of the week is missing; return whether one was made.

    The order of the week stays as it was drawn.
    """
    provider, week = learner.provider, monday_of(on)
    ruling = ruling_at(provider)
    if ruling.mode is Mode.OFF:
        return False
    Unit.objects.select_for_update().get(pk=provider.pk)
    made = Score.objects.bulk_create(_scores(provider, ruling, week, on, only=[learner.pk]))
    if made:
        after = {"week": week, "known on": on}
        audit.record(by=by, verb="learning.learner.scored", target=learner, unit_id=learner.unit_id, after=after)
    return bool(made)


def withdraw_scores(*, learner: Learner, on: date) -> int:
    """Take the scores of a learner that could be used in the week of a day out of use, in the caller's transaction.

    They are kept, so that they can be counted again; the caller writes the log. Returns how many.
    """
    usable = Score.objects.standing().filter(learner=learner, week__gte=monday_of(on) - STALE)
    return usable.update(withdrawn_at=clock.now())


def score_daily() -> int:
    """Score the week of today at every provider with learners where it was not done; returns how many were scored.

    Where study data are just coming in, the next day does it: half of what is told is no ground for an order.
    """
    today = clock.today()
    coming = StudyImport.objects.filter(state__in=[StudyImport.State.WAITING, StudyImport.State.RUNNING])
    paths = list(coming.order_by().values_list("unit__path", flat=True))
    providers = Unit.objects.filter(pk__in=Learner.objects.order_by().values("provider").distinct())
    ready = [one for one in providers if not any(path.startswith(one.path) for path in paths)]
    return sum(score_week(provider=one, on=today).scored for one in ready)


def _scores(provider: Unit, ruling: Ruling, week: date, on: date, only: Collection[UUID] | None = None) -> list[Score]:
    """Return scores, not kept yet, of who has none of the week: by the rules, and by the model where one rules.

    Nobody has one to whom a staggered start has not come, nor anybody with points for what was found wrong, while it
    rests on the very record still.
    """
    contested = Saying.objects.contests().waiting().filter(learner__provider=provider).order_by().values("learner")
    learners = Learner.objects.filter(provider=provider).to_score(on).to_score(clock.today())
    learners = learners.exclude(pk__in=contested).exclude(not_begun(on))
    if only is not None:
        learners = learners.filter(pk__in=only)
    model, there = ruling.model, Score.objects.standing().filter(learner__provider=provider, week=week).order_by()
    learners = learners.exclude(pk__in=there.filter(model=model).values("learner"))
    refuted = refuted_at(provider)
    seen = {
        learner: one
        for learner, one in seen_of(learners, on).items()
        if learner not in refuted or refuted[learner].isdisjoint(rests_on(one))
    }
    told: list[tuple[UUID, Seen, Scored, RiskModel | None]]
    told = [(learner, one, by_rules(one), None) for learner, one in seen.items()]
    if model is not None:
        told += [
            (learner, seen[learner], found, model) for learner, found in _by_model(provider, model, seen, on, only)
        ]
    now = clock.now()
    return [
        Score(
            learner_id=learner,
            right_oid=one.right,
            week=week,
            model=by,
            rules="" if by else VERSION,
            inputs=found.inputs,
            sha256=found.sha256,
            value=found.value,
            band=found.band,
            reasons=list(found.reasons),
            made_at=now,
        )
        for learner, one, found, by in told
    ]


def _by_model(
    provider: Unit, model: RiskModel, seen: Mapping[UUID, Seen], on: date, only: Collection[UUID] | None
) -> Iterator[tuple[UUID, Scored]]:
    """Yield the scores by a model: of vocational studies, of the right that is looked at."""
    ranker = ranker_of(model)
    for held in held_at(provider, on, only=on, learners=only):
        one = seen.get(UUID(held.learner))
        studies = studies_on(held, on) if one is not None and one.right == held.oid else None
        if one is not None and studies is not None:
            yield UUID(held.learner), by_model(one, snapshot_of(studies, on), ranker)


def _order(provider: Unit, ruling: Ruling, week: date, on: date) -> int:
    """Draw the order of each caseload that has none in the week yet; return how many are within the meetings."""
    drawn = Turn.objects.filter(week=week).values("caseload")
    open_ = list(Caseload.objects.on(on).filter(unit__path__startswith=provider.path).select_related("unit"))
    done = set(drawn.filter(caseload__in=open_).values_list("caseload", flat=True))
    if all(one.pk in done for one in open_):
        return 0
    held: dict[str, list[Held]] = defaultdict(list)
    paths = [one.unit.path for one in open_]
    for one in candidates_of(provider, ruling, week, on):
        if (near := nearest(paths, one.path)) is not None:
            held[near].append(one)
    rows = [
        turn
        for caseload in open_
        if caseload.pk not in done
        for turn in _turns(caseload, held[caseload.unit.path], week)
    ]
    Turn.objects.bulk_create(rows, batch_size=AT_ONCE)
    return sum(one.is_listed for one in rows)


def _turns(caseload: Caseload, held: list[Held], week: date) -> Iterator[Turn]:
    scores = {one.candidate.key: one.score for one in held}
    for turn in turns_of((one.candidate for one in held), caseload.slots, week):
        yield Turn(
            caseload=caseload,
            learner_id=UUID(hex=turn.key),
            score_id=scores[turn.key],
            week=week,
            rank=turn.rank,
            slots=caseload.slots,
            is_listed=turn.is_listed,
        )
