"""When what may be done in guidance: due days, judgements of a start, outcomes after a while, and what ends a need."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

DUE_IN = timedelta(weeks=2)
LATEST_DUE = timedelta(weeks=26)
JUDGED_FROM = timedelta(days=7)
JUDGED_UNTIL = timedelta(weeks=12)
ASKED_UNTIL = timedelta(weeks=4)
OUTCOMES = (4, 12)
SENT_AGAIN = timedelta(minutes=10)  # the very same words of the same person within it are one entry that came twice


class Done(StrEnum):
    """What can be done for a learner."""

    CONTACT = "contact"
    MEETING = "meeting"
    PLAN = "plan"
    REFERRAL = "referral"
    NO_NEED = "no_need"
    NOTE = "note"


# What opens a need when none is open: something was begun, and somebody is in charge of it.
OPENS = frozenset({Done.CONTACT, Done.MEETING, Done.PLAN, Done.REFERRAL})


class Asked(StrEnum):
    """Where the judgement of a start stands."""

    EARLY = "early"
    NOW = "now"
    STILL = "still"
    OVER = "over"


def judging(begun: date | None, on: date) -> Asked:
    """Return where the judgement of a start stands on a day: asked for in weeks 2 to 4, taken until week 12."""
    if begun is None or on > begun + JUDGED_UNTIL:
        return Asked.OVER
    if on < begun + JUDGED_FROM:
        return Asked.EARLY
    return Asked.NOW if on <= begun + ASKED_UNTIL else Asked.STILL


def outcome_due(opened_on: date, weeks: int) -> date:
    """Return the day from which an outcome can be told."""
    return opened_on + timedelta(weeks=weeks)


def outcomes_due(opened_on: date, told: dict[int, str], on: date) -> list[int]:
    """Return which outcomes (4, 12 weeks) wait to be told on a day."""
    return [weeks for weeks in OUTCOMES if not told.get(weeks) and outcome_due(opened_on, weeks) <= on]


def is_due_day(due_on: date, today: date) -> bool:
    """Return True for a day on which a need can be due: from today to half a year on."""
    return today <= due_on <= today + LATEST_DUE
