"""The parts of a decision by their headings, and the items of an excerpt that holds several.

An excerpt of minutes holds one item after another. A new item begins where a presenting officer or a proposed decision
comes after a decision (handbook §4, source 000), or where a § stands alone after a decision.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from luotsi.funding.rules.decision_text.page import Page


class Part(StrEnum):
    """What a heading is about."""

    HEAD = "head"  # before the first heading
    PRESENTER = "presenter"
    PREPARER = "preparer"
    PROPOSAL = "proposal"
    HANDLING = "handling"
    DECISION = "decision"
    GROUNDS = "grounds"
    CONDITIONS = "conditions"
    PAYMENT = "payment"
    REPORTS = "reports"
    APPEAL = "appeal"
    OTHER = "other"


_HEADINGS = {
    Part.PRESENTER: "esittelijä föredragande",
    Part.PREPARER: "valmistelija valmistelijat beredare beredning lisätietoja tilläggsuppgifter",
    Part.PROPOSAL: "päätösehdotus ehdotus esitys beslutsförslag förslag förslag_till_beslut",
    Part.HANDLING: "käsittely behandling",
    Part.DECISION: "päätös beslut ratkaisu avgörande",
    Part.GROUNDS: "perustelut päätöksen_perustelut perusteet motivering motiveringar motivering_till_beslutet"
    " grunder motivering_av_beslutet beslutsmotivering",
    Part.CONDITIONS: "ehdot avustuksen_ehdot valtionavustuksen_ehdot avustuksen_käytön_ehdot käytön_ehdot"
    " päätöksen_ehdot villkor villkor_för_understödet villkor_för_statsunderstödet villkor_för_användningen",
    Part.PAYMENT: "maksatus maksaminen avustuksen_maksaminen avustuksen_maksatus valtionavustuksen_maksaminen"
    " utbetalning utbetalning_av_understödet betalning",
    Part.REPORTS: "selvitykset selvitys selvitysvelvollisuus avustuksen_käytön_selvitykset raportointi redovisning"
    " redovisningar rapportering",
    Part.APPEAL: "muutoksenhaku oikaisuvaatimus oikaisuvaatimusohje muutoksenhakuohje oikaisuvaatimusohjeet"
    " ändringssökande omprövning begäran_om_omprövning anvisning_om_begäran_om_omprövning rättelseyrkande"
    " anvisning_för_rättelseyrkande",
    Part.OTHER: "selostus tausta bakgrund redogörelse täytäntöönpano verkställighet tiedoksi för_kännedom liitteet"
    " bilagor"
    " jakelu sändlista sovelletut_säännökset tillämpade_bestämmelser käyttötarkoitus ändamål hakija sökande"
    " aikaisempi_käsittely tidigare_behandling toimivalta befogenhet valvonta tillsyn takaisinperintä återkrav"
    " allekirjoitus underskrift hyväksyttävät_kustannukset godtagbara_kostnader",
}
_KIND = {name.replace("_", " "): part for part, names in _HEADINGS.items() for name in names.split()}
_NAMES = "|".join(sorted((re.escape(name) for name in _KIND), key=len, reverse=True))
_HEADING = re.compile(rf"^[ ]{{0,8}}(?P<name>{_NAMES})[ ]{{0,3}}(?P<mark>:|$)", re.MULTILINE)
# These stand before a title on the same line as well.
_TITLED = re.compile(r"^[ ]{0,8}(?P<name>esittelijä|föredragande)[ ]{1,8}(?=[^\n]{3,120}$)", re.MULTILINE)
_SECTION = re.compile(
    r"(?:^[ ]{0,8}|[ ]{2})(?:§[ ]?(?P<after>\d{1,4})|(?P<before>\d{1,4})[ ]?§)(?![:\w])",
    re.MULTILINE,
)
_BLANK = re.compile(r"\n[ ]{0,8}\n")
_WORD = re.compile(r"\S")


_RANKS = {
    Part.DECISION: 0,
    Part.CONDITIONS: 0,
    Part.PAYMENT: 0,
    Part.REPORTS: 0,
    Part.PROPOSAL: 1,
    Part.GROUNDS: 3,
    Part.HANDLING: 3,
    Part.APPEAL: 3,
}
type Heading = tuple[int, int, Part]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part of a decision: where its heading begins, and the bounds of what stands below it."""

    part: Part
    at: int
    start: int
    end: int


def headings_in(page: Page) -> list[Heading]:
    """Return beginning, end and kind of every heading, in order."""
    found = {one.start(): (one.start(), one.end(), _KIND[one["name"]]) for one in _HEADING.finditer(page.plain)}
    for one in _TITLED.finditer(page.plain):
        found.setdefault(one.start(), (one.start(), one.end(), Part.PRESENTER))
    return [found[place] for place in sorted(found)]


def sections_of(page: Page) -> list[tuple[int, int, str]]:
    """Return beginning, end and number of every § that begins a line."""
    return [(one.start(), one.end(), one["after"] or one["before"]) for one in _SECTION.finditer(page.plain)]


def items_of(page: Page, headings: Sequence[Heading]) -> list[tuple[int, int]]:
    """Return the bounds of the items of a text; together they are the whole text."""
    marks: list[tuple[int, int, Part | None]] = [*headings]
    marks += [(at, end, None) for at, end, _number in sections_of(page)]
    starts, is_decided, last = [0], False, 0
    for at, end, part in sorted(marks, key=lambda one: one[0]):
        if is_decided and part in {Part.PRESENTER, Part.PROPOSAL, None}:
            starts.append(at if part is None else _between(page, last, at))
            is_decided = False
        elif part == Part.DECISION:
            is_decided = True
        if part is not None:
            last = end
    return list(zip(starts, [*starts[1:], len(page.text)], strict=True))


def _between(page: Page, after: int, before: int) -> int:
    """Return where the next item begins: after the first paragraph below the last heading, or at it."""
    word = _WORD.search(page.plain, after, before)
    blank = _BLANK.search(page.plain, word.start(), before) if word else None
    return blank.end() if blank else before


def pieces_of(headings: Sequence[Heading], start: int, end: int) -> list[Piece]:
    """Return the parts of the item between two places, in order; what comes before the first heading is the head."""
    inside = [one for one in headings if start <= one[0] < end]
    ends = [*(at for at, _end, _part in inside[1:]), end]
    first = inside[0][0] if inside else end
    pieces = [Piece(part=Part.HEAD, at=start, start=start, end=first)]
    for (at, begin, part), stop in zip(inside, ends, strict=True) if inside else ():
        pieces.append(Piece(part=part, at=at, start=begin, end=stop))
    return pieces


def rank_at(pieces: Sequence[Piece], place: int) -> int:
    """Return 0 in the decision and what carries it out, 1 in the proposal, 2 in head and background, 3 elsewhere."""
    for piece in pieces:
        if piece.at <= place < piece.end:
            return _RANKS.get(piece.part, 2)
    return 3
