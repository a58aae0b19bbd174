"""The words of judged states: what a state is called, and why something is in it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.programme.rules.states import State
from luotsi.ui import formatting

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from luotsi.programme.rules.states import Judged

TITLES: dict[State, _StrPromise] = {
    State.DONE: _("Done"),
    State.RUN: _("On its way"),
    State.RISK: _("At risk"),
    State.LATE: _("Late"),
    State.NONE: _("Not begun"),
    State.COMING: _("Coming"),
    State.CANCELLED: _("Cancelled"),
}

WHY: dict[str, _StrPromise] = {
    "late_untold": _("It was due on %(due)s and nothing has been told of it."),
    "late_unfinished": _("It was due on %(due)s and has not been told to be reached."),
    "told_at_risk": _("Told to be at risk: %(reason)s"),
    "told_ongoing": _("Told to be ongoing; due on %(due)s."),
    "coming": _("It begins on %(start)s."),
    "little_time": _("It has not begun, and is due on %(due)s: three quarters of its time have passed."),
    "untold": _("Nothing has been told of it yet; due on %(due)s."),
    "told_not_started": _("Told not to have begun; due on %(due)s."),
    "told_cancelled": _("Cancelled: %(reason)s"),
    "done": _("Reached on %(day)s."),
    "done_late": _("Reached on %(day)s, days late: %(days)s."),
    "told_of_measure": _("Set by hand: %(reason)s"),
    "no_milestones": _("The plan gives it no milestones."),
    "all_cancelled": _("All its milestones have been cancelled."),
    "some_late": _("Late milestones: %(periods)s."),
    "some_at_risk": _("Milestones at risk: %(periods)s."),
    "all_done": _("All its milestones have been reached."),
    "under_way": _("%(done)s of %(count)s milestones have been reached, none is late."),
    "all_coming": _("Its milestones have not begun."),
    "none_begun": _("None of its milestones has been told to have begun."),
}


def title(state: State) -> str:
    """Return what a state is called in the active language."""
    return str(TITLES[state])


def why(judged: Judged) -> str:
    """Return why something is in its state, in the active language."""
    return str(WHY[judged.code]) % {name: _written(value) for name, value in judged.params.items()}


def _written(value: object) -> str:
    if value is None:
        return "–"
    return formatting.day(value) if isinstance(value, date) else str(value)
