"""One learner's studies as they were known on a day: a right, its plan, its parts, and all versions of these.

Four queries, whatever the number of rights, parts and versions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from luotsi.base import clock
from luotsi.learning.models import StudyLine, StudyPlan, StudyRight, WorkPeriod
from luotsi.learning.rules.koski import ENDS, State
from luotsi.learning.rules.progress import Line, Progress, progress_on
from luotsi.learning.rules.slips import Change, Stay, Version, changes_of

if TYPE_CHECKING:
    from luotsi.learning.models import Learner
    from luotsi.learning.models.studies import Known

# Rights of these states are no studies at all.
NEVER_WERE = frozenset({State.CANCELLED.value, State.INVALIDATED.value})
OVER = frozenset(state.value for state in ENDS)


@dataclass(frozen=True)
class Studies:
    """A right with what it consists of.

    Attributes:
        rights: All rights of the learner that are known, the present one first; `right` is one of them.
        rows: The parts as known on the day; `lines` are the same for the rules.
        history: All versions of the parts; `ends` those of the right itself.
        day: The day on which progress is counted: today, the day asked for, or the last day of a right that is over.
    """

    rights: tuple[StudyRight, ...]
    right: StudyRight
    plan: StudyPlan | None
    rows: tuple[StudyLine, ...]
    history: tuple[StudyLine, ...]
    ends: tuple[StudyRight, ...]
    stays: tuple[WorkPeriod, ...]
    day: date

    @property
    def lines(self) -> list[Line]:
        """The parts, as the rules take them."""
        return [line_of(row) for row in self.rows]

    @property
    def progress(self) -> Progress:
        """What they add up to on the day."""
        return progress_on(self.day, self.lines)

    @property
    def is_over(self) -> bool:
        """Whether the right has ended."""
        return is_over(self.right)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the plan changed by the day, the latest first."""
        return changes_of(
            [
                Version(one.key, one.name, one.known_from, one.planned_until, one.done_on)
                for one in self.history
                if one.known_from <= self.day
            ],
            [(one.known_from, one.estimated_end) for one in self.ends if one.known_from <= self.day],
            away_of(self.right),
            [
                Stay(one.way, one.business_id, one.starts_on, one.ends_on, one.known_from, one.known_to)
                for one in self.stays
            ],
        )


def line_of(row: StudyLine) -> Line:
    """Return a part as the rules take it."""
    return Line(
        key=row.key,
        name=row.name,
        amount=row.amount,
        planned_from=row.planned_from,
        planned_until=row.planned_until,
        done_on=row.done_on,
        recognised=row.recognised,
    )


def is_over(right: StudyRight) -> bool:
    """Return whether a right has ended."""
    return right.ends_on is not None or right.state in OVER


def away_of(right: StudyRight) -> list[tuple[date, date | None]]:
    """Return the first and the last day of each interruption; None = still away."""
    found: list[tuple[date, date | None]] = []
    days = [(date.fromisoformat(day), state) for day, state, *_funding in right.periods if day]
    for place, (day, state) in enumerate(days):
        if state == State.AWAY:
            found.append((day, days[place + 1][0] - timedelta(days=1) if place + 1 < len(days) else None))
    return found


def studies_of(learner: Learner, oid: str = "", known: date | None = None) -> Studies | None:
    """Return the learner's present studies, or those of the right asked for, as known on a day; None of none."""
    told = list(StudyRight.objects.filter(learner=learner).select_related("unit").order_by("known_from"))
    rights = sorted(
        (one for one in _known(told, known) if one.state not in NEVER_WERE),
        key=lambda one: (is_over(one), -(one.starts_on or date.min).toordinal()),
    )
    right = next((one for one in rights if one.oid == oid), rights[0] if rights and not oid else None)
    if right is None:
        return None
    mine = {"learner": learner, "right_oid": right.oid}
    history = list(StudyLine.objects.filter(**mine).order_by("known_from"))
    plans = _known(StudyPlan.objects.filter(**mine), known)
    day = known or clock.today()
    return Studies(
        rights=tuple(rights),
        right=right,
        plan=plans[-1] if plans else None,
        rows=tuple(sorted(_known(history, known), key=lambda row: (row.planned_until or date.max, row.key))),
        history=tuple(history),
        ends=tuple(one for one in told if one.oid == right.oid),
        stays=tuple(WorkPeriod.objects.filter(**mine)),
        day=min(day, right.ends_on) if right.ends_on else day,
    )


def rights_of(learner: Learner) -> list[tuple[str, str]]:
    """Return the rights of a learner as choices, the latest first; one query."""
    found = StudyRight.objects.known().filter(learner=learner).exclude(state__in=NEVER_WERE).latest_first()
    return [(oid, name or code) for oid, name, code in found.values_list("oid", "name", "qualification")]


def _known[K: Known](rows: Iterable[K], on: date | None) -> list[K]:
    if on is None:
        return [row for row in rows if row.known_to is None]
    return [row for row in rows if row.known_from <= on and (row.known_to is None or row.known_to > on)]
