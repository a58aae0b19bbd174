"""Grades, evidence and the reasons for which they part, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.programme.queries.rows import names
from luotsi.programme.queries.state_words import title
from luotsi.programme.rules.rounds import SCALE, word_of
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from luotsi.programme.queries.rounds.evidence import Beside
    from luotsi.programme.rules.parting import Judgement, Reason

MARKS = {"over": "risk", "under": "use", "with": "done", "silent": "none"}


def parting(parts: str) -> str:
    """Return how grade and evidence stand to each other."""
    return {
        "over": _("Own grade higher"),
        "under": _("Own grade lower"),
        "with": _("In line"),
        "silent": _("No evidence"),
    }[parts]


def grade(value: int) -> str:
    """Return a grade with its word."""
    return f"{value} {names(word_of(value)).text}"


def reason(found: Reason) -> str:
    """Return a reason for which grade and evidence part."""
    texts = {
        "late": ngettext("%(n)s milestone is late", "%(n)s milestones are late", found.count),
        "risk": ngettext("%(n)s milestone is at risk", "%(n)s milestones are at risk", found.count),
        "not_begun": ngettext("%(n)s milestone has not begun", "%(n)s milestones have not begun", found.count),
        "behind": ngettext(
            "%(n)s figure is behind its target path", "%(n)s figures are behind their target paths", found.count
        ),
        "reached": ngettext("%(n)s milestone has been reached", "%(n)s milestones have been reached", found.count),
        "met": ngettext("%(n)s figure is on its target path", "%(n)s figures are on their target paths", found.count),
        "higher": _("The grade is clearly higher than the evidence"),
        "lower": _("The grade is clearly lower than the evidence"),
    }
    return texts[found.code] % {"n": found.count}


def why(judgement: Judgement) -> str:
    """Return all reasons in one line."""
    return "; ".join(reason(one) for one in judgement.reasons)


def evidence(beside: Beside) -> str:
    """Return what the evidence is: milestones by state, and figures."""
    told = [f"{title(state)} {count}" for state, count in beside.states]
    told += [f"{one.names.text} {one.written} ({one.period})" for one in beside.figures]
    return " · ".join(told)


def gap(judgement: Judgement) -> str:
    """Return how far the grade is from the evidence, with its sign."""
    if judgement.gap is None:
        return ""
    return f"+{number(judgement.gap)}" if judgement.gap > 0 else number(judgement.gap)


def scale_words() -> str:
    """Return the scale with its words."""
    return ", ".join(grade(value) for value, _words in SCALE)
