"""M7: the areas that were chosen are the areas that have money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from luotsi.funding.rules.application import Application
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Finding, Named, Severity, Value, of, of_call
from luotsi.funding.rules.register import Register


def chosen_areas_have_money(
    application: Application, call: Call, register: Register, today: date
) -> Iterator[Finding]:
    """M7: an area that was not chosen has no money, a chosen one has, and the call knows them all."""
    labels = {known.key: known.label or known.key for known in call.areas}
    areas = {area.key: area for area in application.areas}
    chosen = of(application, "selected", "@selected")
    for area in application.areas:
        if labels and area.key not in labels:
            where = (of(area, "key", *figures.area_names(area)), of_call(call, "areas", "@call", "@areas"))
            known = Named(tuple((label,) for label in labels.values()))
            params: dict[str, Value] = {"area": area.key, "known": known}
            yield Finding("M7", "M7.unknown", Severity.BLOCK, where, area.key, None, params)
        amounts = [row.amount for row in area.rows if row.amount]
        if application.selected is not None and area.key not in application.selected and amounts:
            names = figures.area_names(area)
            money = figures.financing(area) or figures.costs(area)
            where = (of(area, "financing", *names, "@financing"), chosen)
            yield Finding("M7", "M7.not_chosen", Severity.BLOCK, where, money, None, {"area": names[0], "sum": money})
    for place, key in enumerate(application.selected or ()):
        held = areas.get(key)
        if held is None or not any(row.amount for row in held.financing):
            name = figures.area_names(held)[0] if held else labels.get(key, key)
            where = (
                of(application, f"selected/{place}", "@selected"),
                of(held or application, "" if held else "areas"),
            )
            yield Finding("M7", "M7.no_money", Severity.BLOCK, where, None, None, {"area": name})
