"""What differs between two sets of answers, name by name in the order of the questionnaire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from luotsi.questionnaires.rules import values


@dataclass(frozen=True)
class Change:
    """One answer that differs; None = not answered."""

    name: str
    before: Any
    after: Any


def differences(order: Iterable[str], before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return the answers that differ; names outside the order come last, by the alphabet."""
    known = list(dict.fromkeys(order))
    rest = sorted((before.keys() | after.keys()) - set(known))
    return tuple(
        Change(name, before.get(name), after.get(name))
        for name in [*known, *rest]
        if not values.same(before.get(name), after.get(name))
    )
