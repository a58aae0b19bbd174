"""What the figures of a report were made of, kept with it: a report is proved without its database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from luotsi.indicators.rules.values import Direction, Mark, Operator, PathKind, Policy, Rollup
from luotsi.programme.rules.values import Text

NO_TEXT = Text()


@dataclass(frozen=True, kw_only=True)
class Told:
    """A number that the plan or a record of the programme holds, by its code."""

    code: str
    value: Decimal | None
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Definition:
    """The version of a definition that a cell was counted by."""

    indicator: str
    version: int
    names: Text
    unit: str = ""
    factor: Decimal = Decimal(1)
    rollup: Rollup = Rollup.RATIO
    policy: Policy = Policy.THRESHOLD
    direction: Direction = Direction.RISING
    numerator: Text = NO_TEXT
    denominator: Text = NO_TEXT
    population: Text = NO_TEXT
    rule: Text = NO_TEXT
    method: Text = NO_TEXT
    is_counted: bool = False


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A figure of an indicator as disclosure control let it out; `records` are the observations told for this cell."""

    indicator: str
    version: int
    unit: str
    period: str
    split: tuple[tuple[str, str], ...] = ()
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    approximate: bool = False
    mark: Mark = Mark.FIGURE
    reporting: int = 1
    expected: int = 1
    records: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit of the organisation that figures are about."""

    key: str
    names: Text
    parent: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row that is counted or summed: values by column (milestones, findings, money)."""

    values: dict[str, str] = field(default_factory=dict)
    amount: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Rows of one kind."""

    name: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Aim:
    """A target with the way to it, by the code of its figure."""

    code: str
    indicator: str
    operator: Operator
    value: Decimal
    due_on: date
    baseline: Decimal | None = None
    baseline_on: date | None = None
    path: PathKind = PathKind.LINEAR
    points: tuple[tuple[date, Decimal], ...] = ()
    share: bool = False
    direction: Direction = Direction.RISING


@dataclass(frozen=True, kw_only=True)
class Known:
    """A value of an indicator on a day, as a forecast takes it."""

    indicator: str
    day: date
    value: Decimal
    approximate: bool = False


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """Everything that the recipes of a report take from."""

    told: tuple[Told, ...] = ()
    definitions: tuple[Definition, ...] = ()
    cells: tuple[Cell, ...] = ()
    units: tuple[Unit, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    aims: tuple[Aim, ...] = ()
    known: tuple[Known, ...] = ()
