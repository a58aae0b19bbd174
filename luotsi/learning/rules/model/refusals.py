"""Why nothing is learnt: each reason with its numbers, for pages to put into words; the text is for programmers."""

from __future__ import annotations

from enum import StrEnum


class WhyNot(StrEnum):
    """Why nothing is learnt or judged."""

    FEW_COHORTS = "few_cohorts"  # `cohorts` are closed, `least` are needed
    NO_PART = "no_part"  # no cohort to learn from, or none to judge by
    NOT_LATER = "not_later"  # cohort `after` would come after `before`, and is not later
    HAS_LEFT = "has_left"  # `left` of `people` had left by the day they are looked at
    ONE_OUTCOME = "one_outcome"  # of those learnt from, or calibrated on, all or none left


class Unlearnt(ValueError):
    """Nothing is learnt, or judged, in this way.

    Attributes:
        why: The reason.
        told: Its numbers and names, by name.
    """

    def __init__(self, words: str, why: WhyNot, **told: str | int) -> None:
        """Keep the words with the reason and its numbers."""
        super().__init__(words)
        self.why = why
        self.told = {name: str(value) for name, value in told.items()}


class NotLearnt(Unlearnt):
    """Nothing can be learnt: nobody, or only one outcome."""


class HasLeft(Unlearnt):
    """A learner who had left by the day of the snapshot is among those learnt from or judged."""


class NotInTime(Unlearnt):
    """Cohorts that are judged do not all begin after those that are learnt from."""
