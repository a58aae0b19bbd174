"""A counsellor's week: whose turn it is, what is open with the counsellor, and what learners wait to hear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.learning.models import Caseload, Need, Saying, ScoreView, StudyRight, Turn
from luotsi.learning.queries.guidance.staggered.waiting import waits_among
from luotsi.learning.queries.guidance.using import Ruling, ruling_at, said_by, studies_ended
from luotsi.learning.queries.guidance.words import MARKS, ReasonWords, reason_words, source_words
from luotsi.learning.rules.caseload import monday_of
from luotsi.learning.rules.guiding import outcomes_due
from luotsi.learning.rules.using import Mode, why_unused

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.learning.models import Score
    from luotsi.learning.models.learners import LearnerQuerySet
    from luotsi.people.models import Person, Unit

MOST = 50


@dataclass(frozen=True)
class CaseloadWords:
    """One caseload: where, how many meetings a week, and where it is changed."""

    pk: UUID
    names: Names
    slots: int


@dataclass(frozen=True)
class TurnRow:
    """Somebody whose turn it is; `state` tells what has been done since, `has_looked` that the learner has seen it."""

    url: str
    name: str
    group: Names
    mark: str
    word: str
    reasons: tuple[ReasonWords, ...]
    handled: str
    has_looked: bool


@dataclass(frozen=True)
class NeedRow:
    """A need that is open with the counsellor, or whose outcome waits to be told."""

    url: str
    name: str
    group: Names
    due_on: date
    is_late: bool
    words: str


@dataclass(frozen=True)
class SayingRow:
    """What a learner has said and nobody has answered."""

    url: str
    name: str
    kind: str
    mark: str
    said_on: date


@dataclass(frozen=True)
class CaseloadPage:
    """The page; `scores` are those shown on it, for the log of who saw them; `waits` have no lists until a day."""

    week: date
    drawn: date | None
    caseloads: tuple[CaseloadWords, ...]
    slots: int
    source: str
    is_off: bool
    turns: tuple[TurnRow, ...]
    handled: int
    needs: tuple[NeedRow, ...]
    outcomes: tuple[NeedRow, ...]
    sayings: tuple[SayingRow, ...]
    learners: int
    unscored: int
    scores: tuple[Score, ...]
    waits: tuple[tuple[date, tuple[Names, ...]], ...]


def caseload_page(
    caseloads: Sequence[Caseload], guided: LearnerQuerySet, person: Person, scope: Unit, today: date
) -> CaseloadPage:
    """Return a counsellor's week at the unit, with those whom they guide there; queries do not grow with learners."""
    week = monday_of(today)
    drawn = _drawn(caseloads, week)
    found = _turns(caseloads, drawn, scope, today) if drawn else []
    turns = [one for one, _turn in found]
    first = found[0][1].score if found else None
    is_told = Q(told_on__lte=today) & (Q(objected_on=None) | Q(objected_on__gt=today))
    studying = StudyRight.objects.known().filter(learner=OuterRef("pk"), ends_on=None)
    held = guided.order_by().filter(Exists(studying))
    counts = held.aggregate(all=Count("pk"), told=Count("pk", filter=is_told))
    return CaseloadPage(
        week=week,
        drawn=drawn,
        caseloads=tuple(CaseloadWords(one.pk, one.unit.names, one.slots) for one in caseloads),
        slots=sum(one.slots for one in caseloads),
        source=source_words(first) if first else "",
        is_off=bool(caseloads) and not found and _is_off(guided),
        turns=tuple(turns),
        handled=sum(bool(one.handled) for one in turns),
        needs=tuple(_needs(guided, person, scope, today)),
        outcomes=tuple(_outcomes(guided, person, scope, today)),
        sayings=tuple(_sayings(guided, scope)),
        learners=counts["all"],
        unscored=counts["all"] - counts["told"],
        scores=tuple(turn.score for _row, turn in found),
        waits=waits_among([one.unit for one in caseloads], scope, today),
    )


def _drawn(caseloads: Sequence[Caseload], week: date) -> date | None:
    """Return the week whose order is shown: this one, or the last while this one has not been drawn yet."""
    near = Turn.objects.filter(caseload__in=caseloads, week__range=(week - timedelta(weeks=1), week))
    last: date | None = near.aggregate(last=Max("week"))["last"]
    return last


def _is_off(guided: LearnerQuerySet) -> bool:
    one = guided.select_related("provider").first()
    return one is not None and ruling_at(one.provider).mode is Mode.OFF


def _turns(caseloads: Sequence[Caseload], week: date, scope: Unit, today: date) -> list[tuple[TurnRow, Turn]]:
    """Return whose turn it is, without those whose score may not be used any more."""
    drawn = list(
        Turn.objects.filter(caseload__in=caseloads, week=week, is_listed=True)
        .filter(learner__unit__path__startswith=scope.path)
        .exclude(studies_ended("learner", "score__right_oid", today))
        .select_related("learner__unit", "learner__provider", "score__model")
        .order_by("caseload__unit__path", "rank")
    )
    keys = [one.learner_id for one in drawn]
    said = said_by(keys)
    rulings: dict[UUID, Ruling] = {}
    handled = dict(Need.objects.filter(learner__in=keys, opened_on__gte=week).values_list("learner", "ending"))
    looked = set(
        ScoreView.objects.filter(learner__in=keys, purpose=ScoreView.Purpose.OWN, week=week).values_list(
            "learner", flat=True
        )
    )
    found = []
    for turn in drawn:
        learner = turn.learner
        if learner.provider_id not in rulings:
            rulings[learner.provider_id] = ruling_at(learner.provider)
        ruling = rulings[learner.provider_id]
        is_ruling = turn.score.model_id in {None, ruling.model.pk if ruling.model else None}
        unused = why_unused(said.standing(learner), turn.score.made_at, ruling.mode, today)
        if is_ruling and unused is None:
            found.append((_turn(turn, scope, handled, learner.pk in looked), turn))
    return found


def _turn(turn: Turn, scope: Unit, handled: dict[UUID, str], has_looked: bool) -> TurnRow:
    learner, score = turn.learner, turn.score
    words = ""
    if learner.pk in handled:
        ending = handled[learner.pk]
        words = str(Need.Ending(ending).label) if ending else _("Begun")
    return TurnRow(
        url=_url(scope, learner.pk),
        name=str(learner),
        group=learner.unit.names,
        mark=MARKS[score.band],
        word=score.get_band_display(),
        reasons=reason_words(score.reasons),
        handled=words,
        has_looked=has_looked,
    )


def _needs(guided: LearnerQuerySet, person: Person, scope: Unit, today: date) -> Iterable[NeedRow]:
    rows = Need.objects.unsolved().filter(_among(guided), owner=person).select_related("learner__unit")
    for one in rows.order_by("due_on", "pk")[:MOST]:
        yield NeedRow(
            _url(scope, one.learner_id),
            str(one.learner),
            one.learner.unit.names,
            one.due_on,
            one.due_on < today,
            one.get_source_display(),
        )


def _outcomes(guided: LearnerQuerySet, person: Person, scope: Unit, today: date) -> Iterable[NeedRow]:
    """Yield needs whose outcome after 4 or 12 weeks waits to be told; of old ones nothing is asked any more."""
    since = today - timedelta(weeks=26)
    rows = (
        Need.objects.filter(
            _among(guided),
            owner=person,
            opened_on__range=(since, today - timedelta(weeks=4)),
        )
        .exclude(outcome_4__gt="", outcome_12__gt="")
        .select_related("learner__unit")
        .order_by("opened_on", "pk")
    )
    for one in rows[:MOST]:
        waits = outcomes_due(one.opened_on, {4: one.outcome_4, 12: one.outcome_12}, today)
        if waits:
            weeks = waits[0]
            yield NeedRow(
                _url(scope, one.learner_id),
                str(one.learner),
                one.learner.unit.names,
                one.opened_on + timedelta(weeks=weeks),
                False,
                _("After %(n)s weeks") % {"n": weeks},
            )


def _sayings(guided: LearnerQuerySet, scope: Unit) -> Iterable[SayingRow]:
    rows = Saying.objects.waiting().filter(_among(guided)).select_related("learner").order_by("-kind", "said_at")
    for one in rows[:MOST]:
        is_contest = one.kind == Saying.Kind.CONTEST
        yield SayingRow(
            _url(scope, one.learner_id),
            str(one.learner),
            one.get_kind_display(),
            "late" if is_contest else "none",
            one.said_at.date(),
        )


def _among(guided: LearnerQuerySet) -> Exists:
    """Return the condition that a row is about one of the learners; asked of few rows, however many learners."""
    return Exists(guided.order_by().filter(pk=OuterRef("learner")))


def _url(scope: Unit, learner: UUID) -> str:
    return reverse("learning:see-guidance", args=[scope.key, learner])
