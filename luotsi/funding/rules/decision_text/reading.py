"""Reads a decision on a grant, in Finnish or Swedish: what it says, where it says it, and what in it does not agree.

Handles the three shapes of handbook §5: a decision of a state authority, an excerpt of a board's minutes with one or
several items, and the decision of an officer. It reads by words and headings that such decisions share and never by
recognising a document. Nothing is guessed silently: every value has its place, its certainty and its alternatives, and
contradictions are kept as they are and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.decision_text.amounts import percents_in, sums_in
from luotsi.funding.rules.decision_text.days import days_in, stretches_in
from luotsi.funding.rules.decision_text.found import Certainty, Found, chosen
from luotsi.funding.rules.decision_text.item import Item, Shape
from luotsi.funding.rules.decision_text.marks import RegisterNumber, projects_in, registers_in
from luotsi.funding.rules.decision_text.outcomes import Outcome, deed_in, outcome_in
from luotsi.funding.rules.decision_text.page import MOST, Page, shown
from luotsi.funding.rules.decision_text.remarks import remarks_of
from luotsi.funding.rules.decision_text.sections import (
    Heading,
    Part,
    Piece,
    headings_in,
    items_of,
    pieces_of,
    rank_at,
    sections_of,
)
from luotsi.funding.rules.decision_text.sums import Of, Sorted, sorted_percents, sorted_sums
from luotsi.funding.rules.decision_text.times import (
    DayOf,
    InstalmentRead,
    SortedDay,
    appeal_days_in,
    instalments_in,
    sorted_days,
)

MOST_ITEMS = 100
MOST_LISTED = 60  # instalments, conditions, register numbers of one item
_BULLET = re.compile(
    r"^[ ]{0,8}(?:[-•*]|\d{1,2}[.)])[ ]{1,3}(?P<words>\S[^\n]{0,600}(?:\n(?![ ]{0,8}(?:[-•*]"
    r"|\d{1,2}[.)])[ ])[ ]{0,8}\S[^\n]{0,600}){0,12})",
    re.MULTILINE,
)
_BECAUSE = re.compile(
    r"(?:koska|perusteella,|perusteena|perusteluna|syynä|eftersom|på[ \n]grund[ \n]av"
    r"|motivering(?:en)?[ \n]är)(?![a-zåäö])"
)
_OFFICER = re.compile(
    r"viranhaltijapäätös|viranhaltijan päätös|tjänsteinnehavarbeslut|päätän(?![a-zäö])|jag beslutar|toimivalta"
    r"|befogenhet"
)
_STATE = re.compile(
    r"opetushallitus|ministeriö|utbildningsstyrelsen|ministeriet|aluehallintovirasto|regionförvaltningsverket"
    r"|valtionavustuslai|statsunderstöds?|valtionavustuspäätös|virasto(?![a-zäö])"
)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was read.

    Args:
        text: the text as read; the places of everything found are places in it.
        items: one for each decision in it, in order.
        reasons: what is about the whole: `empty`, `too_long` (signs, most) and then nothing is read,
            `too_many_items` (most), `impossible_day` about the words that look like a day and are none (start, end).
    """

    text: str
    items: tuple[Item, ...]
    reasons: tuple[Because, ...] = ()


def read(text: str) -> Reading:
    """Return what a decision says; its text is bounded at 200,000 signs."""
    if len(text) > MOST:
        return Reading(text="", items=(), reasons=(because("too_long", signs=len(text), most=MOST),))
    page = Page(shown(text))
    if not page.text.strip():
        return Reading(text=page.text, items=(), reasons=(because("empty"),))
    seen = _Seen.of(page)
    bounds = items_of(page, seen.headings)
    reasons = [because("too_many_items", most=MOST_ITEMS)] if len(bounds) > MOST_ITEMS else []
    reasons += [
        because("impossible_day", page.text[start:end], start=start, end=end) for start, end in seen.impossible
    ]
    items = tuple(_item(seen, start, end) for start, end in bounds[:MOST_ITEMS] if page.text[start:end].strip())
    return Reading(text=page.text, items=items, reasons=tuple(reasons[:MOST_LISTED]))


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """Everything that stands in a text, found once for all items."""

    page: Page
    headings: Sequence[Heading]
    sections: Sequence[tuple[int, int, str]]
    sums: Sequence[Sorted]
    percents: Sequence[Sorted]
    days: Sequence[SortedDay]
    instalments: Sequence[Found[InstalmentRead]]
    registers: Sequence[Found[RegisterNumber]]
    impossible: Sequence[tuple[int, int]]

    @classmethod
    def of(cls, page: Page) -> _Seen:
        sums = sums_in(page)
        days, impossible = days_in(page)
        return cls(
            page=page,
            headings=headings_in(page),
            sections=sections_of(page),
            sums=sorted_sums(page, sums),
            percents=sorted_percents(page, percents_in(page)),
            days=sorted_days(page, days, stretches_in(page, days)),
            instalments=list(instalments_in(page, sums, days)),
            registers=list(registers_in(page)),
            impossible=impossible,
        )


def _item(seen: _Seen, start: int, end: int) -> Item:
    page, pieces = seen.page, pieces_of(seen.headings, start, end)
    instalments = _inside(seen.instalments, start, end)[:MOST_LISTED]
    sums = [one for one in seen.sums if start <= one.found.start < end and not _within(one.found, instalments)]
    percents = [one for one in seen.percents if start <= one.found.start < end]
    days = [one for one in seen.days if start <= one.found.start < end and not _within(one.found, instalments)]
    outcome = outcome_in(page, pieces)
    granted = _chosen(sums, Of.GRANTED, pieces)
    item = Item(
        start=start,
        end=end,
        shape=_shape(page, pieces, start, end),
        outcome=outcome,
        deed=deed_in(page, pieces),
        proposal=_words_of(page, pieces, Part.PROPOSAL),
        decision=_words_of(page, pieces, Part.DECISION),
        # What a text that tells of a refusal calls granted is the condition or the call, not a grant.
        granted=None if outcome and outcome.value == Outcome.REFUSED and not outcome.alternatives else granted,
        applied=_chosen(sums, Of.APPLIED, pieces),
        total=_chosen(sums, Of.TOTAL, pieces),
        own=_chosen(sums, Of.OWN, pieces),
        call=_chosen(sums, Of.CALL, pieces),
        grant_percent=_chosen(percents, Of.GRANTED, pieces),
        own_percent=_chosen(percents, Of.OWN, pieces),
        other_sums=tuple(one.found for one in sums if one.of == Of.OTHER)[:MOST_LISTED],
        period_start=_day(days, DayOf.PERIOD_START, pieces),
        period_end=_day(days, DayOf.PERIOD_END, pieces),
        instalments=tuple(instalments),
        final_reports=_days(days, DayOf.FINAL_REPORT),
        interim_reports=_days(days, DayOf.INTERIM_REPORT),
        conditions=tuple(_conditions(page, pieces))[:MOST_LISTED],
        registers=tuple(_unlike(_inside(seen.registers, start, end)))[:MOST_LISTED],
        project=chosen((rank_at(pieces, one.start), one) for one in projects_in(page, start, end)),
        decided_on=_day(days, DayOf.DECIDED, pieces),
        section=_section(seen, start, end),
        grounds=_grounds(page, pieces, outcome),
        appeal_days=chosen((0, one) for one in appeal_days_in(page, start, end)),
    )
    item = _partly(item)
    return replace(item, remarks=tuple(remarks_of(item)))


def _inside[T](found: Iterable[Found[T]], start: int, end: int) -> list[Found[T]]:
    return [one for one in found if start <= one.start < end]


def _within[T, U](one: Found[T], others: Iterable[Found[U]]) -> bool:
    return any(other.start <= one.start < other.end for other in others)


def _unlike(found: Iterable[Found[RegisterNumber]]) -> Iterator[Found[RegisterNumber]]:
    seen = set()
    for one in found:
        if one.value not in seen:
            seen.add(one.value)
            yield one


def _chosen(sorted_: Iterable[Sorted], of: Of, pieces: Sequence[Piece]) -> Found[Decimal] | None:
    return chosen((rank_at(pieces, one.found.start), one.found) for one in sorted_ if one.of == of)


def _day(days: Iterable[SortedDay], of: DayOf, pieces: Sequence[Piece]) -> Found[date] | None:
    return chosen((rank_at(pieces, one.found.start), one.found) for one in days if one.of == of)


def _days(days: Iterable[SortedDay], of: DayOf) -> tuple[Found[date], ...]:
    found = {one.found.value: one.found for one in reversed([one for one in days if one.of == of])}
    return tuple(found[day] for day in sorted(found))[:MOST_LISTED]


def _shape(page: Page, pieces: Sequence[Piece], start: int, end: int) -> Shape:
    kinds = {one.part for one in pieces}
    if kinds & {Part.PRESENTER, Part.PROPOSAL, Part.HANDLING}:
        return Shape.BOARD
    if _OFFICER.search(page.plain, start, end):
        return Shape.OFFICER
    return Shape.STATE if _STATE.search(page.plain, start, end) else Shape.UNKNOWN


def _words_of(page: Page, pieces: Iterable[Piece], part: Part) -> Found[str] | None:
    for piece in pieces:
        words = page.text[piece.start : piece.end]
        if piece.part == part and words.strip():
            start = piece.start + len(words) - len(words.lstrip())
            return page.found(words.strip(), start, start + len(words.strip()), Certainty.CERTAIN)
    return None


def _grounds(page: Page, pieces: Sequence[Piece], outcome: Found[Outcome] | None) -> Found[str] | None:
    """Return the reasons: what stands below their heading, or the sentence of the outcome when it says because."""
    if found := _words_of(page, pieces, Part.GROUNDS):
        return found
    for place in [outcome.start] if outcome else []:
        first, last = page.sentence(place)
        if _BECAUSE.search(page.plain, first, last):
            return page.found(page.text[first:last].strip(), first, first + len(page.text[first:last].rstrip()))
    return None


def _conditions(page: Page, pieces: Iterable[Piece]) -> Iterator[Found[str]]:
    for piece in pieces:
        if piece.part != Part.CONDITIONS:
            continue
        bullets = list(_BULLET.finditer(page.kept, piece.start, piece.end))
        for one in bullets:
            words = page.text[one.start("words") : one.end("words")].rstrip()
            yield page.found(
                " ".join(words.split()), one.start("words"), one.start("words") + len(words), Certainty.CERTAIN
            )
        if not bullets and (whole := _words_of(page, [piece], Part.CONDITIONS)):
            yield whole


def _section(seen: _Seen, start: int, end: int) -> Found[str] | None:
    inside = [one for one in seen.sections if start <= one[0] < end]
    places = ((0, seen.page.found(number, at, stop, Certainty.CERTAIN)) for at, stop, number in inside)
    return chosen(places)


def _partly(item: Item) -> Item:
    """Return the item as granted in part when less is granted than was applied for and the text only says granted."""
    outcome, granted, applied = item.outcome, item.granted, item.applied
    if not (outcome and granted and applied and outcome.value == Outcome.GRANTED and granted.value < applied.value):
        return item
    whole = replace(outcome, alternatives=())
    alternatives = (whole, *(one for one in outcome.alternatives if one.value != Outcome.PARTLY))
    return replace(item, outcome=replace(outcome, value=Outcome.PARTLY, alternatives=alternatives))
