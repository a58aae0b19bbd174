"""What keeps a file from being read, each with its place, and the limits that reading keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """One thing that does not fit.

    Attributes:
        at: Where, as a JSON pointer (RFC 6901); "" is the whole file.
        code: What kind of fault; its words are made elsewhere.
        params: What the words need.
    """

    at: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


class TooMany(Exception):
    """There are so many faults that reading on is of no use."""


SIZE = 4_000_000  # bytes of a file
DEPTH = 20  # of lists and objects in each other
FAULTS = 200  # told
TEXTS = 1_000_000  # characters of all texts together
DIGITS = 12  # of a number before the point
DECIMALS = 6  # after it
