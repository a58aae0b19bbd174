"""Changing what an element says of itself."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from luotsi.questionnaires.rules.shaping.places import (
    OURS,
    Data,
    Shaped,
    ShapingRefused,
    found_at,
    held_key,
    kept_readable,
    value_at,
)
from luotsi.questionnaires.rules.shaping.words import home_language, said, texts_in

HELD = frozenset({"pages", "elements", "templateElements", "name", "type"})


def changed(data: Mapping[str, Any], at: str, values: Mapping[str, Any]) -> Shaped:
    """Return the definition with other values under the keys of an element; None takes a key away.

    What it holds, its name and its kind have verbs of their own and are not changed by this one.

    Raises:
        ShapingRefused: there is no such element, a key may not be changed, or the result could not be read.
    """
    made: Data = copy.deepcopy(dict(data))
    spot = found_at(made, at) if at else None
    item = value_at(made, at)
    holds = held_key(spot.level, spot.kind) if spot else "pages"
    for key, value in values.items():
        if key in HELD or key == holds:
            raise ShapingRefused("kind", kind=key)
        if value is None:
            item.pop(key, None)
        else:
            item[key] = value
    return kept_readable(data, made, at)


def with_texts(data: Mapping[str, Any], texts: Mapping[str, Mapping[str, str]]) -> Shaped:
    """Return the definition with other texts in fi, sv and en, by the pointers of `texts_in`; others stay.

    Raises:
        ShapingRefused: there is no text at a place, or the result could not be read.
    """
    made: Data = copy.deepcopy(dict(data))
    known, home = {text.at for text in texts_in(data)}, home_language(data)
    for at, words in texts.items():
        if at not in known:
            raise ShapingRefused("place", at=at[:200])
        holder, _slash, key = at.rpartition("/")
        item = value_at(made, holder)
        value = said(item.get(key), words, home)
        if value is None:
            item.pop(key)
        else:
            item[key] = value
    return kept_readable(data, made)


def in_place_of(before: Mapping[str, Any], data: Mapping[str, Any], key: str) -> Data:
    """Return a definition that comes from elsewhere as the next one of a questionnaire.

    Args:
        before: The definition that it is to take the place of; its title stays where the other has none.
        data: The definition from elsewhere.
        key: Key of the questionnaire, which stays. A version and a note are given when it is published.
    """
    ours = {name: value for name, value in (data.get(OURS) or {}).items() if name not in {"version", "note"}}
    made: Data = {**copy.deepcopy(dict(data)), OURS: {**ours, "name": key}}
    if not made.get("title") and before.get("title"):
        made["title"] = copy.deepcopy(before["title"])
    return made
