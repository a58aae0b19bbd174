"""Columns that several lists of this room have: of a record, of a call, of sums and of points."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from luotsi.ui.formatting import euros, number
from luotsi.ui.lists import Column, Link, State

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

type Figure = Callable[[Any], Decimal | None]


def euros_or_none(value: Decimal | None) -> str | None:
    """Return a sum in words; what nobody knows stays None and is shown as a dash."""
    return None if value is None else euros(value)


def sums(key: str, label: str | _StrPromise, figure: Figure) -> Column:
    """Return a column of euros that rows are sorted by; files have the bare figure."""
    return Column(key, label, cell=lambda row: euros_or_none(figure(row)), text=figure, numeric=True, sort=True)


def points(key: str, label: str | _StrPromise, figure: Figure, *, sort: bool = True) -> Column:
    """Return a column of points with two decimals; files have the bare figure."""

    def cell(row: Any) -> str | None:
        value = figure(row)
        return None if value is None else number(value, 2)

    return Column(key, label, cell=cell, text=figure, numeric=True, sort=sort)


RECORD = (
    Column("number", pgettext_lazy("of a record", "Number"), cell=lambda row: Link(row.url, row.number), sort=True),
    Column("unit", gettext_lazy("Applicant"), cell=lambda row: row.unit, sort=True),
    Column("name", gettext_lazy("Project"), cell=lambda row: row.names, sort=True),
)
RECORD_KEYS: dict[str, Callable[[Any], Any]] = {
    "number": lambda row: row.number,
    "unit": lambda row: row.unit.text,
    "name": lambda row: row.names.text,
}
MEAN = points("mean", gettext_lazy("Points"), lambda row: row.mean)
APPLIED = sums("applied", gettext_lazy("Applied for"), lambda row: row.applied)
CALL = (
    Column("state", gettext_lazy("State"), cell=lambda row: State(row.mark, row.word), sort=True),
    Column("closes", gettext_lazy("Closes"), cell=lambda row: row.closes, sort=True),
    Column("left", gettext_lazy("Time left"), cell=lambda row: row.left, text=lambda row: row.days),
    sums("budget", gettext_lazy("To be granted"), lambda row: row.budget),
)
