"""Whether a score may be used, and whose scores rule: decided anew each time that one is to be shown or ordered by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Mode(StrEnum):
    """What the switch says."""

    MODEL = "model"
    RULES = "rules"
    OFF = "off"


class Unused(StrEnum):
    """Why a learner has no score that may be used."""

    NOT_TOLD = "not_told"
    OBJECTED = "objected"
    CONTESTED = "contested"
    UPHELD = "upheld"
    NOT_BEGUN = "not_begun"
    OFF = "off"
    NONE = "none"


@dataclass(frozen=True)
class Standing:
    """What a learner has been told and has said: days and moments, None where there is none.

    `upheld_at` is when a contest was last found right: scores made before it are not used any more. `begins_on` is the
    day on which a staggered start comes to the learner: until then everything goes on without lists.
    """

    told_on: date | None
    objected_on: date | None
    is_contested: bool = False
    upheld_at: datetime | None = None
    begins_on: date | None = None


def why_unused(standing: Standing, made_at: datetime | None, mode: Mode, on: date) -> Unused | None:
    """Return why a score made at a moment may not be used on a day; None when it may."""
    if standing.told_on is None or standing.told_on > on:
        return Unused.NOT_TOLD
    if standing.objected_on is not None and standing.objected_on <= on:
        return Unused.OBJECTED
    if mode is Mode.OFF:
        return Unused.OFF
    if standing.begins_on is not None and standing.begins_on > on:
        return Unused.NOT_BEGUN
    if standing.is_contested:
        return Unused.CONTESTED
    if made_at is None:
        return Unused.NONE
    if standing.upheld_at is not None and made_at <= standing.upheld_at:
        return Unused.UPHELD
    return None
