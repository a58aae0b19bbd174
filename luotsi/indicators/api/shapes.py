"""The shapes of the answers, as OpenAPI describes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from ninja import Field, Schema


class Asked(Schema):
    """What figures are asked for."""

    unit: str = Field("", description="Address of the unit; that of the key by default.")
    since: str = Field("", alias="from", description="First period: 2026-11, 2026 or 2026-27.")
    until: str = Field("", alias="to", description="Last period.")
    split: str = Field("", description='One split, as "language=sv"; "all" for all of them.')
    below: bool = Field(False, description="Whether also of every unit below.")


class ColumnOut(Schema):
    """One column of a table."""

    name: str
    kind: str
    about: str


class TableOut(Schema):
    """A table with its columns and the addresses of its files; `counts` = protected counts instead of records."""

    key: str
    title: str
    about: str
    policy: str
    counts: bool
    columns: list[ColumnOut]
    files: dict[str, str]


class IndicatorOut(Schema):
    """An indicator with the last version of its definition; texts by language."""

    key: str
    code: str
    name: dict[str, str]
    version: int
    unit_of_measure: str
    direction: str
    rollup: str
    policy: str
    period_kind: str
    dimensions: list[str]
    numerator: dict[str, str]
    denominator: dict[str, str]
    population: dict[str, str]
    figures: str


class FigureOut(Schema):
    """One figure. Null with a mark is no figure: missing, protected or not_applicable; zero is zero."""

    unit: str
    period: str
    first_day: date
    last_day: date
    split: dict[str, str]
    version: int
    numerator: float | None
    denominator: float | None
    value: float | None
    approximate: bool
    mark: str
    reporting: int
    expected: int


class FiguresOut(Schema):
    """Figures of an indicator in a unit, in order of time; those of different versions are not joined."""

    indicator: str
    unit: str
    policy: str
    figures: list[FigureOut]


def plain(number: Decimal | None) -> float | None:
    """Return a number as JSON has it."""
    return None if number is None else float(number)


def languages(kept: dict[str, Any]) -> dict[str, str]:
    """Return a text by language."""
    return {code: str(text) for code, text in kept.items()}
