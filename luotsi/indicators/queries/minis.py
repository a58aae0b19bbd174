"""Indicators in small: figure, verdict, target and a picture, for the pages of every room that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.indicators.queries import told, words
from luotsi.indicators.queries.lines import dots_of
from luotsi.indicators.queries.outlook import outlooks_of
from luotsi.indicators.queries.sparks import Spark, spark_of
from luotsi.indicators.queries.words import Measure, Said
from luotsi.indicators.rules.values import Audience, Mark
from luotsi.ui.formatting import day

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.indicators.models import Indicator
    from luotsi.indicators.queries.outlook import Outlook
    from luotsi.indicators.rules.values import Cell
    from luotsi.people.models import Unit


@dataclass(frozen=True)
class Mini:
    """An indicator in small.

    Args:
        key: of the indicator.
        names: of the indicator.
        figure: the latest figure with its sign, "≈" where it is approximate; empty where there is none.
        gone: what stands in its place: missing, hidden, does not apply.
        period: of the figure, as it is read.
        parts: what it is made of, "3,071 of 3,863".
        target: in words; empty without one.
        due: the day of the target as it is read.
        said: the verdict.
        message: what the picture says, in a sentence.
        spark: the picture; None where there is nothing to draw.
        url: the page of the indicator at the unit; empty for the public.
        trace_url: what is behind the figure; empty for the public and where there is no figure.
    """

    key: str
    names: Names
    figure: str
    gone: str
    period: str
    parts: str
    target: str
    due: str
    said: Said
    message: str
    spark: Spark | None
    url: str = ""
    trace_url: str = ""


def minis_of(indicators: Sequence[Indicator], unit: Unit, audience: Audience = Audience.STAFF) -> dict[UUID, Mini]:
    """Return the indicators in small at a unit, by the key of the record; figures are protected for the audience.

    The number of queries does not grow with the indicators.
    """
    found = outlooks_of(indicators, unit, audience=audience)
    return {
        outlook.indicator.pk: mini_of(outlook, "" if audience is Audience.PUBLIC else unit.key) for outlook in found
    }


def mini_of(outlook: Outlook, scope: str) -> Mini:
    """Return one indicator in small; `scope` is the unit in its addresses, empty for no addresses."""
    measure = measure_of(outlook)
    dots = dots_of(outlook.series, outlook.day)
    last = outlook.latest
    said = words.verdict(outlook.forecast, outlook.path, measure)
    shows = last is not None and last.mark == Mark.FIGURE
    figure = measure.write(last.value, approximate=last.approximate) if last is not None and shows else ""
    target = words.aim(outlook.path, measure) if outlook.path else ""
    trace = trace_address(scope, outlook.indicator.key, last) if scope and last is not None and shows else ""
    return Mini(
        key=outlook.indicator.key,
        names=outlook.indicator.names,
        figure=figure,
        gone="" if shows else words.mark(last, outlook.definition),
        period=words.period(last.period) if last else "",
        parts=words.parts(last) if last else "",
        target=target,
        due=day(outlook.path.due_on) if outlook.path else "",
        said=said,
        message=message_of(figure or words.mark(last, outlook.definition), target, said),
        spark=spark_of(dots, outlook.path, outlook.forecast, measure),
        url=reverse("indicators:see-indicator", args=[scope, outlook.indicator.key]) if scope else "",
        trace_url=trace,
    )


def measure_of(outlook: Outlook) -> Measure:
    """Return how the figures of an outlook are written."""
    return Measure() if outlook.definition is None else told.measure_of(outlook.definition)


def trace_address(scope: str, key: str, cell: Cell) -> str:
    """Return the address of what is behind a figure, as seen from a unit."""
    path = reverse("indicators:see-trace", args=[scope, key])
    split = "".join(f"&split={name}:{value}" for name, value in cell.split)
    return f"{path}?unit={cell.unit}&period={cell.period}{split}"


def message_of(figure: str, target: str, said: Said) -> str:
    """Return what the picture says, for those who hear it."""
    now = _("Now %(figure)s.") % {"figure": figure}
    aim = _("Target %(target)s.") % {"target": target} if target else ""
    return " ".join(filter(None, (now, aim, said.sentence)))
