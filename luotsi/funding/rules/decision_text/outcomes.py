"""What was decided: by the funder on the grant, and by a body or an officer on a proposal.

The two differ: a board that notes a refusal has refused nothing, one that notes an application commits nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from luotsi.funding.rules.decision_text.found import Certainty, Found, chosen
from luotsi.funding.rules.decision_text.page import Page
from luotsi.funding.rules.decision_text.sections import Part, Piece, rank_at
from luotsi.funding.rules.shares import Deed


class Outcome(StrEnum):
    """What became of an application for a grant."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    APPLYING = "applying"  # the text decides or tells that a grant is applied for


_REFUSED = (
    r"olla[ \n]myöntämättä|ei[ \n](?:ole[ \n]|voida[ \n]|voitu[ \n])?myön(?:ne|tä|si)[a-zäö]{1,6}"
    r"|hylä(?:tään|tty|tä|si|nnyt|ttiin)[a-zäö]{0,3}|hylkä(?:ä|si|äminen)|(?:kieltei"
    r"|hylkää)[a-zäö]{1,5}[ \n]päätö[a-zäö]{1,5}"
    r"|bevilja(?:s|r|des|t|de)?[ \n]inte|inte[ \n]bevilja[a-z]{0,3}|avslå(?:s|r|tt|tts|gits|gs)?(?![a-zåäö])"
    r"|avslag[a-z]{0,3}"
)
_PARTLY = (
    r"osittain|osaksi[ \n](?:hyväk|myön)[a-zäö]{1,8}|haettua[ \n](?:pienemp|alemp|vähäisemp)[a-zäö]{1,4}"
    r"|muilta[ \n]osin"
    r"|delvis|(?:lägre|mindre)[ \n](?:belopp[ \n])?än[ \n](?:det[ \n])?(?:an)?sökta"
)
_GRANTED = (
    r"(?:on[ \n])?(?:päättänyt|päättää|päätti|päätetään|päätettiin|päätän)[ \n]myöntää"
    r"|on[ \n](?:[a-zäö\d.]{2,16}[ \n]){0,3}myöntänyt|myönnetään"
    r"|on[ \n]myönnetty"
    r"|myönsi(?![a-zäö])|myönnetty[ \n](?:valtion)?(?:avustus|summa|määrä)|myöntää[ \n](?=[^.\n]{3,80}(?:€|euro"
    r"|hankkee))"
    r"|(?:har[ \n])?beslutat[ \n](?:att[ \n])?bevilja|beviljar|beviljas|beviljades"
    r"|har[ \n](?:[a-zåäö\d.]{2,16}[ \n]){0,3}beviljats?"
    r"|beviljat[ \n](?:belopp|stats|under)"
)
_APPLYING = (
    r"haetaan|päätän[ \n]hakea|päättää[ \n]hakea|on[ \n]hakenut|jätetään[ \n]hakemus|hakee|ansöker|har[ \n]ansökt"
    r"|söks(?![a-z])"
)
_OUTCOMES = re.compile(
    rf"(?P<refused>{_REFUSED})|(?P<partly>{_PARTLY})|(?P<granted>{_GRANTED})|(?P<applying>{_APPLYING})"
)
# "If no grant is given", "a grant may be given": said of what could be.
_SUPPOSED = re.compile(r"(?<![a-zåäö])(?:jos|mikäli|ellei|om|ifall|såvida|voidaan|voi|kan)[ \n]")

_NOTED = r"tiedoksi|till[ \n]kännedom|för[ \n]kännedom"
_CHANGED = (
    r"poiketen|muut(?:ti|taen|ettuna|etaan|ettiin|ettu)[a-zäö]{0,6}|muutetu[a-zäö]{1,4}|muutoksin|med[ \n]ändring"
    r"|ändra(?:de|r|t)"
    r"|med[ \n]avvikelse|avvikande"
)
_DISMISSED = r"hylä(?:tään|si|ttiin|tty)|hylkäsi|avslog|avslås|förkastade"
_POSTPONED = r"pöydälle|palaut(?:ti|ettiin|etaan)|bordla(?:de|des)|återremitter[a-z]{1,5}"
_AS_PROPOSED = (
    r"(?:päätös)?ehdotu(?:s|ksen)[ \n](?:hyväksyttiin|hyväksyi|mukaa|mukaise)[a-zäö]{0,4}|hyväksyttiin|hyväksyi"
    r"|hyväksytään"
    r"|enligt[ \n](?:förslag|besluts)[a-z]{0,12}|godkän(?:de|des|ns|t)|förslaget[ \n]godkän[a-z]{1,4}"
)
_DECIDED = (
    r"päätti|päättänyt|päättää|päätän|päätetään|päätettiin|haetaan|myönnetään|beslut(?:ar|ade|at|ades|as)|beviljar"
    r"|beviljas"
)
_DEEDS = re.compile(
    rf"(?P<postponed>{_POSTPONED})|(?P<noted>{_NOTED})|(?P<changed>{_CHANGED})|(?P<refused>{_DISMISSED})"
    rf"|(?P<proposed>{_AS_PROPOSED})|(?P<decided>{_DECIDED})"
)
_ORDER = ("postponed", "changed", "noted", "refused", "proposed", "decided")


def outcome_in(page: Page, pieces: Sequence[Piece]) -> Found[Outcome] | None:
    """Return what became of the application, as the item tells; contradictions stand in the alternatives.

    "Partly" comes with "granted" or "refused" beside it, else it is about something else. That a grant was applied for
    is told only when nothing is told of what became of it.
    """
    told = [(rank_at(pieces, one.start), one) for one in _told(page, pieces)]
    results = [(rank, one) for rank, one in told if one.value in {Outcome.GRANTED, Outcome.REFUSED}]
    if not results:
        return chosen((rank, one) for rank, one in told if one.value == Outcome.APPLYING)
    best = min(rank for rank, _one in results)
    partly = [(rank, one) for rank, one in told if one.value == Outcome.PARTLY and rank == best]
    return chosen(partly or results)


def _told(page: Page, pieces: Sequence[Piece]) -> Iterator[Found[Outcome]]:
    start, end = pieces[0].at, pieces[-1].end
    for one in _OUTCOMES.finditer(page.plain, start, end):
        first, last = page.sentence(one.start())
        if _SUPPOSED.search(page.plain, max(first, one.start() - 200), one.start() + 1):
            continue
        kind = Outcome(one.lastgroup or "")
        # The whole sentence is shown, as far as it is not a page long: a verb alone proves nothing to its reader.
        last = min(last, one.end() + 300)
        first = max(first, one.start() - 300)
        quoted_end = first + len(page.text[first:last].rstrip())
        yield page.found(kind, first, max(quoted_end, one.end()), Certainty.LIKELY)


def deed_in(page: Page, pieces: Sequence[Piece]) -> Found[Deed] | None:
    """Return what the body or officer did, as its decision says; None when there is no decision or it says nothing.

    "According to the proposal" is what the proposal is: noting stays noting. Postponing is still a proposal.
    """
    decision = next(
        (one for one in pieces if one.part == Part.DECISION and page.text[one.start : one.end].strip()), None
    )
    if decision is None:
        return None
    deed = _deed(page, decision)
    if deed is None or deed[0] != "proposed":
        return None if deed is None else page.found(_named(deed[0]), deed[1], deed[2], Certainty.CERTAIN)
    proposal = next((one for one in pieces if one.part == Part.PROPOSAL), None)
    meant = _deed(page, proposal) if proposal else None
    value = Deed.NOTED if meant and meant[0] == "noted" else Deed.DECIDED
    return page.found(value, deed[1], deed[2], Certainty.CERTAIN if meant else Certainty.LIKELY)


def _deed(page: Page, piece: Piece) -> tuple[str, int, int] | None:
    """Return the first kind, in the order of what weighs most, that the beginning of a part tells, and its place."""
    found: dict[str, tuple[int, int]] = {}
    for one in _DEEDS.finditer(page.plain, piece.start, min(piece.end, piece.start + 3_000)):
        found.setdefault(one.lastgroup or "", one.span())
    return next(((kind, *found[kind]) for kind in _ORDER if kind in found), None)


def _named(kind: str) -> Deed:
    return Deed.PROPOSED if kind == "postponed" else Deed(kind)
