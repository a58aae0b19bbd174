"""The words of a report for states, kinds and units of measure, in every language at once."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from luotsi.indicators.rules.values import Policy, Rollup, Verdict
from luotsi.programme.rules.values import ActionState, MoneyKind, Text
from luotsi.reports.queries.writing.words import said
from luotsi.reports.rules.blockers import Why
from luotsi.reports.rules.content import NO_TEXT, Entry
from luotsi.reports.rules.material import Finding

MISSING = {
    Why.NO_ACTION: _("%(about)s has no corrective action: %(label)s"),
    Why.NO_OWNER: _("Corrective actions have no owner: %(label)s"),
    Why.NO_DUE_DAY: _("Corrective actions have no due day: %(label)s"),
    Why.NO_APPENDIX: _("A required appendix is missing: %(label)s"),
    Why.NO_SUCH_FIGURE: _("The text of “%(section)s” names a figure that is not there: %(label)s"),
}
HEADINGS = {
    "cover": _("The report in brief"),
    "summary": _("Summary"),
    "mandate": _("Programme and mandate"),
    "method": _("How it was evaluated"),
    "indicators": _("Indicators"),
    "packages": _("What was done"),
    "deviations": _("Deviations and corrective actions"),
    "money": _("Money"),
    "equality": _("Language and equality"),
    "risks": _("Risks and the next year"),
    "appendices": _("Appendices"),
    "goals": _("Goals and the plan in force"),
    "matrix": _("Measures by school year and municipality"),
    "devices": _("Devices and everyday work"),
    "competence": _("Competence"),
    "security": _("Security"),
    "comparability": _("What can be compared"),
    "observations": _("Observations and next steps"),
    "weighted": _("The region as a whole"),
}
STATES = {
    "done": _("Reached"),
    "run": _("Under way"),
    "risk": _("At risk"),
    "late": _("Late"),
    "none": _("Not started"),
    "coming": _("Coming"),
    "cancelled": _("Cancelled"),
    "hidden": _("Only in sums"),
}
ACTIONS = {
    ActionState.PLANNED: ("none", _("Planned")),
    ActionState.ONGOING: ("run", _("Ongoing")),
    ActionState.DONE: ("done", _("Done")),
}
MONEY = {
    MoneyKind.NEED: _("Need"),
    MoneyKind.GRANTED: _("Granted"),
    MoneyKind.RESERVED: _("Reserved"),
    MoneyKind.ACTUAL: _("Actual"),
    MoneyKind.ESTIMATE: _("Estimate"),
}
ROLLUPS = {
    Rollup.SUM: _("Sum"),
    Rollup.RATIO: _("Sum of numerators by sum of denominators"),
    Rollup.WEIGHTED_MEAN: _("Weighted mean"),
    Rollup.LAST: _("Latest"),
    Rollup.MIN: _("Smallest"),
    Rollup.MAX: _("Largest"),
    Rollup.SHARE_OF_UNITS: _("Share of units that meet the limit"),
}
POLICIES = {
    Policy.OPEN: _("Open: nobody stands behind it"),
    Policy.THRESHOLD: _("Threshold: 1 to 4 persons are hidden"),
    Policy.SURVEY: _("Survey: at least 5 persons"),
    Policy.LEARNERS: _("Learners: 1 to 4 of them and 1 to 4 others are hidden; in public at least 45"),
    Policy.STATISTICS: _("Statistics: multiples of 3"),
}
VERDICTS = {
    Verdict.REACHED: ("done", _("Target reached")),
    Verdict.WILL: ("run", _("Will be reached at this pace")),
    Verdict.AT_RISK: ("risk", _("At risk")),
    Verdict.WILL_NOT: ("late", _("Will not be reached at this pace")),
    Verdict.TOO_LITTLE: ("none", _("Too little data for a forecast")),
}


def heading(key: str) -> Text:
    """Return the heading of a section."""
    return said(HEADINGS[key])


def state(mark: str) -> Entry:
    """Return a state as a cell."""
    return Entry(state=mark, text=said(STATES[mark]))


def action_state(finding: Finding) -> Entry:
    """Return how far a corrective action has come; a negative finding without one is late with it."""
    if finding.closed_on:
        return Entry(state="done", text=said(_("Closed %(day)s"), day=finding.closed_on))
    if not finding.action:
        return Entry(state="late", text=said(_("No action"))) if finding.is_negative else Entry()
    mark, words = ACTIONS[finding.state or ActionState.PLANNED]
    return Entry(state=mark, text=said(words))


def cell(text: Text | None = None) -> Entry:
    """Return a text as a cell; nothing is shown as a dash."""
    return Entry(text=text or NO_TEXT)
