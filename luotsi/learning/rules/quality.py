"""The quality of study data in figures: what share of rights to study has no serious fault, now and over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

SMALL = 5
MONTHS = 12


@dataclass(frozen=True)
class Known:
    """A right to study of a learner: from which day on it is known, and from which on no more (None = still)."""

    learner: Hashable
    oid: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Fault:
    """A fault of a learner's right, in its plan or in itself; "" for `oid` = of all their rights."""

    learner: Hashable
    oid: str
    since: date
    gone: date | None


@dataclass(frozen=True)
class Share:
    """How many rights there are, and how many of them have no fault."""

    rights: int
    sound: int

    @property
    def part(self) -> Decimal | None:
        """The share without fault, 0 to 1; None where there is no right."""
        return Decimal(self.sound) / self.rights if self.rights else None


def share_on(day: date, rights: Iterable[Known], faults: Iterable[Fault]) -> Share:
    """Return the share of a day: of the rights known then, those that no fault known then belongs to."""
    bad = {(one.learner, one.oid) for one in faults if one.since <= day and (one.gone is None or day < one.gone)}
    known = {(one.learner, one.oid) for one in rights if one.since <= day and (one.until is None or day < one.until)}
    sound = sum(key not in bad and (key[0], "") not in bad for key in known)
    return Share(len(known), sound)


def days_back(today: date) -> list[date]:
    """Return the first days of the last twelve months and today, in their order."""
    months = [divmod(today.year * 12 + today.month - 1 - back, 12) for back in reversed(range(MONTHS))]
    return [*(day for year, month in months if (day := date(year, month + 1, 1)) != today), today]


def trend(today: date, rights: Sequence[Known], faults: Sequence[Fault]) -> list[tuple[date, Share]]:
    """Return the shares of the last twelve months, from the first on which some right was known."""
    told = [(day, share_on(day, rights, faults)) for day in days_back(today)]
    return [(day, share) for day, share in told if share.rights]


def hidden_of(persons: Mapping[str, int]) -> frozenset[str]:
    """Return the rows of a table whose figures may not be shown to those who see no persons.

    Rows of one to four persons are hidden; so that the total minus the others does not tell of them, what is hidden is
    together of at least five persons.
    """
    order = sorted((count, key) for key, count in persons.items() if count)
    hidden = [(count, key) for count, key in order if count < SMALL]
    for count, key in order[len(hidden) :]:
        if not hidden or sum(each for each, _key in hidden) >= SMALL:
            break
        hidden.append((count, key))
    return frozenset(key for _count, key in hidden)


def counted_by[K: Hashable](pairs: Iterable[tuple[K, Hashable]]) -> dict[K, int]:
    """Return how many different things stand with each key."""
    found: dict[K, set[Hashable]] = defaultdict(set)
    for key, thing in pairs:
        found[key].add(thing)
    return {key: len(things) for key, things in found.items()}
