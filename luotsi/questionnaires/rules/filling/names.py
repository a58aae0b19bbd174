"""Names of the fields of a page, made from the definition and found again in it; nothing is split out of a name.

A question's field is `a:` and its path: "title", "table[2].cost" (the third row), "panel[0].name". Beside it stand
`was:NAME` (a digest of the value that the page showed), `k:PATH` for each part of a table or repetition that it did
not let change and, for what repeats, `n:PATH` (how many there are).
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from luotsi.questionnaires.rules import values

FIELD, WAS, KEPT, COUNT, FILE, DECIDE = "a:", "was:", "k:", "n:", "f:", "decide:"
COMMENT = "-Comment"
_PLAIN = re.compile(r"[^A-Za-z0-9_-]")


def within(path: str, row: int, name: str) -> str:
    """Return the path of a cell or of a question in a repetition."""
    return f"{path}[{row}].{name}"


def anchor(path: str) -> str:
    """Return the id of the element that asks the question at a path; different paths have different ids."""
    plain = _PLAIN.sub("-", path)
    if plain == path:
        return f"q-{path}"
    return f"q-{plain}-{hashlib.sha256(path.encode()).hexdigest()[:6]}"


def digest(value: Any) -> str:
    """Return what a page remembers of a value that it showed; empty values are one."""
    if values.is_empty(value):
        return "-"
    return hashlib.sha256(values.dumps(value).encode()).hexdigest()[:16]
