"""The one rule by which characters are counted, shown beside the field and enforced alike.

A text is brought to NFC, each line break (CR LF, CR or LF) is one character, and what is counted are Unicode code
points: "ä" is one whether typed as one sign or as two, and an emoji outside the first plane is one, not two.
"""

from __future__ import annotations

import unicodedata


def normalised(text: str) -> str:
    """Return the text as it is counted and kept: NFC, every line break a single LF."""
    if text.isascii():
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def characters(text: str) -> int:
    """Return how many characters a text has by the rule of this module."""
    return len(normalised(text))
