"""What the gate says of a model, in words: why it is stopped, and how a figure with its interval reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from luotsi.learning.rules.model.gate import LEAST_COHORTS, LEAST_EVENTS, MOST_GAP, Stop

if TYPE_CHECKING:
    from luotsi.learning.rules.model.measures import Interval


def figure(value: float | None, digits: int = 3) -> str:
    """Return a figure as it is read; a dash for none."""
    return "–" if value is None else number_format(round(value, digits), digits)


def span(found: Interval, digits: int = 3) -> str:
    """Return an interval; "" for none."""
    return "" if found.low is None else f"{figure(found.low, digits)}–{figure(found.high, digits)}"


def between(found: Interval, digits: int = 3) -> str:
    """Return a figure with its interval."""
    told = span(found, digits)
    return f"{figure(found.value, digits)} ({told})" if told else figure(found.value, digits)


def stop_words(stop: Stop, about: str) -> str:
    """Return why a model is not released."""
    told = {
        Stop.FEW_EVENTS: _("It learnt from %(about)s who left; at least %(least)s are needed."),
        Stop.FEW_COHORTS: _("It learnt from %(about)s closed cohorts; at least %(cohorts)s are needed."),
        Stop.NO_BETTER: _("It ranks no better than plain rules, which need no model."),
        Stop.GAP: _(
            "Of those who left, it misses some groups by %(about)s more often than others, by more than %(gap)s."
        ),
        Stop.NOT_JUDGED: _("There are no later cohorts with both outcomes to judge it by."),
    }[stop]
    return told % {
        "about": about,
        "least": LEAST_EVENTS,
        "cohorts": LEAST_COHORTS,
        "gap": number_format(MOST_GAP, 2),
    }
