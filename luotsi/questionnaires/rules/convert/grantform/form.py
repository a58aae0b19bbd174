"""What is known of a form while it is read: its names, where they stand, and what was lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from typing import Any

from luotsi.questionnaires.rules.convert.loss import Loss

type Data = dict[str, Any]

LANGUAGES = ("fi", "sv", "en")
LONGEST = 80
FIELD, INFO = "formField", "infoElement"
KNOWN = frozenset(
    {"id", "fieldClass", "fieldType", "label", "helpText", "placeholder", "required", "options", "params", "children",
     "text", "initialValue"}
)  # fmt: skip
# How wide a field is, and the words of its buttons, change nothing of what is asked.
LOOKS = frozenset({"size", "preview", "showOnlyFirstLabel", "hideLabel", "cols"})


@dataclass(frozen=True)
class Known:
    """An element that was made of a node: what conditions need of it.

    `around` is the repetition that it stands in ("" = none), `prefix` what goes before its name inside that.
    """

    data: Data
    name: str
    is_many: bool = False
    around: str = ""
    prefix: str = ""


@dataclass
class Form:
    """A form that is being read."""

    losses: list[Loss] = field(default_factory=list)
    known: dict[str, Known] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def lost(self, at: str, what: str, name: str, detail: object = "") -> None:
        """Note that something was left out or became something else."""
        self.losses.append(Loss(at, what, name, str(detail)[:200]))

    def name(self, node: Mapping[str, Any], taken: set[str] | None = None) -> str:
        """Return a name of its own for a node, made of its id."""
        used = self.taken if taken is None else taken
        wanted = named(node.get("id")) or named(node.get("fieldType")) or "item"
        found, number = wanted, 2
        while found.lower() in used:
            found, number = f"{wanted}_{number}", number + 1
        used.add(found.lower())
        return found

    def keep(self, node: Mapping[str, Any], known: Known) -> None:
        """Keep an element under the id of its node, for the conditions."""
        key = node.get("id")
        if isinstance(key, str):
            self.known.setdefault(key, known)


def named(key: object) -> str:
    """Return an id as a name: letters, digits, hyphens and underscores, none of the signs of expressions."""
    text = re.sub(r"[^\w-]+", "_", key, flags=re.ASCII).strip("_-") if isinstance(key, str) else ""
    return text[:LONGEST]


def localised(value: object) -> Any:
    """Return a text by language; "" where there is none."""
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, Mapping):
        return ""
    told = {code: text for code in LANGUAGES if (text := _words(value.get(code)))}
    return told or ""


def _words(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def markup(value: object, tag: str) -> Any:
    """Return a text by language as markup; a list of texts becomes a list of items."""
    if isinstance(value, Mapping):
        told = {code: text for code in LANGUAGES if (text := _marked(value.get(code), tag))}
        return told or ""
    return _marked(value, tag)


def _marked(value: object, tag: str) -> str:
    if isinstance(value, list):
        items = "".join(f"<li>{escape(text)}</li>" for one in value if (text := _words(one)))
        return f"<ul>{items}</ul>" if items else ""
    text = _words(value)
    return f"<{tag}>{escape(text)}</{tag}>" if text else ""


def children(node: Mapping[str, Any]) -> list[Any]:
    """Return what a node holds."""
    found = node.get("children")
    return found if isinstance(found, list) else []


def params(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the parameters of a node."""
    found = node.get("params")
    return found if isinstance(found, Mapping) else {}


def whole(value: object) -> int | None:
    """Return a number as a whole one above zero; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return int(value) if value == int(value) and 0 < value <= 1_000_000 else None


def kind(node: Mapping[str, Any], key: str = "fieldType") -> str:
    """Return a word of a node; "" where it is none."""
    found = node.get(key)
    return found if isinstance(found, str) else ""
