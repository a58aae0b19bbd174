"""What differs between two plans, item by item: added, removed, changed key by key, moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from luotsi.programme.rules.plan import Coded, Document, Item, Milestone, Plan, Target


class Deed(StrEnum):
    """What happened to an item between the two plans."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Change:
    """One difference.

    Args:
        deed: what happened.
        shape: name of the shape of the item ("Measure"); "Plan" for keys of the whole.
        path: the item: its code, of a milestone that of its measure and its period ("M11 2024-25"), of a target that
            of its indicator and its place ("I2 1"), of other parts without a code that of their holder and key.
        key: the key that changed; "" for items that came, went or moved.
        old: the value before, as in `rules.plan`; for a moved item the code of what held it.
        new: the value after.
        item: the item as it is in the new plan, or as it was where it is gone.
    """

    deed: Deed
    shape: str
    path: str
    key: str
    old: object
    new: object
    item: Item


@dataclass(frozen=True)
class _Placed:
    item: Item
    holder: str


def difference(old: Plan, new: Plan) -> list[Change]:
    """Return what is different in the new plan, in the order of the new one, then what is gone."""
    before, after = _placed(old), _placed(new)
    found: list[Change] = []
    for path, here in after.items():
        there = before.get(path)
        if there is None or type(there.item) is not type(here.item):
            found.append(Change(Deed.ADDED, type(here.item).__name__, path, "", None, here.item, here.item))
            continue
        found += _changes(path, there, here)
    for path, there in before.items():
        other = after.get(path)
        if other is None or type(other.item) is not type(there.item):
            found.append(Change(Deed.REMOVED, type(there.item).__name__, path, "", there.item, None, there.item))
    return found


def _changes(path: str, there: _Placed, here: _Placed) -> Iterator[Change]:
    shape = type(here.item).__name__
    if there.holder != here.holder:
        yield Change(Deed.MOVED, shape, path, "", there.holder, here.holder, here.item)
    for entry in fields(here.item):
        old, new = getattr(there.item, entry.name), getattr(here.item, entry.name)
        if entry.name != "place" and old != new and not _is_held(old) and not _is_held(new):
            yield Change(Deed.CHANGED, shape, path, entry.name, old, new, here.item)


def _is_held(value: object) -> bool:
    """Return True for items and lists of items: they are compared on their own."""
    return isinstance(value, Item) or (isinstance(value, tuple) and any(isinstance(part, Item) for part in value))


def _placed(plan: Plan) -> dict[str, _Placed]:
    """Return every item by its path; of two with one path the first."""
    found: dict[str, _Placed] = {}
    _place(plan, "", "", found)
    return found


def _place(item: Item, path: str, holder: str, found: dict[str, _Placed]) -> None:
    found.setdefault(path, _Placed(item, holder))
    for entry in fields(item):
        value = getattr(item, entry.name)
        parts = value if isinstance(value, tuple) else (value,)
        for place, part in enumerate(parts, 1):
            if isinstance(part, Item):
                _place(part, _path_of(part, path, entry.name, place), path, found)


def _path_of(item: Item, holder: str, key: str, place: int) -> str:
    match item:
        case Coded() | Document():
            return item.code
        case Milestone():
            return f"{holder} {item.period.key}"
        case Target():
            return f"{holder} {place}"
    return f"{holder} {key}".strip()
