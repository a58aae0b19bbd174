"""Everything that was ever known of vocational studies, learner by learner, for models: eight queries for a thousand.

Who has not been told how data are used, or has objected, is not read at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from luotsi.learning.engine.snapshots import Held, Known, Right
from luotsi.learning.models import (
    Absence,
    Judgement,
    Learner,
    StudyLine,
    StudyPlan,
    StudyRight,
    Traits,
    WorkPeriod,
)
from luotsi.learning.rules.endings import Stay
from luotsi.learning.rules.features import Away, Part, Work

if TYPE_CHECKING:
    from luotsi.people.models import Unit

AT_ONCE = 1_000
UNKNOWN = "?"

type Key = tuple[UUID, str]


def held_at(
    provider: Unit, on: date, *, only: date | None = None, learners: Collection[UUID] | None = None
) -> Iterator[Held]:
    """Yield the vocational studies at a provider of those who may be scored on a day.

    With `only`, rows that were not known on that day are not read: enough for the scores of a week. With `learners`
    nobody else is read.
    """
    held = Learner.objects.filter(provider=provider).to_score(on)
    if learners is not None:
        held = held.filter(pk__in=learners)
    keys = list(held.order_by("pk").values_list("pk", flat=True))
    for place in range(0, len(keys), AT_ONCE):
        yield from _held(keys[place : place + AT_ONCE], only)


def _held(learners: Sequence[UUID], only: date | None) -> Iterator[Held]:
    found = _rights(learners, only)
    _plans(found, learners, only)
    _parts(found, learners, only)
    _work(found, learners, only)
    away, judgements, groups = _away(learners), _judgements(learners), _groups(learners)
    others: dict[UUID, list[Stay]] = defaultdict(list)
    for (learner, _oid), held in found.items():
        if held.now:
            others[learner].append(held.now.stay)
    for (learner, _oid), held in found.items():
        held.away, held.judgements = away.get(learner, ()), judgements.get(learner, ())
        held.others, held.groups = others.get(learner, ()), groups.get(learner, {})
        yield held


def _known(only: date | None) -> Q:
    return Q() if only is None else Q(known_from__lte=only) & (Q(known_to=None) | Q(known_to__gt=only))


def _rights(learners: Sequence[UUID], only: date | None) -> dict[Key, Held]:
    rows = StudyRight.objects.filter(_known(only), learner__in=learners, kind=StudyRight.Kind.VOCATIONAL)
    fields = (
        "learner_id", "oid", "known_from", "known_to", "starts_on", "ends_on", "state", "renewed", "within",
        "estimated_end", "periods",
    )  # fmt: skip
    found: dict[Key, Held] = {}
    for learner, oid, since, until, starts, ends, state, renewed, within, end, periods in rows.order_by(
        "known_from"
    ).values_list(*fields):
        held = found.setdefault((learner, oid), Held(str(learner), oid))
        states = [(date.fromisoformat(first), code) for first, code, *_rest in periods if first]
        held.rights.append(Known(since, until, Right(Stay(oid, starts, ends, state, renewed, within), end, states)))
    return found


def _plans(found: dict[Key, Held], learners: Sequence[UUID], only: date | None) -> None:
    rows = StudyPlan.objects.filter(_known(only), learner__in=learners).order_by("known_from")
    fields = ("learner_id", "right_oid", "known_from", "known_to", "touched_on", "first_approved")
    for learner, oid, since, until, touched, first in rows.values_list(*fields):
        if held := found.get((learner, oid)):
            held.plans.append(Known(since, until, touched or first))


def _parts(found: dict[Key, Held], learners: Sequence[UUID], only: date | None) -> None:
    rows = StudyLine.objects.filter(_known(only), learner__in=learners).order_by()
    fields = (
        "learner_id", "right_oid", "known_from", "known_to", "amount", "planned_until", "done_on", "recognised",
        "shown_by", "shown_on",
    )  # fmt: skip
    for learner, oid, since, until, amount, *rest in rows.values_list(*fields).iterator():
        if held := found.get((learner, oid)):
            held.parts.append(Known(since, until, Part(None if amount is None else float(amount), *rest)))


def _work(found: dict[Key, Held], learners: Sequence[UUID], only: date | None) -> None:
    rows = WorkPeriod.objects.filter(_known(only), learner__in=learners).order_by()
    fields = ("learner_id", "right_oid", "known_from", "known_to", "starts_on", "in_register", "in_plan")
    for learner, oid, since, until, *rest in rows.values_list(*fields):
        if held := found.get((learner, oid)):
            held.work.append(Known(since, until, Work(*rest)))


def _away(learners: Sequence[UUID]) -> dict[UUID, list[Known[Away]]]:
    """Return hours away by learner; of a week told twice the later one counts from its day on."""
    rows = Absence.objects.filter(learner__in=learners).order_by()
    found: dict[UUID, list[Known[Away]]] = defaultdict(list)
    for learner, since, week, *hours in rows.values_list(
        "learner_id", "known_from", "week", "hours", "unexcused", "lessons"
    ).iterator():
        away, unexcused, lessons = (None if one is None else float(one) for one in hours)
        found[learner].append(Known(since, None, Away(week, away or 0.0, unexcused, lessons)))
    return found


def _judgements(learners: Sequence[UUID]) -> dict[UUID, list[tuple[date, int]]]:
    found: dict[UUID, list[tuple[date, int]]] = defaultdict(list)
    for learner, on, value in Judgement.objects.filter(learner__in=learners).values_list("learner_id", "on", "value"):
        found[learner].append((on, value))
    return found


def _groups(learners: Sequence[UUID]) -> dict[UUID, dict[str, str]]:
    """Return the classes of the audit; what is not told is a class of its own."""
    names = ("gender", "language", "age", "support")
    return {
        learner: {name: value or UNKNOWN for name, value in zip(names, values, strict=True)}
        for learner, *values in Traits.objects.filter(learner__in=learners).values_list("learner_id", *names)
    }
