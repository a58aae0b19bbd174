"""Which measures of a plan a call speaks of: words that both use, shown with the measure, never as a bare score.

Finnish words are inflected and joined, so two words are alike when one begins with the stem of the other: what is
left when a quarter of the shorter word, at least two letters, is taken off its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SHORTEST = 6  # letters; shorter words are too common to tell anything
STEM = 5
ENOUGH = 2  # words that a measure must share with a call
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Words that stand in every plan of a provider of education, and so tell nothing.
COMMON = (
    "kehittä", "toimin", "opetuk", "opetus", "koulutu", "oppila", "henkilö", "käyttö", "käytet", "tavoit", "toteut",
    "utveck", "verksam", "undervis", "utbild", "perso", "använd", "develop", "education", "teaching", "activit",
)  # fmt: skip


@dataclass(frozen=True)
class Fit:
    """A measure that shares words with a call."""

    key: str
    words: tuple[str, ...]


def words_of(text: str) -> tuple[str, ...]:
    """Return the words that tell something, in small letters, each once, in their order."""
    found = (word.casefold() for word in _WORD.findall(text))
    return tuple(dict.fromkeys(word for word in found if len(word) >= SHORTEST and not word.startswith(COMMON)))


def alike(first: str, second: str) -> bool:
    """Return True when the words begin alike, down to the stem of the shorter one."""
    short, long = sorted((first, second), key=len)
    stem = short[: max(STEM, len(short) - max(2, len(short) // 4))]
    return long.startswith(stem)


def fits(call: str, measures: Iterable[tuple[str, Sequence[str]]]) -> tuple[Fit, ...]:
    """Return the measures that share at least two words with the call, those that share most first.

    Args:
        call: Everything the call says of what it funds, in one language or several.
        measures: A key and the words of each measure.
    """
    sought = words_of(call)
    heads: dict[str, list[str]] = {}
    for word in sought:
        heads.setdefault(word[:STEM], []).append(word)
    found = []
    for key, words in measures:
        shared: dict[str, None] = {}
        for word in words:
            for other in heads.get(word[:STEM], ()):
                if alike(word, other):
                    shared.setdefault(other)
        if len(shared) >= ENOUGH:
            found.append(Fit(key, tuple(shared)))
    return tuple(sorted(found, key=lambda one: (-len(one.words), one.key)))
