"""Where things stand in a definition: pages, panels, questions and columns in order, each with its JSON pointer."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from luotsi.questionnaires.rules.definition import Fault, Severity, read
from luotsi.questionnaires.rules.definition.keys import ALIASES

type Data = dict[str, Any]

TABLES = frozenset({"matrixdropdown", "matrixdynamic"})
REPETITION = "paneldynamic"
OURS = "x-luotsi"
# What is a value or somebody's own matter as a whole: nothing in it is part of the definition.
WHOLE = frozenset({"defaultValue", "defaultRowValue", "defaultPanelValue", "correctAnswer", OURS})


class ShapingRefused(ValueError):
    """A definition cannot be shaped as asked.

    Attributes:
        code: place, edge, inside, kind, name.characters, name.taken, reference, expression, fault.
        params: What the words need.
        fault: What reading the result would have noticed (code fault).
    """

    def __init__(self, code: str, fault: Fault | None = None, /, **params: object) -> None:
        super().__init__(code)
        self.code, self.fault, self.params = code, fault, params


@dataclass(frozen=True)
class Shaped:
    """A definition after a change, and where that which was changed stands now."""

    data: Data
    at: str = ""


@dataclass(frozen=True)
class Spot:
    """One element in the outline.

    Attributes:
        at: Its JSON pointer.
        level: page, panel, question or column.
        kind: Its `type`; that of the cells for a column; "" for a page.
        name: Its name.
        depth: How many elements it stands in.
        place: Its place among its siblings; `count` tells how many they are.
        held_in: Pointer of the list in which it stands.
        owner: Name of the table or repetition whose rows it is part of, "" for none.
    """

    at: str
    level: str
    kind: str
    name: str
    depth: int
    place: int
    count: int
    held_in: str
    owner: str = ""

    @property
    def key(self) -> str:
        """Its name, in rows behind that of the table."""
        return f"{self.owner}.{self.name}" if self.owner else self.name

    @property
    def holds(self) -> str:
        """The key of the list of what it holds, "" where it holds nothing."""
        return held_key(self.level, self.kind)


def held_key(level: str, kind: str) -> str:
    """Return the key under which an element of a kind holds others, "" for none."""
    if level in {"page", "panel"}:
        return "elements"
    if level == "question":
        return "templateElements" if kind == REPETITION else "columns" if kind in TABLES else ""
    return ""


def steps_of(at: str) -> list[str]:
    """Return the steps of a JSON pointer."""
    return [step.replace("~1", "/").replace("~0", "~") for step in at.split("/")[1:]]


def value_at(data: Any, at: str) -> Any:
    """Return what stands at a JSON pointer. Raises ShapingRefused (place)."""
    here = data
    for step in steps_of(at):
        if isinstance(here, Mapping) and step in here:
            here = here[step]
        elif isinstance(here, list) and step.isascii() and step.isdigit() and len(step) < 6 and int(step) < len(here):
            here = here[int(step)]
        else:
            raise ShapingRefused("place", at=at[:200])
    return here


def taken_out(data: Data, at: str) -> bool:
    """Take what stands at a place out of a definition, in place; return False where nothing does."""
    holder, _slash, last = at.rpartition("/")
    step = last.replace("~1", "/").replace("~0", "~")
    try:
        value_at(data, at)
        here = value_at(data, holder)
    except ShapingRefused:
        return False
    del here[int(step) if isinstance(here, list) else step]
    return True


def spots(data: Mapping[str, Any]) -> Iterator[Spot]:
    """Yield every element in order, each before what it holds."""
    yield from _spots(data.get("pages"), "/pages", "page", 0, "")


def _spots(items: Any, held_in: str, level: str, depth: int, owner: str) -> Iterator[Spot]:
    if not isinstance(items, list):
        return
    for place, item in enumerate(items):
        if not isinstance(item, Mapping):
            continue
        own = level
        if level == "element":
            own = "panel" if item.get("type") == "panel" else "question"
        kind = str((item.get("cellType") or "default") if own == "column" else item.get("type") or "")
        name = str(item.get("name") or "")
        spot = Spot(f"{held_in}/{place}", own, kind, name, depth, place, len(items), held_in, owner)
        yield spot
        if key := spot.holds:
            inside = "column" if key == "columns" else "element"
            rows = f"{owner}.{name}" if owner else name
            within = rows if key != "elements" else owner
            yield from _spots(item.get(key), f"{spot.at}/{key}", inside, depth + 1, within)


def found_at(data: Mapping[str, Any], at: str) -> Spot:
    """Return the element at a JSON pointer. Raises ShapingRefused (place)."""
    for spot in spots(data):
        if spot.at == at:
            return spot
    raise ShapingRefused("place", at=at[:200])


def list_at(data: Data, spot: Spot) -> list[Any]:
    """Return the list in which an element stands."""
    found: list[Any] = value_at(data, spot.held_in)
    return found


def names_taken(data: Mapping[str, Any], owner: str = "") -> set[str]:
    """Return the names, in small letters, that something new beside these may not have."""
    taken = {spot.name.lower() for spot in spots(data) if spot.owner == owner}
    if not owner:
        values = data.get("calculatedValues")
        taken |= {str(one.get("name")).lower() for one in values or () if isinstance(one, Mapping)}
    return taken


def free_name(taken: set[str], wish: str) -> str:
    """Return a name like the one wished for that is not taken yet."""
    if wish.lower() not in taken:
        return wish
    stem = wish.rstrip("0123456789") or "q"
    number = 2
    while f"{stem}{number}".lower() in taken:
        number += 1
    return f"{stem}{number}"


def begun(data: Mapping[str, Any]) -> Data:
    """Return a definition ready for shaping: with the present names of its keys, and what it asks on pages."""
    made: Data = _renamed(copy.deepcopy(dict(data)))
    if "pages" not in made:
        made["pages"] = [{"name": "page1", "elements": made.pop("elements", [])}]
    for place, page in enumerate(made["pages"] if isinstance(made["pages"], list) else ()):
        if isinstance(page, dict):
            page.setdefault("name", f"page{place + 1}")
    return made


def _renamed(value: Any) -> Any:
    if isinstance(value, list):
        return [_renamed(item) for item in value]
    if isinstance(value, dict):
        return {ALIASES.get(key, key): item if key in WHOLE else _renamed(item) for key, item in value.items()}
    return value


def errors_of(data: Mapping[str, Any]) -> list[Fault]:
    """Return the faults that keep a definition from being used."""
    return [fault for fault in read(data).faults if fault.severity is Severity.ERROR]


def kept_readable(before: Mapping[str, Any], after: Data, at: str = "") -> Shaped:
    """Return the changed definition. Raises ShapingRefused (fault) where it has an error that was not there before."""
    known = Counter(fault.code for fault in errors_of(before))
    for fault in errors_of(after):
        known[fault.code] -= 1
        if known[fault.code] < 0:
            raise ShapingRefused("fault", fault)
    return Shaped(after, at)
