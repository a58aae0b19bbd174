"""The dry run: what each row of a file would become, held against what is known now; nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from luotsi.indicators.models import Definition, Indicator, Observation
from luotsi.indicators.queries.observation_sheet.columns import NUMBERS
from luotsi.indicators.queries.observation_sheet.reading import Line, Sheet, from_json
from luotsi.indicators.queries.observation_sheet.values import (
    NotReadable,
    between,
    day_of,
    number_of,
    period_of,
    split_of,
)
from luotsi.indicators.queries.telling import (
    ObservationFigures,
    definition_for,
    reasons_of_figures,
    reasons_of_place,
    split_key_of,
    value_of,
)
from luotsi.indicators.rules.values import ObservationState, Rollup
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from luotsi.base.periods import Period
    from luotsi.indicators.models import ObservationImport

type CellKey = tuple[UUID, UUID, str, str]


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    SAME = "same"
    ERROR = "error"


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where: sheet, row, and the letters of the column (empty for the whole row).

    A `note` does not keep the row out.
    """

    sheet: str
    row: int
    column: str
    message: str
    note: bool = False

    @property
    def cell(self) -> str:
        """The address of the cell, or the number of the row."""
        return f"{self.column}{self.row}"


@dataclass(frozen=True)
class Planned:
    """A row and what becomes of it; what could not be read is None."""

    number: int
    outcome: Outcome
    indicator: Indicator | None = None
    unit: Unit | None = None
    period: Period | None = None
    split: Mapping[str, str] = field(default_factory=dict)
    figures: ObservationFigures | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def key(self) -> CellKey | None:
        """The cell that the row tells of; None where that could not be read."""
        if self.indicator is None or self.unit is None or self.period is None:
            return None
        return self.indicator.pk, self.unit.pk, self.period.key, split_key_of(self.split)


@dataclass(frozen=True)
class Plan:
    """The dry run of a file."""

    sheet: Sheet
    rows: tuple[Planned, ...]

    def of(self, outcome: Outcome) -> tuple[Planned, ...]:
        """Return the rows of an outcome."""
        return tuple(row for row in self.rows if row.outcome is outcome)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong or to be noted, by row."""
        return tuple(problem for row in self.rows for problem in row.problems)


@dataclass(frozen=True)
class World:
    """What a file has to fit into."""

    indicators: Mapping[str, Indicator]
    definitions: Mapping[UUID, Sequence[Definition]]
    units: Mapping[str, Unit]
    there: Mapping[CellKey, Observation]


def plan_now(found: ObservationImport) -> Plan:
    """Return the dry run of an import over what is known now; four queries."""
    sheet = from_json(found.rows)
    return plan_of(sheet, world_of(found.scope))


def world_of(scope: Unit) -> World:
    """Return the indicators that are entered at a unit, its units by every code they have, and what is told there."""
    indicators = list(Indicator.objects.owned_along(scope).in_use().select_related("owner"))
    definitions = definitions_of_scope({one.pk for one in indicators})
    units: dict[str, Unit] = {}
    for unit in Unit.objects.under(scope):
        for code in (unit.key, unit.institution_number, unit.oid, unit.name_fi, unit.name_sv, unit.name_en):
            if code:
                units.setdefault(code.casefold(), unit)
    current = Observation.objects.current().under(scope).filter(indicator__in=indicators)
    # A new version in work stands in the place of the approved one it would replace.
    there = {
        (one.indicator_id, one.unit_id, one.period, one.split_key): one
        for one in sorted(current, key=lambda one: one.version)
    }
    return World({one.key: one for one in indicators}, definitions, units, there)


def definitions_of_scope(indicators: set[UUID]) -> Mapping[UUID, Sequence[Definition]]:
    """Return the versions of indicators, by indicator; one query."""
    found: defaultdict[UUID, list[Definition]] = defaultdict(list)
    for definition in Definition.objects.filter(indicator__in=indicators).order_by("version"):
        found[definition.indicator_id].append(definition)
    return found


def plan_of(sheet: Sheet, world: World) -> Plan:
    """Return what becomes of every row."""
    rows = [_planned(line, sheet, world) for line in sheet.lines]
    return Plan(sheet, tuple(_sums(_twice(rows, sheet), sheet, world)))


def _planned(line: Line, sheet: Sheet, world: World) -> Planned:
    row = Row(line, sheet)
    indicator = world.indicators.get(row.text("indicator"))
    unit = world.units.get(row.text("unit").casefold())
    if indicator is None:
        row.problem("indicator", _("There is no indicator “%(key)s” here.") % {"key": row.text("indicator")})
    if unit is None:
        row.problem("unit", _("There is no unit “%(key)s” here.") % {"key": row.text("unit")})
    definitions = world.definitions.get(indicator.pk, ()) if indicator else ()
    kind = definitions[-1].period_kind if definitions else ""
    period = row.period(kind) if kind else None
    split, figures = row.split(), row.figures()
    definition = definition_for(definitions, period) if period else None
    if indicator and unit and period:
        for reason in reasons_of_place(indicator, definition, unit, period.key):
            row.problem(reason.field, str(reason))
    if indicator and period and definition and figures and not row.broken:
        for reason in reasons_of_figures(definition, indicator.key, period, split, figures):
            row.problem(reason.field, str(reason))
    made = Planned(line.number, Outcome.NEW, indicator, unit, period, split, figures)
    standing = world.there.get(made.key) if made.key else None
    if definition is not None and figures is not None and standing is not None and not row.broken:
        if _is_same(standing, figures, definition):
            return replace(made, outcome=Outcome.SAME, problems=tuple(row.problems))
        row.problem("", _standing(standing))
    outcome = Outcome.ERROR if row.broken else Outcome.NEW
    return replace(made, outcome=outcome, problems=tuple(row.problems))


def _standing(observation: Observation) -> str:
    if observation.state == ObservationState.APPROVED:
        return _("Another figure has been approved. Change that one, with a reason.")
    return _("Somebody is entering another figure already.")


def _is_same(standing: Observation, figures: ObservationFigures, definition: Definition) -> bool:
    told = (figures.numerator, figures.denominator, value_of(figures, definition))
    return told == (standing.numerator, standing.denominator, standing.value)


class Row:
    """One row while it is read; collects what is wrong."""

    def __init__(self, line: Line, sheet: Sheet) -> None:
        self.line = line
        self.sheet = sheet
        self.problems: list[Problem] = []
        for name, (column, _text) in line.cells.items():
            address = f"{column}{line.number}"
            if address in sheet.merged:
                self.problem(name, _("The cell is merged with others. Write each row by itself."))
            elif address in sheet.formulas and name in NUMBERS:
                self.problem(name, _("The cell holds a formula. Its last result was read."), note=True)

    @property
    def broken(self) -> bool:
        """Whether anything keeps the row out."""
        return any(not problem.note for problem in self.problems)

    def text(self, name: str) -> str:
        """Return the text of a cell; empty where there is none."""
        return self.line.cells.get(name, ("", ""))[1]

    def problem(self, name: str, message: str, *, note: bool = False) -> None:
        """Note what is wrong with a cell, or with the row where the field has no column in the file."""
        column = self.line.cells.get(name, ("", ""))[0]
        self.problems.append(Problem(self.sheet.name, self.line.number, column, message, note))

    def period(self, kind: str) -> Period | None:
        """Return the period, from its own column or from its first and last day."""
        try:
            if text := self.text("period"):
                return period_of(text, kind)
            first, last = day_of(self.text("first_day")), day_of(self.text("last_day"))
        except NotReadable as error:
            self.problem("period", _("“%(period)s” is no period.") % {"period": error})
            return None
        if last < first:
            self.problem("last_day", _("The last day cannot be before the first day."))
            return None
        try:
            return between(first, last)
        except NotReadable:
            self.problem("first_day", _("The days are not the first and the last of a period."))
            return None

    def split(self) -> dict[str, str]:
        """Return the split; empty for the total."""
        try:
            return split_of(self.text("split"))
        except NotReadable:
            self.problem("split", _("Write a split as language=sv."))
            return {}

    def number(self, name: str) -> Decimal | None:
        """Return a number; None where the cell is empty or holds none."""
        text = self.text(name)
        if not text:
            return None
        try:
            return number_of(text)
        except NotReadable as error:
            message = (
                _("It is not clear whether “%(text)s” means thousands. Write it without a point or comma.")
                if error.unclear
                else _("“%(text)s” is no number.")
            )
            self.problem(name, message % {"text": text})
            return None

    def figures(self) -> ObservationFigures | None:
        """Return what is told; None where a number could not be read."""
        before = len(self.problems)
        numbers = {name: self.number(name) for name in NUMBERS}
        persons = numbers.pop("persons")
        if persons is not None and persons != persons.to_integral_value():
            self.problem("persons", _("Persons are a whole number."))
        if any(not problem.note for problem in self.problems[before:]):
            return None
        return ObservationFigures(
            numerator=numbers["numerator"],
            denominator=numbers["denominator"],
            value=numbers["value"],
            persons=None if persons is None else int(persons),
            source=self.text("source")[:300],
            source_place=self.text("source_place")[:120],
            note=self.text("note"),
        )


def _twice(rows: Sequence[Planned], sheet: Sheet) -> list[Planned]:
    """Mark rows that tell of a cell that an earlier row of the file tells of."""
    first: dict[CellKey, int] = {}
    found = []
    for row in rows:
        if row.key is not None and row.key in first:
            message = _("Row %(row)s tells the same figure.") % {"row": first[row.key]}
            found.append(_with(row, Problem(sheet.name, row.number, "", message)))
            continue
        if row.key is not None:
            first[row.key] = row.number
        found.append(row)
    return found


def _with(row: Planned, problem: Problem) -> Planned:
    return replace(row, outcome=Outcome.ERROR, problems=(*row.problems, problem))


def _sums(rows: Iterable[Planned], sheet: Sheet, world: World) -> list[Planned]:
    """Mark totals that the parts told beside them do not make up."""
    kept = list(rows)
    parts: defaultdict[tuple[UUID, UUID, str], list[Planned]] = defaultdict(list)
    for row in kept:
        if row.key is not None and len(row.split) == 1 and row.outcome is not Outcome.ERROR:
            parts[row.key[:3]].append(row)
    columns = {name: cell[0] for line in sheet.lines for name, cell in line.cells.items()}
    for place, row in enumerate(kept):
        if row.key is None or row.split or row.outcome is not Outcome.NEW or row.key[:3] not in parts:
            continue
        for name, made, told in _disagreeing(row, parts[row.key[:3]], world):
            message = _("The parts make %(made)s, but the total is %(told)s.") % {"made": made, "told": told}
            kept[place] = _with(kept[place], Problem(sheet.name, row.number, columns.get(name, ""), message))
    return kept


def _disagreeing(total: Planned, parts: Sequence[Planned], world: World) -> Iterable[tuple[str, Decimal, Decimal]]:
    """Yield the fields in which parts by one dimension do not make the total: what they make, what was told."""
    dimensions = {next(iter(part.split)) for part in parts}
    if len(dimensions) > 1 or total.figures is None or total.indicator is None:
        return
    for name in ("numerator", "denominator", "value"):
        told = getattr(total.figures, name)
        numbers = [getattr(part.figures, name) for part in parts]
        if told is None or None in numbers or (name == "value" and total.figures.denominator is not None):
            continue
        if name == "value" and world.definitions[total.indicator.pk][-1].rollup != Rollup.SUM:
            continue
        made = sum(numbers, Decimal(0))
        if made != told:
            yield name, made, told
