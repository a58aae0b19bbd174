"""What the linter finds: a defect with its place, the names it is about, and how bad it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from luotsi.questionnaires.rules.definition import Fault
from luotsi.questionnaires.rules.definition import Severity as OfReading


class Severity(StrEnum):
    """An error cannot work as it stands; a warning misleads those who answer; an info is worth a look."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True)
class Defect:
    """One thing that is wrong with a definition.

    Attributes:
        code: What kind of defect; its words and the suggested fix are made elsewhere.
        severity: How bad it is.
        at: Where, as a JSON pointer (RFC 6901); "" is the whole.
        names: Names of the elements it is about, in the order of the definition.
        params: What the words need.
    """

    code: str
    severity: Severity
    at: str
    names: tuple[str, ...] = ()
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


_OF_READING = {
    OfReading.ERROR: Severity.ERROR,
    OfReading.WARNING: Severity.WARN,
    OfReading.NOTE: Severity.INFO,
}


def of_fault(fault: Fault) -> Defect:
    """Return what reading noticed as a defect, so that one list tells everything."""
    name = fault.params.get("name")
    names = (str(name),) if name else ()
    return Defect(f"reading.{fault.code}", _OF_READING[fault.severity], fault.at, names, dict(fault.params))
