"""The one place where time comes from, so that tests and deadlines can hold it still."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

HELSINKI = ZoneInfo("Europe/Helsinki")


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """Return the calendar day in Finland, where deadlines and school years are counted."""
    return now().astimezone(HELSINKI).date()


def day_of(moment: datetime) -> date:
    """Return the calendar day of an aware moment in Finland."""
    return moment.astimezone(HELSINKI).date()
