"""Cohorts by the half-year in which studies began, and the times in which a qualification could be completed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from luotsi.learning.rules.endings import years_after

AUTUMN = 8  # the first month of the second half: school years begin in August


@dataclass(frozen=True, order=True)
class Horizon:
    """A time in years and months."""

    years: int
    months: int = 0

    @property
    def key(self) -> str:
        """3, 3.5 or 4."""
        return f"{self.years}.5" if self.months else str(self.years)

    def after(self, day: date) -> date:
        """Return the day so much later."""
        return years_after(day, self.years, self.months)


HORIZONS = (Horizon(3), Horizon(3, 6), Horizon(4))


@dataclass(frozen=True, order=True)
class Half:
    """Half a year of beginnings: January to July (1) or August to December (2)."""

    year: int
    half: int

    @classmethod
    def of(cls, day: date) -> Half:
        """Return the half-year of a day."""
        return cls(day.year, 2 if day.month >= AUTUMN else 1)

    @property
    def key(self) -> str:
        """Year and half: 2023/2."""
        return f"{self.year}/{self.half}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.half == 1 else AUTUMN, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next().first - timedelta(days=1)

    def next(self) -> Half:
        """Return the half-year after it."""
        return Half(self.year, 2) if self.half == 1 else Half(self.year + 1, 1)

    def full_on(self, horizon: Horizon) -> date:
        """Return the day on which the time is full for whoever began last."""
        return horizon.after(self.last)
