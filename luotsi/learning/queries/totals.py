"""Progress in sums, down to groups, without persons: what may be told of each unit, and nothing that tells of few.

Protection is worked out over everything that any page of these sums can show: all units below the outermost one, each
whole and by qualification. What a page shows is picked from that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from luotsi.base import clock, periods
from luotsi.indicators.rules.disclosure import protect
from luotsi.indicators.rules.values import PERCENT, Cell, Definition, Hidden, Mark, Rollup
from luotsi.learning.models import Learner, StudyRight
from luotsi.learning.queries.standings import stands_of
from luotsi.learning.rules.progress import NOTHING
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from luotsi.learning.queries.standings import Stand

    type Key = tuple[str, str]

STUDY = "study"
COUNT = Definition(indicator="learning.progress.learners", rollup=Rollup.SUM, dimensions=(STUDY,))
LATE = Definition(
    indicator="learning.progress.late", unit=PERCENT, factor=Decimal(100), rollup=Rollup.RATIO, dimensions=(STUDY,)
)


@dataclass
class Sum:
    """What the learners of a unit add up to; `behind` of those who are behind, never less than nothing."""

    learners: int = 0
    late: int = 0
    planned: Decimal = NOTHING
    done: Decimal = NOTHING
    behind: Decimal = NOTHING

    def add(self, stand: Stand) -> None:
        """Count one more learner."""
        self.learners += 1
        self.planned += stand.planned
        self.done += stand.done
        if stand.has_days and stand.behind > 0:
            self.late += 1
            self.behind += stand.behind


@dataclass(frozen=True)
class Told:
    """What may be told: None for a sum of few (`is_small`) or one that would give such away; nobody is a zero."""

    learners: int | None
    late: int | None
    planned: Decimal | None
    done: Decimal | None
    behind: Decimal | None
    is_small: bool = False

    @property
    def is_hidden(self) -> bool:
        """Whether the whole row is hidden."""
        return self.learners is None

    @property
    def share(self) -> Decimal | None:
        """What is done of what was planned by today; more than one when more is done."""
        return self.done / self.planned if self.done is not None and self.planned else None


@dataclass
class Sums:
    """Sums by unit and qualification ("" = all), with what may be told of each."""

    raw: dict[Key, Sum] = field(default_factory=lambda: defaultdict(Sum))
    names: dict[str, str] = field(default_factory=dict)
    told: dict[Key, Told] = field(default_factory=dict)
    kind: str = ""

    def of(self, unit: Unit, study: str = "") -> Told:
        """Return what may be told of a unit; zeros where nobody is."""
        return self.told.get((unit.pk.hex, study), Told(0, 0, NOTHING, NOTHING, NOTHING))

    def studies_of(self, unit: Unit) -> list[tuple[str, Told]]:
        """Return each qualification at a unit with what may be told of it."""
        here = [(study, told) for (key, study), told in self.told.items() if key == unit.pk.hex and study]
        return sorted(here, key=lambda one: self.names[one[0]])


def sums_around(scope: Unit, kind: str = "") -> Sums:
    """Return the sums of everything below the outermost unit above a unit; five queries.

    Without a `kind` of studies, those are summed up that most learners of the unit have.
    """
    top = Unit.objects.get(pk=scope.ancestor_ids[0]) if scope.ancestor_ids else scope
    stands = stands_of(Learner.objects.in_unit(top), clock.today())
    here = Counter(one.kind for one in stands if one.path.startswith(scope.path))
    kind = kind or max(here, key=lambda one: (here[one], one), default=StudyRight.Kind.VOCATIONAL.value)
    sums = Sums(kind=kind)
    for stand in latest_of(one for one in stands if one.kind == kind):
        study = stand.qualification or stand.study
        sums.names.setdefault(study, stand.study)
        for unit in stand.path.strip("/").split("/"):
            sums.raw[unit, ""].add(stand)
            sums.raw[unit, study].add(stand)
    sums.told = protected(sums.raw, parents_of(stands))
    return sums


def latest_of(stands: Iterable[Stand]) -> Iterator[Stand]:
    """Yield one right for each learner, that which began last, so that nobody counts twice."""
    found: dict[object, Stand] = {}
    for one in stands:
        before = found.get(one.learner)
        if before is None or (one.starts_on is not None and (before.starts_on or one.starts_on) <= one.starts_on):
            found[one.learner] = one
    yield from found.values()


def parents_of(stands: Iterable[Stand]) -> dict[str, str]:
    """Return the unit above each unit, as the paths tell."""
    parents: dict[str, str] = {}
    for path in {one.path for one in stands}:
        way = path.strip("/").split("/")
        parents |= dict(zip(way[1:], way, strict=False))
    return parents


def protected(raw: Mapping[Key, Sum], parents: Mapping[str, str]) -> dict[Key, Told]:
    """Return what may be told: nothing of few learners, and of lateness only where neither late nor other are few."""
    today = periods.containing(clock.today(), periods.PeriodKind.DAY).key
    keys = list(raw)
    counts = protect([_cell(COUNT, key, raw[key], today) for key in keys], COUNT, parents=parents)
    lates = protect([_cell(LATE, key, raw[key], today) for key in keys], LATE, parents=parents)
    found = {}
    for key, count, late in zip(keys, counts, lates, strict=True):
        one = raw[key]
        if count.mark == Mark.PROTECTED:
            found[key] = Told(None, None, None, None, None, count.hidden == Hidden.PRIMARY)
            continue
        few = late.mark == Mark.PROTECTED
        late_ones, behind = (None, None) if few else (one.late, one.behind)
        found[key] = Told(one.learners, late_ones, one.planned, one.done, behind)
    return found


def _cell(definition: Definition, key: Key, one: Sum, period: str) -> Cell:
    unit, study = key
    is_count = definition is COUNT
    learners, late = Decimal(one.learners), Decimal(one.late)
    return Cell(
        indicator=definition.indicator,
        unit=unit,
        period=period,
        split=((STUDY, study),) if study else (),
        numerator=None if is_count else late,
        denominator=None if is_count else learners,
        value=learners if is_count else late / learners * 100,
        persons=one.learners,
    )
