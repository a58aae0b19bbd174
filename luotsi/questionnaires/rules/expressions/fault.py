"""What reading an expression may end with."""

from __future__ import annotations


class ExpressionError(ValueError):
    """An expression cannot be read.

    Attributes:
        code: unreadable, too_long, too_deep, function.unknown, function.unsupported, function.arguments, property.
        column: Where, counted from 1; 0 = as a whole.
        params: What the words for it need.
    """

    def __init__(self, code: str, column: int = 0, **params: object) -> None:
        super().__init__(f"{code} at {column}")
        self.code, self.column, self.params = code, column, params
