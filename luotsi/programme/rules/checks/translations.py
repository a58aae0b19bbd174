"""Checks of languages: which texts are not there in all three."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from luotsi.programme.rules.checks.fault import Fault, remark
from luotsi.programme.rules.plan import Plan, walk
from luotsi.programme.rules.values import Text


def missing_translations(plan: Plan) -> Iterator[Fault]:
    """Yield every text that some language lacks, once for each key."""
    for item in walk(plan):
        for entry in fields(item):
            value = getattr(item, entry.name)
            texts = [part for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, Text)]
            for language in sorted({code for text in texts for code in text.missing}):
                yield remark(f"translation.{language}", item, entry.name, key=entry.name)


CHECKS = (missing_translations,)
