"""What a conversion could not carry over: every conversion hands a list of these back beside its result."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Loss:
    """One thing that was left out or became something else.

    Attributes:
        at: Where: a JSON pointer into a definition, or SHEET:ROW of a workbook; "" is the whole.
        what: element, key, changed, semantics, name, type, column, expression, condition, fault.
        name: Name of the element it is about; "" = the whole.
        detail: Which key, type or expression it is.
    """

    at: str
    what: str
    name: str = ""
    detail: str = ""
