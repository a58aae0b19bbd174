"""How each figure is made from the inputs: small recipes that say the same years later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, kw_only=True)
class FromTold:
    """The number of a code; `numerator` is the code of what a share is made of, where that was told too."""

    code: str
    numerator: str = ""


@dataclass(frozen=True, kw_only=True)
class FromFormula:
    """A formula over codes of told numbers and keys of figures: numbers, + - * / and brackets."""

    formula: str


@dataclass(frozen=True, kw_only=True)
class FromCell:
    """A figure of an indicator: numerator / denominator * factor, or the value that was told."""

    indicator: str
    version: int
    unit: str
    period: str
    split: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class FromRows:
    """How many rows of a sheet meet every condition, or the sum of their amounts."""

    sheet: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sum: bool = False


class How(StrEnum):
    """What is made of several figures; never a mean of percentages."""

    RATIO = "ratio"
    SUM = "sum"
    MEDIAN = "median"
    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, kw_only=True)
class FromFigures:
    """One figure of several: the sum of numerators by the sum of denominators, or where they lie."""

    how: How
    keys: tuple[str, ...]
    factor: int = 1


class Part(StrEnum):
    """What is told of a target: itself, what its path asks for on a day, what is missing, the needed pace."""

    VALUE = "value"
    PATH = "path"
    GAP = "gap"
    PACE = "pace"


@dataclass(frozen=True, kw_only=True)
class FromTarget:
    """A number about a target; `figure` is the key of the present value."""

    aim: str
    part: Part
    figure: str = ""
    day: date | None = None


class Foreseen(StrEnum):
    """What is told of a forecast."""

    VALUE = "value"
    LOW = "low80"
    HIGH = "high80"
    PROBABILITY = "probability"


@dataclass(frozen=True, kw_only=True)
class FromForecast:
    """A number of the forecast of a target from the known values of its indicator; None with too little data."""

    aim: str
    part: Foreseen


type Recipe = FromTold | FromFormula | FromCell | FromRows | FromFigures | FromTarget | FromForecast
