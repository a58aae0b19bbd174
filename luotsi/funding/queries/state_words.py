"""How the states of applications and calls are marked and what is next, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.funding.models import Application
from luotsi.funding.rules.next_step import Step
from luotsi.ui.formatting import day

if TYPE_CHECKING:
    from luotsi.funding.rules.next_step import Next

MARKS: dict[str, str] = {
    Application.State.PREPARING: "run",
    Application.State.DROPPED: "none",
    Application.State.SUBMITTED: "use",
    Application.State.GRANTED: "done",
    Application.State.PARTLY: "done",
    Application.State.REFUSED: "late",
    Application.State.WITHDRAWN: "none",
}
CALL_MARKS = {"draft": "none", "coming": "use", "open": "run", "closed": "none", "withdrawn": "none"}

STEPS = {
    Step.HAND_IN: gettext_lazy("Hand in"),
    Step.TELL: gettext_lazy("Tell what became of it"),
    Step.WAIT: gettext_lazy("Wait for the decision"),
    Step.ASK: gettext_lazy("Ask for the decision"),
    Step.USE: gettext_lazy("Use and report"),
}
STEPS_BY_DAY = {
    Step.HAND_IN: gettext_lazy("Hand in by %(day)s"),
    Step.TELL: gettext_lazy("Tell what became of it: the call closed %(day)s"),
    Step.WAIT: gettext_lazy("Wait for the decision, expected by %(day)s"),
    Step.ASK: gettext_lazy("Ask for the decision, expected by %(day)s"),
    Step.USE: gettext_lazy("Use and report, until %(day)s"),
}


def call_word(state: str) -> str:
    """Return the word of a state of a call."""
    return {
        "draft": _("Not published"),
        "coming": _("Coming"),
        "open": _("Open"),
        "closed": _("Closed"),
        "withdrawn": _("Withdrawn"),
    }[state]


def next_words(found: Next) -> str:
    """Return what is next in words, with its day where it has one; nothing where nothing is."""
    if found.step == Step.NOTHING:
        return ""
    if found.on is None:
        return str(STEPS[found.step])
    return str(STEPS_BY_DAY[found.step]) % {"day": day(found.on)}
