"""T6: every measure has an indicator, and every indicator a baseline, a target, a day and a source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from luotsi.funding.rules.application import Application, Area, Indicator
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Finding, Named, Severity, Value, of
from luotsi.funding.rules.register import Register

PARTS = ("baseline", "target", "due_on", "source")


def measures_are_followed(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """T6: measures without an indicator one by one; indicators that lack something together, per area."""
    for area in application.areas:
        names = figures.area_names(area)
        followed = {key for one in area.indicators for key in one.measures}
        listed = of(area, "indicators", *names, "@indicators")
        for measure in area.measures:
            if measure.id not in followed:
                where = (of(measure, "title", *names, measure.title), listed)
                params: dict[str, Value] = {"measure": measure.title, "area": names[0]}
                yield Finding("T6", "T6.no_indicator", Severity.WARN, where, measure.title, None, params)
        yield from _incomplete(area)


def lacking(indicator: Indicator) -> tuple[str, ...]:
    """Return which parts an indicator lacks; a value of zero is there."""
    return tuple(part for part in PARTS if getattr(indicator, part) in (None, ""))


def _incomplete(area: Area) -> Iterator[Finding]:
    wanting = [one for one in area.indicators if lacking(one)]
    if not wanting:
        return
    names = figures.area_names(area)
    first = wanting[0]
    missing = dict.fromkeys(part for part in PARTS if any(part in lacking(one) for one in wanting))
    where = (
        of(first, lacking(first)[0], *names, first.title),
        of(area, "indicators", *names, "@indicators"),
    )
    params: dict[str, Value] = {
        "area": names[0],
        "count": len(wanting),
        "of": len(area.indicators),
        "parts": Named(tuple((f"@part.{part}",) for part in missing)),
        "first": first.title,
    }
    yield Finding("T6", "T6.incomplete", Severity.WARN, where, None, None, params)
