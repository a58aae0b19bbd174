"""What differs between two definitions, item by item, how much each difference weighs, and which version follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.lint.outline import KEYS
from luotsi.questionnaires.rules.shaping.places import OURS, Spot, spots, value_at
from luotsi.questionnaires.rules.shaping.words import KEYS as TEXTS
from luotsi.questionnaires.rules.shaping.words import home_language, texts_of

HELD = frozenset({"pages", "elements", "templateElements", "calculatedValues", "name"})
EXPRESSIONS = frozenset(KEYS.values())
# Limits that shut answers out when they are lowered, or raised.
MOST = frozenset({"max", "maxLength", "maxRowCount", "maxPanelCount", "maxSelectedChoices", "maxSize", "maxFiles"})
LEAST = frozenset({"min", "minRowCount", "minPanelCount", "minSelectedChoices"})
SHAPES = frozenset({"type", "cellType", "inputType", "valueTrue", "valueFalse", "rateValues", "rateMin", "rateMax"})
LISTED = frozenset({"choices", "rows", "columns", "rateValues"})


class Weight(StrEnum):
    """How much a difference weighs: answers cannot be carried over, more is asked or otherwise, only words differ."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"


@dataclass(frozen=True)
class Change:
    """One difference.

    Attributes:
        what: added, removed, moved, renamed, words, condition, choice.added, choice.removed, choice.words, limit,
            kind, marks, rules, calculated, key.
        weight: How much it weighs.
        level: page, panel, question, column, or whole.
        name: Name of the element, in rows behind that of the table; "" = the whole.
        at: Its JSON pointer in the later definition, in the earlier one where it was removed.
        detail: Which key, choice or language it is.
        before: What it was, as text; "" for nothing.
        after: What it is.
    """

    what: str
    weight: Weight
    level: str
    name: str
    at: str
    detail: str = ""
    before: str = ""
    after: str = ""


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], rules_before: Any = None, rules_after: Any = None
) -> tuple[Change, ...]:
    """Return what differs, in the order of the later definition, what was removed last; nothing for equal ones.

    Names tell elements apart: what has another name is another element, unless nothing but its name differs.
    """
    old, new = _by_key(before), _by_key(after)
    again = _renamed(before, after, old, new)
    found = [*_of_whole(before, after)]
    stay = [key for key in new if key in old]
    moved = _moved([key for key in old if key in new], stay, old, new)
    for key, spot in new.items():
        if key in again.values():
            was = next(name for name, now in again.items() if now == key)
            found.append(_change("renamed", Weight.MAJOR, spot, before=was[1], after=spot.name))
        elif key not in old:
            found.append(_change("added", Weight.MINOR, spot))
        else:
            if key in moved:
                found.append(_change("moved", Weight.PATCH, spot))
            found += _of_element(value_at(before, old[key].at), value_at(after, spot.at), spot, before, after)
    for key, spot in old.items():
        if key not in new and key not in again:
            weight = Weight.MAJOR if spot.level in {"question", "column"} else Weight.PATCH
            found.append(_change("removed", weight, spot))
    found += _of_calculated(before, after)
    if not values.same(rules_before, rules_after):
        found.append(Change("rules", Weight.MINOR, "whole", "", ""))
    return tuple(found)


def proposed(version: str, changes: tuple[Change, ...]) -> str:
    """Return the semantic version that follows an earlier one after these changes; 1.0.0 where there is none."""
    try:
        major, minor, patch = (int(part) for part in version.partition("-")[0].split("."))
    except ValueError:
        return "1.0.0"
    weights = {change.weight for change in changes}
    if Weight.MAJOR in weights:
        return f"{major + 1}.0.0"
    if Weight.MINOR in weights:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def _change(what: str, weight: Weight, spot: Spot, detail: str = "", before: str = "", after: str = "") -> Change:
    return Change(what, weight, spot.level, spot.key, spot.at, detail, before, after)


def _by_key(data: Mapping[str, Any]) -> dict[tuple[str, str], Spot]:
    """Return the elements by what tells them apart: pages and panels are no answers and have names of their own."""
    found: dict[tuple[str, str], Spot] = {}
    for spot in spots(data):
        group = spot.level if spot.level in {"page", "panel"} else "asked"
        found.setdefault((group, spot.key), spot)
    return found


def _renamed(
    before: Mapping[str, Any], after: Mapping[str, Any], old: dict[Any, Spot], new: dict[Any, Spot]
) -> dict[Any, Any]:
    """Return the elements of which nothing but the name differs: the earlier key and the later one."""
    gone = [key for key in old if key not in new and key[0] == "asked"]
    come = [key for key in new if key not in old and key[0] == "asked"]
    found: dict[Any, Any] = {}
    for key in gone:
        was = {name: value for name, value in value_at(before, old[key].at).items() if name != "name"}
        for other in come:
            now = {name: value for name, value in value_at(after, new[other].at).items() if name != "name"}
            if (
                other not in found.values()
                and len(was) > 1
                and old[key].owner == new[other].owner
                and values.same(was, now)
            ):
                found[key] = other
                break
    return found


def _moved(old_order: list[Any], new_order: list[Any], old: dict[Any, Spot], new: dict[Any, Spot]) -> set[Any]:
    """Return the fewest elements that must have been moved: all but the longest run that kept its order."""
    places = {key: place for place, key in enumerate(old_order)}
    best: list[list[Any]] = []
    tails: list[Any] = []
    for key in new_order:
        place = places[key]
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if places[tails[middle]] < place else (low, middle)
        run = [*(best[low - 1] if low else []), key]
        if low == len(tails):
            tails.append(key)
            best.append(run)
        else:
            tails[low], best[low] = key, run
    still = set(best[-1]) if best else set()
    holders = {key for key in new_order if _holder(old, old[key]) != _holder(new, new[key])}
    return {key for key in new_order if key not in still} | holders


def _holder(known: dict[Any, Spot], spot: Spot) -> str:
    above = spot.held_in.rpartition("/")[0]
    return next((f"{one.level} {one.key}" for one in known.values() if one.at == above), "")


def _of_whole(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    spot = Spot("", "whole", "", "", 0, 0, 1, "")
    ours = {"name", "version", "note"}
    old = {**before, OURS: {key: one for key, one in (before.get(OURS) or {}).items() if key not in ours}}
    new = {**after, OURS: {key: one for key, one in (after.get(OURS) or {}).items() if key not in ours}}
    yield from _of_element(old, new, spot, before, after)


def _of_element(
    old: Mapping[str, Any], new: Mapping[str, Any], spot: Spot, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Change]:
    homes = home_language(before), home_language(after)
    held = HELD | ({"columns"} if spot.holds == "columns" else set())
    for key in dict.fromkeys([*old, *new]):
        if key in held or values.same(old.get(key), new.get(key)):
            continue
        was, now = old.get(key), new.get(key)
        if key in TEXTS:
            yield from _words(key, was, now, spot, homes)
        elif key in EXPRESSIONS:
            yield _change("condition", Weight.MINOR, spot, key, str(was or ""), str(now or ""))
        elif key in LISTED and isinstance(was or [], list) and isinstance(now or [], list):
            yield from _choices(key, was or [], now or [], spot, homes)
        elif key in MOST | LEAST:
            yield _change("limit", _limit(key, was, now), spot, key, _told(was), _told(now))
        elif key in SHAPES:
            yield _change("kind", Weight.MAJOR, spot, key, _told(was), _told(now))
        elif key == OURS:
            if was or now:
                yield _change("marks", Weight.PATCH, spot, key)
        else:
            weight = Weight.MINOR if key in {"isRequired", "visible", "readOnly", "validators"} else Weight.PATCH
            yield _change("key", weight, spot, key, _told(was), _told(now))


def _words(key: str, was: Any, now: Any, spot: Spot, homes: tuple[str, str]) -> Iterator[Change]:
    old, new = texts_of(was, homes[0]), texts_of(now, homes[1])
    for code in old:
        if old[code] != new[code]:
            yield _change("words", Weight.PATCH, spot, f"{key} {code}", old[code], new[code])


def _choices(key: str, was: list[Any], now: list[Any], spot: Spot, homes: tuple[str, str]) -> Iterator[Change]:
    old, new = ({_value(one): one for one in held} for held in (was, now))
    for value, one in new.items():
        if value not in old:
            yield _change("choice.added", Weight.MINOR, spot, key, after=value)
        elif not values.same(old[value], one):
            yield _change("choice.words", Weight.PATCH, spot, key, _label(old[value], homes[0]), _label(one, homes[1]))
    for value in old:
        if value not in new:
            yield _change("choice.removed", Weight.MAJOR, spot, key, before=value)
    both = [value for value in old if value in new]
    if both != [value for value in new if value in old]:
        yield _change(
            "key", Weight.PATCH, spot, key, ", ".join(both), ", ".join(value for value in new if value in old)
        )


def _value(choice: Any) -> str:
    if isinstance(choice, Mapping):
        choice = choice.get("value", choice.get("name"))
    return values.plain(choice) if values.is_number(choice) else str(choice)


def _label(choice: Any, home: str) -> str:
    text = texts_of(choice.get("text", choice.get("title")), home) if isinstance(choice, Mapping) else {}
    return " / ".join(filter(None, (_value(choice), *text.values())))


def _limit(key: str, was: Any, now: Any) -> Weight:
    """Return major where a limit shuts out answers that were taken before."""
    if now is None:
        return Weight.MINOR
    if not (values.is_number(was) or was is None) or not values.is_number(now):
        return Weight.MAJOR
    tighter = was is None or (Decimal(now) < Decimal(was) if key in MOST else Decimal(now) > Decimal(was))
    return Weight.MAJOR if tighter else Weight.MINOR


def _of_calculated(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    old, new = (
        {str(one.get("name")): one for one in data.get("calculatedValues") or () if isinstance(one, Mapping)}
        for data in (before, after)
    )
    for name in dict.fromkeys([*old, *new]):
        was, now = old.get(name), new.get(name)
        if not values.same(was, now):
            told = [str((one or {}).get("expression", "")) for one in (was, now)]
            yield Change("calculated", Weight.MINOR, "whole", name, "", name, *told)


def _told(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return values.plain(value) if values.is_number(value) else values.dumps(value)[:500]
