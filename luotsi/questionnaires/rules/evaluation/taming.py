"""Answers as they come from outside, made fit to work with: exact, bounded, every breach told by the answer's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.evaluation.outcome import Error

TEXT = 100_000  # signs of one answer
VALUES = 100_000  # values in all answers together
NAME = 300  # signs of a name that is told
BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Taming:
    """Goes through answers once."""

    def __init__(self) -> None:
        self.errors: list[Error] = []
        self.left = VALUES

    def answers(self, given: object) -> dict[str, Any]:
        """Return the answers with what cannot be an answer left out; everything left out is told."""
        if not isinstance(given, Mapping):
            if given is not None:
                self.tell("", "type", wanted="object")
            return {}
        found = self._object(given, "", 0)
        if self.left < 0:
            self.tell("", "answers.many", limit=VALUES)
        return found

    def tell(self, name: str, code: str, **params: object) -> None:
        """Keep an error."""
        if len(self.errors) < 1_000:
            self.errors.append(Error(name[:NAME], code, params=params))

    def _object(self, given: Mapping[Any, Any], name: str, depth: int) -> dict[str, Any]:
        found = {}
        for key, item in given.items():
            if not isinstance(key, str) or len(key) > NAME or BAD.search(key):
                self.tell(name, "unknown", key=BAD.sub("", str(key))[:40])
                continue
            found[key] = self._value(item, f"{name}.{key}" if name else key, depth + 1)
        return found

    def _value(self, given: object, name: str, depth: int) -> Any:
        self.left -= 1
        if given is None or isinstance(given, bool) or self.left < 0:
            return given if self.left >= 0 else None
        if isinstance(given, str):
            return self._text(given, name)
        if depth > values.DEPTH:
            self.tell(name, "depth", limit=values.DEPTH)
            return None
        if isinstance(given, Mapping):
            return self._object(given, name, depth)
        if isinstance(given, list | tuple):
            return [self._value(item, f"{name}[{number}]", depth + 1) for number, item in enumerate(given)]
        return self._number(given, name)

    def _text(self, given: str, name: str) -> str | None:
        if len(given) > TEXT:
            self.tell(name, "size", limit=TEXT)
            return None
        if BAD.search(given):
            self.tell(name, "characters")
            return BAD.sub("", given)
        return given

    def _number(self, given: object, name: str) -> int | Decimal | None:
        try:
            number: int | Decimal = values.checked(given)
        except values.NotAValue:
            self.tell(name, "type", wanted="json")
            return None
        return number
