"""Addresses of many things of one kind, made from one that was reversed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse

STAND_IN = str(UUID(int=0))


def addresses(name: str, *before: str | UUID) -> Callable[[str | UUID], str]:
    """Return what makes an address from its last argument, a key or a slug; `before` are the arguments before it.

    Reversing costs more than all the rest of a line in a menu or a list, so it is done once for all lines.

    Raises:
        NoReverseMatch: there is no such address.
    """
    start, end = reverse(name, args=[*before, STAND_IN]).split(STAND_IN)
    return lambda last: f"{start}{last}{end}"
