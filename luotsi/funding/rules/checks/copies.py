"""T2: passages that stand word for word in two answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from luotsi.funding.rules.application import Application
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks.finding import Finding, Severity, Value, of
from luotsi.funding.rules.checks.lengths import text_names
from luotsi.funding.rules.register import Register
from luotsi.questionnaires.rules.counting import normalised

SHORTEST = 120  # characters that no two answers have in common by chance
BLOCK = SHORTEST // 2  # of which every passage of that length holds one that begins at a multiple of it
SAME, MOST = 2, 8  # places of one block that are looked at: in one text, in all
_BEGIN = re.compile(r"^| ")
_LONG = re.compile(r"[^ ]{41}")  # in a passage without such a word a block begins at a word, 41 characters in at most
SHOWN = 60


@dataclass(frozen=True)
class Copy:
    """A passage: in which two texts, where it begins in each, and how long it is."""

    first: int
    second: int
    start: int
    other_start: int
    length: int


def longest_copies(texts: Sequence[str]) -> list[Copy]:
    """Return the longest passage of at least SHORTEST characters that each two texts share, in order."""
    blocks: dict[str, list[tuple[int, int]]] = {}
    best: dict[tuple[int, int], Copy] = {}
    is_of_words = not any(_LONG.search(text) for text in texts)
    for number, text in enumerate(texts):
        kept, looked_up = _begins_of_words(text) if is_of_words else _begins(text)
        for copy in _copies(texts, number, looked_up, blocks):
            pair = (copy.first, copy.second)
            if pair not in best or copy.length > best[pair].length:
                best[pair] = copy
        for start in kept:
            block = text[start : start + BLOCK]
            held = blocks.get(block)
            if held is None:
                blocks[block] = [(number, start)]
            elif len(held) < MOST and sum(one == number for one, _start in held) < SAME:
                held.append((number, start))
    return [best[pair] for pair in sorted(best)]


def _begins_of_words(text: str) -> tuple[Sequence[int], Sequence[int]]:
    """Return where blocks begin that are kept and looked up, of a text of short words: at its words."""
    last = len(text) - BLOCK
    found = [place for begin in _BEGIN.finditer(text) if (place := begin.start()) <= last]
    return found, found


def _begins(text: str) -> tuple[Sequence[int], Sequence[int]]:
    """Return the same for any text: one in BLOCK places is kept, every place is looked up."""
    last = len(text) - BLOCK + 1
    return range(0, last, BLOCK), range(last)


def _copies(
    texts: Sequence[str], number: int, begins: Sequence[int], blocks: dict[str, list[tuple[int, int]]]
) -> Iterator[Copy]:
    """Yield the passages of a text that stand in earlier ones; what was found once is stepped over."""
    text, end = texts[number], -1
    for here in [place for place in begins if text[place : place + BLOCK] in blocks]:
        for other, start in blocks[text[here : here + BLOCK]] if here > end else ():
            copy = _grown(texts[other], text, Copy(other, number, start, here, BLOCK))
            if copy.length >= SHORTEST:
                yield copy
                end = max(end, copy.other_start + copy.length - BLOCK)


def _grown(first: str, second: str, copy: Copy) -> Copy:
    start, other, length = copy.start, copy.other_start, copy.length
    while start and other and first[start - 1] == second[other - 1]:
        start, other, length = start - 1, other - 1, length + 1
    while (
        start + length < len(first)
        and other + length < len(second)
        and first[start + length] == second[other + length]
    ):
        length += 1
    return Copy(copy.first, copy.second, start, other, length)


def passages_are_not_copied(
    application: Application, call: Call, register: Register, today: date
) -> Iterator[Finding]:
    """T2: no passage of 120 characters stands in two answers."""
    answers = application.texts
    texts = [" ".join(normalised(answer.text).split()) for answer in answers]
    for copy in longest_copies(texts):
        first, second = answers[copy.first], answers[copy.second]
        start = texts[copy.first][copy.start : copy.start + copy.length].strip()[:SHOWN].strip()
        where = (of(second, "text", *text_names(second)), of(first, "text", *text_names(first)))
        params: dict[str, Value] = {
            "first": text_names(first),
            "second": text_names(second),
            "count": copy.length,
            "start": start,
        }
        yield Finding("T2", "T2.copied", Severity.INFO, where, copy.length, None, params)
