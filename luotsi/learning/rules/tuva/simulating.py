"""When a path ends: by its days, at a pace, and when studies could be completed at the earliest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luotsi.learning.rules.progress import end_at
from luotsi.learning.rules.tuva.completion import least_addition, room_in
from luotsi.learning.rules.tuva.limits import CAPS, PARTS
from luotsi.learning.rules.tuva.paths import NOTHING, Item, Path, Planned, Registers


@dataclass(frozen=True)
class Outlook:
    """What a path comes to on a day, in weeks and days.

    Attributes:
        done: Weeks that the register tells as done, up to what is planned of each part.
        left: Weeks of the plan that are not done.
        by_plan: The last day that the plan gives.
        by_pace: The day on which all of the plan is done at the weekly amount; None at a pace of nothing.
        least: The fewest weeks by part that would make studies complete now; None when no weeks could.
        complete_on: The earliest day on which they can be complete at the weekly amount; None likewise.
    """

    day: date
    total: Decimal
    done: Decimal
    left: Decimal
    by_plan: date | None
    by_pace: date | None
    least: dict[str, Decimal] | None
    complete_on: date | None

    @property
    def days_past(self) -> int | None:
        """How many days the pace ends after the plan; None where either has no day."""
        return (self.by_pace - self.by_plan).days if self.by_pace and self.by_plan else None


def outlook(path: Path, registers: Registers, day: date) -> Outlook:
    """Return what a path comes to, seen on a day; studies that have not begun are counted from their beginning."""
    planned, done = path.weeks, registers.done
    counted = sum((min(weeks, done.get(part, NOTHING)) for part, weeks in planned.items()), NOTHING)
    left = path.total - counted
    since = max(day, path.starts_on)
    least = least_addition(done, tuple(planned))
    missing = sum(least.values(), NOTHING) if least is not None else None
    return Outlook(
        day=day,
        total=path.total,
        done=counted,
        left=left,
        by_plan=path.ends_on,
        by_pace=end_at(since, left, path.weekly, path.pauses),
        least=least,
        complete_on=end_at(since, missing, path.weekly, path.pauses) if missing is not None else None,
    )


@dataclass(frozen=True)
class PartRow:
    """A part side by side: what it may have, the plan here, the personal plan in eHOKS, what the register has done.

    `differs` tells that the personal plan in eHOKS has other weeks or another last day than the plan here.
    """

    part: str
    least: Decimal
    most: Decimal
    planned: Decimal
    ends_on: date | None
    hoks: Planned | None
    done: Decimal
    room: Decimal

    @property
    def left(self) -> Decimal:
        """Weeks of the plan that are not done."""
        return max(self.planned - self.done, NOTHING)

    @property
    def differs(self) -> bool:
        """True when eHOKS tells something else than the plan here."""
        if self.hoks is None:
            return self.planned > NOTHING
        weeks = self.hoks.weeks is not None and self.hoks.weeks != self.planned
        return weeks or (self.hoks.ends_on is not None and self.hoks.ends_on != self.ends_on)


def side_by_side(path: Path, registers: Registers) -> tuple[PartRow, ...]:
    """Return every part that a path may have, beside what the registers tell of it."""
    planned, room = path.weeks, room_in(path.weeks)
    return tuple(
        PartRow(
            part=part,
            least=CAPS[part].least,
            most=CAPS[part].most,
            planned=planned.get(part, NOTHING),
            ends_on=_last(one.ends_on for one in path.items if one.part == part),
            hoks=registers.planned.get(part),
            done=registers.done.get(part, NOTHING),
            room=room[part],
        )
        for part in PARTS
    )


def _last(days: Iterable[date | None]) -> date | None:
    return max((one for one in days if one), default=None)


def path_of(registers: Registers, day: date) -> Path:
    """Return the path that the registers tell by themselves: the start of a plan where there is none yet."""
    items = []
    for part in PARTS:
        told = registers.planned.get(part, Planned())
        weeks = max(told.weeks or NOTHING, registers.done.get(part, NOTHING))
        if weeks > NOTHING:
            items.append(Item(part=part, weeks=weeks, starts_on=told.starts_on, ends_on=told.ends_on))
    return Path(permit=registers.permit, starts_on=registers.starts_on or day, items=tuple(items))
