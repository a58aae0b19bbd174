"""Regular expressions of definitions, in an engine whose time grows only with the length of the text (RE2).

Those that need more than that (looking ahead or behind, references back) are refused when a definition is read.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

LENGTH = 1_000  # signs of a pattern
TEXT = 100_000  # signs of a text that is looked through
MEMORY = 1 << 20  # bytes of a pattern made ready
UNICODE = re.compile(r"((?:^|[^\\])(?:\\\\)*)\\u([0-9a-fA-F]{4})")


def is_sound(pattern: str) -> bool:
    """Return True when a pattern can be used."""
    return _ready(pattern, ignore_case=False) is not None


def matches(pattern: str, text: str, *, ignore_case: bool = False) -> bool:
    """Return True when a pattern is found somewhere in a text; a pattern that cannot be used is found nowhere."""
    ready = _ready(pattern, ignore_case=ignore_case)
    return ready is not None and len(text) <= TEXT and ready.search(text) is not None


@lru_cache(maxsize=2_000)
def _ready(pattern: str, *, ignore_case: bool) -> Any:
    if len(pattern) > LENGTH:
        return None
    import re2

    options = re2.Options()
    options.max_mem, options.log_errors, options.case_sensitive = MEMORY, False, not ignore_case
    try:
        return re2.compile(UNICODE.sub(r"\1\\x{\2}", pattern), options)
    except re2.error:
        return None
