"""What staff see of one learner: the facts that the learner sees too, part by part, as known on any day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luotsi.learning.queries.change_words import ChangeWords, change_words, span_words
from luotsi.learning.queries.progress_words import (
    MARKS,
    STANDINGS,
    amount_words,
    recognised_words,
    standing_of,
    state_words,
    unit_words,
)
from luotsi.learning.queries.steps_picture import picture_of
from luotsi.learning.rules.outlook import outlook_of
from luotsi.learning.rules.progress import Standing
from luotsi.ui.formatting import number
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from luotsi.learning.models import StudyLine
    from luotsi.learning.queries.studies import Studies
    from luotsi.ui.charts import Chart
    from luotsi.ui.lists import Ask

RANK = {standing: place for place, standing in enumerate(Standing)}
NEVER = date.max


@dataclass(frozen=True)
class PartRow:
    """One part; `moved` in words and `moved_days` as a number tell how far its last day has slipped in all."""

    name: str
    amount: Decimal | None
    planned_from: date | None
    planned_until: date | None
    moved: str
    moved_days: int | None
    done_on: date | None
    grade: str
    shown_by: date | None
    shown_on: date | None
    guidance_hours: Decimal | None
    standing: Standing
    recognised: bool

    @property
    def mark(self) -> str:
        """The mark of its state."""
        return MARKS[self.standing]

    @property
    def word(self) -> str:
        """Its state in a word; what was done elsewhere is told apart."""
        if self.recognised and self.standing == Standing.DONE:
            return pgettext("a part of studies", "Recognised")
        return str(STANDINGS[self.standing])


ORDER: dict[str, Callable[[PartRow], Any]] = {
    "name": lambda row: row.name.casefold(),
    "amount": lambda row: row.amount or 0,
    "until": lambda row: row.planned_until or NEVER,
    "moved": lambda row: row.moved_days or 0,
    "done": lambda row: row.done_on or NEVER,
    "shown": lambda row: row.shown_on or row.shown_by or NEVER,
    "hours": lambda row: row.guidance_hours or 0,
    "state": lambda row: (RANK[row.standing], row.planned_until or NEVER),
}


@dataclass(frozen=True)
class LearnerPage:
    """The page of one right of a learner; `counts` are (standing, mark, number, word) of its parts."""

    name: str
    state: str
    figure: str
    of: str
    share: Decimal | None
    goal: Decimal | None
    bar: str
    mark: str
    verdict: str
    recognised: str
    unit: str
    planned: str
    behind: str
    weeks_late: str
    asked_since: date | None
    touched_on: date | None
    estimated_end: date | None
    ends_on: date | None
    ends_at_pace: date | None
    days_late: str
    unknown: int
    counts: tuple[tuple[str, str, int, str], ...]
    day: date
    changes: list[ChangeWords]
    chart: Chart | None
    rows: Rows


def learner_page(studies: Studies, ask: Ask) -> LearnerPage:
    """Return the page of a learner's studies; without a query of its own."""
    found, kind, right = studies.progress, studies.right.kind, studies.right
    changes = studies.changes
    rows = _rows(studies)
    counted = Counter(row.standing for row in rows)
    outlook = outlook_of(studies.lines, studies.day, right.starts_on, planned=right.estimated_end)
    mark, verdict = standing_of(found.behind, has_days=any(row.planned_until for row in rows))
    told = {
        "done": amount_words(found.done, kind),
        "all": amount_words(found.total, kind),
        "planned": amount_words(found.planned, kind),
    }
    return LearnerPage(
        name=right.name or right.qualification,
        state=state_words(right),
        figure=number(found.done),
        of=_("of %(all)s") % told,
        share=found.share,
        goal=found.planned / found.total if found.total else None,
        bar=_("%(done)s done of %(all)s; the plan asked for %(planned)s by the day") % told,
        mark=mark,
        verdict=verdict,
        recognised=recognised_words(found.recognised, kind),
        unit=unit_words(kind),
        planned=told["planned"],
        behind=amount_words(max(found.behind, Decimal(0)), kind),
        weeks_late=number(found.weeks_late),
        asked_since=found.asked_since if found.behind > 0 else None,
        touched_on=studies.plan.touched_on if studies.plan else None,
        estimated_end=right.estimated_end,
        ends_on=right.ends_on,
        ends_at_pace=None if studies.is_over else outlook.ends_on,
        days_late=span_words(outlook.days_late) if outlook.days_late and outlook.days_late > 0 else "",
        unknown=found.unknown,
        counts=tuple((one.value, MARKS[one], counted[one], str(STANDINGS[one])) for one in Standing if counted[one]),
        day=studies.day,
        changes=change_words(changes),
        chart=picture_of(studies.lines, studies.day, right.starts_on, kind),
        rows=_asked(rows, ask),
    )


def _rows(studies: Studies) -> list[PartRow]:
    slipped = _slipped(studies)
    return [
        _row(row, line.standing(studies.day), slipped)
        for row, line in zip(studies.rows, studies.lines, strict=True)
    ]  # fmt: skip


def _slipped(studies: Studies) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for change in studies.changes:
        for move in change.moves:
            found[move.key] += move.days or 0
    return found


def _row(row: StudyLine, standing: Standing, slipped: Mapping[str, int]) -> PartRow:
    days = slipped.get(row.key)
    return PartRow(
        name=row.name or row.key,
        amount=row.amount,
        planned_from=row.planned_from,
        planned_until=row.planned_until,
        moved=_moved(days) if days else "",
        moved_days=days,
        done_on=row.done_on,
        grade=row.grade,
        shown_by=row.shown_by,
        shown_on=row.shown_on,
        guidance_hours=row.guidance_hours,
        standing=standing,
        recognised=row.recognised,
    )


def _moved(days: int) -> str:
    if days > 0:
        return _("%(by)s later") % {"by": span_words(days)}
    return _("%(by)s earlier") % {"by": span_words(-days)}


def _asked(rows: list[PartRow], ask: Ask) -> Rows:
    text, standing = str(ask.filters.get("q", "")).casefold(), ask.filters.get("standing")
    kept = [
        row for row in rows if text in row.name.casefold() and (not standing or row.standing.value == standing)
    ]  # fmt: skip
    kept.sort(key=ORDER[ask.sort], reverse=ask.descending)
    end = None if ask.limit is None else ask.offset + ask.limit
    return Rows(kept[ask.offset : end], len(kept))
