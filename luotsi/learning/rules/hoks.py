"""Personal plans of competence (HOKS) as the national service eHOKS keeps them: what this product needs, with places.

Written from the public data model. Names are kebab-case; days stand as text, moments count by their day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luotsi.learning.rules.places import Code, Fault, Node
from luotsi.learning.rules.work import AT_WORK, Period, Span, Workplace, span_in


class Kind(StrEnum):
    """Kinds of parts that a plan has, by the field that lists them."""

    VOCATIONAL = "ammat-tutkinnon-osat"
    LOCAL = "paikalliset-tutkinnon-osat"
    COMMON = "yhteiset-tutkinnon-osat"
    TUVA = "koulutuksen-osat"


@dataclass(frozen=True)
class Way(Period):
    """A time in which competence is acquired, with its interruptions; `share` is part-time in per cent."""

    share: Decimal | None = None
    breaks: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Demonstration:
    """A demonstration of competence as it is planned."""

    span: Span
    is_described: bool
    has_school_assessor: bool
    has_work_assessor: bool


@dataclass(frozen=True)
class Part:
    """A part that a plan aims at, or that was acquired before (`is_earlier`); extents are points or weeks."""

    kind: Kind
    code: Code | None
    name: str
    is_earlier: bool
    extent: Decimal | None
    span: Span
    ways: tuple[Way, ...]
    demonstrations: tuple[Demonstration, ...]
    guidance_hours: Decimal | None
    parts: tuple[Part, ...]
    at: str

    @property
    def planned_from(self) -> date | None:
        """The first day of a way to acquire it, else the day of the part itself."""
        days = [one.span.starts_on for one in self._all_ways() if one.span.starts_on]
        return min(days, default=self.span.starts_on)

    @property
    def planned_until(self) -> date | None:
        """The last day by which it is to be shown or acquired, else the day of the part itself; None = not planned."""
        shown = [one.span.ends_on for one in self._all_demonstrations() if one.span.ends_on]
        ways = [one.span.ends_on for one in self._all_ways() if one.span.ends_on]
        return max([*shown, *ways], default=self.span.ends_on)

    def _all_ways(self) -> Iterator[Way]:
        yield from self.ways
        for one in self.parts:
            yield from one.ways

    def _all_demonstrations(self) -> Iterator[Demonstration]:
        yield from self.demonstrations
        for one in self.parts:
            yield from one.demonstrations


@dataclass(frozen=True)
class Support:
    """Support for learning, as it is told since 2026."""

    code: str
    span: Span


@dataclass(frozen=True)
class Plan:
    """A personal plan of one right to study."""

    right: str
    student: str
    first_approved: date | None
    approved: date | None
    updated: date | None
    reached: date | None
    needs_acquiring: bool | None
    parts: tuple[Part, ...]
    support: tuple[Support, ...]
    at: str

    @property
    def touched(self) -> date | None:
        """The day on which it was approved or changed last."""
        return max((day for day in (self.first_approved, self.approved, self.updated) if day), default=None)

    def aims(self) -> Iterator[Part]:
        """Yield the parts that are still to be acquired."""
        return (one for one in self.parts if not one.is_earlier)

    def at_work(self) -> Iterator[Way]:
        """Yield the ways at work of those, and of the parts within them."""
        return (way for part in self.aims() for one in (part, *part.parts) for way in one.ways if way.code in AT_WORK)


@dataclass(frozen=True)
class Read:
    """Plans as they were read, and what could not be read."""

    plans: tuple[Plan, ...]
    faults: tuple[Fault, ...]


def read(data: object, at: str = "") -> Read:
    """Read a plan, or a list of plans; never raises, whatever the document is.

    Args:
        data: the document.
        at: where it stands in what holds it; every place begins with it.
    """
    root = Node(data, at)
    if isinstance(data, list):
        return Read(tuple(_plan(one) for one in root.each()), tuple(root.faults))
    if not isinstance(data, dict):
        root.tell("not_object")
        return Read((), tuple(root.faults))
    return Read((_plan(root),), tuple(root.faults))


def _plan(node: Node) -> Plan:
    return Plan(
        right=node.needed("opiskeluoikeus-oid").text(),
        student=node.needed("oppija-oid").text(),
        first_approved=node.needed("ensikertainen-hyvaksyminen").day(),
        approved=node.of("hyvaksytty").day(),
        updated=node.of("paivitetty").day(),
        reached=node.of("osaamisen-saavuttamisen-pvm").day(),
        needs_acquiring=node.of("osaamisen-hankkimisen-tarve").flag(),
        parts=tuple(_parts(node)),
        support=tuple(_support(one) for one in node.of("oppimisen-tuki").each()),
        at=node.at,
    )


def _parts(node: Node) -> Iterator[Part]:
    for kind in Kind:
        for one in node.of(f"hankittavat-{kind}").each():
            yield _part(one, kind, is_earlier=False)
        if kind is not Kind.TUVA:
            for one in node.of(f"aiemmin-hankitut-{kind}").each():
                yield _part(one, kind, is_earlier=True)


def _part(node: Node, kind: Kind, *, is_earlier: bool) -> Part:
    name = {Kind.TUVA: "koulutuksen-osa-koodi-uri"}.get(kind, "tutkinnon-osa-koodi-uri")
    return Part(
        kind=kind,
        code=node.of(name).uri_code(),
        name=node.of("nimi").text(),
        is_earlier=is_earlier,
        extent=node.of("laajuus").number(),
        span=span_in(node),
        ways=tuple(_way(one) for one in node.of("osaamisen-hankkimistavat").each()),
        demonstrations=tuple(_demonstration(one) for one in _shown(node)),
        guidance_hours=node.of("opetus-ja-ohjaus-maara").number(),
        parts=tuple(_inner(one, kind, is_earlier=is_earlier) for one in node.of("osa-alueet").each()),
        at=node.at,
    )


def _inner(node: Node, kind: Kind, *, is_earlier: bool) -> Part:
    return Part(
        kind=kind,
        code=node.of("osa-alue-koodi-uri").uri_code(),
        name="",
        is_earlier=is_earlier,
        extent=node.of("laajuus").number(),
        span=span_in(node),
        ways=tuple(_way(one) for one in node.of("osaamisen-hankkimistavat").each()),
        demonstrations=tuple(_demonstration(one) for one in _shown(node)),
        guidance_hours=node.of("opetus-ja-ohjaus-maara").number(),
        parts=(),
        at=node.at,
    )


def _shown(node: Node) -> Iterator[Node]:
    yield from node.of("osaamisen-osoittaminen").each()
    yield from node.of("tarkentavat-tiedot-naytto").each()


def _way(node: Node) -> Way:
    found, work = (
        node.needed("osaamisen-hankkimistapa-koodi-uri").uri_code(),
        node.of("tyopaikalla-jarjestettava-koulutus"),
    )
    place = (
        Workplace(work.of("tyopaikan-nimi").text(), work.of("tyopaikan-y-tunnus").text(), work.at) if work else None
    )
    return Way(
        code=found.value if found else "",
        span=span_in(node),
        share=node.of("osa-aikaisuustieto").number(),
        workplace=place,
        breaks=tuple(span_in(one) for one in node.of("keskeytymisajanjaksot").each()),
    )


def _demonstration(node: Node) -> Demonstration:
    described = node.of("sisallon-kuvaus").value
    return Demonstration(
        span=span_in(node),
        is_described=isinstance(described, list) and any(str(one).strip() for one in described),
        has_school_assessor=any(node.of("koulutuksen-jarjestaja-osaamisen-arvioijat").each()),
        has_work_assessor=any(node.of("tyoelama-osaamisen-arvioijat").each()),
    )


def _support(node: Node) -> Support:
    found = node.of("oppimisen-tuki-koodi-uri").uri_code()
    return Support(found.value if found else "", span_in(node))
