"""What is seen of one learner on a day, and which of the rights to study is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from luotsi.base import bulk
from luotsi.learning.models import Learner, StudyRight
from luotsi.learning.rules.kept import Away, Due, Judged, Planned, Seen
from luotsi.learning.rules.koski import State
from luotsi.learning.rules.progress import progress_on

if TYPE_CHECKING:
    from luotsi.learning.models.learners import LearnerQuerySet

STUDYING = frozenset({State.PRESENT.value, State.HOLIDAY.value, State.AWAY.value})
MOST_TOLD = 3


class Held(NamedTuple):
    """The right to study that is looked at: the latest of those in force on the day, as the register tells it."""

    oid: str
    kind: str
    begun: date | None
    ends_on: date | None
    estimated_end: date | None
    state: str
    renewed: bool
    periods: Sequence[Sequence[str]]
    paused_since: date | None = None


class Part(NamedTuple):
    """A line of progress with what it is called, and what the plan says of its demonstration."""

    ref: str
    name: str
    amount: Decimal | None
    planned_until: date | None
    done_on: date | None
    recognised: bool
    shown_by: date | None
    shown_on: date | None

    def due(self, until: date) -> Due:
        """Return it as what is late since a day."""
        return Due(self.ref, self.name, until)


class Beside(NamedTuple):
    """What else was told of a learner by the day: the plan, hours away, the latest judgement."""

    plan: Planned | None
    weeks: Sequence[Away]
    judgement: Judged | None


def rights_of(learners: LearnerQuerySet, on: date) -> dict[str, Held]:
    """Return the right in force on the day of each who has one, as it was known on the day, by keys of learners."""
    found: dict[str, Held] = {}
    known = StudyRight.objects.known(on).filter(learner__in=learners.order_by().values("pk"), within="")
    for learner, *values in bulk.rows(
        known.as_begun(),
        "learner_id", "oid", "kind", "starts_on", "ends_on", "estimated_end", "state", "renewed", "periods",
    ):  # fmt: skip
        one = Held(*values)
        now, since = standing_on(one.periods, one.state, on)
        begun, ends = one.begun, one.ends_on
        if now in STUDYING and (begun is None or begun <= on) and (ends is None or ends > on):
            found[learner] = one._replace(paused_since=since) if now == State.AWAY else one
    return found


def begun_of(learner: Learner, on: date) -> date | None:
    """Return when the studies of a learner began; None of somebody who does not study on the day."""
    held = rights_of(Learner.objects.filter(pk=learner.pk), on).get(learner.pk.hex)
    return held.begun if held else None


def standing_on(periods: Sequence[Sequence[str]], state: str, on: date) -> tuple[str, date | None]:
    """Return the state of a right on a day and since when; the present state where no periods are told."""
    day = on.isoformat()
    past = [one for one in periods if one[0] <= day]
    if not past:
        return ("" if periods else state), None
    first, code, *_rest = past[-1]
    return code, date.fromisoformat(first)


def seen_of(held: Held, parts: Sequence[Part], beside: Beside, on: date) -> Seen:
    """Return what is seen of a learner on a day; `parts` are those of the right that is looked at, in any order."""
    late, showings = [], list[Due]()
    passed: tuple[date | None, str] = (None, "")
    for one in parts:
        if one.done_on is not None and one.done_on <= on:
            if not one.recognised and (passed[0] is None or (one.done_on, one.ref) > passed):
                passed = (one.done_on, one.ref)
            continue
        if one.planned_until is not None and one.planned_until < on:
            late.append(one.due(one.planned_until))
        if one.shown_by is not None and one.shown_by < on and (one.shown_on is None or one.shown_on > on):
            showings.append(one.due(one.shown_by))
    late.sort(key=_oldest)
    showings.sort(key=_oldest)
    progress = progress_on(on, parts)
    return Seen(
        day=on,
        right=held.oid,
        begun=held.begun,
        paused_since=held.paused_since,
        behind=progress.behind,
        weeks_late=progress.weeks_late,
        parts=len(parts),
        undated=progress.unplanned,
        late_parts=len(late),
        late=tuple(late[:MOST_TOLD]),
        showings_late=len(showings),
        showings=tuple(showings[:MOST_TOLD]),
        passed_on=passed[0],
        passed=passed[1],
        weeks=tuple(beside.weeks),
        plan=beside.plan,
        judgement=beside.judgement,
    )


def _oldest(one: Due) -> tuple[date, str]:
    return one.until, one.ref
