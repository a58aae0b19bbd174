"""Which reports are looked at closely: a tenth by lot, which anyone can draw again, and all that carry a risk.

Source: handbook §5: final reports are sampled at random, 10 %, beside those with a risk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from math import ceil

from luotsi.funding.rules.because import Because, because

TENTH = Decimal(10)
LARGE = Decimal(100_000)
REFUSED_MOST = Decimal(5)
MANY_LINES = 3


class How(StrEnum):
    """How a report came into the sample."""

    RANDOM = "random"
    RISK = "risk"


@dataclass(frozen=True, kw_only=True)
class Sampled:
    """A report in the sample. `lot` is the number drawn for it, which anyone can compute again."""

    key: str
    how: How
    lot: str
    risks: tuple[Because, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A sample with all that proves it: seed, share and the SHA-256 of the keys it was drawn from."""

    seed: str
    percent: Decimal
    drawn_from: str
    of: int
    sampled: tuple[Sampled, ...]


def sample(
    keys: Iterable[str], *, seed: str, percent: Decimal = TENTH, risks: Mapping[str, Sequence[Because]] | None = None
) -> Sample:
    """Return a random sample and beside it every report with a risk.

    Each report's lot is the SHA-256 of seed and key; the lowest lots are drawn, rounded up to a whole report. The same
    seed and keys give the same sample, whatever their order, so that it can be proved again. The seed must be fixed
    before the keys are known, for example as the register number of the call with the day of the draw.

    Args:
        keys: of all reports.
        seed: not empty.
        percent: of the reports to draw at random, 0–100.
        risks: reasons by key; those reports are in the sample beside the drawn.

    Raises:
        ValueError: an empty seed or a percentage outside 0–100.
    """
    if not seed or not 0 <= percent <= 100:
        raise ValueError("A sample needs a seed and a percentage from 0 to 100.")
    listed = sorted(set(keys))
    lots = {key: sha256(f"{seed}\n{key}".encode()).hexdigest() for key in listed}
    wanted = ceil(Fraction(len(listed)) * Fraction(percent) / 100)
    drawn = set(sorted(listed, key=lambda key: (lots[key], key))[:wanted])
    known = risks or {}
    sampled = tuple(
        Sampled(key=key, how=How.RANDOM if key in drawn else How.RISK, lot=lots[key], risks=tuple(known.get(key, ())))
        for key in listed
        if key in drawn or known.get(key)
    )
    proof = sha256("\n".join(listed).encode()).hexdigest()
    return Sample(seed=seed, percent=percent, drawn_from=proof, of=len(listed), sampled=sampled)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a grant when its report comes, for its risks."""

    granted: Decimal
    days_late: int = 0
    is_first_grant: bool = False
    doubles: int = 0
    refused_percent: Decimal | None = None
    off_plan: int = 0
    changed_after_period: bool = False


def risks_of(known: Known, *, large: Decimal = LARGE, refused_most: Decimal = REFUSED_MOST) -> tuple[Because, ...]:
    """Return the risks: `large` (granted, limit), `late` (days), `first_grant`, `doubles` (count), `refused_costs`.

    Also `off_plan` (count) for three lines or more, and `changed_after_period`.
    """
    found = []
    if known.granted >= large:
        found.append(because("large", granted=known.granted, limit=large))
    if known.days_late > 0:
        found.append(because("late", days=known.days_late))
    if known.is_first_grant:
        found.append(because("first_grant"))
    if known.doubles:
        found.append(because("doubles", count=known.doubles))
    if known.refused_percent is not None and known.refused_percent > refused_most:
        found.append(because("refused_costs", percent=known.refused_percent, most=refused_most))
    if known.off_plan >= MANY_LINES:
        found.append(because("off_plan", count=known.off_plan))
    if known.changed_after_period:
        found.append(because("changed_after_period"))
    return tuple(found)
