"""The same cost, person or device in two grants, with the evidence of both sides (handbook §6, thing 9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from luotsi.funding.rules.spending.entries import Entry

WHOLE = Decimal(100)
DAY = timedelta(days=1)


class Doubled(StrEnum):
    """What is in two grants."""

    COST = "cost"
    PERSON = "person"
    DEVICE = "device"
    SHARED_PERSON = "shared_person"


@dataclass(frozen=True, kw_only=True)
class Charge:
    """An entry booked on a grant."""

    grant: str
    entry: Entry


@dataclass(frozen=True, kw_only=True)
class Work:
    """Work time of a person paid by a grant: per cent of full time from the first to the last day, both included."""

    grant: str
    person: str
    first: date
    last: date
    percent: Decimal


@dataclass(frozen=True, kw_only=True)
class Double:
    """One finding.

    Args:
        kind: what is doubled.
        key: the voucher, the person's key or the device's.
        charges, work: the evidence, of at least two grants or, for a person, over the whole of one's time.
        amount: euros counted twice at most; None for work time.
        percent, first, last: for a person, the work time together and the days of it; for a person of whom only costs
            are known, the days of the month.
        is_same_day: for a cost, whether both were booked on one day, which makes it surer.
    """

    kind: Doubled
    key: str
    charges: tuple[Charge, ...] = ()
    work: tuple[Work, ...] = ()
    amount: Decimal | None = None
    percent: Decimal | None = None
    first: date | None = None
    last: date | None = None
    is_same_day: bool = False

    @property
    def grants(self) -> tuple[str, ...]:
        """The grants it is about, in order."""
        return tuple(sorted({one.grant for one in self.charges} | {one.grant for one in self.work}))


def doubles(charges: Sequence[Charge], work: Sequence[Work] = ()) -> tuple[Double, ...]:
    """Return what is paid from two grants.

    A cost is doubled when a voucher stands in two grants with the same sum that was not taken back there; a voucher
    that is divided between grants with different sums is not. A device is doubled when two grants bear costs of it. A
    person is doubled when the work time over all grants is above 100 % on some day.
    """
    return (*_costs(charges), *_devices(charges), *_persons(work))


def shared_persons(charges: Iterable[Charge]) -> tuple[Double, ...]:
    """Return persons of whom two grants bear costs in one month, month by month, where work time is not known.

    It proves nothing by itself: work may be divided rightly. The work time records of the month tell.
    """
    by_month: dict[tuple[str, int, int], list[Charge]] = defaultdict(list)
    for one in charges:
        if one.entry.person and one.entry.booked_on:
            by_month[one.entry.person, one.entry.booked_on.year, one.entry.booked_on.month].append(one)
    found = []
    for (person, year, month), listed in sorted(by_month.items()):
        by_grant: dict[str, Decimal] = defaultdict(Decimal)
        for one in listed:
            by_grant[one.grant] += one.entry.amount
        paying = {grant: amount for grant, amount in by_grant.items() if amount > 0}
        if len(paying) > 1:
            following = date(year + month // 12, month % 12 + 1, 1)
            found.append(
                Double(
                    kind=Doubled.SHARED_PERSON,
                    key=person,
                    charges=tuple(one for one in listed if one.grant in paying),
                    first=date(year, month, 1),
                    last=following - DAY,
                )
            )
    return tuple(found)


def _costs(charges: Iterable[Charge]) -> Iterator[Double]:
    left: dict[tuple[str, str, Decimal, str], list[Charge]] = defaultdict(list)
    for one in charges:
        if one.entry.voucher and one.entry.amount > 0:
            left[one.entry.voucher, one.entry.currency, one.entry.amount, one.grant].append(one)
    for one in charges:
        key = one.entry.voucher, one.entry.currency, -one.entry.amount, one.grant
        if one.entry.amount < 0 and left.get(key):
            left[key].pop()
    alike: dict[tuple[str, str, Decimal], list[list[Charge]]] = defaultdict(list)
    for (voucher, currency, amount, _grant), listed in left.items():
        if listed:
            alike[voucher, currency, amount].append(listed)
    for (voucher, _currency, amount), sides in sorted(alike.items()):
        if len(sides) > 1:
            evidence = tuple(one for side in sides for one in side)
            days = {one.entry.booked_on for one in evidence}
            times = len(sides) - 1
            yield Double(
                kind=Doubled.COST,
                key=voucher,
                charges=evidence,
                amount=amount * times,
                is_same_day=len(days) == 1 and None not in days,
            )


def _devices(charges: Iterable[Charge]) -> Iterator[Double]:
    by_device: dict[str, list[Charge]] = defaultdict(list)
    for one in charges:
        if one.entry.device:
            by_device[one.entry.device].append(one)
    for device, listed in sorted(by_device.items()):
        by_grant: dict[str, Decimal] = defaultdict(Decimal)
        for one in listed:
            by_grant[one.grant] += one.entry.amount
        paying = {grant: amount for grant, amount in by_grant.items() if amount > 0}
        if len(paying) > 1:
            evidence = tuple(one for one in listed if one.grant in paying)
            amount = sum(paying.values(), Decimal(0)) - max(paying.values())
            yield Double(kind=Doubled.DEVICE, key=device, charges=evidence, amount=amount)


def _persons(work: Iterable[Work]) -> Iterator[Double]:
    by_person: dict[str, list[Work]] = defaultdict(list)
    for one in work:
        if one.percent > 0 and one.last >= one.first:
            by_person[one.person].append(one)
    for person, listed in sorted(by_person.items()):
        yield from _over_whole(person, listed)


def _over_whole(person: str, listed: Sequence[Work]) -> Iterator[Double]:
    """Yield the stretches of days on which the same grants together are above the whole of a person's time."""
    edges = sorted({one.first for one in listed} | {one.last + DAY for one in listed})
    for first, following in pairwise(edges):
        on_duty = tuple(one for one in listed if one.first <= first <= one.last)
        percent = sum((one.percent for one in on_duty), Decimal(0))
        if percent > WHOLE:
            last = following - DAY
            yield Double(kind=Doubled.PERSON, key=person, work=on_duty, percent=percent, first=first, last=last)
