"""Which expressions of a definition name a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from luotsi.questionnaires.rules.lint.outline import KEYS
from luotsi.questionnaires.rules.shaping.places import WHOLE

BRACED = re.compile(r"\{\s*([^{}]+?)\s*\}")
EXPRESSIONS = frozenset(KEYS.values())


def naming(data: Any, key: str) -> Iterator[str]:
    """Yield the expressions that name a question by its key, each once."""
    own, found = key.rpartition(".")[2].lower(), []
    for text in _expressions(data):
        names = [name.lower().rpartition("panel.")[2].rpartition("row.")[2] for name in BRACED.findall(text)]
        if text not in found and any(re.split(r"[.\[]|-total", name)[0] in {own, key.lower()} for name in names):
            found.append(text)
    yield from found


def _expressions(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _expressions(item)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key in EXPRESSIONS and isinstance(item, str):
                yield item
            elif key not in WHOLE:
                yield from _expressions(item)
