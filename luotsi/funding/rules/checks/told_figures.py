"""T3 in words: a percentage and the number that a text gives for it, and which of two groups is part of the other.

"20 % of students, about 1,500" makes 7,500 students. A group is part of another when its word ends in the word of the
other (perustutkinto-opiskelijoista, opiskelijoista), or when it is the same word with more words before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice

from luotsi.funding.rules.application import Application, TextAnswer
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Finding, Percent, Plain, Severity, Value, of
from luotsi.funding.rules.checks.lengths import text_names
from luotsi.funding.rules.register import Register

MOST = 50  # pairs of an application that are looked at
TOLERANCE = Decimal("1.05")  # such numbers are only about
SHORTEST = 5  # letters of a word that another may end in
_PERCENT = re.compile(r"(?<![\d,.])(\d{1,3}(?:[.,]\d{1,2})?)[\s\u00a0]?(?:%|prosen\w{1,9}|procent\w{0,4}|per ?cent)")
_NUMBER = re.compile(
    r"([^.!?;\n\d]{0,60}?)\b(?:eli|noin|ca|cirka|omkring|about|approximately|dvs)\b\.?[\s\u00a0]"
    r"(?:noin[\s\u00a0]|ca[\s\u00a0]|about[\s\u00a0])?"
    r"(\d{1,3}(?:[\s\u00a0]\d{3}|,\d{3})+|\d{2,7})(?!\d|,\d|[\s\u00a0]?(?:%|prosen|procent|per|euro|€))"
)
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_EMPTY = frozenset({"of", "the", "all", "our", "kaikista", "kaikilla", "av", "de", "alla", "våra", "i", "in", "on"})


@dataclass(frozen=True)
class Told:
    """A percentage of a group and the number given for it; `words` say which group, the last one what they are."""

    answer: TextAnswer
    percent: Decimal
    number: int
    words: tuple[str, ...]

    @property
    def size(self) -> Decimal:
        """Return how large the group is by percentage and number."""
        return (self.number * figures.HUNDRED / self.percent).quantize(Decimal(1), rounding=ROUND_HALF_UP)


def told_in(answer: TextAnswer) -> Iterator[Told]:
    """Yield the percentages of a text that have a number and a group, in order."""
    for share in _PERCENT.finditer(answer.text):
        percent = Decimal(share[1].replace(",", "."))
        number = _NUMBER.match(answer.text, share.end())
        if number is None or not 0 < percent < 100:
            continue
        words = tuple(word for word in _words(number[1]) if word not in _EMPTY)
        before = _words(re.split(r"[.!?;\n]", answer.text[max(0, share.start() - 60) : share.start()])[-1])
        words = words or tuple(before[-1:])
        if words:
            yield Told(answer, percent, int(re.sub(r"\D", "", number[2])), words)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORDS.findall(text)]


def is_part(one: Told, other: Told) -> bool:
    """Return True when the group of one is by its words a part of the group of the other."""
    head, whole = one.words[-1], other.words[-1]
    if head == whole:
        return set(one.words) > set(other.words)
    return len(whole) >= SHORTEST and head.endswith(whole) and len(other.words) == 1


def told_figures_fit(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """T3: by what texts tell, no group is larger than the one that it is a part of; listed figures go before."""
    listed = {figure.question for figure in application.figures}
    found = (one for answer in application.texts if answer.question not in listed for one in told_in(answer))
    told = list(islice(found, MOST))
    for part in told:
        for whole in told:
            if is_part(part, whole) and part.size > whole.size * TOLERANCE:
                yield _finding(part, whole)


def _finding(part: Told, whole: Told) -> Finding:
    where = (
        of(part.answer, "text", *text_names(part.answer)),
        of(whole.answer, "text", *text_names(whole.answer)),
    )
    params: dict[str, Value] = {"part": " ".join(part.words), "whole": " ".join(whole.words)}
    for prefix, one in (("", part), ("whole_", whole)):
        places = 0 if one.percent == one.percent.to_integral_value() else 1
        params |= {f"{prefix}percent": Percent(one.percent, places), f"{prefix}number": one.number}
        params[f"{prefix}size"] = Plain(one.size)
    return Finding("T3", "T3.in_text", Severity.WARN, where, Plain(part.size), Plain(whole.size), params)
