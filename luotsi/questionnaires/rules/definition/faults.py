"""What reading a definition hands back beside it: faults with their place, and the limits that it keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """With an error the definition is not used; a warning makes it doubtful; a note is kept and has no effect."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Fault:
    """One thing that reading noticed.

    Attributes:
        at: Where, as a JSON pointer (RFC 6901) into the definition; "" is the whole.
        code: What kind of fault; its words are made elsewhere.
        severity: How bad it is.
        params: What the words need.
    """

    at: str
    code: str
    severity: Severity
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Limits:
    """How large a definition may be; what is larger is refused before anything is made of it."""

    elements: int = 2_000  # pages, panels, questions, columns
    depth: int = 8  # panels in panels
    choices: int = 2_000  # of one question, or rows of one table
    columns: int = 60
    texts: int = 20_000  # characters of one text
    expressions: int = 200_000  # characters of all expressions together
    name: int = 200  # characters of a name
    calculated: int = 500
    validators: int = 20  # of one question
    rows: int = 1_000  # of a table or panels of a repetition, in answers
    faults: int = 500  # told; the rest is counted with the last


LIMITS = Limits()


class TooMany(Exception):
    """The definition breaks so many limits or rules that reading stops."""
