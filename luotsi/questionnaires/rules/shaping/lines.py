r"""Choices as lines that a person writes: the value, then what is shown in Finnish, Swedish and English.

    kevät | Kevät | Vår | Spring

A stroke that belongs to a text is written `\|`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.shaping.words import said, texts_of
from luotsi.questionnaires.rules.texts import LANGUAGES

CUT = re.compile(r"(?<!\\)\|")


def written(choices: Any, home: str) -> str:
    """Return choices as lines."""
    return "\n".join(_line(choice, home) for choice in (choices if isinstance(choices, list) else []))


def _line(choice: Any, home: str) -> str:
    if not isinstance(choice, Mapping):
        return _escaped(told(choice))
    texts = texts_of(choice.get("text", choice.get("title")), home)
    parts = [_escaped(told(_value(choice))), *(_escaped(texts[code]) for code in LANGUAGES)]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def _value(choice: Mapping[str, Any]) -> Any:
    return choice.get("value", choice.get("name"))


def told(value: Any) -> str:
    """Return the value of a choice as it is written in its line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return values.plain(value) if values.is_number(value) else str(value)


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text.strip())


def read_lines(text: str, before: Any, home: str) -> list[Any]:
    """Return the choices of lines; one whose value was there keeps its kind and everything else that it has.

    A value of digits is a number where every value until now was one.

    Raises:
        ValueError: a line has no value, more than four parts, or a value that stands twice; it holds the line.
    """
    held = before if isinstance(before, list) else []
    known = {told(_value(one) if isinstance(one, Mapping) else one): one for one in held}
    numbers = bool(known) and all(
        values.is_number(_value(one) if isinstance(one, Mapping) else one) for one in known.values()
    )
    found: list[Any] = []
    seen: set[str] = set()
    for line in filter(str.strip, text.splitlines()):
        value, *texts = (_plain(part) for part in CUT.split(line))
        if not value or len(texts) > len(LANGUAGES) or value in seen:
            raise ValueError(line.strip()[:80])
        seen.add(value)
        found.append(_choice(known.get(value), value, texts, home, numbers=numbers))
    return found


def _choice(before: Any, value: str, texts: list[str], home: str, *, numbers: bool) -> Any:
    words = dict(zip(LANGUAGES, [*texts, "", "", ""], strict=False))
    if before is not None and _line(before, home) == _line_of(value, words):
        return before
    held = dict(before) if isinstance(before, Mapping) else {}
    key = "title" if "title" in held and "text" not in held else "text"
    kept = _value(held) if held else before if before is not None else _number(value) if numbers else value
    text = said(held.get(key), words, home)
    held.pop(key, None)
    if not held and text is None:
        return kept
    held = held or {"value": kept}
    return {**held, key: text} if text else held


def _line_of(value: str, words: Mapping[str, str]) -> str:
    parts = [_escaped(value), *(_escaped(words[code]) for code in LANGUAGES)]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def _number(text: str) -> Any:
    try:
        found = values.loads(text)
    except values.NotAValue:
        return text
    return found if values.is_number(found) else text
