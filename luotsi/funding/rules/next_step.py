"""What is to be done next with an application, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from luotsi.funding.rules.portfolio import Standing


class Step(StrEnum):
    """What is to be done."""

    HAND_IN = "hand_in"
    TELL = "tell"
    WAIT = "wait"
    ASK = "ask"
    USE = "use"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Next:
    """The step, and the day by which, or from which, it is to be done; None where none is known."""

    step: Step
    on: date | None = None


def next_of(
    standing: Standing, closes_on: date | None, decides_by: date | None, ends_on: date | None, on: date
) -> Next:
    """Return what is next on a day.

    Args:
        standing: Where the application stands.
        closes_on: The last day of the call.
        decides_by: By when the funder said that it decides.
        ends_on: The last day of use.
        on: The day on which it is asked.
    """
    if standing == Standing.PREPARING:
        late = closes_on is not None and closes_on < on
        return Next(Step.TELL if late else Step.HAND_IN, closes_on)
    if standing == Standing.SUBMITTED:
        late = decides_by is not None and decides_by < on
        return Next(Step.ASK if late else Step.WAIT, decides_by)
    if standing in (Standing.GRANTED, Standing.PARTLY) and (ends_on is None or ends_on >= on):
        return Next(Step.USE, ends_on)
    return Next(Step.NOTHING)
