"""What the gate says of a model, in words: why it is stopped, and how a figure with its interval reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from luotsi.learning.rules.model.gate import LEAST_COHORTS, LEAST_EVENTS, MOST_GAP, Stop
from luotsi.learning.rules.model.refusals import WhyNot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.learning.rules.model.measures import Interval
    from luotsi.learning.rules.model.refusals import Unlearnt


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


def unlearnt_words(refusal: Unlearnt) -> str:
    """Return why nothing is learnt."""
    return not_learnt_words({"why": refusal.why, **refusal.told})


def not_learnt_words(kept: Mapping[str, str]) -> str:
    """Return why nothing was learnt, as it is kept with a model; "" where it was."""
    if not kept:
        return ""
    told = {
        WhyNot.FEW_COHORTS: _("Closed cohorts: %(cohorts)s; at least %(least)s are needed."),
        WhyNot.NO_PART: _("There is no closed cohort to learn from, or none later to judge by."),
        WhyNot.NOT_LATER: _("Cohort %(after)s would be judged after cohort %(before)s, and is not later."),
        WhyNot.HAS_LEFT: _("%(left)s of %(people)s had left by the day on which they are looked at."),
        WhyNot.ONE_OUTCOME: _("Of those to learn from, nobody left or everybody did: there is nothing to tell apart."),
    }[WhyNot(kept["why"])]
    return told % kept


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
