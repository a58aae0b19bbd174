"""Thinking up the figures: the same in every demo, near the curves of the design, different from school to school."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from luotsi.base import clock, periods
from luotsi.base.periods import PeriodKind
from luotsi.indicators.actions.demo import keys
from luotsi.indicators.actions.observations import NewObservation, ObservationFigures
from luotsi.indicators.models import Indicator
from luotsi.indicators.queries.telling import period_of
from luotsi.people.models import Unit

PUPILS_PER_TEACHER = 13
YEAR = 12
# Per cent by months since August two school years ago.
MFA = ((0, 12), (5, 20), (11, 28), (12, 34), (14, 47), (17, 57), (23, 68), (24, 72), (27, 79.5), (35, 93))
ONE_ACCOUNT = ((0, 18), (11, 33), (23, 56), (27, 64), (35, 86))
PRINTING = ((0, 31), (11, 58), (23, 80), (27, 87), (35, 98))
APPS = ((0, 22), (11, 41), (23, 58), (27, 63), (35, 80))
DEVICES = ((0, 1.62), (11, 1.47), (23, 1.34), (27, 1.29), (35, 1.2))
# How far municipalities are from the region, in per cent where the region has 79,5 (design, screen 3).
AHEAD = {"837": 83, "211": 68.9, "418": 79.1, "536": 71, "562": 55, "604": 85.6, "922": 93, "980": 81.9}
# Groups of staff: their part of all, and how far they are from all on the scale of odds.
STAFF = (
    ("class", 0.42, 0.4),
    ("subject", 0.33, 0.5),
    ("special", 0.12, 0.1),
    ("assistant", 0.09, -0.8),
    ("head", 0.04, -0.3),
)
HALVES = frozenset({8, 2})
RESPONSES, BASIC = (0.44, 0.49, 0.52), (0.61, 0.66, 0.71)
SOURCES = {
    keys.MFA: "Esimerkkikunnan tilirekisteri",
    keys.ONE_ACCOUNT: "Esimerkkikunnan tilirekisteri",
    keys.DEVICES: "Esimerkkikunnan laiterekisteri",
    keys.PRINTING: "Tietohallinnon kysely, esimerkki",
    keys.APPS: "Seudullinen sovelluskartoitus, esimerkki",
    keys.TEAM: "Digitiimin muistio, esimerkki",
}


def along(curve: Sequence[tuple[float, float]], month: int) -> float:
    """Return the value of a curve in a month, straight between its corners and flat beyond them."""
    for (left, low), (right, high) in pairwise(curve):
        if month <= right:
            return low + (high - low) * max(0, month - left) / (right - left)
    return curve[-1][1]


def moved(share: float, by: float) -> float:
    """Return a share moved on the scale of odds, where it stays between nothing and all."""
    inner = min(max(share, 0.005), 0.995)
    return 1 / (1 + math.exp(-(math.log(inner / (1 - inner)) + by)))


def odds(percent: float) -> float:
    """Return how far a municipality is from the region on the scale of odds."""
    return math.log(percent / (100 - percent)) - math.log(79.5 / 20.5)


@dataclass(frozen=True)
class School:
    """An invented school: its unit, municipality, and how many teach there."""

    unit: Unit
    municipality: str
    teachers: int

    @property
    def chance(self) -> random.Random:
        """Chance of its own, the same in every demo."""
        return random.Random(self.unit.key)  # noqa: S311 - no secret

    @property
    def leaning(self) -> float:
        """How far the school is from the region on the scale of odds."""
        return odds(AHEAD.get(self.municipality, 79.5)) + self.chance.gauss(0, 0.35)


@dataclass(frozen=True)
class Timeline:
    """The time of the demo: from August two school years ago until today."""

    today: date
    first: int = field(init=False)

    def __post_init__(self) -> None:
        present = periods.containing(self.today, PeriodKind.SCHOOL_YEAR)
        object.__setattr__(self, "first", present.start.year - 2)

    @property
    def begins(self) -> date:
        """The first day."""
        return date(self.first, 8, 1)

    @cached_property
    def months(self) -> list[str]:
        """The keys of the months that have begun."""
        every = (f"{self.first + (7 + n) // 12}-{(7 + n) % 12 + 1:02}" for n in range(36))
        return [key for key in every if period_of(key).start <= self.today]

    @cached_property
    def school_years(self) -> list[str]:
        """The keys of the three school years."""
        return [periods.school_year(self.first + n).key for n in range(3)]

    def approved_at(self, period: str) -> datetime:
        """Return when figures of a period were approved: on the third day after it, not later than today."""
        day = min(period_of(period).end + timedelta(days=3), self.today)
        return min(datetime.combine(day, time(9), clock.HELSINKI), clock.now())


def parts(key: str, numerator: int, denominator: int) -> ObservationFigures:
    """Return what is told: a numerator and its denominator."""
    source = SOURCES.get(key, "Osaamiskysely, esimerkki")
    return ObservationFigures(numerator=Decimal(numerator), denominator=Decimal(denominator), source=source)


class Inventor:
    """Thinks up the figures of the schools, indicator by indicator; nothing is written here."""

    def __init__(self, indicators: dict[str, Indicator], schools: Sequence[School], timeline: Timeline) -> None:
        self.indicators = indicators
        self.schools = schools
        self.time = timeline

    def new(self, key: str, unit: Unit, period: str, figures: ObservationFigures, **split: str) -> NewObservation:
        """Return one figure, approved soon after its period."""
        at = self.time.approved_at(period)
        return NewObservation(
            indicator=self.indicators[key], unit=unit, period=period, figures=figures, split=split, at=at
        )

    def monthly(self, school: School) -> Iterator[NewObservation]:
        """Yield what is told by month: accounts (at first every other month), devices and printing twice a year."""
        unit, teachers, lean = school.unit, school.teachers, school.leaning
        pupils, threshold = teachers * PUPILS_PER_TEACHER, school.chance.random()
        for month, period in enumerate(self.time.months):
            if not unit.is_in_force(period_of(period).start):
                continue
            if month < YEAR and month % 2 and month != YEAR - 1:
                continue
            count = round(moved(along(MFA, month) / 100, lean) * teachers)
            if month < len(self.time.months) - 1:
                yield self.new(keys.MFA, unit, period, parts(keys.MFA, count, teachers))
            else:
                yield from self.by_staff(school, period, along(MFA, month) / 100)
            if int(period[5:]) not in HALVES and month < len(self.time.months) - 1:
                continue
            count = round(moved(along(ONE_ACCOUNT, month) / 100, lean) * teachers)
            yield self.new(keys.ONE_ACCOUNT, unit, period, parts(keys.ONE_ACCOUNT, count, teachers))
            devices = max(1, round(pupils / (along(DEVICES, month) * (1 - lean / 25))))
            yield self.new(keys.DEVICES, unit, period, parts(keys.DEVICES, pupils, devices))
            has = Decimal(int(moved(along(PRINTING, month) / 100, lean / 2) > threshold))
            told = ObservationFigures(value=has, source=SOURCES[keys.PRINTING])
            yield self.new(keys.PRINTING, unit, period, told)

    def by_staff(self, school: School, period: str, share: float) -> Iterator[NewObservation]:
        """Yield the latest month by group of staff: the total is the sum of the groups."""
        left = school.teachers
        for name, part, by in STAFF:
            size = min(left, round(school.teachers * part)) if name != STAFF[-1][0] else left
            left -= size
            if size:
                count = round(moved(share, school.leaning + by - 0.2) * size)
                yield self.new(keys.MFA, school.unit, period, parts(keys.MFA, count, size), staff_group=name)

    def yearly(self, school: School) -> Iterator[NewObservation]:
        """Yield what is told by school year: the survey, trainings, spaces."""
        unit, chance, lean = school.unit, school.chance, school.leaning / 2
        pupils = school.teachers * PUPILS_PER_TEACHER
        for year, period in enumerate(self.time.school_years):
            if not unit.is_in_force(period_of(period).start):
                continue
            answered = round(moved(RESPONSES[year], lean) * school.teachers)
            yield self.new(keys.RESPONSES, unit, period, parts(keys.RESPONSES, answered, school.teachers))
            if answered:
                basic = round(moved(BASIC[year], lean) * answered)
                yield self.new(keys.BASIC_LEVEL, unit, period, parts(keys.BASIC_LEVEL, basic, answered))
            joined = round(school.teachers * (0.26 + 0.07 * year) * chance.uniform(0.6, 1.5))
            told = ObservationFigures(
                value=Decimal(joined), persons=joined, source="Seudun koulutuskalenteri, esimerkki"
            )
            yield self.new(keys.TRAININGS, unit, period, told)
            spaces = round(pupils * (0.5 + 0.2 * year) * chance.uniform(0.7, 1.3) / 100)
            told = ObservationFigures(
                numerator=Decimal(spaces), denominator=Decimal(pupils), source="Tilarekisteri, esimerkki"
            )
            yield self.new(keys.SPACES, unit, period, told)

    def of_provider(self, provider: Unit, place: int) -> Iterator[NewObservation]:
        """Yield what providers tell: applications, and whether they take part in the digital team."""
        apps = 34 + 11 * (place % 4)
        for month, period in enumerate(self.time.months):
            if int(period[5:]) in HALVES or month == len(self.time.months) - 1:
                count = round(moved(along(APPS, month) / 100, 0.15 * (place % 3 - 1)) * apps)
                yield self.new(keys.APPS, provider, period, parts(keys.APPS, count, apps))
        for year, period in enumerate(self.time.school_years):
            yield self.new(keys.TEAM, provider, period, parts(keys.TEAM, int(year > 0 or place < 6), 1))

    def of_helsinki(self, schools: Sequence[School]) -> Iterator[NewObservation]:
        """Yield the survey of Helsinki by the language of the school: the last two of the list are Swedish."""
        key = keys.HELSINKI_BASIC_LEVEL
        for place, school in enumerate(schools):
            language = "sv" if place >= len(schools) - 2 else "fi"
            for year, period in enumerate(self.time.school_years):
                answered = round(moved(RESPONSES[year], 0.4 + school.chance.gauss(0, 0.3)) * school.teachers)
                basic = round(moved(BASIC[year], school.chance.gauss(0, 0.2)) * answered)
                if answered:
                    yield self.new(key, school.unit, period, parts(key, basic, answered), language=language)
