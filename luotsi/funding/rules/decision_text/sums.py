"""What each sum and per cent of a text is of, by the words nearest to it in its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from luotsi.funding.rules.decision_text.amounts import bare_sum
from luotsi.funding.rules.decision_text.found import Certainty, Found
from luotsi.funding.rules.decision_text.page import Page


class Of(StrEnum):
    """What a sum or a per cent is of."""

    OWN = "own"
    TOTAL = "total"
    CALL = "call"  # what a call deals out
    APPLIED = "applied"
    GRANTED = "granted"
    OTHER = "other"  # nothing near it says


_OWN = (
    r"oma(?:n|a)?[ ]?(?:rahoitu|vastuu|osuu)[a-zäö]{0,20}|egenfinansiering[a-z]{0,6}|självfinansiering[a-z]{0,12}"
    r"|självrisk[a-z]{0,8}|egna?[ ]andel[a-z]{0,3}"
)
_TOTAL = (
    r"kokonais(?:kustannu|meno|budjet|rahoitu)[a-zäö]{0,15}|(?:hyväksyttäv"
    r"|hyväksyt)[a-zäö]{1,6}[ \n](?:kokonais)?(?:kustannu|meno)[a-zäö]{1,10}"
    r"|hankkeen[ \n](?:kustannu|meno)[a-zäö]{1,10}|total(?:kostnad|budget)[a-z]{0,6}|total[at][ \n](?:kostnad"
    r"|utgift)[a-z]{0,6}|godtagbara[ \n](?:kostnad|utgift)[a-z]{0,6}"
)
_CALL = (
    r"määräraha[a-zäö]{0,10}|jaettav[a-zäö]{1,6}|haussa[ \n](?:on|oli)|haettavissa|anslag(?:et)?"
    r"|att[ \n]dela[ \n]ut|utlys[a-z]{1,6}"
)
_APPLIED = (
    r"hae(?:taan|ttu|ttua|tun|tusta|ttiin|ttava|ttavaa|ttavan|tte)(?![a-zäö])|haki(?![a-zäö])|hake(?:nut|e|a"
    r"|neet)(?![a-zäö])|an(?:sökt|söker|sökte|söka)[a-z]{0,2}|sök(?:s|t|ta|te)(?![a-zåäö])"
)
_GRANTED = (
    r"myön(?:tää|si|tänyt|tämä|täne|netä|nety|netty|net)[a-zäö]{0,8}"
    r"|(?:valtion)?avustuksen[ \n](?:enimmäis)?(?:määrä|suuruus)|(?<!haettu[ \n])avustus[ \n](?:on|oli)(?![a-zäö])"
    r"|bevilja[a-z]{0,3}|statsunderstödets[ \n]belopp|understödet[ \n](?:är|uppgår)"
)
_SUM_WORDS = re.compile(
    rf"(?P<own>{_OWN})|(?P<total>{_TOTAL})|(?P<call>{_CALL})|(?P<applied>{_APPLIED})|(?P<granted>{_GRANTED})"
)
_PERCENT_WORDS = re.compile(
    r"(?P<other>maksetaan|maksatu[a-zäö]{1,5}|betalas|utbetalas|erä(?:nä|n|ssä)?(?![a-zäö])|loppuosa|kor(?:ko|on"
    r"|koa)(?![a-zäö])|ränta)|"
    rf"(?P<own>{_OWN})|(?P<granted>(?:valtion)?avustu[a-zäö]{{1,14}}|tukiosuu[a-zäö]{{1,6}}|tuki(?![a-zäö])"
    rf"|(?:stats)?understöd[a-z]{{0,12}}|bidrag[a-z]{{0,10}})"
)
_LABEL = re.compile(r"[^\n.:;]{0,40}(?::|\n|[ ]{2})[ \n]{0,4}(?:enintään |högst |noin )?")
_BEFORE_LABEL = re.compile(r"[ \-•*]{0,12}(?:[a-zåäö]{3,15}[ ])?")
_AFTER = 30  # how much farther a word after the sum counts than one before it
_FARTHEST = 200


@dataclass(frozen=True)
class _Word:
    kind: Of
    start: int
    end: int
    is_label: bool


@dataclass(frozen=True, kw_only=True)
class Sorted:
    """A mention and what it is of."""

    of: Of
    found: Found[Decimal]


def sorted_sums(page: Page, sums: Sequence[Found[Decimal]]) -> list[Sorted]:
    """Return every sum with what it is of; behind a label also numbers without a currency."""
    words = _words(page, _SUM_WORDS)
    taken = {one.start for one in sums}
    loose = [one for one in _bare(page, words) if one.start not in taken]
    return _sorted(page, sorted([*sums, *loose], key=lambda one: one.start), words)


def sorted_percents(page: Page, percents: Iterable[Found[Decimal]]) -> list[Sorted]:
    """Return every per cent with what it is of: the own share, the grant or something else."""
    return _sorted(page, list(percents), _words(page, _PERCENT_WORDS))


def _words(page: Page, pattern: re.Pattern[str]) -> list[_Word]:
    found = []
    for one in pattern.finditer(page.plain):
        line = page.plain.rfind("\n", max(0, one.start() - 60), one.start())
        before = page.plain[line + 1 if line >= 0 else 0 if one.start() < 60 else one.start() - 1 : one.start()]
        is_label = _BEFORE_LABEL.fullmatch(before) is not None
        found.append(_Word(Of(one.lastgroup or ""), one.start(), one.end(), is_label))
    return found


def _bare(page: Page, words: Iterable[_Word]) -> Iterator[Found[Decimal]]:
    for word in words:
        label = _LABEL.match(page.plain, word.end) if word.is_label else None
        if label and (found := bare_sum(page, label.end(), min(len(page.plain), label.end() + 40))):
            yield found


def _sorted(page: Page, mentions: Sequence[Found[Decimal]], words: Sequence[_Word]) -> list[Sorted]:
    found, first = [], 0
    for one in mentions:
        start, end = page.sentence(one.start)
        while first < len(words) and words[first].end < one.start - _FARTHEST:
            first += 1
        best: tuple[int, _Word] | None = None
        for word in words[first:]:
            if word.start >= min(end, one.end + _FARTHEST):
                break
            if word.start < start:
                continue
            far = one.start - word.end if word.end <= one.start else word.start - one.end + _AFTER
            if best is None or far < best[0]:
                best = far, word
        found.append(_of(page, one, best[1] if best else None))
    return found


def _of(page: Page, one: Found[Decimal], word: _Word | None) -> Sorted:
    if word is None:
        return Sorted(of=Of.OTHER, found=replace(one, certainty=min(one.certainty, Certainty.LIKELY)))
    stands_behind = (
        word.is_label and word.end <= one.start and _LABEL.fullmatch(page.plain, word.end, one.start) is not None
    )
    certainty = min(one.certainty, Certainty.CERTAIN if stands_behind else Certainty.LIKELY)
    return Sorted(of=word.kind, found=replace(one, certainty=certainty))
