"""The one place where time comes from, so that tests and deadlines can hold it still."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

HELSINKI = ZoneInfo("Europe/Helsinki")
_held: ContextVar[datetime | None] = ContextVar("held", default=None)


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _held.get() or timezone.now()


@contextmanager
def held_at(moment: datetime) -> Iterator[None]:
    """Hold the clock of this thread at an aware moment: the people of a demo did things before you came.

    Raises:
        RuntimeError: outside the demo, where nothing may ever be dated otherwise than it was done.
    """
    if not settings.DEMO:
        raise RuntimeError("Time is held in the demo only.")
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)


def today() -> date:
    """Return the calendar day in Finland, where deadlines and school years are counted."""
    return now().astimezone(HELSINKI).date()


def day_of(moment: datetime) -> date:
    """Return the calendar day of an aware moment in Finland."""
    return moment.astimezone(HELSINKI).date()
