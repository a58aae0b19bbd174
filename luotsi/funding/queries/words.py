"""How the words of a check are kept: a sentence, and what is suggested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Words:
    """What a finding says, and what is suggested against it."""

    sentence: _StrPromise
    fix: _StrPromise
