"""Who may apply to an own call: which kind of unit, and of those only the ones below the units that are named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Applicants(StrEnum):
    """Which units a call asks."""

    INSTITUTIONS = "institutions"
    PROVIDERS = "providers"


class NotEligible(StrEnum):
    """Why a unit may not apply."""

    KIND = "kind"  # the call asks units of another kind
    ELSEWHERE = "elsewhere"  # the call asks units of that kind elsewhere


KINDS: dict[Applicants, str] = {Applicants.INSTITUTIONS: "institution", Applicants.PROVIDERS: "provider"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whom a call asks.

    Args:
        applicants: the kind of unit.
        paths: places in the tree of units, each ending in "/"; units there and below may apply. Empty = everywhere.
    """

    applicants: Applicants
    paths: tuple[str, ...] = ()


def why_not(asked: Asked, kind: str, path: str) -> NotEligible | None:
    """Return why a unit of a kind at a place in the tree may not apply; None when it may."""
    if kind != KINDS[asked.applicants]:
        return NotEligible.KIND
    return None if _is_within(path, asked.paths) else NotEligible.ELSEWHERE


def _is_within(path: str, paths: Iterable[str]) -> bool:
    named = tuple(paths)
    return not named or path.startswith(named)
