"""The effect of guidance and the meter of people's own decisions at a unit: counts, and no person in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from luotsi.learning.models import Need, Score, ScoreView, StudyRight, Turn
from luotsi.learning.queries.guidance.staggered.page import StartRow, starts_at
from luotsi.learning.rules.caseload import monday_of
from luotsi.learning.rules.effects import LEAST_EACH, LEAST_TOLD, WEEKS, Effect, Meter, Place, draws_of, effect_of
from luotsi.learning.rules.endings import COMPLETED
from luotsi.learning.rules.scores import placed
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from luotsi.people.models import Unit

SINCE = timedelta(weeks=104)


@dataclass(frozen=True)
class OutcomeRow:
    """How many needs had an outcome after 4 and after 12 weeks; None = fewer than five, hidden."""

    label: str
    after_4: int | None
    after_12: int | None


@dataclass(frozen=True)
class EffectsPage:
    """The page; `is_hidden` where one to four stand somewhere."""

    effect: Effect
    is_hidden: bool
    verdict: str
    least: int
    meter: Meter
    outcomes: tuple[OutcomeRow, ...]
    views: int
    starts: tuple[StartRow, ...]

    @property
    def met_share(self) -> Decimal | None:
        """How large a part of those met went on well; None of nobody."""
        return _share(self.effect.met_well, self.effect.met)

    @property
    def waited_share(self) -> Decimal | None:
        """How large a part of those who waited went on well; None of nobody."""
        return _share(self.effect.waited_well, self.effect.waited)


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None


def effects_page(scope: Unit, today: date) -> EffectsPage:
    """Return the effect of guidance at a unit and below it, over the last two years; eight queries."""
    effect = effect_at(scope, today)
    sides = ((effect.met, effect.met_well), (effect.waited, effect.waited_well))
    is_hidden = any(0 < count < LEAST_TOLD for of, well in sides for count in (of, well, of - well))
    listed = Need.objects.filter(learner__unit__path__startswith=scope.path, source__in=["rules", "model"])
    ended = listed.filter(closed_on__gte=today - SINCE).aggregate(
        decided=Count("pk"), otherwise=Count("pk", filter=Q(ending=Need.Ending.NO_NEED))
    )
    views = ScoreView.objects.filter(learner__unit__path__startswith=scope.path, at__date__gte=today - SINCE)
    return EffectsPage(
        effect=effect,
        is_hidden=is_hidden,
        verdict=_verdict(effect),
        least=LEAST_EACH,
        meter=Meter(ended["decided"], ended["otherwise"]),
        outcomes=tuple(_outcomes(scope, today)),
        views=views.count(),
        starts=starts_at(scope, today),
    )


def effect_at(scope: Unit, today: date) -> Effect:
    """Return what the lots of the last two years came to, of those whose twelve weeks have passed."""
    last = monday_of(today) - timedelta(weeks=WEEKS)
    drawn = Turn.objects.filter(caseload__unit__path__startswith=scope.path, week__range=(today - SINCE, last))
    turns = list(drawn.select_related("score").defer("score__reasons"))
    places = [_place(one) for one in turns]
    late = {(one.learner_id.hex, one.week): Decimal(one.score.inputs["seen"]["weeks_late"]) for one in turns}
    draws = draws_of(places)
    wanted = {(one, draw.week) for draw in draws for one in (*draw.met, *draw.waited)}
    return effect_of(draws, _well(wanted, late))


def _place(turn: Turn) -> Place:
    """Return a place; those by a model and those by rules are equals only among themselves."""
    by = turn.score.model_id
    equal = placed(turn.score.value, None, is_chance=by is not None)
    return Place(f"{turn.caseload_id} {by}", turn.week, turn.learner_id.hex, turn.rank, equal, turn.is_listed)


def _well(wanted: set[tuple[str, date]], late: dict[tuple[str, date], Decimal]) -> dict[tuple[str, date], bool]:
    """Tell of each whether, twelve weeks on, they have completed or study on without being later than they were."""
    learners = {UUID(hex=one) for one, _week in wanted}
    weeks = {week + timedelta(weeks=WEEKS) for _one, week in wanted}
    then = {
        (learner.hex, week): Decimal(inputs["seen"]["weeks_late"])
        for learner, week, inputs in Score.objects.filter(
            learner__in=learners, week__in=weeks, model=None
        ).values_list("learner", "week", "inputs")
    }
    ended: dict[str, list[tuple[date, bool]]] = {}
    rights = StudyRight.objects.known().filter(learner__in=learners, ends_on__isnull=False)
    for learner, ends_on, state in rights.values_list("learner", "ends_on", "state"):
        if ends_on is not None:
            ended.setdefault(learner.hex, []).append((ends_on, state in COMPLETED))
    found = {}
    for one, week in wanted:
        at = week + timedelta(weeks=WEEKS)
        if (one, at) in then:
            found[one, week] = then[one, at] <= late[one, week]
        elif past := [done for ends_on, done in ended.get(one, []) if week <= ends_on <= at]:
            found[one, week] = any(past)
    return found


def _verdict(effect: Effect) -> str:
    if not effect.is_enough or effect.low is None or effect.high is None or effect.difference is None:
        return _("Too few to say: at least %(n)s are needed on each side. Nothing is claimed.") % {"n": LEAST_EACH}
    told = {"points": _points(abs(effect.difference)), "low": _points(effect.low), "high": _points(effect.high)}
    if not effect.is_shown:
        words = _("No effect is shown: the difference lies between %(low)s and %(high)s percentage points.")
    elif effect.difference > 0:
        words = _("Who was met went on well more often by %(points)s percentage points (%(low)s to %(high)s).")
    else:
        words = _("Who was met went on well less often by %(points)s percentage points (%(low)s to %(high)s).")
    return words % told


def _points(share: float) -> str:
    return number(round(share * 100))


def _outcomes(scope: Unit, today: date) -> list[OutcomeRow]:
    needs = Need.objects.filter(learner__unit__path__startswith=scope.path, opened_on__gte=today - SINCE)
    after = [
        dict(needs.exclude(**{field: ""}).order_by().values(field).annotate(n=Count("pk")).values_list(field, "n"))
        for field in ("outcome_4", "outcome_12")
    ]
    return [OutcomeRow(str(one.label), *(_told(counts.get(one.value, 0)) for counts in after)) for one in Need.Outcome]


def _told(count: int) -> int | None:
    """Return a count, or None for one to four, which are hidden; zero is shown."""
    return None if 0 < count < LEAST_TOLD else count
