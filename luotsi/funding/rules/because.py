"""A reason as a code and what it is about; its words are made where pages are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Because:
    """One reason.

    Args:
        code: what it is, in snake case; the same code always has the same params.
        about: the key of the thing it is about; empty for the whole.
        params: values for the words: `Decimal` for money and per cent, `date` for days, keys as text.
    """

    code: str
    about: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


def because(code: str, about: str = "", /, **params: object) -> Because:
    """Return a reason."""
    return Because(code, about, params)
