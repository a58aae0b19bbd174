"""What a report to a funder tells: its lines, sums and words, as data that are frozen whole when it is sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.checks.personal import KINDS
from luotsi.funding.rules.reports.differences import Difference, Line, PlanLine, differences

OWN_THRESHOLD = Decimal(10)
SHAPE = 1


class Chapter(StrEnum):
    """A part of a report that a person writes."""

    DONE = "done"
    RESULTS = "results"
    USE = "use"


# What each report needs in words before it is sent.
INTERIM = (Chapter.DONE,)
FINAL = (Chapter.DONE, Chapter.RESULTS, Chapter.USE)


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line of a report.

    Args:
        key: of its words; unique in the report.
        line: what it is about.
        names: its name by language (fi, sv, en).
        planned: what the plan says for the day of the report; `whole` what it says for the end of the grant.
        actual: what the records say; None when they say nothing, which is not zero.
        baseline, baseline_on: where it began.
        on: the day it is due, or the day that the figure is of; `period` the key of the figure's period.
        unit, decimals: how its figures are written ("€", "percent", …).
        state: how far it has come (`programme.rules.states.State`); empty for figures.
        words: what was told as evidence.
        origin: the address of the records that it was counted from; empty when there are none.
        parts: what it is made of.
    """

    key: str
    line: Line
    names: Mapping[str, str]
    planned: Decimal | None = None
    whole: Decimal | None = None
    actual: Decimal | None = None
    baseline: Decimal | None = None
    baseline_on: date | None = None
    on: date | None = None
    period: str = ""
    unit: str = ""
    decimals: int = 0
    state: str = ""
    words: str = ""
    origin: str = ""
    parts: tuple[Told, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sum:
    """One sum of the whole grant in euros, with the address of what it was counted from."""

    key: str
    amount: Decimal | None
    origin: str = ""


@dataclass(frozen=True, kw_only=True)
class Head:
    """What the report is about."""

    kind: str
    version: int
    project: Mapping[str, str]
    applicant: Mapping[str, str]
    funder: Mapping[str, str]
    call: Mapping[str, str]
    register_number: str = ""
    decided_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    until_on: date | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Content:
    """A whole report.

    Args:
        head: what it is about.
        lines: measures, indicators and costs, in this order.
        sums: of the whole grant.
        threshold: differences beyond so many per cent of the plan need words; `of_call` tells whether the funder's
            call says so or it is the usual one.
        gaps: codes of what the records lack; `stops` of those without which the report cannot be sent.
        words: by the key of a line or the name of a chapter.
    """

    head: Head
    lines: tuple[Told, ...] = ()
    sums: tuple[Sum, ...] = ()
    threshold: Decimal = OWN_THRESHOLD
    of_call: bool = False
    gaps: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    def word(self, key: str) -> str:
        """Return the words of a line or chapter; empty when nobody wrote any."""
        return self.words.get(key, "").strip()

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters that this report has."""
        return FINAL if self.head.kind == "final_report" else INTERIM


def judged_lines(content: Content) -> tuple[Difference, ...]:
    """Return the lines with their differences from the plan, and why words are asked of them."""
    told = [
        PlanLine(
            key=one.key,
            line=one.line,
            planned=one.planned,
            actual=one.actual,
            origin=one.origin,
            words=content.word(one.key),
        )
        for one in content.lines
    ]
    return differences(told, threshold=content.threshold)


def missing_parts(content: Content) -> tuple[str, ...]:
    """Return what is missing before the report can be sent: chapters without words, and records that it needs."""
    return (*(one.value for one in content.chapters if not content.word(one)), *content.stops)


def personal_data(content: Content) -> tuple[Because, ...]:
    """Return where words tell about persons: `personal` about the key (kind: identity, email or phone).

    Looked at are the words of the report, and those that were told as evidence of its lines, under the line's key.
    """
    told = [*sorted(content.words.items()), *((one.key, part.words) for one in content.lines for part in one.parts)]
    return tuple(
        because("personal", key, kind=kind)
        for key, words in told
        for kind, pattern in KINDS.items()
        if pattern.search(words)
    )


def plain(content: Content) -> dict[str, Any]:
    """Return a report as JSON holds it: sums and days as text."""
    return {"shape": SHAPE, **_plain(content)}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return str(value) if isinstance(value, Decimal) else value


def digest_of(kept: Mapping[str, Any]) -> str:
    """Return the SHA-256, in hexadecimal, of a report as it is kept."""
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def content_from(kept: Mapping[str, Any]) -> Content:
    """Return a report from what was kept of it.

    Raises:
        KeyError, TypeError, ValueError: it was not written by `plain`.
    """
    head = dict(kept["head"])
    for name in ("decided_on", "starts_on", "ends_on", "until_on"):
        head[name] = _day(head[name])
    head["percent"] = _sum(head["percent"])
    return Content(
        head=Head(**head),
        lines=tuple(_lines(kept["lines"])),
        sums=tuple(Sum(key=one["key"], amount=_sum(one["amount"]), origin=one["origin"]) for one in kept["sums"]),
        threshold=Decimal(kept["threshold"]),
        of_call=kept["of_call"],
        gaps=tuple(kept["gaps"]),
        stops=tuple(kept["stops"]),
        words=dict(kept["words"]),
    )


def _lines(kept: list[dict[str, Any]]) -> Iterator[Told]:
    for one in kept:
        given = dict(one)
        for name in ("planned", "whole", "actual", "baseline"):
            given[name] = _sum(given[name])
        for name in ("baseline_on", "on"):
            given[name] = _day(given[name])
        yield Told(**{**given, "line": Line(given["line"]), "parts": tuple(_lines(given["parts"]))})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _sum(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
