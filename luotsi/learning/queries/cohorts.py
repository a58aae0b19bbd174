"""Cohorts of qualifications as forecasts take them: who began when and where, and when what is foreseen happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from luotsi.learning.access.studies import rights_by_learner
from luotsi.learning.rules import endings
from luotsi.learning.rules.cohorts import Half, Horizon
from luotsi.learning.rules.forecast import Case, Cohort
from luotsi.people.models import Unit


class Measure(StrEnum):
    """What is foreseen."""

    LEFT = "left"
    COMPLETED = "completed"

    @property
    def horizon(self) -> Horizon:
        """The time in which it has to happen."""
        return Horizon(1) if self is Measure.LEFT else Horizon(3)

    @property
    def words(self) -> str:
        """What it is called."""
        return _("Dropping out within a year") if self is Measure.LEFT else _("Completion within three years")


@dataclass(frozen=True)
class Begun:
    """Somebody who began a qualification; no key of a person is kept."""

    unit: UUID
    qualification: str
    case: Case


def begun_at(scope: Unit, measure: Measure, day: date) -> list[Begun]:
    """Return who began a qualification at the unit or below it by a day; two queries.

    Who moved there from another right began where that one was, as in the figures of completion.
    """
    units = set(Unit.objects.filter(path__startswith=scope.path).values_list("pk", flat=True))
    found = []
    for rights in rights_by_learner(scope.path):
        whole = [one for one in rights if one.is_whole]
        stays = [one.stay for one in whole]
        entered = endings.entrants(stays)
        for one in whole:
            if one.unit not in units or one.stay.oid not in entered or one.first > day:
                continue
            ended = endings.end_of(one.stay, stays, day)
            found.append(Begun(one.unit, one.qualification, case_of(one.first, ended, measure)))
    return found


def case_of(start: date, ended: tuple[endings.Ending, date] | None, measure: Measure) -> Case:
    """Return a beginning with its ending as the measure sees it."""
    if ended is None:
        return Case(start)
    wanted = endings.Ending.LEFT if measure is Measure.LEFT else endings.Ending.COMPLETED
    return Case(start, ended[1], None) if ended[0] is wanted else Case(start, None, ended[1])


def cohorts_of(begun: Iterable[Begun]) -> list[Cohort]:
    """Return those who began by half-year, in order of time."""
    found: defaultdict[Half, list[Case]] = defaultdict(list)
    for one in begun:
        found[Half.of(one.case.start)].append(one.case)
    return [Cohort(half, tuple(cases)) for half, cases in sorted(found.items())]


def half_words(half: Half) -> str:
    """Return a half-year as it is read."""
    told = {"year": half.year}
    return _("spring %(year)s") % told if half.half == 1 else _("autumn %(year)s") % told


def cohort_words(key: str) -> str:
    """Return a cohort that a model names by year and half, such as 2023-2, as it is read; others as they stand."""
    year, _dash, half = key.partition("-")
    return half_words(Half(int(year), int(half))) if year.isdigit() and half in {"1", "2"} else key
