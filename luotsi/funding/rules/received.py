"""The number of an application in the funder's register, as it is given when the application is handed in.

The number is `<sequence>/<number of the call>`: the third application to the call VN/48/2026 is 3/48/2026. A family in
letters before the first stroke or space is left out, as registers of the state do; a call without a number lends its
address.
The sequence begins at 1 in each call, has no gaps, and is given once: who hands in anew keeps the number.
"""

from __future__ import annotations

import re

FAMILY = re.compile(r"[^\W\d_]+[/ ]\s*(?=\S)")
LONGEST = 48  # characters of the part of the call, so that the whole fits beside any sequence


def suffix_of(call_number: str, address: str) -> str:
    """Return the part of the numbers of a call that all its applications share.

    Args:
        call_number: number of the call in the funder's register; "" where it has none.
        address: of the call among those of its keeper.
    """
    told = " ".join(call_number.split()) or address
    if family := FAMILY.match(told):
        told = told[family.end() :]
    return told[:LONGEST]


def register_number(sequence: int, suffix: str) -> str:
    """Return the number of an application.

    Raises:
        ValueError: a sequence below 1, or no suffix.
    """
    if sequence < 1 or not suffix:
        raise ValueError(f"{sequence}/{suffix} is no register number.")
    return f"{sequence}/{suffix}"
