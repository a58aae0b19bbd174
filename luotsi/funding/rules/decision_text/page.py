"""A text made ready for looking through: the same length as shown, so that every place is a place in what is shown."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from luotsi.funding.rules.decision_text.found import Certainty, Found

MOST = 200_000  # signs of a text that is read
_LIKENESS = str.maketrans(
    dict.fromkeys("\t\u00a0\u2007\u2009\u202f", " ") | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
# A sentence ends before a capital; a line ends one when the next looks like a label, an item of a list or a heading.
_BREAKS = re.compile(
    r"\n[ ]{0,8}\n|(?<=[a-zåäöé%€)\d][a-zåäö€%)\d][.!?])[ \n]{1,3}(?=[A-ZÅÄÖ(])|\n(?=[ ]{0,8}(?:[-•*] "
    r"|\d{1,2}[.)] [A-ZÅÄÖ]))"
)
_SHORT_LINE = 60
_ABBREVIATIONS = ("milj.", "mom.", "esim.", "mn.", "kap.", "prof.", "n.", "ca.")


def shown(text: str) -> str:
    """Return a text as it is read and shown: composed letters, line ends as one sign, control signs as blanks."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    return "".join(sign if sign in "\n\t" or unicodedata.category(sign) != "Cc" else " " for sign in composed)


@dataclass(frozen=True)
class Page:
    """A text as `shown` gives it."""

    text: str

    @cached_property
    def kept(self) -> str:
        """The text with every space and every dash made plain; letters as they are."""
        return self.text.translate(_LIKENESS)

    @cached_property
    def plain(self) -> str:
        """The text in small letters, with plain spaces and dashes; as long as the text."""
        return "".join(low if len(low := sign.lower()) == 1 else sign for sign in self.kept)

    @cached_property
    def _bounds(self) -> list[int]:
        found = {0, len(self.text)}
        for broken in _BREAKS.finditer(self.kept):
            before = self.plain[max(0, broken.start() - 6) : broken.start()]
            if not before.endswith(_ABBREVIATIONS):
                found.add(broken.end())
        ends = [place for place, sign in enumerate(self.kept) if sign == "\n"]
        for line_end, next_end in pairwise([-1, *ends, len(self.kept)]):
            if line_end >= 0 and self._begins_anew(line_end, next_end):
                found.add(line_end + 1)
        return sorted(found)

    def _begins_anew(self, line_end: int, next_end: int) -> bool:
        following = self.kept[line_end + 1 : min(next_end, line_end + 1 + _SHORT_LINE)].lstrip(" ")
        if not following[:1].isupper():
            return False
        line_start = self.kept.rfind("\n", max(0, line_end - _SHORT_LINE), line_end)
        return ":" in following or line_start >= 0 or line_end < _SHORT_LINE

    def sentence(self, place: int) -> tuple[int, int]:
        """Return the bounds of the sentence, or of the line of a table, in which a place is."""
        at = bisect_right(self._bounds, place)
        start = self._bounds[at - 1]
        return start, self._bounds[at] if at < len(self._bounds) else len(self.text)

    def found[T](self, value: T, start: int, end: int, certainty: Certainty = Certainty.LIKELY) -> Found[T]:
        """Return a value at its place."""
        return Found(value=value, start=start, end=end, quoted=self.text[start:end], certainty=certainty)
