"""What each day of a text is of: the period of use, a report, an instalment, the decision; and the times of appeal."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import zip_longest

from luotsi.funding.rules.decision_text.days import Stretch
from luotsi.funding.rules.decision_text.found import Certainty, Found
from luotsi.funding.rules.decision_text.page import Page

HEAD, HEAD_LINES = 1_000, 12  # signs and lines in which the day of a letter is looked for


class DayOf(StrEnum):
    """What a day is of."""

    PERIOD_START = "period_start"
    PERIOD_END = "period_end"
    FINAL_REPORT = "final_report"
    INTERIM_REPORT = "interim_report"
    DECIDED = "decided"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class SortedDay:
    """A day and what it is of."""

    of: DayOf
    found: Found[date]


@dataclass(frozen=True, kw_only=True)
class InstalmentRead:
    """An instalment as the text tells it; what it does not tell is None."""

    number: int | None
    amount: Decimal | None
    due_on: date | None


_PERIOD = (
    r"käyttöai[a-zäö]{1,8}|käytettäv[a-zäö]{1,8}|käyttää|kattaa|toteutusai[a-zäö]{1,6}|hankeai[a-zäö]{1,6}"
    r"|hankekau[a-zäö]{1,6}|hankkeen[ \n]kesto"
    r"|toteutetaan|ajal(?:la|le|ta)(?![a-zäö])|aikana(?![a-zäö])|syntyn[a-zäö]{2,6}|användningstid[a-z]{0,5}"
    r"|används?|användas|projekttid[a-z]{0,5}"
    r"|genomförs|under[ \n]tiden|dispositionstid[a-z]{0,5}"
)
_FINAL = (
    r"(?:selvitys|selvityksen)[ \n](?:valtion)?avustuksen[ \n]käytöstä|redovisning(?:en)?[ \n](?:för|av"
    r"|över)[ \n]användningen|loppu(?:selvity|raport)[a-zäö]{1,8}|slut(?:redovisning|rapport)[a-z]{0,6}"
)
_INTERIM = r"väli(?:selvity|raport)[a-zäö]{1,8}|(?:mellan|del)(?:redovisning|rapport)[a-z]{0,6}"
_REPORT = r"selvitys(?![a-zäö])|selvityksen|redovisning[a-z]{0,4}"
_DECIDED = (
    r"päätöspäivä[a-zäö]{0,4}|päätöksellään|genom[ \n]beslut|päivätty|päätöksen[ \n]päivämäärä|kokou(?:s|ksessa"
    r"|ksessaan)(?![a-zäö])"
    r"|annettu(?![a-zäö])|beslutsdatum|beslutsdag|sammanträde[a-z]{0,2}|given(?![a-z])|daterat|daterad"
    r"|päätti(?![a-zäö])|beslutade"
)
_ELSE = (
    r"hakuai[a-zäö]{1,6}|haku[ \n](?:päätty|on|oli)[a-zäö]{0,6}|hakemu[a-zäö]{1,8}|ansökningstid[a-z]{0,5}|ansökan"
    r"|erä(?:ssä|n|stä|t)?(?![a-zäö])|rat(?:en|er)?(?![a-zåäö])|maksetaan|utbetalas|betalas|kirje[a-zäö]{0,5}"
    r"|tiliöi[a-zäö]{1,6}|hakuilmoitu[a-zäö]{1,6}"
)
_WORDS = re.compile(
    rf"(?P<final>{_FINAL})|(?P<interim>{_INTERIM})|(?P<report>{_REPORT})|(?P<period>{_PERIOD})"
    rf"|(?P<decided>{_DECIDED})|(?P<else>{_ELSE})"
)
_TITLE = re.compile(
    r"[ #*]{0,8}(?:viranhaltija|avustus|rahoitus|hanke|valtionavustus|lautakunnan )?päätös"
    r"(?:,|:| pvm| päivämäärä)?[ ]{1,8}"
    r"|[ #*]{0,8}(?:tjänstemanna|tjänsteinnehavar|understöds|statsunderstöds|finansierings)?beslut"
    r"(?:,|:| av| av den| den| datum)?[ ]{1,8}"
)
_GOES_ON = re.compile(r"[ ]?(?:-|mennessä|asti|saakka|alkaen|till )")
_UNTIL_AFTER = re.compile(r"[ \n]{1,2}(?:mennessä|asti|saakka|päättyen)")
_UNTIL_BEFORE = re.compile(
    r"(?:viimeistään|päätty[a-zäö]{1,4}|loppu[a-zäö]{0,3}|senast|till[ \n]och[ \n]med|t\.o\.m\.|upphör|slutar"
    r"|intill)(?:[ \n:]{1,3}den)?[ \n:]{1,3}$"
)
_FROM_AFTER = re.compile(r"[ \n]{1,2}alkaen")
_FROM_BEFORE = re.compile(
    r"(?:alka[a-zäö]{1,4}|alku|aikaisintaan|från[ \n]och[ \n]med|fr\.o\.m\.|börjar"
    r"|tidigast)(?:[ \n:]{1,3}den)?[ \n:]{1,3}$"
)
_ORDINALS = {
    "ensimmäi": 1, "toi": 2, "kolma": 3, "neljä": 4, "första": 1, "andra": 2, "tredje": 3, "fjärde": 4,
}  # fmt: skip
_INSTALMENT = re.compile(
    r"(?:(?P<number>\d)\.[ ]?|(?P<ordinal>"
    + "|".join(_ORDINALS)
    + r")[a-zäö]{0,5}[ \n]|(?P<last>viimei|sista)[a-zäö]{0,6}[ \n])"
    r"(?:maksu)?(?:erä(?:n|ssä|nä)?|rat(?:en)?)(?![a-zåäö])"
)
_APPEAL_DAYS = re.compile(
    r"(?P<number>\d{1,3})\)?[ \n](?:päivän|vuorokauden|dagar)|(?P<word>neljäntoista|kolmenkymmenen|fjorton"
    r"|trettio)[ \n](?:päivän|vuorokauden|dagar)"
)
_IN_WORDS = {"neljäntoista": 14, "kolmenkymmenen": 30, "fjorton": 14, "trettio": 30}
_APPEALING = re.compile(r"oikaisu|muutoksenha|valitu|omprövning|rättelse|besvär|överklag|ändringssök")


def sorted_days(page: Page, days: Sequence[Found[date]], stretches: Iterable[Stretch]) -> list[SortedDay]:
    """Return every day with what it is of."""
    found: list[SortedDay] = []
    paired: set[int] = set()
    for stretch in stretches:
        kind, certainty = _kind(page, stretch.start.start, stretch.end.end, is_stretch=True)
        paired |= {stretch.start.start, stretch.end.start}
        is_period = kind == "period"
        start, end = _sure(stretch.start, certainty), _sure(stretch.end, certainty)
        found.append(SortedDay(of=DayOf.PERIOD_START if is_period else DayOf.OTHER, found=start))
        found.append(SortedDay(of=DayOf.PERIOD_END if is_period else DayOf.OTHER, found=end))
    for day in days:
        if day.start not in paired:
            kind, certainty = _kind(page, day.start, day.end, is_stretch=False)
            of = _day_of(page, day, kind)
            if _stands_in_a_title(page, day):
                of, certainty = DayOf.DECIDED, Certainty.LIKELY
            elif not kind and _stands_at_the_head(page, day):
                of, certainty = DayOf.DECIDED, Certainty.DOUBTFUL
            found.append(SortedDay(of=of, found=_sure(day, certainty)))
    return sorted(found, key=lambda one: one.found.start)


def _stands_in_a_title(page: Page, day: Found[date]) -> bool:
    """Return True for a day right after the word that titles a decision: "Päätös 15.9.2020 § 4"."""
    first = page.plain.rfind("\n", 0, day.start) + 1
    return bool(_TITLE.fullmatch(page.plain[first : day.start])) and not _GOES_ON.match(page.plain, day.end)


def _stands_at_the_head(page: Page, day: Found[date]) -> bool:
    """Return True for a day that ends one of the first lines, where letters have theirs."""
    if day.start > HEAD or page.plain.count("\n", 0, day.start) > HEAD_LINES:
        return False
    line_end = page.plain.find("\n", day.end)
    return not page.plain[day.end : line_end if line_end >= 0 else len(page.plain)].strip()


def _sure(day: Found[date], certainty: Certainty) -> Found[date]:
    return Found(value=day.value, start=day.start, end=day.end, quoted=day.quoted, certainty=certainty)


def _day_of(page: Page, day: Found[date], kind: str) -> DayOf:
    match kind:
        case "final":
            return DayOf.FINAL_REPORT
        case "interim":
            return DayOf.INTERIM_REPORT
        case "decided":
            return DayOf.DECIDED
        case "period":
            before = page.plain[max(0, day.start - 40) : day.start]
            if _UNTIL_AFTER.match(page.plain, day.end) or _UNTIL_BEFORE.search(before):
                return DayOf.PERIOD_END
            if _FROM_AFTER.match(page.plain, day.end) or _FROM_BEFORE.search(before):
                return DayOf.PERIOD_START
    return DayOf.OTHER


def _kind(page: Page, start: int, end: int, *, is_stretch: bool) -> tuple[str, Certainty]:
    """Return what the words of the sentence say of a day: a report before it weighs more than what is nearest."""
    first, last = page.sentence(start)
    first, last = max(first, start - 240), min(last, end + 80)
    words = [(one.lastgroup or "", one.start(), one.end()) for one in _WORDS.finditer(page.plain, first, last)]
    before = [one for one in words if one[2] <= start]
    reports = [one for one in before if one[0] in {"final", "interim"}]
    if reports and not is_stretch:
        return reports[-1][0], _certainty(page, reports[-1], start)
    near = min(words, key=lambda one: start - one[2] if one[2] <= start else one[1] - end + 40, default=None)
    if near is None:
        return "", Certainty.LIKELY
    if near[0] == "report":
        return "", Certainty.LIKELY
    return near[0], _certainty(page, near, start)


def _certainty(page: Page, word: tuple[str, int, int], start: int) -> Certainty:
    between = page.plain[word[2] : start] if word[2] <= start else " too far for a label "
    return (
        Certainty.CERTAIN
        if re.fullmatch(r"[ ]{0,3}(?:päättyy|alkaa|on)?(?::|\n|[ ]{2})[ \n]{0,4}", between)
        else Certainty.LIKELY
    )


def instalments_in(
    page: Page, sums: Sequence[Found[Decimal]], days: Sequence[Found[date]]
) -> Iterator[Found[InstalmentRead]]:
    """Yield every numbered instalment with the sum and the day that come after it in its sentence."""
    places = list(_INSTALMENT.finditer(page.plain))
    for one, following in zip_longest(places, places[1:]):
        _first, last = page.sentence(one.start())
        end = min(last, following.start() if following else last, one.end() + 200)
        amount, day = _next(sums, one.end(), end), _next(days, one.end(), end)
        if amount is None and day is None:
            continue
        value = InstalmentRead(
            number=_number(one), amount=amount.value if amount else None, due_on=day.value if day else None
        )
        stop = max(found.end for found in (amount, day) if found)
        yield page.found(value, one.start(), stop, Certainty.LIKELY)


def _next[T](found: Sequence[Found[T]], start: int, end: int) -> Found[T] | None:
    place = bisect_left(found, start, key=lambda one: one.start)
    return found[place] if place < len(found) and found[place].start < end else None


def _number(one: re.Match[str]) -> int | None:
    if one["number"]:
        return int(one["number"])
    return _ORDINALS.get(one["ordinal"]) if one["ordinal"] else None


def appeal_days_in(page: Page, start: int, end: int) -> Iterator[Found[int]]:
    """Yield in how many days an appeal can be made, where words of appeal stand near."""
    for one in _APPEAL_DAYS.finditer(page.plain, start, end):
        near = page.plain[max(start, one.start() - 250) : min(end, one.end() + 250)]
        if _APPEALING.search(near):
            yield page.found(int(one["number"]) if one["number"] else _IN_WORDS[one["word"]], one.start(), one.end())
