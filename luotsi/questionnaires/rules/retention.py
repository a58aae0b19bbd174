"""For how long answers are kept: chosen when a collection is opened, counted from the day on which it closes."""

from __future__ import annotations

from datetime import date

from luotsi.base.periods import months_before

CHOICES = (3, 6, 12, 24, 36, 60)
SURVEYS = 24  # so that a person's own history reaches over two yearly waves
DRAFTS = 12


def last_day(closed: date, months: int) -> date:
    """Return the last day on which answers of a collection that closed on the day are kept."""
    return months_before(closed, -months)
