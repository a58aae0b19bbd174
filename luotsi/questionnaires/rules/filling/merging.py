"""What becomes of answers when several write: what nobody else touched is taken, the rest is decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from luotsi.questionnaires.rules.filling.names import digest


@dataclass(frozen=True)
class Merge:
    """What a save does: `changed` is written, `conflicts` waits for a decision beside what is written already."""

    changed: Mapping[str, Any]
    conflicts: Mapping[str, Any]


def merge(
    stored: Mapping[str, Any], was: Mapping[str, str], typed: Mapping[str, Any], own: Collection[str] = ()
) -> Merge:
    """Return what to write of a page.

    A value equal to the one that the page showed was not touched there. A touched value is written when the stored
    one is still that which the page showed, or equal to the new one; otherwise both are kept. Over what the page wrote
    itself it writes whatever it holds now: it may not have heard yet that its last save was taken.

    Args:
        stored: Values by name as they are now; a name that is not there has never been written.
        was: Digests of the values that the page showed.
        typed: Values that the page sent.
        own: Names whose stored value an earlier save of the same page wrote.
    """
    changed: dict[str, Any] = {}
    conflicts: dict[str, Any] = {}
    for name, value in typed.items():
        new, shown = digest(value), was.get(name, "")
        if name in own:
            if name in stored and digest(stored[name]) != new:
                changed[name] = value
            continue
        if new == shown:
            continue
        if name not in stored or digest(stored[name]) == shown:
            changed[name] = value
        elif digest(stored[name]) != new:
            conflicts[name] = value
    return Merge(changed, conflicts)
