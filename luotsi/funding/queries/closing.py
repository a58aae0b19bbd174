"""When a call closes, told honestly: with the clock time where the call states one, and with its absence where not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.ui.formatting import day, exact_moment, moment

if TYPE_CHECKING:
    from datetime import date, datetime

    from luotsi.funding.models import Call


def closing_words(call: Call) -> str:
    """Return when the call closes: "17.5.2021 at 16.15", "17.5.2021, time not stated", or "No end is stated"."""
    if call.closes_at:
        return moment(call.closes_at)
    if call.closes_on:
        return _("%(day)s, time not stated") % {"day": day(call.closes_on)}
    return _("No end is stated")


def days_left(call: Call, today: date) -> int | None:
    """Return the days until the last day of the call, 0 on it; None when it is over or no end is stated."""
    last = call.last_day
    return (last - today).days if last is not None and last >= today else None


def left_words(days: int | None) -> str:
    """Return how long there is still time, in words; nothing where that cannot be told."""
    if days is None:
        return ""
    if days == 0:
        return _("today")
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}


def not_open_words(call: Call, at: datetime) -> str:
    """Return why a call takes nothing at a moment, with the clock to the second; nothing when it is open.

    What came in the very second of the closing is in time.
    """
    state = call.state_at(at)
    if state == "withdrawn":
        return _("The call was withdrawn %(when)s.") % {"when": moment(call.withdrawn_at)}
    if state == "draft":
        return _("The call is not published.")
    if state == "coming":
        return _("The call opens %(when)s.") % {"when": exact_moment(call.opens_at)}
    if state == "closed":
        closed = exact_moment(call.closes_at) if call.closes_at else closing_words(call)
        told = {"closed": closed, "came": exact_moment(at)}
        return (
            _("The call closed %(closed)s. By the clock of this service it is now %(came)s: this is too late.") % told
        )
    return ""
