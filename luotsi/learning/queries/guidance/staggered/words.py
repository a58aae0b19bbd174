"""Staggered starts in words: what stands against a plan, where one stands, what one came to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luotsi.learning.models import StaggeredStart
from luotsi.learning.rules.staggered.plans import (
    LEAST_LEARNERS,
    LEAST_ORDERS,
    LEAST_UNITS,
    LEAST_WAVES,
    MOST_WAVES,
    Fault,
)
from luotsi.ui.formatting import day, number

if TYPE_CHECKING:
    from luotsi.learning.rules.staggered.effect import Judged


def fault_words(fault: Fault) -> str:
    """Return what stands against a plan."""
    told = {
        Fault.FEW_UNITS: _("At least %(units)s groups or schools are needed."),
        Fault.FEW_WAVES: _("At least %(waves)s starts are needed."),
        Fault.MANY_WAVES: _("There are at most %(most)s starts, and never more than groups or schools."),
        Fault.FEW_ORDERS: _(
            "The lot could fall in fewer than %(orders)s ways: too few to tell chance from an effect. Take more "
            "groups or more starts."
        ),
        Fault.NO_STEP: _("Choose how many weeks are between the starts."),
        Fault.NO_MONDAY: _("Lists begin on a Monday."),
        Fault.TOO_LATE: _("The first start must be later than today: all is told before it."),
        Fault.NO_SEED: _("Write the words that the lot is drawn by."),
        Fault.SMALL: _("In each group or school at least %(learners)s learners must study now."),
    }[fault]
    return told % {
        "units": LEAST_UNITS,
        "waves": LEAST_WAVES,
        "most": MOST_WAVES,
        "orders": LEAST_ORDERS,
        "learners": LEAST_LEARNERS,
    }


def standing_words(start: StaggeredStart, ends: date, today: date) -> tuple[str, str]:
    """Return the mark and the word of where a staggered start stands."""
    if start.stopped_at is not None:
        return "none", _("Stopped")
    if start.locked_at is None:
        return "run", _("Planned, not drawn")
    if today < start.starts_on:
        return "ok", _("Drawn and locked")
    return ("use", pgettext("staggered start", "Goes on")) if today < ends else ("done", _("Has ended"))


def verdict_of(start: StaggeredStart, judged: Judged | None, ends: date) -> str:
    """Return what a staggered start came to, or when it can be told."""
    if start.stopped_at is not None:
        return _("It was stopped before its end. Nothing is claimed.")
    if start.locked_at is None:
        return _("Nothing has been drawn. Until the lot is drawn, lists are for all.")
    if judged is None:
        return _(
            "What it came to is told on %(day)s and not before: whoever looks in between stops when it suits."
        ) % {"day": day(ends)}
    if judged.difference is None:
        return _("Too few groups had learners in every period. Nothing is claimed.")
    return _told(start, judged)


def _told(start: StaggeredStart, judged: Judged) -> str:
    ends = (judged.low, judged.high)
    told = {
        "figure": amount(start, abs(judged.difference or 0.0)),
        "low": _("without end") if ends[0] is None else amount(start, ends[0]),
        "high": _("without end") if ends[1] is None else amount(start, ends[1]),
    }
    if start.outcome == StaggeredStart.Outcome.STAYING:
        words = {
            None: _("No effect is shown: the difference lies between %(low)s and %(high)s percentage points."),
            True: _("With lists, %(figure)s percentage points more learners went on (%(low)s to %(high)s)."),
            False: _("With lists, %(figure)s percentage points fewer learners went on (%(low)s to %(high)s)."),
        }
    else:
        words = {
            None: _("No effect is shown: the difference lies between %(low)s and %(high)s competence points."),
            True: _("With lists, learners got %(figure)s competence points more in a period (%(low)s to %(high)s)."),
            False: _("With lists, learners got %(figure)s competence points fewer in a period (%(low)s to %(high)s)."),
        }
    return words[(judged.difference or 0.0) > 0 if judged.is_shown else None] % told


def amount(start: StaggeredStart, value: float) -> str:
    """Return a difference as it is read: percentage points, or competence points."""
    is_share = start.outcome == StaggeredStart.Outcome.STAYING
    return number(round(value * 100, 1) if is_share else round(value, 1), 1)
