"""Scoring of a week, and the order of counsellors' weeks that is drawn from it.

A score writes nothing but itself and places in the order of counsellors' weeks: no status, grade, funding or access of
anybody is changed by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from luotsi.base import audit, bulk, clock, processors
from luotsi.learning.models import Caseload, Learner, Saying, Score, StudyImport, Turn
from luotsi.learning.queries.guidance.candidates import Held, candidates_of
from luotsi.learning.queries.guidance.staggered.waiting import not_begun
from luotsi.learning.queries.guidance.using import STALE, Ruling, ranker_of, refuted_at, ruling_at
from luotsi.learning.queries.scoring.week import shares_of, told_on
from luotsi.learning.rules.caseload import monday_of, nearest, turns_of
from luotsi.learning.rules.features import snapshot_of
from luotsi.learning.rules.index import VERSION, rests_on
from luotsi.learning.rules.scores import Ranker, Scored, by_model, by_rules, ground_of, json_of
from luotsi.learning.rules.using import Mode
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from luotsi.people.models import Account

COLUMNS = (
    "learner", "model", "right_oid", "rules", "inputs", "sha256", "value", "band", "reasons",
)  # fmt: skip

SHARED_FROM = 4
"""From how many shares of learners on other processes are asked for help."""

type Key = tuple[str, str | None]
type Row = tuple[str, str | None, tuple[bulk.Plain, ...]]


class Counting(NamedTuple):
    """What each share of a week is counted with: the day, key and weights of a model, what was found wrong of whom."""

    on: date
    model: str | None
    ranker: Ranker | None
    refuted: Mapping[str, frozenset[tuple[str, str, str]]]


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
    return _keep(provider, ruling, week, on, list(_scores(provider, ruling, week, on)), by)


@transaction.atomic
def _keep(provider: Unit, ruling: Ruling, week: date, on: date, rows: Sequence[Row], by: Account | None) -> Week:
    Unit.objects.select_for_update().get(pk=provider.pk)
    scored = _insert(provider, week, rows)
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
    made = _insert(provider, week, list(_scores(provider, ruling, week, on, only=learner)))
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


def _scores(provider: Unit, ruling: Ruling, week: date, on: date, only: Learner | None = None) -> Iterator[Row]:
    """Yield scores, not kept yet, of who has none of the week: by the rules, and by the model where one rules.

    Nobody has one to whom a staggered start has not come, nor anybody with points for what was found wrong, while it
    rests on the very record still.
    """
    ranker = ranker_of(ruling.model) if ruling.model else None
    counting = Counting(on, ruling.model.pk.hex if ruling.model else None, ranker, refuted_at(provider))
    contested = Saying.objects.contests().waiting().filter(learner__provider=provider).order_by()
    there = {learner for learner, model in _there(provider, week) if model == counting.model}
    but = frozenset(there | {learner for (learner,) in bulk.rows(contested, "learner_id")})
    learners = Learner.objects.filter(provider=provider) if only is None else Learner.objects.filter(pk=only.pk)
    learners = learners.to_score(on).to_score(clock.today()).exclude(not_begun(on)).order_by()
    for rows in processors.spread(partial(_counted, counting), shares_of(learners, but=but), least=SHARED_FROM):
        yield from rows


def _counted(counting: Counting, share: Sequence[str]) -> list[Row]:
    """Return the scores of some learners, by their keys; this may be asked of another process."""
    found = list[Row]()
    for learner, seen, studies in told_on(share, counting.on, for_model=counting.ranker is not None):
        wrong = counting.refuted.get(learner)
        if wrong and not wrong.isdisjoint(rests_on(seen)):
            continue
        ground = ground_of(seen)
        found.append(_row(learner, None, seen.right, by_rules(ground)))
        if counting.ranker is not None and studies is not None:
            snapshot = snapshot_of(studies, counting.on)
            found.append(_row(learner, counting.model, seen.right, by_model(ground, snapshot, counting.ranker)))
    return found


def _there(provider: Unit, week: date) -> Iterator[Key]:
    """Yield learner and model of each score that the week has and that stands."""
    scores = Score.objects.standing().filter(learner__provider=provider, week=week).order_by()
    return ((learner, model) for learner, model in bulk.rows(scores, "learner_id", "model_id"))


def _insert(provider: Unit, week: date, rows: Sequence[Row]) -> int:
    """Keep scores that are not there yet; return how many learners have got one."""
    kept = set(_there(provider, week))
    new = [(learner, model, *values) for learner, model, values in rows if (learner, model) not in kept]
    bulk.insert(Score, COLUMNS, new, week=week, made_at=clock.now())
    return len({learner for learner, *_values in new})


def _row(learner: str, model: str | None, right: str, found: Scored) -> Row:
    kept = (right, "" if model else VERSION, found.inputs, found.sha256, found.value, found.band.value)
    return learner, model, (*kept, json_of(found.reasons))


def _order(provider: Unit, ruling: Ruling, week: date, on: date) -> int:
    """Draw the order of each caseload that has none in the week yet; return how many are within the meetings."""
    drawn = Turn.objects.filter(week=week).values("caseload")
    open_ = list(Caseload.objects.on(on).filter(unit__path__startswith=provider.path).select_related("unit"))
    done = set(drawn.filter(caseload__in=open_).values_list("caseload", flat=True))
    if all(one.pk in done for one in open_):
        return 0
    held: dict[str, list[Held]] = defaultdict(list)
    near = cache(partial(nearest, [one.unit.path for one in open_]))
    for one in candidates_of(provider, ruling, week, on):
        if (path := near(one.path)) is not None:
            held[path].append(one)
    rows = [
        turn
        for caseload in open_
        if caseload.pk not in done
        for turn in _turns(caseload, held[caseload.unit.path], week)
    ]
    bulk.insert(Turn, ("caseload", "slots", "learner", "score", "rank", "is_listed"), rows, week=week)
    return sum(is_listed for *_turn, is_listed in rows)


def _turns(caseload: Caseload, held: list[Held], week: date) -> Iterator[tuple[str, int, str, str, int, bool]]:
    scores = {one.candidate.key: one.score for one in held}
    for turn in turns_of((one.candidate for one in held), caseload.slots, week):
        yield caseload.pk.hex, caseload.slots, turn.key, scores[turn.key], turn.rank, turn.is_listed
