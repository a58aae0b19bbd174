"""What every item of a plan has: a place in its file, mostly a code, and codes that it names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from luotsi.programme.rules.values import NOWHERE, Place, Source, Text

NO_TEXT = Text()


def ref(*kinds: str) -> Any:
    """Return a field for the code of an item of one of the kinds; empty when none is named."""
    return field(default="", metadata={"refs": kinds})


def refs(*kinds: str) -> Any:
    """Return a field for any number of such codes."""
    return field(default=(), metadata={"refs": kinds})


@dataclass(frozen=True, kw_only=True)
class Item:
    """Anything that has a place in a plan file."""

    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Coded(Item):
    """An item that others may name by its code; codes are unique in a plan."""

    code: str
    source: Source | None = None
    note: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True)
class Document(Item):
    """A document that statements of the plan come from."""

    code: str
    names: Text
