"""What a check hands back: a code, how bad it is, where it is and what it is about; the words stand elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from luotsi.programme.rules.plan import Coded, Document, Item, Milestone
from luotsi.programme.rules.values import Place

PLAN = "plan"


class Severity(StrEnum):
    """An error cannot be true; a warning makes figures doubtful; a remark is a gap that the plan lives with."""

    ERROR = "error"
    WARNING = "warning"
    REMARK = "remark"


@dataclass(frozen=True)
class Fault:
    """One thing that a check noticed. `about` is the code of an item, or its path where it has no code."""

    code: str
    severity: Severity
    place: Place
    about: str
    params: Mapping[str, object] = field(default_factory=dict)


def error(code: str, item: Item, key: str = "", /, **params: object) -> Fault:
    """Return a fault that cannot be true as it stands."""
    return _fault(code, Severity.ERROR, item, key, params)


def warning(code: str, item: Item, key: str = "", /, **params: object) -> Fault:
    """Return a fault that makes figures doubtful."""
    return _fault(code, Severity.WARNING, item, key, params)


def remark(code: str, item: Item, key: str = "", /, **params: object) -> Fault:
    """Return a gap that the plan lives with."""
    return _fault(code, Severity.REMARK, item, key, params)


def _fault(code: str, severity: Severity, item: Item, key: str, params: Mapping[str, object]) -> Fault:
    place = item.place.at(key) if key else item.place
    return Fault(code, severity, place, name_of(item), params)


def name_of(item: Item) -> str:
    """Return the code of an item; for one without, what holds it and where: M11 2024-25, I2.targets[1]."""
    if isinstance(item, Coded | Document):
        return item.code
    *_, holder, last = ["", "", *item.place.path.split(".")]
    return f"{holder} {item.period.key}" if isinstance(item, Milestone) else f"{holder}.{last}".strip(".") or PLAN
