"""Learning at work: how the register of studies tells it, in three lists, and when two of them tell the same period.

Until the reform of vocational education (531/2017) the register told ways of studying as forms of arrangement; since
then it tells ways of acquiring competence, and beside them, more exactly, the agreements on training at workplaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from luotsi.learning.rules.places import Node

AGREEMENT, APPRENTICE = "koulutussopimus", "oppisopimus"
AT_WORK = frozenset({AGREEMENT, APPRENTICE})
FORMERLY_APPRENTICE = "20"  # code list jarjestamismuoto


@dataclass(frozen=True)
class Span:
    """From a day until a day; None = open, or not told."""

    starts_on: date | None
    ends_on: date | None
    at: str

    def meets(self, other: Span) -> bool:
        """Return True when they have a day in common."""
        return (self.starts_on is None or other.ends_on is None or self.starts_on <= other.ends_on) and (
            other.starts_on is None or self.ends_on is None or other.starts_on <= self.ends_on
        )

    def covers(self, day: date) -> bool:
        """Return True when a day is in it."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Workplace:
    """Where work teaches; people at it are not read."""

    name: str
    business_id: str
    at: str


@dataclass(frozen=True)
class Period:
    """How competence is acquired from a day until a day: at school, by agreement or as an apprentice."""

    code: str
    span: Span
    workplace: Workplace | None = None

    @property
    def business_id(self) -> str:
        """The business identifier of the workplace; "" where none is told."""
        return self.workplace.business_id if self.workplace else ""

    def is_same(self, other: Period) -> bool:
        """Return True when both tell of one period: of the same way, with a day in common, at no two workplaces."""
        told = {self.business_id, other.business_id} - {""}
        return self.code == other.code and len(told) < 2 and self.span.meets(other.span)


def span_in(node: Node) -> Span:
    """Read a span of days."""
    return Span(node.of("alku").day(), node.of("loppu").day(), node.at)


def ways_in(study: Node) -> Iterator[Period]:
    """Read the ways of acquiring competence, and the forms of arrangement that were told before there were such."""
    for one in study.of("osaamisenHankkimistavat").each():
        way = one.of("osaamisenHankkimistapa")
        found = way.of("tunniste").code()
        yield _as_apprentice(one, way, found.value if found else "")
    for one in study.of("järjestämismuodot").each():
        way = one.of("järjestämismuoto")
        found = way.of("tunniste").code()
        if found and found.value == FORMERLY_APPRENTICE:
            yield _as_apprentice(one, way, APPRENTICE)


def agreements_in(study: Node) -> Iterator[Period]:
    """Read the agreements on training at workplaces."""
    for one in study.of("koulutussopimukset").each():
        one.needed("alku")
        place, number = one.of("työssäoppimispaikka"), one.of("työssäoppimispaikanYTunnus")
        workplace = Workplace(place.words(), number.text(), number.at) if place or number else None
        yield Period(AGREEMENT, span_in(one), workplace)


def _as_apprentice(node: Node, way: Node, code: str) -> Period:
    """Read a way; a contract of apprenticeship tells the employer, and the day within it on which it was cancelled."""
    contract, span = way.of("oppisopimus"), span_in(node)
    employer, cancelled = contract.of("työnantaja"), contract.within("oppisopimuksenPurkaminen", "päivä").day()
    if cancelled and span.covers(cancelled):
        span = Span(span.starts_on, cancelled, span.at)
    if not employer:
        return Period(code, span)
    number = employer.of("yTunnus")
    return Period(code, span, Workplace(employer.of("nimi").words(), number.text(), number.at))


def each_once(ways: Iterable[Period], agreements: Iterable[Period]) -> tuple[Period, ...]:
    """Return the periods at work, each once: agreements stand for the ways that tell the same less exactly."""
    told = tuple(agreements)
    others = (
        one
        for one in ways
        if one.code in AT_WORK and not (one.code == AGREEMENT and any(one.is_same(other) for other in told))
    )
    once = {(one.code, one.business_id, one.span.starts_on, one.span.ends_on): one for one in (*told, *others)}
    return tuple(once.values())
