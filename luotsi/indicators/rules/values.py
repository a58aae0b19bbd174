"""The small values of the room: how figures roll up, who may see them how exactly, and the marks of what is no figure.

Null and zero differ: a figure that is not there has a mark that tells why, never a zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

PERCENT = "percent"


class Mark(StrEnum):
    """Why there is no figure: nobody told, the rule of small groups hides it, or the thing does not exist there."""

    FIGURE = ""
    MISSING = "missing"
    PROTECTED = "protected"
    NOT_APPLICABLE = "not_applicable"


class Hidden(StrEnum):
    """Why a figure is protected: it is of a small group itself, or would reveal one beside it."""

    NOT = ""
    PRIMARY = "primary"
    COMPLEMENTARY = "complementary"


class Rollup(StrEnum):
    """How the figures of units become the figure of the unit above; never a mean of percentages."""

    SUM = "sum"
    RATIO = "ratio"
    WEIGHTED_MEAN = "weighted_mean"
    LAST = "last"
    MIN = "min"
    MAX = "max"
    SHARE_OF_UNITS = "share_of_units"


class Policy(StrEnum):
    """How small groups are protected, from the loosest to the strictest (handbook, domain §3)."""

    OPEN = "open"
    THRESHOLD = "threshold"
    SURVEY = "survey"
    LEARNERS = "learners"
    STATISTICS = "statistics"


class Audience(StrEnum):
    """For whom figures leave: those who work for a provider, or everybody."""

    STAFF = "staff"
    PUBLIC = "public"


class Direction(StrEnum):
    """Which way is better."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"


class Operator(StrEnum):
    """How a number relates to what is meant: exactly, at least, at most, over, under, about, between."""

    EQ = "eq"
    GTE = "gte"
    LTE = "lte"
    GT = "gt"
    LT = "lt"
    APPROX = "approx"
    RANGE = "range"


class Semantics(StrEnum):
    """Which records count for a period: those in force on its last day, or those that happened during it."""

    AS_OF = "as_of"
    DURING = "during"


class PathKind(StrEnum):
    """How a target is approached from its baseline."""

    LINEAR = "linear"
    STEP = "step"
    POINTS = "points"


class ObservationState(StrEnum):
    """How far an observation has come; an approved one is locked, a change is a new version."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SUPERSEDED = "superseded"


class Verdict(StrEnum):
    """What a forecast says of a target."""

    REACHED = "reached"
    WILL = "will_be_reached"
    AT_RISK = "at_risk"
    WILL_NOT = "will_not"
    TOO_LITTLE = "too_little_data"


@dataclass(frozen=True, kw_only=True)
class Count:
    """What a counted definition counts in a fact table: rows, or distinct values of a column, or the sum of one.

    `where` holds (column, operator, value) triples joined by "and"; operators are = != < <= > >= in, `is` with None.
    """

    column: str = ""
    sum: bool = False
    where: tuple[tuple[str, str, object], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Counting:
    """How a definition counts from a fact table; `denominator` None where the indicator is a plain number."""

    table: str
    semantics: Semantics = Semantics.AS_OF
    numerator: Count = Count()
    denominator: Count | None = None


def counting_of(kept: Mapping[str, Any] | None) -> Counting | None:
    """Return a counting as it was kept in JSON; None where the indicator is observed."""
    if not kept:
        return None
    counts = {
        part: Count(
            column=given.get("column", ""),
            sum=bool(given.get("sum")),
            where=tuple((column, operator, value) for column, operator, value in given.get("where", ())),
        )
        for part in ("numerator", "denominator")
        if (given := kept.get(part)) is not None
    }
    return Counting(table=kept["table"], semantics=Semantics(kept.get("semantics", Semantics.AS_OF)), **counts)


@dataclass(frozen=True, kw_only=True)
class Definition:
    """One version of how an indicator is counted; figures of different versions are never joined by a line.

    Args:
        indicator: key of the indicator, unique in the installation.
        version: number of the definition, from 1.
        unit: unit of measure; "percent" for shares, whose value is numerator / denominator * 100.
        factor: value = numerator / denominator * factor (100 for per cent and for "per 100 pupils"), for ratios.
        rollup: how units become the unit above.
        limit: for SHARE_OF_UNITS: operator and number that a unit's own value must meet.
        told_by: kind of the units that are expected to tell the figure; empty for what the tree of units says.
        policy: how small groups are protected.
        dimensions: names of the splits that figures may be told by.
        counting: how it is counted from records; None where it is observed.
    """

    indicator: str
    version: int = 1
    unit: str = ""
    factor: Decimal = Decimal(1)
    direction: Direction = Direction.RISING
    rollup: Rollup = Rollup.RATIO
    limit: tuple[Operator, Decimal] | None = None
    told_by: str = ""
    policy: Policy = Policy.THRESHOLD
    dimensions: tuple[str, ...] = ()
    counting: Counting | None = None


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One figure: of an indicator, a unit, a period and a split, with what it is made of.

    Args:
        unit: key of the unit (its UUID as hex).
        period: key of the period (luotsi.base.periods).
        split: values by dimension; empty for the total.
        numerator: None where there is none or it is not known.
        denominator: the same.
        value: what is shown; None together with a mark.
        approximate: whether something in it was only told about ("nearly a third").
        persons: how many persons stand behind it; None where no persons do.
        reporting: how many of the units below gave a figure, of how many (`expected`).
        hidden: why the figure is protected, where `mark` says so.
        told: whether the unit told the figure itself; False where it rolled up from below or was counted.
        below: what rolled up from below beside a figure that was told; None where only one of the two is.
    """

    indicator: str
    version: int = 1
    unit: str
    period: str
    split: tuple[tuple[str, str], ...] = field(default=())
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    approximate: bool = False
    mark: Mark = Mark.FIGURE
    persons: int | None = None
    reporting: int = 1
    expected: int = 1
    hidden: Hidden = Hidden.NOT
    told: bool = False
    below: Decimal | None = None
