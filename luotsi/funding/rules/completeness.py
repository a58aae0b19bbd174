"""How complete an application is that was handed in: what the checks count, and whether its completion is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Whole(StrEnum):
    """How complete it is."""

    COMPLETE = "complete"
    LACKING = "lacking"  # the checks find errors
    UNREADABLE = "unreadable"  # it could not be checked
    ASKED = "asked"  # the applicant may complete it
    LATE = "late"  # the applicant was asked and the time is over


@dataclass(frozen=True, kw_only=True)
class Found:
    """How many findings of each severity the checks have; None where they could not judge."""

    blocks: int | None
    warns: int | None = 0
    infos: int | None = 0


def wholeness(found: Found, until: datetime | None, now: datetime) -> Whole:
    """Return how complete an application is.

    Args:
        found: what the checks found in what was handed in last.
        until: until when the applicant may complete it; None = not asked, or answered.
        now: the moment; the second of `until` itself is still in time.
    """
    if until is not None:
        return Whole.LATE if now.replace(microsecond=0) > until else Whole.ASKED
    if found.blocks is None:
        return Whole.UNREADABLE
    return Whole.LACKING if found.blocks else Whole.COMPLETE
