"""Disclosure control: the one place that every figure passes before it leaves, and what is printed instead of one."""

from luotsi.indicators.rules.disclosure.policies import (
    FREE_TEXT,
    LEARNERS_IN_PUBLIC,
    SMALL,
    is_looser,
    may_show_texts,
    stricter,
)
from luotsi.indicators.rules.disclosure.protecting import protect
from luotsi.indicators.rules.disclosure.rows import without_rare
from luotsi.indicators.rules.disclosure.showing import Kind, Shown, shown

__all__ = [
    "FREE_TEXT",
    "LEARNERS_IN_PUBLIC",
    "SMALL",
    "Kind",
    "Shown",
    "is_looser",
    "may_show_texts",
    "protect",
    "shown",
    "stricter",
    "without_rare",
]
