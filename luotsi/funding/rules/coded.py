"""Lists of coded names that a person writes as lines: code, Finnish, Swedish and English with bars between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
LANGUAGES = ("fi", "sv", "en")
MOST = 60


class BadLine(ValueError):
    """A line that is no coded name.

    Attributes:
        number: Which line it is, from 1.
        why: code (no code), name (no name), parts (more than four parts), twice (the code is there already) or many.
    """

    def __init__(self, number: int, why: str) -> None:
        """Keep where and why."""
        self.number, self.why = number, why
        super().__init__(f"{number}: {why}")


def read_lines(text: str) -> list[dict[str, str]]:
    """Return the items of lines such as "personnel | Henkilöstö | Personal"; empty lines are passed over.

    Raises:
        BadLine: a line has no code, no name, too many parts, a code that is there already, or there are too many.
    """
    found: dict[str, dict[str, str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        code, *names = (part.strip() for part in line.split("|"))
        if not CODE.fullmatch(code):
            raise BadLine(number, "code")
        if len(names) > len(LANGUAGES):
            raise BadLine(number, "parts")
        if not any(names):
            raise BadLine(number, "name")
        if code in found:
            raise BadLine(number, "twice")
        if len(found) == MOST:
            raise BadLine(number, "many")
        found[code] = {"code": code} | {key: name for key, name in zip(LANGUAGES, names, strict=False) if name}
    return list(found.values())


def as_lines(items: Iterable[Mapping[str, str]]) -> str:
    """Return items as lines that `read_lines` reads back."""
    lines = []
    for item in items:
        names = [str(item.get(code) or "") for code in LANGUAGES]
        while names and not names[-1]:
            names.pop()
        lines.append(" | ".join([str(item.get("code") or ""), *names]))
    return "\n".join(lines)
