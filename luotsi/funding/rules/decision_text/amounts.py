"""Sums of money and per cents in a text, in every way in which decisions write them.

Understands 30 150 €, 30.150,00 euroa, 30150 eur, EUR 30 150, 1,5 milj. euroa, 1,5 miljoner euro, 1,250,000.00 € and
any kind of space. Where a sum can be read in two ways both are given. Patterns have bounded repeats: the time of each
grows only with the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from luotsi.base.money import cents
from luotsi.funding.rules.decision_text.found import Certainty, Found
from luotsi.funding.rules.decision_text.page import Page

_NUMBER = (
    r"(?<![\d.,/])(?P<number>\d{1,3}(?:[ .']\d{3}){1,3}(?:,\d{1,2})?|\d{1,3}(?:,\d{3}){1,3}\.\d{2}"
    r"|\d{1,12}(?:[.,]\d{1,3})?)(?!\d)"
)
_EURO = r"(?:€|eur(?:o[a-zåäö]{0,8})?(?![a-zåäö]))"
_MILLION = r"(?:milj(?:\.|oona[a-zåäö]{0,4}|on(?:er)?)?|mn)"
_SUM = re.compile(
    _NUMBER
    + rf"[ \n]{{0,2}}(?:(?P<million>{_MILLION}[ \n]{{0,2}}{_EURO}|m€)"
    + rf"|(?P<thousand>(?:tuhatta|tusen)[ \n]{{1,2}}{_EURO}|t€)|(?P<euro>{_EURO}))"
)
_SUM_AFTER = re.compile(r"(?P<unit>€|(?<![a-zåäö])eur) ?" + _NUMBER)
_BARE = re.compile(r"[ \n]{0,4}" + _NUMBER + r"(?=[ ]{0,4}(?:\n|$))")
_ABOUT = re.compile(r"(?:noin|(?<![a-z])n\.|cirka|ca|omkring|lähes|nästan)[ \n]{1,2}$")
_RANGE = re.compile(r"\d ?- ?$")
_PERCENT = re.compile(
    r"(?<![\d.,])(?P<number>\d{1,3}(?:[.,]\d{1,4})?)[ \n]?(?:%|(?:-|:)?(?:prosent|procent)[a-zåäö]{0,10})"
)


@dataclass(frozen=True)
class _Way:
    value: Decimal
    certainty: Certainty
    other: Decimal | None = None


def sums_in(page: Page) -> list[Found[Decimal]]:
    """Return every sum of money that has a currency, in the order of the text."""
    found = [_sum(page, one) for one in _SUM.finditer(page.plain)]
    taken = {place for one in found for place in range(one.start, one.end)}
    for one in _SUM_AFTER.finditer(page.plain):
        if one.start() not in taken and one.end() - 1 not in taken:
            found.append(_placed(page, _read(one["number"]), one.start(), one.end()))
    return sorted(found, key=lambda one: one.start)


def _sum(page: Page, one: re.Match[str]) -> Found[Decimal]:
    way = _read(one["number"], is_scaled=one["euro"] is None)
    factor = 1_000_000 if one["million"] else 1_000 if one["thousand"] else 1
    scaled = _Way(way.value * factor, way.certainty, None if way.other is None else way.other * factor)
    before = page.plain[max(0, one.start() - 12) : one.start()]
    if _RANGE.search(before):
        scaled = replace(scaled, certainty=Certainty.DOUBTFUL)
    elif _ABOUT.search(before):
        scaled = replace(scaled, certainty=min(scaled.certainty, Certainty.LIKELY))
    return _placed(page, scaled, one.start(), one.end())


def bare_sum(page: Page, start: int, end: int) -> Found[Decimal] | None:
    """Return the number that is all that stands between `start` and the end of its line or of the next."""
    one = _BARE.match(page.plain, start, end)
    if one is None:
        return None
    way = _read(one["number"])
    return _placed(page, replace(way, certainty=min(way.certainty, Certainty.LIKELY)), one.start("number"), one.end())


def _placed(page: Page, way: _Way, start: int, end: int) -> Found[Decimal]:
    found = page.found(cents(way.value), start, end, way.certainty)
    if way.other is None:
        return found
    return replace(found, alternatives=(page.found(cents(way.other), start, end, Certainty.DOUBTFUL),))


def _read(number: str, *, is_scaled: bool = False) -> _Way:
    """Return the value of a number; with millions a comma or point is always a decimal one."""
    digits = number.replace(" ", "").replace("'", "")
    if is_scaled and re.fullmatch(r"\d+[.,]\d{1,3}", digits):
        return _Way(Decimal(digits.replace(",", ".")), Certainty.CERTAIN)
    if "," in digits and "." in digits:
        decimal = max(digits.rfind(","), digits.rfind("."))
        whole = re.sub(r"\D", "", digits[:decimal])
        return _Way(Decimal(f"{whole}.{digits[decimal + 1 :]}"), Certainty.CERTAIN)
    mark = "," if "," in digits else "."
    head, _mark, tail = digits.rpartition(mark)
    if not head:
        return _Way(Decimal(digits), Certainty.CERTAIN)
    if digits.count(mark) > 1:
        return _Way(Decimal(digits.replace(mark, "")), Certainty.CERTAIN)
    if len(tail) == 3 and len(head) <= 3:
        # 30.150 is a thousand mark in Finnish texts; 30,150 may be either.
        certainty = Certainty.LIKELY if mark == "." else Certainty.DOUBTFUL
        return _Way(Decimal(head + tail), certainty, Decimal(f"{head}.{tail}"))
    return _Way(Decimal(f"{head}.{tail}"), Certainty.CERTAIN)


def percents_in(page: Page) -> Iterator[Found[Decimal]]:
    """Yield every per cent; one above a hundred is doubtful."""
    for one in _PERCENT.finditer(page.plain):
        value = Decimal(one["number"].replace(",", "."))
        is_odd = value > 100 or _RANGE.search(page.plain, max(0, one.start() - 4), one.start())
        yield page.found(value, one.start(), one.end(), Certainty.DOUBTFUL if is_odd else Certainty.CERTAIN)
