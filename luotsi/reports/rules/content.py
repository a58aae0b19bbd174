"""What a report consists of: sections of blocks, numbered figures with the recipe of each, and what they are made of.

Everything is plain, frozen data in up to three languages, so that a report reads the same years later. Numbers stand
in texts as the key of their figure in braces ("{I2}"); no digit is written twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from luotsi.indicators.rules.values import Mark, Operator
from luotsi.programme.rules.values import Text
from luotsi.reports.rules.inputs import Inputs
from luotsi.reports.rules.recipes import Recipe

SCHEMA = 1
NO_TEXT = Text()
KEY = re.compile(r"\{([A-Za-z][A-Za-z0-9_]{0,79})\}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number of a report; its reference number is its place among the figures, from 1.

    Args:
        key: by which texts and recipes name it.
        label: what is counted.
        recipe: how it is made again from the inputs.
        value: None together with a mark.
        unit: "percent", "eur", or a word; empty for plain numbers.
        decimals: how many are shown; None shows those that a whole number needs, one otherwise.
        numerator, denominator: what a share is made of, as far as it is known and may be told.
        population: of whom the share is.
        period: key of the period, or the day.
        place: the unit that it is about.
        definition: version of the definition, such as "v1"; empty where nobody defined it.
        operator: exactly, at least, about …
        words: how the source put it ("nearly a third").
        source: document and lines, or what it was counted from.
        trace: indicator, unit and period of the page that shows the records; or the name of a page with what it
            takes and a measure, for answers; empty where there is none.
    """

    key: str
    label: Text
    recipe: Recipe
    value: Decimal | None = None
    unit: str = ""
    decimals: int | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    population: Text = NO_TEXT
    period: str = ""
    place: Text = NO_TEXT
    definition: str = ""
    operator: Operator = Operator.EQ
    words: Text = NO_TEXT
    mark: Mark = Mark.FIGURE
    source: str = ""
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph; `kind` is "", "lead" (the summary) or "note" (small print)."""

    text: Text
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Subheading:
    """A heading inside a section."""

    text: Text


@dataclass(frozen=True, kw_only=True)
class Items:
    """A list of short texts."""

    texts: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table; numbers stand to the right."""

    label: Text
    numeric: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What stands in a cell: a text, a figure by its key, or a state (mark and word)."""

    text: Text = NO_TEXT
    figure: str = ""
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with its caption; the first column heads the rows."""

    key: str
    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Entry, ...], ...]
    note: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True)
class Highlights:
    """The few figures that a reader should take away."""

    figures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar: a label, the figure that is its length, and the figure that is its target ("" = none)."""

    label: Text
    figure: str
    target: str = ""


@dataclass(frozen=True, kw_only=True)
class Bars:
    """A picture of bars from zero to `top`: the title says what it shows, the message what it tells."""

    title: Text
    message: Text
    top: Decimal
    unit: str
    bars: tuple[Bar, ...]


type Block = Paragraph | Subheading | Items | Table | Highlights | Bars


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section: what the data say (`blocks`) and what somebody wrote about it (`own`)."""

    key: str
    heading: Text
    own: Text = NO_TEXT
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Override:
    """Why a report was frozen although something was missing, and who says so."""

    code: str
    about: str
    label: Text
    reason: str
    by: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Content:
    """A whole report: what is hashed, printed and proved."""

    schema: int = SCHEMA
    kind: str
    title: Text
    programme: str
    programme_names: Text
    unit: str
    unit_names: Text
    period: str
    version: int
    data_on: date
    plan_version: str = ""
    plan_sha256: str = ""
    frozen_at: datetime | None = None
    frozen_by: str = ""
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    overrides: tuple[Override, ...] = ()
    inputs: Inputs = field(default_factory=Inputs)

    def figure(self, key: str) -> Figure | None:
        """Return the figure of a key, None where there is none."""
        return next((figure for figure in self.figures if figure.key == key), None)

    @property
    def numbers(self) -> dict[str, int]:
        """Return the reference number of each figure by its key."""
        return {figure.key: place for place, figure in enumerate(self.figures, start=1)}


def keys_in(text: Text) -> Iterator[str]:
    """Yield the keys of figures that a text names, in any language."""
    for given in (text.fi, text.sv, text.en):
        yield from KEY.findall(given)


def unknown_keys(text: Text, figures: tuple[Figure, ...]) -> list[str]:
    """Return the keys in a text that no figure has."""
    known = {figure.key for figure in figures}
    return sorted({key for key in keys_in(text) if key not in known})
