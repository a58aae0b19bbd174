"""Formulas of a plan: numbers, codes, + - * / and brackets, on Decimal; nothing else can be said in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, DecimalException, localcontext

from luotsi.programme.rules.values import NotAValue, number

LONGEST = 200
_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z][A-Za-z0-9_]{0,39})|([-+*/()]))", re.ASCII)


class NotAFormula(ValueError):
    """A text that is no formula; `position` counts letters from 1."""

    def __init__(self, position: int) -> None:
        """Keep where the text stops making sense."""
        self.position = position
        super().__init__(f"Not a formula from letter {position} on.")


@dataclass(frozen=True)
class Number:
    """A number as it is written."""

    value: Decimal


@dataclass(frozen=True)
class Name:
    """The code of a value."""

    code: str


@dataclass(frozen=True)
class Sum:
    """Two formulas joined by one of + - * /."""

    sign: str
    left: Formula
    right: Formula


type Formula = Number | Name | Sum


def parse(text: str) -> Formula:
    """Return the formula that a text spells.

    Raises:
        NotAFormula: it spells none, or is longer than 200 letters.
    """
    if len(text) > LONGEST:
        raise NotAFormula(LONGEST + 1)
    reader = _Reader(text)
    formula = reader.sum()
    if reader.ahead:
        raise NotAFormula(reader.position)
    return formula


class _Reader:
    """Reads from left to right; `ahead` is what comes next, "" at the end."""

    def __init__(self, text: str) -> None:
        self.text, self.end = text.rstrip(), 0
        self.position, self.ahead = 1, ""
        self.advance()

    def advance(self) -> str:
        taken = self.ahead
        self.position = self.end + 1
        found = _TOKEN.match(self.text, self.end)
        if found is None and self.end < len(self.text):
            raise NotAFormula(self.position)
        self.ahead = found[0].strip() if found else ""
        self.end = found.end() if found else self.end
        return taken

    def sum(self) -> Formula:
        left = self.product()
        while self.ahead in ("+", "-"):
            left = Sum(self.advance(), left, self.product())
        return left

    def product(self) -> Formula:
        left = self.atom()
        while self.ahead in ("*", "/"):
            left = Sum(self.advance(), left, self.atom())
        return left

    def atom(self) -> Formula:
        if self.ahead == "-":
            self.advance()
            return Sum("-", Number(Decimal(0)), self.atom())
        if self.ahead == "(":
            self.advance()
            inner = self.sum()
            if self.ahead != ")":
                raise NotAFormula(self.position)
            self.advance()
            return inner
        if self.ahead[:1].isalpha():
            return Name(self.advance())
        try:
            value = number(self.ahead)
        except NotAValue:
            raise NotAFormula(self.position) from None
        self.advance()
        return Number(value)


def names_in(formula: Formula) -> Iterator[str]:
    """Yield the codes that a formula names, in the order of its text."""
    match formula:
        case Name(code):
            yield code
        case Sum(_, left, right):
            yield from names_in(left)
            yield from names_in(right)


def value_of(formula: Formula, values: Mapping[str, Decimal | None]) -> Decimal | None:
    """Return what the formula gives; None where a value is missing or something is divided by zero."""
    match formula:
        case Number(value):
            return value
        case Name(code):
            return values.get(code)
        case Sum(sign, first, second):
            left, right = value_of(first, values), value_of(second, values)
            return None if left is None or right is None else _joined(sign, left, right)


def _joined(sign: str, left: Decimal, right: Decimal) -> Decimal | None:
    with localcontext(prec=40):
        try:
            match sign:
                case "+":
                    return left + right
                case "-":
                    return left - right
                case "*":
                    return left * right
                case _:
                    return left / right
        except DecimalException:
            return None
