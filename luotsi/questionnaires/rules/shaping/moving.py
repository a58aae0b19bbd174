"""Adding, taking out, copying and moving elements of a definition; each gives a new one and leaves the old alone."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from luotsi.questionnaires.rules.shaping.places import (
    Data,
    Shaped,
    ShapingRefused,
    Spot,
    found_at,
    free_name,
    kept_readable,
    list_at,
    names_taken,
    spots,
    value_at,
)
from luotsi.questionnaires.rules.shaping.renaming import Renaming, rewritten

# What a new question of each kind begins with.
NEW: Mapping[str, Data] = {
    "text": {"maxLength": 200},
    "comment": {"maxLength": 2000},
    "radiogroup": {"choices": ["1", "2"]},
    "checkbox": {"choices": ["1", "2"]},
    "dropdown": {"choices": ["1", "2"]},
    "tagbox": {"choices": ["1", "2"]},
    "boolean": {},
    "rating": {"rateMin": 1, "rateMax": 5},
    "matrix": {"columns": ["1", "2"], "rows": ["a", "b"]},
    "matrixdropdown": {"columns": [{"name": "column1", "cellType": "text"}], "rows": ["a", "b"]},
    "matrixdynamic": {"columns": [{"name": "column1", "cellType": "text"}], "rowCount": 1},
    "paneldynamic": {"templateElements": [{"type": "text", "name": "part1", "maxLength": 200}], "panelCount": 1},
    "file": {"maxSize": 10_485_760},
    "expression": {"expression": "0"},
    "html": {"html": ""},
}


def added(
    data: Mapping[str, Any], holder: str, kind: str, name: str = "", title: Mapping[str, str] | None = None
) -> Shaped:
    """Return the definition with a new element at the end of what holds it.

    Args:
        data: The definition.
        holder: JSON pointer of the page, panel, table or repetition; "" adds a page.
        kind: page, panel, column, or a kind of question.
        name: Its name; without one it gets a free one.
        title: Its title by language.

    Raises:
        ShapingRefused: it cannot stand there, there is no such kind, or the name is taken.
    """
    made: Data = copy.deepcopy(dict(data))
    spot = found_at(made, holder) if holder else None
    key = spot.holds if spot else "pages"
    wanted = {"pages": {"page"}, "columns": {"column"}}.get(key, {"panel", *NEW})
    if not key or kind not in wanted:
        raise ShapingRefused("kind", kind=kind[:40])
    owner = _owner_inside(spot)
    taken = names_taken(made, owner)
    if name and name.lower() in taken:
        raise ShapingRefused("name.taken", name=name[:80])
    new: Data = {} if kind in {"page", "column"} else {"type": kind}
    new["name"] = name or free_name(taken, f"{'question' if kind in NEW else kind}1")
    if title and any(title.values()):
        new["title"] = {code: text for code, text in title.items() if text}
    if kind in {"page", "panel"}:
        new["elements"] = []
    elif kind == "column":
        new["cellType"] = "text"
    new |= copy.deepcopy(dict(NEW.get(kind, {})))
    items = (value_at(made, holder) if holder else made).setdefault(key, [])
    items.append(new)
    return kept_readable(data, made, f"{holder}/{key}/{len(items) - 1}")


def _owner_inside(spot: Spot | None) -> str:
    """Return the name of the table or repetition whose rows something in the element would be part of."""
    if spot is None or spot.holds == "elements":
        return spot.owner if spot else ""
    return spot.key


def removed(data: Mapping[str, Any], at: str) -> Shaped:
    """Return the definition without an element and what it holds. Raises ShapingRefused (place)."""
    made: Data = copy.deepcopy(dict(data))
    spot = found_at(made, at)
    del list_at(made, spot)[spot.place]
    after = f"{spot.held_in}/{min(spot.place, spot.count - 2)}" if spot.count > 1 else spot.held_in.rpartition("/")[0]
    return kept_readable(data, made, after)


def copied(data: Mapping[str, Any], at: str) -> Shaped:
    """Return the definition with a copy behind the element; names and what refers to them inside it are new.

    Raises:
        ShapingRefused: there is no such element, or an expression in it cannot be written again.
    """
    made: Data = copy.deepcopy(dict(data))
    spot = found_at(made, at)
    item = copy.deepcopy(value_at(made, at))
    taken = names_taken(made, spot.owner)
    inside = [
        one.name for one in spots(made) if one.owner == spot.owner and (one.at == at or one.at.startswith(f"{at}/"))
    ]
    for old in inside:
        new = free_name(taken, old if old.lower() not in taken else f"{old.rstrip('0123456789')}2")
        taken.add(new.lower())
        item = _with_name(rewritten(item, Renaming(old, new, spot.owner), made), old, new)
    list_at(made, spot).insert(spot.place + 1, item)
    return kept_readable(data, made, f"{spot.held_in}/{spot.place + 1}")


def _with_name(item: Any, old: str, new: str) -> Any:
    """Return a part of a definition in which the element of a name, outside of rows, has a new one."""
    if not isinstance(item, dict):
        return item
    made = dict(item)
    if made.get("name") == old:
        made["name"] = new
    elif isinstance(made.get("elements"), list):
        made["elements"] = [_with_name(one, old, new) for one in made["elements"]]
    return made


def moved(data: Mapping[str, Any], at: str, by: int) -> Shaped:
    """Return the definition with an element one place up (`by` -1) or down (1).

    The first element of a page goes up to the end of the page before, the last one down to the next.

    Raises:
        ShapingRefused: there is no such element, or it stands at the edge.
    """
    made: Data = copy.deepcopy(dict(data))
    spot = found_at(made, at)
    items, target = list_at(made, spot), spot.place + by
    if 0 <= target < len(items):
        items[spot.place], items[target] = items[target], items[spot.place]
        return kept_readable(data, made, f"{spot.held_in}/{target}")
    page = _page_beside(made, spot, by)
    if page < 0:
        raise ShapingRefused("edge")
    there = made["pages"][page].setdefault("elements", [])
    item = items.pop(spot.place)
    place = 0 if by > 0 else len(there)
    there.insert(place, item)
    return kept_readable(data, made, f"/pages/{page}/elements/{place}")


def _page_beside(data: Data, spot: Spot, by: int) -> int:
    """Return the number of the page before or behind that of an element right on a page, -1 for none."""
    parts = spot.held_in.split("/")
    if len(parts) != 4 or parts[3] != "elements":
        return -1
    page = int(parts[2]) + by
    return page if 0 <= page < len(data["pages"]) and isinstance(data["pages"][page], dict) else -1


def moved_to(data: Mapping[str, Any], at: str, holder: str) -> Shaped:
    """Return the definition with an element at the end of another page, panel or repetition.

    Raises:
        ShapingRefused: one of them is not there, the element would stand in itself, or what holds it holds no such.
    """
    made: Data = copy.deepcopy(dict(data))
    spot, target = found_at(made, at), found_at(made, holder)
    if holder == at or holder.startswith(f"{at}/"):
        raise ShapingRefused("inside")
    if spot.level not in {"panel", "question"} or target.holds not in {"elements", "templateElements"}:
        raise ShapingRefused("kind", kind=spot.level)
    if spot.owner != _owner_inside(target):
        raise ShapingRefused("kind", kind=spot.level)
    item = list_at(made, spot)[spot.place]
    there = value_at(made, holder).setdefault(target.holds, [])
    list_at(made, spot).pop(spot.place)
    there.append(item)
    where = next(one.at for one in spots(made) if value_at(made, one.at) is item)
    return kept_readable(data, made, where)
