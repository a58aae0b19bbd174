"""What a life of studies consists of: rights with their states, plans as they stood, what was passed and missed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from luotsi.learning.engine.college.people import Campus, Person
from luotsi.learning.engine.college.programmes import TUVA, Module, Programme

PRESENT, AWAY, GRADUATED, RESIGNED, CONSIDERED, CANCELLED = (
    "lasna",
    "valiaikaisestikeskeytynyt",
    "valmistunut",
    "eronnut",
    "katsotaaneronneeksi",
    "peruutettu",
)
RUNNING = frozenset({PRESENT, AWAY})
SUPPORT_ENDS = date(2025, 12, 31)


@dataclass(frozen=True)
class Window:
    """When a part is planned: from, until, at work from (None = never), and whether it is still to be shown."""

    starts_on: date
    until: date
    at_work: date | None
    is_shown: bool


@dataclass(frozen=True)
class Version:
    """A plan as it stood from a day on: its parts by code, and by when studies are estimated to end."""

    day: date
    windows: dict[str, Window]
    end: date


@dataclass(frozen=True)
class Passed:
    """How and when a part was passed; `shown_on` = None where nothing was to be shown."""

    on: date
    grade: str
    shown_on: date | None = None
    is_recognised: bool = False


@dataclass(frozen=True)
class Away:
    """Hours away in the week that begins on the Monday, and how many of them unexcused."""

    week: date
    hours: int
    unexcused: int
    lessons: int


@dataclass
class Right:
    """A right to study and all that happened in it until today."""

    oid: str
    programme: Programme
    campus: Campus
    starts_on: date
    permit: str = ""
    way: str = ""
    states: list[tuple[date, str]] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    done: dict[str, Passed] = field(default_factory=dict)
    away: list[Away] = field(default_factory=list)
    is_renewed: bool = False
    group: str = ""

    @property
    def is_tuva(self) -> bool:
        """True for preparatory studies."""
        return self.programme is TUVA

    @property
    def ends_on(self) -> date | None:
        """The day on which it ended; None while it runs."""
        day, state = self.states[-1]
        return None if state in RUNNING else day

    def state_on(self, day: date) -> str:
        """Return the state on a day; "" before it begins."""
        return next((state for since, state in reversed(self.states) if since <= day), "")

    def version_on(self, day: date) -> Version | None:
        """Return the plan as it stood on a day."""
        return next((one for one in reversed(self.versions) if one.day <= day), None)

    def modules(self) -> tuple[Module, ...]:
        """Return the parts that are studied here, in the order of the programme."""
        return self.programme.modules

    def days(self) -> Iterator[date]:
        """Yield every day on which a register learnt something of it."""
        yield from (day for day, _state in self.states)
        yield from (one.day for one in self.versions)
        yield from (one.on for one in self.done.values() if not one.is_recognised)
        for one, until in zip(self.versions, [*(one.day for one in self.versions[1:]), date.max], strict=False):
            begun = (window.at_work for window in one.windows.values() if window.at_work)
            yield from (day for day in begun if one.day <= day < until)


@dataclass(frozen=True)
class Life:
    """An invented learner and their rights to study, the first one first."""

    person: Person
    rights: tuple[Right, ...]

    def days(self) -> Iterator[date]:
        """Yield every day on which a register learnt something of the learner."""
        for right in self.rights:
            yield from right.days()
            if self.person.has_support and right.state_on(SUPPORT_ENDS) in RUNNING:
                yield SUPPORT_ENDS


@dataclass(frozen=True)
class Start:
    """With what a right begins: where, what, and what was passed before."""

    day: date
    programme: Programme
    campus: Campus
    carried: dict[str, Passed] = field(default_factory=dict)
