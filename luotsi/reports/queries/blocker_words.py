"""What keeps a report from being frozen, in words fit for the one who mends it."""

from __future__ import annotations

from django.utils.translation import get_language, gettext

from luotsi.reports.queries.writing.terms import HEADINGS, MISSING
from luotsi.reports.queries.writing.words import best, said
from luotsi.reports.rules.blockers import Blocker, Why


def sentence(blocker: Blocker) -> str:
    """Return a blocker as a sentence in the active language."""
    language = (get_language() or "fi")[:2]
    label = best(blocker.label, language)[0]
    section = ""
    if blocker.why == Why.NO_SUCH_FIGURE and blocker.about in HEADINGS:
        section = best(said(HEADINGS[blocker.about]), language)[0]
    return gettext(MISSING[blocker.why]) % {"about": blocker.about, "label": label, "section": section}
