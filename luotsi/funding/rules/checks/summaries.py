"""M2: a summary row repeats what it claims to repeat; rows that changed places are found as that.

An equal grand total proves nothing: rows that are swapped leave it as it was. Which side is wrong is told by the
balance of costs and financing, which holds with the one value and not with the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luotsi.funding.rules.application import Application, Area, FinancingKind, Reference, SummaryRow, What
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Difference, Field, Finding, Named, Severity, Value, of
from luotsi.funding.rules.register import Register


class Side(StrEnum):
    """Which side of a contradiction is wrong."""

    SUMMARY = "summary"
    DETAIL = "detail"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Pair:
    """A summary row and what it repeats."""

    summary: SummaryRow
    told: Decimal | None
    detail: Decimal | None
    field: Field
    area: Area | None


def summaries_repeat(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """M2: each summary row is what it repeats, and permutations are told as such."""
    groups: dict[What, list[Pair]] = defaultdict(list)
    for pair in _pairs(application):
        if pair.told != pair.detail:
            groups[pair.summary.repeats.what].append(pair)
    for pairs in groups.values():
        rings = _rings([pair for pair in pairs if pair.told is not None and pair.detail is not None])
        moved = {id(pair) for ring in rings for pair in ring}
        for ring in rings:
            yield from _moved(ring)
        yield from (_single(pair) for pair in pairs if id(pair) not in moved)


def _pairs(application: Application) -> Iterator[Pair]:
    for one in application.summaries:
        detail, side = figures.what(application, one.repeats), figures.side_of(application, one.repeats)
        yield Pair(one, one.amount, detail, side, _area_of(application, one.repeats))


def _area_of(application: Application, reference: Reference) -> Area | None:
    if reference.what is What.ROW:
        held = application.rows_by_id.get(reference.row)
        return held[0] if held is not None else None
    return application.areas_by_key.get(reference.area)


def _rings(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Return the rings of rows of which each tells the value of the next; the shortest rings first.

    Rows of equal value are given to whichever ring is found first.
    """
    left = list(pairs)
    rings: list[list[Pair]] = []
    for first in pairs:
        other = next((one for one in left if one.told == first.detail and one.detail == first.told), None)
        if other is not None and any(one is first for one in left):
            rings.append([first, other])
            left = [one for one in left if one is not first and one is not other]
    while left and (ring := _ring(left)):
        rings.append(ring)
        left = [one for one in left if all(one is not member for member in ring)]
    return rings


def _ring(pairs: Sequence[Pair]) -> list[Pair]:
    """Return one ring among the rows, empty where there is none: follow who has the value that is told here."""
    holders: dict[Decimal | None, list[Pair]] = defaultdict(list)
    for pair in pairs:
        holders[pair.detail].append(pair)
    dead: set[int] = set()
    for first in pairs:
        path, on_path, here = [first], {id(first): 0}, first
        while following := next((one for one in holders[here.told] if id(one) not in dead), None):
            if id(following) in on_path:
                return path[on_path[id(following)] :]
            on_path[id(following)] = len(path)
            path.append(following)
            here = following
        dead.update(id(pair) for pair in path)
    return []


def _moved(ring: Sequence[Pair]) -> Iterator[Finding]:
    side = _wrong_side(ring)
    kind = "swap" if len(ring) == 2 else "permutation"
    for place, pair in enumerate(ring):
        other = ring[(place + 1) % len(ring)]
        told, detail = pair.told or figures.ZERO, pair.detail or figures.ZERO
        params: dict[str, Value] = {
            "row": _name(pair),
            "other": _name(other),
            "rows": Named(tuple(_names(one) for one in ring)),
            "told": told,
            "detail": detail,
            "difference": Difference(told - detail),
        }
        if side is not Side.UNKNOWN and pair.area is not None:
            costs = figures.costs(pair.area) or figures.ZERO
            rest = (figures.financing(pair.area) or figures.ZERO) - detail
            params |= {"costs": costs, "rest": rest, "with_own": rest + detail, "with_other": rest + told}
        where = (of(pair.summary, "amount", "@summary", _name(pair)), pair.field)
        wrong, right = (told, detail) if side is not Side.DETAIL else (detail, told)
        sides = where if side is not Side.DETAIL else (where[1], where[0])
        yield Finding("M2", f"M2.{kind}.{side}", Severity.BLOCK, sides, wrong, right, params)


def _wrong_side(ring: Sequence[Pair]) -> Side:
    """Return which side is wrong: the one with which no area balances, where all balance with the other."""
    judged = [_balances(pair) for pair in ring]
    if all(own and not other for own, other in judged):
        return Side.SUMMARY
    if all(other and not own for own, other in judged):
        return Side.DETAIL
    return Side.UNKNOWN


def _balances(pair: Pair) -> tuple[bool, bool]:
    """Return whether costs and financing are the same with the value of the detail, and with that of the summary."""
    if pair.area is None or pair.told is None or pair.detail is None or not _is_financing(pair):
        return False, False
    costs, financing = figures.costs(pair.area), figures.financing(pair.area)
    if costs is None or financing is None:
        return False, False
    return costs == financing, costs == financing - pair.detail + pair.told


def _is_financing(pair: Pair) -> bool:
    reference = pair.summary.repeats
    if reference.what is What.ROW and pair.area is not None:
        return any(row.id == reference.row for row in pair.area.financing)
    return str(reference.what) in tuple(FinancingKind)


def _single(pair: Pair) -> Finding:
    where = (of(pair.summary, "amount", "@summary", _name(pair)), pair.field)
    params: dict[str, Value] = {"row": _name(pair), "told": pair.told, "detail": pair.detail}
    if pair.told is None:
        severity = Severity.BLOCK if pair.detail else Severity.INFO
        return Finding("M2", "M2.blank", severity, where, None, pair.detail, params)
    if pair.detail is None:
        severity = Severity.BLOCK if pair.told else Severity.INFO
        return Finding("M2", "M2.nothing_to_repeat", severity, where, pair.told, None, params)
    params["difference"] = Difference(pair.told - pair.detail)
    return Finding("M2", "M2.differ", Severity.BLOCK, where, pair.told, pair.detail, params)


def _names(pair: Pair) -> tuple[str, ...]:
    return (_name(pair),)


def _name(pair: Pair) -> str:
    return pair.summary.label or (figures.area_names(pair.area)[0] if pair.area else str(pair.summary.repeats.what))
