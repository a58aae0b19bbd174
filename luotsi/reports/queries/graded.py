"""The self-evaluation round of a report's period: own grades beside the evidence, as far as members consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.base import periods
from luotsi.indicators.rules.values import Audience
from luotsi.programme.access import answers_shown
from luotsi.programme.models import MilestoneState, Round
from luotsi.programme.queries.rounds.answers import answered, asked_units
from luotsi.programme.queries.rounds.evidence import evidences
from luotsi.programme.queries.standing import Standing, standing_from
from luotsi.programme.rules.parting import judged
from luotsi.reports.queries.writing.words import text_of
from luotsi.reports.rules.material import Grade, Graded

if TYPE_CHECKING:
    from luotsi.programme.rules.plan import Plan
    from luotsi.reports.queries.material import Wanted

LEAST = 5  # grades of fewer units than this are not told


def graded_of(wanted: Wanted, plan: Plan) -> Graded | None:
    """Return the last round whose school year is in the period, None without one.

    Grades of fewer than five units are left out, and those that are told are in the order of measure and grade, so
    that nobody's can be picked out.
    """
    found = _round(wanted)
    if found is None:
        return None
    given = answered(found, wanted.at)
    shown = answers_shown(None, wanted.programme, [one.unit for one in given])
    told = [one for one in given if one.unit.pk in shown.summed]
    grades: list[Grade] = []
    if len(told) >= LEAST:
        beside = evidences(
            wanted.programme,
            _standing(wanted, plan),
            found.measures,
            on=wanted.data_on,
            at=wanted.at,
            audience=Audience.PUBLIC,
        )
        for one in told:
            for code, answer in one.answers.items():
                parts = judged(answer.grade, beside.of(one.unit, code).evidence).parts
                grades.append(Grade(measure=code, grade=answer.grade, parts=parts))
    return Graded(
        names=text_of(found.names),
        school_year=found.school_year,
        asked=len(asked_units(found, wanted.data_on)),
        handed_in=len(given),
        measures=tuple(found.measures),
        grades=tuple(sorted(grades, key=lambda one: (one.measure, one.grade, one.parts))),
        address=("programme:see-round", wanted.programme.owner.key, wanted.programme.slug, str(found.pk)),
    )


def _round(wanted: Wanted) -> Round | None:
    period = periods.parse(wanted.period)
    rounds = Round.objects.filter(programme=wanted.programme).select_related("collection").order_by("-number")
    if wanted.at is not None:
        rounds = rounds.filter(collection__opens_at__lte=wanted.at)
    found = next((one for one in rounds if periods.parse(one.school_year).overlaps(period)), None)
    if found is not None:
        found.programme = wanted.programme
    return found


def _standing(wanted: Wanted, plan: Plan) -> Standing:
    """Return where the milestones stood for the report: told by its moment, judged on the day of its figures."""
    rows = MilestoneState.objects.filter(programme=wanted.programme)
    if wanted.at is not None:
        rows = rows.filter(told_at__lte=wanted.at)
    last = {(row.measure, row.period, row.unit_id): row for row in rows.order_by("told_at", "pk")}
    return standing_from(None, wanted.programme, plan, wanted.data_on, last.values())
