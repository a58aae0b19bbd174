"""The words of reports: their chapters, sums and gaps, and why they cannot be sent."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.base.texts import names_of
from luotsi.funding.rules.reports import Chapter, judged_lines, missing_parts, personal_data, sending_refusals
from luotsi.indicators.queries.words import Measure
from luotsi.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from luotsi.funding.rules.because import Because
    from luotsi.funding.rules.reports import Content, Difference, Told

CHAPTERS = {
    Chapter.DONE: (
        gettext_lazy("What was done"),
        gettext_lazy("The work of the time of the report, in the order of the plan."),
    ),
    Chapter.RESULTS: (
        gettext_lazy("What came of it"),
        gettext_lazy("What is different now, and how it shows in the figures below."),
    ),
    Chapter.USE: (
        gettext_lazy("How the results live on"),
        gettext_lazy("Who uses them after the grant, and where others find them."),
    ),
}
SUMS = {
    "granted": gettext_lazy("Granted"),
    "received": gettext_lazy("Received from the funder"),
    "booked": gettext_lazy("Booked on the project"),
    "eligible": gettext_lazy("Eligible costs"),
    "earned": gettext_lazy("Income of the project"),
    "payable": gettext_lazy("Payable by the funder"),
    "own": gettext_lazy("Left to the own share"),
    "own_planned": gettext_lazy("Own share by the decision"),
    "still_due": gettext_lazy("Not yet received"),
    "to_return": gettext_lazy("To be returned"),
}
GAPS = {
    "no_ledger": gettext_lazy("The ledger has no entries: costs cannot be told. Import the ledger under Spending."),
    "no_budget": gettext_lazy("No budget by class of cost is known."),
    "no_percent": gettext_lazy("Neither decision nor call gives a percentage: what is payable may be too high."),
    "no_class": gettext_lazy("Some entries of the ledger belong to no class of cost."),
    "unconverted": gettext_lazy("Some entries are in another currency and in none of the sums."),
    "no_period": gettext_lazy("The decision tells no last day of use."),
    "period_runs": gettext_lazy("The time of use goes on: figures are not final yet."),
    "no_measures": gettext_lazy("The application is linked to no measure of a programme."),
    "no_indicators": gettext_lazy("The application is linked to no indicator."),
    "measure_hidden": gettext_lazy("A linked measure is not in the plan any more, or your role does not show it."),
    "no_figure": gettext_lazy("A linked indicator has no figure, or your role does not show it."),
    "no_target": gettext_lazy("A linked indicator has no target."),
}


def figure(line: Told, value: Decimal | None) -> str:
    """Return a figure of a line as it is written; the dash for missing where there is none."""
    return Measure(line.unit, line.decimals).write(value)


def why_words(one: Difference) -> tuple[str, ...]:
    """Return why words are asked about a line."""
    return tuple(_why(why) for why in one.why)


def _why(why: Because) -> str:
    given = why.params
    if why.code == "off_plan":
        share, most = Decimal(str(given["percent"])), Decimal(str(given["threshold"]))
        told = {"percent": percent(abs(share)), "threshold": percent(most)}
        words = _("%(percent)s over the plan, more than %(threshold)s.")
        return (words if share > 0 else _("%(percent)s below the plan, more than %(threshold)s.")) % told
    return {
        "not_measured": _("The records tell no figure."),
        "unplanned": _("The plan has no figure for this."),
        "no_origin": _("Nothing shows where the figure comes from."),
    }[why.code]


def percent(value: Decimal) -> str:
    """Return per cent of a plan."""
    return formatting.percent(value / 100, 0 if value % 1 == 0 else 1)


def label_of(content: Content, key: str) -> str:
    """Return what a line, a chapter or a gap is called on the page."""
    if key in CHAPTERS:
        return str(CHAPTERS[Chapter(key)][0])
    found = next((one for one in content.lines if one.key == key), None)
    return names_of(found.names).text if found else key


def stops_of(content: Content, *, is_sent: bool = False) -> tuple[str, ...]:
    """Return why a report cannot be sent, in words; empty when it can."""
    found = sending_refusals(judged_lines(content), is_sent=is_sent, missing=missing_parts(content))
    return tuple(dict.fromkeys([*_stops(content, found), *_stops(content, personal_data(content))]))


def _stops(content: Content, reasons: tuple[Because, ...]) -> Iterator[str]:
    for one in reasons:
        name = label_of(content, one.about)
        if one.code == "sent":
            yield _("The report has been sent.")
        elif one.code == "missing" and one.about in GAPS:
            yield str(GAPS[one.about])
        elif one.code == "missing":
            yield _("Write this: %(what)s.") % {"what": name}
        elif one.code == "unexplained":
            yield _("Tell why this differs from the plan: %(what)s.") % {"what": name}
        else:
            yield _("The words about “%(what)s” tell about a person. A report tells nothing about persons.") % {
                "what": name
            }
