"""Why a date has slipped: what the plan said before and says now, and what else was told on the day it changed.

Nothing here says what caused what. A move is a fact of two versions of a plan; beside it stand other facts of the
same days, for those who know the learner to make sense of.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Beside(StrEnum):
    """What else was known when a date was moved."""

    AWAY = "away"
    UNFINISHED = "unfinished"
    WORK = "work"


@dataclass(frozen=True)
class Version:
    """A part of a plan as it was known from a day on; a version holds until the next one of its key."""

    key: str
    name: str
    known_from: date
    planned_until: date | None
    done_on: date | None = None


@dataclass(frozen=True)
class Move:
    """The last day of a part was changed: from `was` to `now` (None = the plan names no day any more)."""

    key: str
    name: str
    was: date
    now: date | None

    @property
    def days(self) -> int | None:
        """By how many days it moved; less than nothing when it came forward."""
        return (self.now - self.was).days if self.now else None

    @property
    def is_later(self) -> bool:
        """Whether it slipped."""
        return self.now is None or self.now > self.was


@dataclass(frozen=True)
class Note:
    """Something else that was known: a span of days away, a part not finished in time, a longer time at work."""

    kind: Beside
    first: date | None = None
    last: date | None = None
    name: str = ""


@dataclass(frozen=True)
class Change:
    """What a plan changed on one day: the days of its parts and the end of it all, with what was known beside."""

    told_on: date
    moves: tuple[Move, ...]
    end: Move | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Stay:
    """A time at work as it was known: `known_to` is the day from which it was not known any more."""

    way: str
    place: str
    starts_on: date | None
    ends_on: date | None
    known_from: date
    known_to: date | None


def changes_of(
    versions: Iterable[Version],
    ends: Sequence[tuple[date, date | None]] = (),
    away: Sequence[tuple[date, date | None]] = (),
    stays: Sequence[Stay] = (),
) -> tuple[Change, ...]:
    """Return the changes of a plan, the latest first; days of parts that were done already do not count.

    Args:
        versions: all versions of all parts, in any order.
        ends: the estimated end of the studies as known from a day on.
        away: first and last day of interruptions; None = still away.
        stays: all versions of the times at work.
    """
    kept: dict[str, list[Version]] = defaultdict(list)
    for one in sorted(versions, key=lambda one: one.known_from):
        kept[one.key].append(one)
    moved: dict[date, list[Move]] = defaultdict(list)
    for history in kept.values():
        for told_on, move in _moves(history):
            moved[told_on].append(move)
    ended = dict(_ends(ends))
    days = sorted(moved.keys() | ended.keys(), reverse=True)
    return tuple(_change(day, moved[day], ended.get(day), kept, away, stays) for day in days)


def _moves(history: Sequence[Version]) -> Iterator[tuple[date, Move]]:
    for before, after in itertools.pairwise(history):
        if before.planned_until is None or before.planned_until == after.planned_until or after.done_on:
            continue
        yield after.known_from, Move(after.key, after.name or before.name, before.planned_until, after.planned_until)


def _ends(ends: Sequence[tuple[date, date | None]]) -> Iterator[tuple[date, Move]]:
    told = sorted(ends, key=lambda one: one[0])
    for (_first, was), (told_on, now) in itertools.pairwise(told):
        if was is not None and now is not None and was != now:
            yield told_on, Move("", "", was, now)


def _change(
    told_on: date,
    moves: Sequence[Move],
    end: Move | None,
    kept: Mapping[str, Sequence[Version]],
    away: Sequence[tuple[date, date | None]],
    stays: Sequence[Stay],
) -> Change:
    ordered = tuple(sorted(moves, key=lambda one: (one.was, one.key)))
    late = [one for one in (*ordered, *([end] if end else [])) if one.is_later]
    notes = (*_away(told_on, late, away), *_unfinished(told_on, ordered, kept), *_work(told_on, stays)) if late else ()
    return Change(told_on, ordered, end, notes)


def _away(told_on: date, late: Sequence[Move], away: Sequence[tuple[date, date | None]]) -> Iterator[Note]:
    """Yield interruptions between the first day that was given up and the last one that was taken instead."""
    last = max(one.now or one.was for one in late)
    first = min(told_on, *(one.was for one in late))
    for starts_on, ends_on in away:
        if starts_on <= last and (ends_on is None or ends_on >= first):
            yield Note(Beside.AWAY, starts_on, ends_on)


def _unfinished(told_on: date, moves: Sequence[Move], kept: Mapping[str, Sequence[Version]]) -> Iterator[Note]:
    """Yield the part that should have been finished last before the change, and was not."""
    moved = {one.key for one in moves}
    open_parts = []
    for key, history in kept.items():
        known = [one for one in history if one.known_from <= told_on]
        one = known[-1] if known else None
        if one is None or key in moved or one.planned_until is None or one.planned_until >= told_on:
            continue
        done = next((each.done_on for each in history if each.done_on), None)
        if done is None or done >= told_on:
            open_parts.append((one.planned_until, one.name or key))
    if open_parts:
        until, name = max(open_parts)
        yield Note(Beside.UNFINISHED, last=until, name=name)


def _work(told_on: date, stays: Sequence[Stay]) -> Iterator[Note]:
    """Yield times at work that were told to end later on the same day."""
    gone = {(one.way, one.place, one.starts_on): one.ends_on for one in stays if one.known_to == told_on}
    for one in stays:
        was = gone.get((one.way, one.place, one.starts_on)) if one.known_from == told_on else None
        if was is not None and one.ends_on is not None and one.ends_on > was:
            yield Note(Beside.WORK, was, one.ends_on)
