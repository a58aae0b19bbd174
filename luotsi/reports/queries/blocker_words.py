"""What keeps a report from being frozen, in words fit for the one who mends it."""

from __future__ import annotations

from django.utils.translation import get_language, gettext_lazy

from luotsi.reports.queries.writing.terms import HEADINGS
from luotsi.reports.queries.writing.words import best, said
from luotsi.reports.rules.blockers import Blocker, Why

WORDS = {
    Why.NO_ACTION: gettext_lazy("%(about)s has no corrective action: %(label)s"),
    Why.NO_APPENDIX: gettext_lazy("A required appendix is missing: %(label)s"),
    Why.NO_SUCH_FIGURE: gettext_lazy("The text of “%(section)s” names a figure that is not there: %(label)s"),
}


def sentence(blocker: Blocker) -> str:
    """Return a blocker as a sentence in the active language."""
    language = (get_language() or "fi")[:2]
    label = best(blocker.label, language)[0]
    section = ""
    if blocker.why == Why.NO_SUCH_FIGURE and blocker.about in HEADINGS:
        section = best(said(HEADINGS[blocker.about]), language)[0]
    return str(WORDS[blocker.why]) % {"about": blocker.about, "label": label, "section": section}
