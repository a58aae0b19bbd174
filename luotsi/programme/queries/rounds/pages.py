"""What the pages of rounds show: the list of rounds, and one round with own grades beside the evidence."""

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
from luotsi.programme.models import Round
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.rounds import words
from luotsi.programme.queries.rounds.answers import Answered, answered, asked_units
from luotsi.programme.queries.rounds.evidence import Beside, Evidences, evidences
from luotsi.programme.queries.rows import names
from luotsi.programme.queries.standing import standing_of
from luotsi.programme.rules.parting import Judgement, by_gap, judged, mean
from luotsi.programme.rules.rights import Right
from luotsi.questionnaires.access import may_begin, responses_of
from luotsi.questionnaires.models import Response, Submission
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme
    from luotsi.programme.rules.consent import Shown
    from luotsi.ui.lists import Ask

LEAST = 5  # a mean of fewer units than this is not told
LONGEST = 160


@dataclass(frozen=True)
class RoundLine:
    """A round in the list: its state, and how many of those asked have handed in."""

    names: Names
    school_year: str
    state: str
    closes_at: datetime | None
    asked: int
    handed_in: int
    url: str


@dataclass(frozen=True)
class GradeRow:
    """One measure in one unit: the own grade beside the evidence, and why they part."""

    unit: Names
    unit_key: str
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
class OwnPart:
    """What the round asks of the unit of the page: state of its response, and where it goes on."""

    state: str
    url: str
    begin_url: str


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


def rounds_of(programme: Programme, scope: Unit) -> tuple[RoundLine, ...]:
    """Return the rounds of a programme, the latest first; two queries and one for each kind of unit that is asked."""
    found = list(Round.objects.filter(programme=programme).select_related("collection").order_by("-number"))
    handed = _handed_in(found)
    asked: dict[str, int] = {}
    for one in found:
        one.programme = programme
        kind = one.collection.answered_by
        if kind not in asked:
            asked[kind] = len(asked_units(one, clock.today()))
    return tuple(
        RoundLine(
            names=one.names,
            school_year=one.school_year,
            state=one.collection.state_at(clock.now()),
            closes_at=one.collection.closed_at or one.collection.closes_at,
            asked=asked[one.collection.answered_by],
            handed_in=handed.get(one.collection_id, 0),
            url=reverse("programme:see-round", args=[scope.key, programme.slug, one.pk]),
        )
        for one in found
    )


def _handed_in(found: Sequence[Round]) -> dict[UUID, int]:
    rows = Submission.objects.filter(response__collection__in=[one.collection_id for one in found], number=1)
    counted: dict[UUID, int] = {}
    for collection in rows.values_list("response__collection", flat=True):
        counted[collection] = counted.get(collection, 0) + 1
    return counted


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
        own=_own(visitor, found, scope),
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
    base = reverse("programme:see-round", args=[scope.key, found.programme.slug, found.pk])
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


def _own(visitor: Visitor, found: Round, scope: Unit) -> OwnPart | None:
    """Return what the round asks of the unit of the page, for those who may answer for it."""
    collection, now = found.collection, clock.now()
    if not may_begin(visitor, scope, collection):
        return None
    state = collection.state_at(now)
    response = responses_of(visitor, scope).filter(collection=collection, unit=scope).first()
    if response is None:
        begin = reverse("questionnaires:begin-response", args=[scope.key, collection.pk]) if state == "open" else ""
        return OwnPart("none", "", begin)
    if response.state == Response.State.DRAFT:
        return OwnPart("draft" if state == "open" else "unfinished", _fill(response), "")
    last = response.submissions.order_by("-number").first()
    url = reverse("questionnaires:see-receipt", args=[response.pk, last.number]) if last else _fill(response)
    return OwnPart("submitted", url, "")


def _fill(response: Response) -> str:
    return reverse("questionnaires:fill-page", args=[response.pk, 0])


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
