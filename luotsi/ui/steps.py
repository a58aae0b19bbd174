"""The steps of a form on several pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One page of a form; `state` is done, current, error or todo."""

    label: str
    url: str
    state: str
    note: str = ""
