"""Rights to study as the national register of studies (KOSKI) tells them: what this product needs, with places.

Written from the public data model of vocational and preparatory (TUVA) studies; documents of 2017 and later are read
with the same reader, since fields were added and taken away but none changed its meaning. What is not read stays in
the document, which is kept whole; codes that no list here knows are kept as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from luotsi.learning.rules.places import Code, Fault, Node
from luotsi.learning.rules.work import Period, Span, agreements_in, each_once, span_in, ways_in


class Kind(StrEnum):
    """Rights to study that are read here."""

    VOCATIONAL = "ammatillinenkoulutus"
    TUVA = "tuva"


class State(StrEnum):
    """States of a right to study (code list koskiopiskeluoikeudentila)."""

    PRESENT = "lasna"
    AWAY = "valiaikaisestikeskeytynyt"
    HOLIDAY = "loma"
    GRADUATED = "valmistunut"
    RESIGNED = "eronnut"
    CONSIDERED_RESIGNED = "katsotaaneronneeksi"
    CANCELLED = "peruutettu"
    INVALIDATED = "mitatoity"
    INTERRUPTED = "keskeytynyt"
    PASSED = "hyvaksytystisuoritettu"
    ENDED = "paattynyt"


ENDS = frozenset(State) - {State.PRESENT, State.AWAY, State.HOLIDAY}
SUPPORT = (
    "erityinenTuki",
    "vaikeastiVammainen",
    "vammainenJaAvustaja",
    "opiskeluvalmiuksiaTukevatOpinnot",
)
MOST_LEVELS = 10  # the model has three


@dataclass(frozen=True)
class StatePeriod:
    """A state from a day until the next one begins; `state` is a code of KOSKI, known here or not."""

    starts_on: date | None
    state: str
    funding: str
    at: str


@dataclass(frozen=True)
class Extent:
    """How much: points of competence (unit 6), weeks (8), or another unit of the code list."""

    amount: Decimal | None
    unit: str


@dataclass(frozen=True)
class Grade:
    """An assessment; `passed` as the register says it, None where it does not."""

    value: Code | None
    on: date | None
    passed: bool | None
    at: str


@dataclass(frozen=True)
class Part:
    """A part of studies: of a qualification, of preparatory studies, or a part of those."""

    code: Code | None
    name: str
    kind: str
    group: str
    extent: Extent | None
    grades: tuple[Grade, ...]
    confirmed_on: date | None
    recognised: bool
    demonstration: Span | None
    parts: tuple[Part, ...]
    at: str

    @property
    def done_on(self) -> date | None:
        """The first day on which it was passed; None when it was not, or when no day is told."""
        days = [one.on for one in self.grades if one.passed is not False and one.on is not None]
        return min(days, default=None)

    @property
    def best(self) -> Grade | None:
        """The latest assessment that passed, else the latest."""
        told = sorted(self.grades, key=lambda one: (one.passed is not False, one.on or date.min))
        return told[-1] if told else None


@dataclass(frozen=True)
class Study:
    """What a right is used for: a qualification, parts of some, or preparatory studies."""

    kind: str
    code: Code | None
    reform: str
    diary: str
    extent: Extent | None
    starts_on: date | None
    confirmed_on: date | None
    average: Decimal | None
    ways: tuple[Period, ...]
    agreements: tuple[Period, ...]
    parts: tuple[Part, ...]
    at: str

    @property
    def at_work(self) -> tuple[Period, ...]:
        """The periods at work, each once, in whichever lists it is told."""
        return each_once(self.ways, self.agreements)


@dataclass(frozen=True)
class Right:
    """A right to study."""

    oid: str
    version: Decimal | None
    kind: str
    school: str
    provider: str
    permit: str
    bought: bool | None
    starts_on: date | None
    estimated_end: date | None
    told_end: date | None
    within: str
    periods: tuple[StatePeriod, ...]
    studies: tuple[Study, ...]
    support: tuple[tuple[str, Span], ...]
    part_time: tuple[tuple[Decimal | None, Span], ...]
    at: str

    @property
    def begins(self) -> date | None:
        """The first day: of the first state, else the one that is told."""
        days = [one.starts_on for one in self.periods if one.starts_on]
        return min(days, default=self.starts_on)

    @property
    def last(self) -> StatePeriod | None:
        """The state that rules now: the one that begins last, of several on one day the last in the document."""
        told = [one for one in self.periods if one.starts_on]
        return max(reversed(told), key=lambda one: one.starts_on or date.min, default=None)

    @property
    def ends(self) -> date | None:
        """The day on which it ended, derived from the last state; None while it runs."""
        last = self.last
        return last.starts_on if last and last.state in ENDS else None

    def state_on(self, day: date) -> str:
        """Return the state on a day; "" before the right begins."""
        told = [one for one in self.periods if one.starts_on and one.starts_on <= day]
        return max(reversed(told), key=lambda one: one.starts_on or date.min).state if told else ""


@dataclass(frozen=True)
class Student:
    """Whose rights a document tells. The identity code is for matching and is never stored as it is."""

    oid: str
    identity: str
    given_names: str
    family_name: str


@dataclass(frozen=True)
class Read:
    """A document as it was read: whose, what rights, and what could not be read."""

    student: Student
    rights: tuple[Right, ...]
    faults: tuple[Fault, ...]


def read(data: object, at: str = "") -> Read:
    """Read a learner with rights, or one right alone; never raises, whatever the document is.

    Args:
        data: the document.
        at: where it stands in what holds it; every place begins with it.
    """
    root = Node(data, at)
    if not isinstance(data, dict):
        root.tell("not_object")
        return Read(Student("", "", "", ""), (), tuple(root.faults))
    alone = "opiskeluoikeudet" not in data and "suoritukset" in data
    rights = (_right(root),) if alone else tuple(_right(one) for one in root.needed("opiskeluoikeudet").each())
    return Read(_student(root.of("henkilö")), rights, tuple(root.faults))


def _student(node: Node) -> Student:
    return Student(
        oid=node.of("oid").text(),
        identity=node.of("hetu").text(),
        given_names=node.of("kutsumanimi").text() or node.of("etunimet").text(),
        family_name=node.of("sukunimi").text(),
    )


def _right(node: Node) -> Right:
    more = node.of("lisätiedot")
    return Right(
        oid=node.of("oid").text(),
        version=node.of("versionumero").number(),
        kind=_value(node.needed("tyyppi")),
        school=node.within("oppilaitos", "oid").text(),
        provider=node.within("koulutustoimija", "oid").text(),
        permit=_value(node.of("järjestämislupa")),
        bought=node.of("ostettu").flag(),
        starts_on=node.of("alkamispäivä").day(),
        estimated_end=node.of("arvioituPäättymispäivä").day(),
        told_end=node.of("päättymispäivä").day(),
        within=node.within("sisältyyOpiskeluoikeuteen", "oid").text(),
        periods=tuple(_period(one) for one in node.needed("tila").needed("opiskeluoikeusjaksot").each()),
        studies=tuple(_study(one) for one in node.needed("suoritukset").each()),
        support=tuple((name, span_in(one)) for name in SUPPORT for one in more.of(name).each()),
        part_time=tuple(
            (one.of("osaAikaisuus").number(), span_in(one)) for one in more.of("osaAikaisuusjaksot").each()
        ),
        at=node.at,
    )


def _value(node: Node) -> str:
    found = node.code()
    return found.value if found else ""


def _period(node: Node) -> StatePeriod:
    return StatePeriod(
        starts_on=node.needed("alku").day(),
        state=_value(node.needed("tila")),
        funding=_value(node.of("opintojenRahoitus")),
        at=node.at,
    )


def _extent(node: Node) -> Extent | None:
    return Extent(node.needed("arvo").number(), _value(node.of("yksikkö"))) if node else None


def _study(node: Node) -> Study:
    module = node.needed("koulutusmoduuli")
    return Study(
        kind=_value(node.needed("tyyppi")),
        code=module.of("tunniste").code(),
        reform=_value(node.of("suoritustapa")),
        diary=module.of("perusteenDiaarinumero").text(),
        extent=_extent(module.of("laajuus")),
        starts_on=node.of("alkamispäivä").day(),
        confirmed_on=node.within("vahvistus", "päivä").day(),
        average=node.of("keskiarvo").number(),
        ways=tuple(ways_in(node)),
        agreements=tuple(agreements_in(node)),
        parts=tuple(_parts(node, 0)),
        at=node.at,
    )


def _parts(node: Node, depth: int) -> Iterator[Part]:
    inner = node.of("osasuoritukset")
    if inner and depth == MOST_LEVELS:
        inner.tell("too_deep")
        return
    for one in inner.each():
        yield _part(one, depth + 1)


def _part(node: Node, depth: int) -> Part:
    module, shown = node.needed("koulutusmoduuli"), node.of("näyttö")
    code = module.of("tunniste")
    return Part(
        code=code.code(),
        name=code.of("nimi").words() or module.of("nimi").words(),
        kind=_value(node.of("tyyppi")),
        group=_value(node.of("tutkinnonOsanRyhmä")),
        extent=_extent(module.of("laajuus")),
        grades=tuple(_grade(one) for one in node.of("arviointi").each()),
        confirmed_on=node.within("vahvistus", "päivä").day(),
        recognised=bool(node.of("tunnustettu")),
        demonstration=span_in(shown.of("suoritusaika")) if shown else None,
        parts=tuple(_parts(node, depth)),
        at=node.at,
    )


def _grade(node: Node) -> Grade:
    return Grade(node.of("arvosana").code(), node.of("päivä").day(), node.of("hyväksytty").flag(), node.at)


def parts_of(study: Study) -> Iterator[Part]:
    """Yield every part of a study, those within others after the one that holds them."""
    waiting = list(reversed(study.parts))
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.parts))


def runs_of(right: Right) -> Iterator[tuple[str, date, date | None]]:
    """Yield (state, first day, first day of the next state or None) in the order of the days."""
    told = sorted((one for one in right.periods if one.starts_on), key=lambda one: one.starts_on or date.min)
    for one, after in pairwise([*told, None]):
        if one is not None and one.starts_on is not None:
            yield one.state, one.starts_on, after.starts_on if after else None
