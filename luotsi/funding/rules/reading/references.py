"""Keys of an application that point to each other: each is given once, and each that is pointed to is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from luotsi.funding.rules.application import Application, Reference, What
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.fields import Shape
from luotsi.funding.rules.reading.faults import Fault


def application_faults(application: Application) -> Iterator[Fault]:
    """Yield a fault for each key that is given twice, and for each that points to nothing."""
    areas = {area.key for area in application.areas}
    yield from _twice((area, area.key, "key") for area in application.areas)
    rows = [row for area in application.areas for row in area.rows if row.id]
    yield from _twice((row, row.id, "id") for row in rows)
    held = {row.id for row in rows}
    for summary in application.summaries:
        # A summary may list areas that were not applied for.
        yield from _pointing(summary.repeats, areas | {summary.repeats.area}, held)
    for stated in application.totals:
        yield from _pointing(stated.of, areas, held)
    for text in application.texts:
        yield from _unless(not text.area or text.area in areas, text, "area", text.area)
    for area in application.areas:
        yield from _twice((measure, measure.id, "id") for measure in area.measures)
        measures = {measure.id for measure in area.measures}
        for one in area.indicators:
            for place, wanted in enumerate(one.measures):
                yield from _unless(wanted in measures, one, f"measures/{place}", wanted)
    yield from _figures(application)


def _figures(application: Application) -> Iterator[Fault]:
    populations = {one.key: one for one in application.populations}
    yield from _twice((one, one.key, "key") for one in application.populations)
    for figure in application.figures:
        yield from _unless(figure.population in populations, figure, "population", figure.population)
    for one in application.populations:
        yield from _unless(not one.subset_of or one.subset_of in populations, one, "subset_of", one.subset_of)
        seen, up = {one.key}, one.subset_of
        while up in populations and up not in seen:
            seen.add(up)
            up = populations[up].subset_of
        if up in seen:
            yield Fault(f"{one.at}/subset_of", "circular", {"key": one.key})


def call_faults(call: Call) -> Iterator[Fault]:
    """Yield a fault for each key that is given twice."""
    yield from _twice((one, one.key, "key") for one in call.cost_classes)
    yield from _twice((one, one.key, "key") for one in call.areas)
    yield from _twice((one, one.number, "number") for one in call.questions)


def _pointing(reference: Reference, areas: set[str], rows: set[str]) -> Iterator[Fault]:
    yield from _unless(not reference.area or reference.area in areas, reference, "area", reference.area)
    if reference.what is What.ROW:
        yield from _unless(reference.row in rows, reference, "row", reference.row)
    elif reference.row:
        yield Fault(f"{reference.at}/row", "row.needless", {"what": str(reference.what)})


def _unless(is_there: bool, shape: Shape, key: str, wanted: str) -> Iterator[Fault]:
    if not is_there:
        yield Fault(f"{shape.at}/{key}", "reference", {"key": wanted or "–"})


def _twice(found: Iterable[tuple[Shape, str, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for shape, key, name in found:
        if key in seen:
            yield Fault(f"{shape.at}/{name}", "id.twice", {"key": key})
        seen.add(key)
