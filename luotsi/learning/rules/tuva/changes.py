"""How one path differs from another, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luotsi.learning.rules.tuva.limits import PARTS
from luotsi.learning.rules.tuva.paths import NOTHING, Path


@dataclass(frozen=True)
class Change:
    """What differs: `weeks`, `ends_on`, `content` of a part; `weekly`, `starts_on`, `aim`, `breaks` of the whole."""

    what: str
    part: str = ""
    before: Decimal | date | str | None = None
    after: Decimal | date | str | None = None


def changes(before: Path, after: Path) -> tuple[Change, ...]:
    """Return how the later path differs; nothing when both say the same."""
    return (*_of_parts(before, after), *_of_whole(before, after))


def _of_parts(before: Path, after: Path) -> Iterator[Change]:
    for part in PARTS:
        one, other = before.weeks.get(part, NOTHING), after.weeks.get(part, NOTHING)
        if one != other:
            yield Change("weeks", part, one, other)
        first, last = _end(before, part), _end(after, part)
        if one and other and first != last:
            yield Change("ends_on", part, first, last)
        elif one == other and _items(before, part) != _items(after, part):
            yield Change("content", part)


def _items(path: Path, part: str) -> list[object]:
    return [one for one in path.items if one.part == part]


def _end(path: Path, part: str) -> date | None:
    return max((one.ends_on for one in path.items if one.part == part and one.ends_on), default=None)


def _of_whole(before: Path, after: Path) -> Iterator[Change]:
    if before.weekly != after.weekly:
        yield Change("weekly", before=before.weekly, after=after.weekly)
    if before.starts_on != after.starts_on:
        yield Change("starts_on", before=before.starts_on, after=after.starts_on)
    if before.aim != after.aim:
        yield Change("aim", before=before.aim, after=after.aim)
    if before.breaks != after.breaks:
        yield Change("breaks")
