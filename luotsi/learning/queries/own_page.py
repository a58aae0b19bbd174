"""What a learner sees of their own studies: done, next, why dates moved, and when it will all be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.learning.models import Caseload, StudyImport
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
from luotsi.learning.queries.studies import studies_of
from luotsi.learning.rules.outlook import outlook_of
from luotsi.learning.rules.progress import Standing
from luotsi.ui.formatting import day as day_words
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from luotsi.learning.models import Learner, StudyLine
    from luotsi.learning.queries.studies import Studies
    from luotsi.learning.rules.outlook import Outlook
    from luotsi.learning.rules.progress import Progress
    from luotsi.ui.charts import Chart

NEXT, TENTH = 4, Decimal("0.1")
ORDER = (Standing.LATE, Standing.RUNNING, Standing.COMING, Standing.UNPLANNED)


@dataclass(frozen=True)
class PartWords:
    """A part of the studies; `dates` says by when it is planned or when it was done."""

    name: str
    amount: str
    mark: str
    word: str
    dates: str


@dataclass(frozen=True)
class RightWords:
    """One of the learner's rights to study."""

    oid: str
    name: str
    state: str
    is_current: bool


@dataclass(frozen=True)
class WhatComes:
    """The day of the end in words; `tries` are paces worth trying, with what they are; `asked` names a pace."""

    ends_on: date | None
    sentence: str
    mark: str
    pace: str
    planned: date | None
    tries: tuple[tuple[str, str], ...]
    asked: str


@dataclass(frozen=True)
class OwnPage:
    """The page of one right to study; `share` and `goal` are of all that the plan has, from 0 to 1."""

    name: str
    state: str
    is_over: bool
    ended_on: date | None
    rights: tuple[RightWords, ...]
    figure: str
    of: str
    share: Decimal | None
    goal: Decimal | None
    bar: str
    mark: str
    verdict: str
    recognised: str
    next: tuple[PartWords, ...]
    parts: tuple[PartWords, ...]
    done: int
    changes: list[ChangeWords]
    chart: Chart | None
    comes: WhatComes | None
    told_on: date | None
    counsellors: tuple[str, ...]


def own_page(learner: Learner, oid: str, pace: Decimal | None, breaks: Sequence[tuple[date, date]]) -> OwnPage | None:
    """Return a learner's page, with another pace or a break tried out; None of no studies. Seven queries."""
    studies = studies_of(learner, oid)
    if studies is None:
        return None
    found, kind = studies.progress, studies.right.kind
    lines = list(zip(studies.rows, studies.lines, strict=True))
    parts = [(line.standing(studies.day), part_words(row, line.standing(studies.day), kind)) for row, line in lines]
    waiting = [part for standing in ORDER for told, part in parts if told == standing]
    mark, verdict = verdict_of(studies, found)
    outlook = outlook_of(
        studies.lines, studies.day, studies.right.starts_on, planned=studies.right.estimated_end, pace=pace,
        breaks=breaks,
    )  # fmt: skip
    return OwnPage(
        name=studies.right.name or studies.right.qualification,
        state=state_words(studies.right),
        is_over=studies.is_over,
        ended_on=studies.right.ends_on,
        rights=tuple(
            RightWords(one.oid, one.name or one.qualification, state_words(one), one.oid == studies.right.oid)
            for one in studies.rights
        ),
        figure=number(found.done),
        of=_("of %(all)s") % {"all": amount_words(found.total, kind)},
        share=found.share,
        goal=found.planned / found.total if found.total else None,
        bar=_("%(done)s done of %(all)s; the plan asked for %(planned)s by today")
        % {
            "done": amount_words(found.done, kind),
            "all": amount_words(found.total, kind),
            "planned": amount_words(found.planned, kind),
        },
        mark=mark,
        verdict=verdict,
        recognised=recognised_words(found.recognised, kind),
        next=() if studies.is_over else tuple(waiting[:NEXT]),
        parts=tuple(part for _standing, part in parts),
        done=sum(standing == Standing.DONE for standing, _part in parts),
        changes=change_words(studies.changes),
        chart=picture_of(studies.lines, studies.day, studies.right.starts_on, kind),
        comes=None if studies.is_over else what_comes(outlook, kind),
        told_on=told_on(learner),
        counsellors=counsellors_of(learner),
    )


def part_words(row: StudyLine, standing: Standing, kind: str) -> PartWords:
    """Return a part in words."""
    return PartWords(
        name=row.name or row.key,
        amount="" if row.amount is None else amount_words(row.amount, kind),
        mark=MARKS[standing],
        word=str(STANDINGS[standing]),
        dates=_dates(row, standing),
    )


def _dates(row: StudyLine, standing: Standing) -> str:
    days = {"from": day_words(row.planned_from), "until": day_words(row.planned_until), "done": day_words(row.done_on)}
    match standing:
        case Standing.DONE if row.recognised:
            return _("recognised %(done)s") % days
        case Standing.DONE:
            return _("done %(done)s") % days
        case Standing.UNPLANNED:
            return _("recognised, not yet in the register") if row.recognised else _("no day planned yet")
        case Standing.COMING if row.planned_from:
            return _("%(from)s–%(until)s") % days
    return _("planned by %(until)s") % days


def verdict_of(studies: Studies, found: Progress) -> tuple[str, str]:
    """Return the mark and the sentence that says where the learner stands, to themselves."""
    kind, has_days = studies.right.kind, any(row.planned_until for row in studies.rows)
    mark, _word = standing_of(found.behind, has_days=has_days)
    if studies.is_over:
        return "done" if studies.right.state == "valmistunut" else "none", state_words(studies.right)
    if not has_days:
        return mark, _("Your plan has no days yet. Plan them with your counsellor.")
    if found.behind > 0:
        told = {"amount": amount_words(found.behind, kind), "day": day_words(found.asked_since)}
        return mark, _("You are %(amount)s behind your plan. The difference began on %(day)s.") % told
    if found.behind < 0:
        return mark, _("You are %(amount)s ahead of your plan.") % {"amount": amount_words(-found.behind, kind)}
    return mark, _("You are where your plan has you today.")


def what_comes(outlook: Outlook, kind: str) -> WhatComes:
    """Return when it will all be done, in words, and which paces are worth trying."""
    late = outlook.days_late
    if not outlook.left:
        sentence, mark = _("All of your plan is done."), "done"
    elif outlook.ends_on is None:
        sentence, mark = _("At this pace no day can be told. Try another one."), "none"
    elif late is None:
        sentence, mark = _("Your plan has no last day to compare with."), "none"
    elif late > 0:
        sentence, mark = _("That is %(by)s after the last day of your plan.") % {"by": span_words(late)}, "risk"
    elif late < 0:
        sentence, mark = _("That is %(by)s before the last day of your plan.") % {"by": span_words(-late)}, "done"
    else:
        sentence, mark = _("That is the last day of your plan."), "done"
    tries = [(outlook.needed, _("Pace that keeps the plan")), (outlook.own, _("My pace of the last year"))]
    return WhatComes(
        ends_on=outlook.ends_on,
        sentence=sentence,
        mark=mark,
        pace="" if outlook.pace is None else _("%(amount)s in a week") % {"amount": _pace(outlook.pace, kind)},
        planned=outlook.planned,
        tries=tuple((f"{pace:.2f}", f"{words}: {_pace(pace, kind)}") for pace, words in tries if pace),
        asked=_("%(unit)s in a week") % {"unit": unit_words(kind)},
    )


def _pace(pace: Decimal, kind: str) -> str:
    return amount_words(pace.quantize(TENTH), kind)


def told_on(learner: Learner) -> date | None:
    """Return the day that the latest import of the learner's school or provider tells about."""
    units = [*learner.unit.ancestor_ids, learner.unit_id]
    done = StudyImport.objects.filter(unit__in=units, state=StudyImport.State.DONE)
    return done.order_by("-extract_on").values_list("extract_on", flat=True).first()


def counsellors_of(learner: Learner) -> tuple[str, ...]:
    """Return the names of those who guide the learner today."""
    units = [*learner.unit.ancestor_ids, learner.unit_id]
    found = Caseload.objects.on(clock.today()).filter(unit__in=units).select_related("counsellor")
    return tuple(str(one.counsellor) for one in found)
