"""What the members of a programme let the others see: themselves apart, only sums, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Consent(StrEnum):
    """What the others see of a member."""

    NONE = "none"
    SUMS = "sums"
    FIGURES = "figures"


@dataclass(frozen=True)
class Shown[Key]:
    """Which members a reader sees apart, and which are in the sums that are shown; all of them in the given order."""

    apart: tuple[Key, ...]
    summed: tuple[Key, ...]

    @property
    def hidden(self) -> int:
        """How many members are in the sums without being told apart."""
        return len(set(self.summed) - set(self.apart))


def shown[Key](consents: Mapping[Key, Consent], own: frozenset[Key]) -> Shown[Key]:
    """Return what a reader with the own members sees.

    A single member that may stand in sums only is left out of them: what is told apart, taken off the sum, would
    tell it apart too.
    """
    apart = [key for key, consent in consents.items() if key in own or consent == Consent.FIGURES]
    hidden = [key for key, consent in consents.items() if key not in own and consent == Consent.SUMS]
    if len(hidden) < 2:
        hidden = []
    summed = {*apart, *hidden}
    return Shown(tuple(apart), tuple(key for key in consents if key in summed))
