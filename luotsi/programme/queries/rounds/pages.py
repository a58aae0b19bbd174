"""What the page of a round shows: who has answered, and own grades beside the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.programme import access
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.rounds import words
from luotsi.programme.queries.rounds.answers import Answered, answered, asked_units
from luotsi.programme.queries.rounds.evidence import Beside, Evidences, evidences
from luotsi.programme.queries.rounds.own import OwnPart, own_part
from luotsi.programme.queries.rows import names
from luotsi.programme.queries.standing import standing_of
from luotsi.programme.rules.parting import Judgement, by_gap, judged, mean
from luotsi.programme.rules.rights import Right
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Round
    from luotsi.programme.rules.consent import Shown
    from luotsi.ui.lists import Ask

LEAST = 5  # a mean of fewer units than this is not told
LONGEST = 160


@dataclass(frozen=True)
class GradeRow:
    """One measure in one unit: the own grade beside the evidence, and why they part."""

    unit: Names
    unit_key: str
    unit_url: str
    measure: Names
    code: str
    section: Names
    grade: str
    level: Decimal | None
    gap: str
    evidence: str
    judgement: Judgement
    word: str
    why: str
    said: str
    url: str

    @property
    def mark(self) -> str:
        """The mark of how they stand to each other."""
        return words.MARKS[self.judgement.parts]

    @property
    def short(self) -> str:
        """The words, cut for the page; a file holds them whole."""
        return self.said if len(self.said) <= LONGEST else f"{self.said[: LONGEST - 1].rstrip()}…"


@dataclass(frozen=True)
class MeasureMean:
    """A measure in all units that may be summed up: their mean grade and evidence; None of fewer than five units."""

    names: Names
    code: str
    url: str
    grade: Decimal | None
    level: Decimal | None
    units: int
    over: int
    under: int


@dataclass(frozen=True)
class Waiting:
    """A unit that is asked: whether it has handed in, and when."""

    names: Names
    mark: str
    submitted_at: datetime | None
    url: str


@dataclass(frozen=True)
class RoundPage:
    """One round."""

    names: Names
    school_year: str
    state: str
    closes_at: datetime | None
    asked: int
    handed_in: int
    own: OwnPart | None
    units: tuple[Waiting, ...]
    means: tuple[MeasureMean, ...]
    hidden: int
    collection_url: str
    rows: tuple[GradeRow, ...]
    choices: dict[str, list[tuple[str, str]]]

    @property
    def parted(self) -> int:
        """How many grades part from the evidence."""
        return sum(bool(row.judgement.reasons) for row in self.rows)

    @property
    def left(self) -> int:
        """How many of those asked have not handed in."""
        return self.asked - self.handed_in


def round_page(visitor: Visitor, found: Round, scope: Unit, today: date) -> RoundPage:
    """Return a round as a reader sees it; the number of queries does not grow with units, measures or answers."""
    programme, now = found.programme, clock.now()
    given, asked = answered(found), asked_units(found, today)
    shown = access.answers_shown(visitor, programme, [one.unit for one in given])
    standing = standing_of(visitor, programme, plan_of(programme), today)
    beside = evidences(programme, standing, found.measures)
    judgements = {
        (one.unit.pk, code): (judged(answer.grade, part.evidence), part)
        for one in given
        if one.unit.pk in shown.summed
        for code, answer in one.answers.items()
        for part in [beside.of(one.unit, code)]
    }
    rows = _rows(found, scope, given, shown, beside, judgements)
    collection = found.collection
    evaluates = access.may_do(visitor, programme, Right.EVALUATE)
    return RoundPage(
        names=found.names,
        school_year=found.school_year,
        state=collection.state_at(now),
        closes_at=collection.closed_at or collection.closes_at,
        asked=len(asked),
        handed_in=len(given),
        own=own_part(visitor, found.collection, scope),
        units=_waiting(asked, given, scope, found) if evaluates else (),
        means=_means(found, scope, given, shown, beside, judgements),
        hidden=len(given) - len(shown.apart),
        collection_url=reverse("questionnaires:see-collection", args=[programme.owner.key, collection.pk])
        if evaluates
        else "",
        rows=rows,
        choices=_choices(rows),
    )


type Judgements = dict[tuple[UUID, str], tuple[Judgement, Beside]]


def _rows(
    found: Round,
    scope: Unit,
    given: list[Answered],
    shown: Shown[UUID],
    beside: Evidences,
    judgements: Judgements,
) -> tuple[GradeRow, ...]:
    """Return the grades of the units told apart: those that part first, the widest gap at the head."""
    sections = _sections(beside)
    made = [
        _row(found, scope, one, code, *judgements[one.unit.pk, code], beside, sections)
        for one in given
        if one.unit.pk in shown.apart
        for code in one.answers
    ]
    return tuple(made[place] for place in by_gap([row.judgement for row in made]))


def _sections(beside: Evidences) -> dict[str, Names]:
    from luotsi.programme.rules.plan import sections_of

    plan = beside.standing.plan
    return {measure.code: names(section.names) for section in sections_of(plan) for measure in section.measures}


def _row(
    found: Round,
    scope: Unit,
    one: Answered,
    code: str,
    judgement: Judgement,
    part: Beside,
    beside: Evidences,
    sections: dict[str, Names],
) -> GradeRow:
    measure, answer = beside.measures.get(code), one.answers[code]
    return GradeRow(
        unit=one.unit.names,
        unit_key=one.unit.key,
        unit_url=f"{_address(found, scope)}?unit={one.unit.key}",
        measure=names(measure.names) if measure else Names(fi=code),
        code=code,
        section=sections.get(code, Names()),
        grade=words.grade(answer.grade),
        level=judgement.level,
        gap=words.gap(judgement),
        evidence=words.evidence(part),
        judgement=judgement,
        word=words.parting(judgement.parts),
        why=words.why(judgement),
        said=answer.words,
        url=reverse("programme:see-measure", args=[scope.key, found.programme.slug, code]) if measure else "",
    )


def _address(found: Round, scope: Unit) -> str:
    return reverse("programme:see-round", args=[scope.key, found.programme.slug, found.pk])


def _means(
    found: Round,
    scope: Unit,
    given: list[Answered],
    shown: Shown[UUID],
    beside: Evidences,
    judgements: Judgements,
) -> tuple[MeasureMean, ...]:
    lines = []
    for code in found.measures:
        measure = beside.measures.get(code)
        told = [
            judgements[one.unit.pk, code][0] for one in given if one.unit.pk in shown.summed and code in one.answers
        ]
        enough = len(told) >= LEAST or (told and shown.hidden == 0)
        levels = [one.level for one in told if one.level is not None]
        lines.append(
            MeasureMean(
                names=names(measure.names) if measure else Names(fi=code),
                code=code,
                url=reverse("programme:see-measure", args=[scope.key, found.programme.slug, code]) if measure else "",
                grade=mean([one.grade for one in told]) if enough else None,
                level=_mean_level(levels) if enough else None,
                units=len(told),
                over=sum(one.parts == "over" for one in told) if enough else 0,
                under=sum(one.parts == "under" for one in told) if enough else 0,
            )
        )
    return tuple(lines)


def _mean_level(levels: list[Decimal]) -> Decimal | None:
    return (sum(levels, Decimal(0)) / len(levels)).quantize(Decimal("0.1")) if levels else None


def _waiting(asked: list[Unit], given: list[Answered], scope: Unit, found: Round) -> tuple[Waiting, ...]:
    done = {one.unit.pk: one for one in given}
    base = _address(found, scope)
    lines = [
        Waiting(
            names=unit.names,
            mark="done" if (one := done.get(unit.pk)) else "none",
            submitted_at=one.submitted_at if one else None,
            url=f"{base}?unit={unit.key}" if one else "",
        )
        for unit in asked
    ]
    return tuple(sorted(lines, key=lambda line: line.submitted_at is not None))


def _choices(rows: Sequence[GradeRow]) -> dict[str, list[tuple[str, str]]]:
    units = sorted({(row.unit.text, row.unit_key) for row in rows})
    measures = sorted({(row.code, row.measure.text) for row in rows})
    return {
        "unit": [(key, text) for text, key in units],
        "measure": [(code, f"{code} {text}"[:80]) for code, text in measures],
        "parts": [(parts, words.parting(parts)) for parts in words.MARKS],
    }


def rounds_listed(page: RoundPage, ask: Ask) -> Rows:
    """Return the grades that were asked for; without an order of its own the list is sorted by the gap."""
    found = list(page.rows)
    for name, field in (("unit", "unit_key"), ("measure", "code")):
        if wanted := ask.filters.get(name):
            found = [row for row in found if getattr(row, field) == wanted]
    if wanted := ask.filters.get("parts"):
        found = [row for row in found if row.judgement.parts == wanted]
    keys: dict[str, Any] = {
        "unit": lambda row: (row.unit.text, row.code),
        "measure": lambda row: (row.code, row.unit.text),
        "grade": lambda row: (row.judgement.grade, row.code),
        "level": lambda row: (row.level is None, row.level or Decimal(0), row.code),
    }
    if ask.sort in keys:
        found.sort(key=keys[ask.sort], reverse=ask.descending)
    elif ask.descending:
        found.reverse()
    end = None if ask.limit is None else ask.offset + ask.limit
    return Rows(found[ask.offset : end], len(found))
