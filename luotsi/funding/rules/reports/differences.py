"""What of a report differs from the plan, and which differences need words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.shares import percent_of


class Line(StrEnum):
    """What a line of a report is about."""

    MEASURE = "measure"
    MILESTONE = "milestone"
    INDICATOR = "indicator"
    COST = "cost"


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """A planned figure beside the actual one.

    Args:
        key: of the measure, indicator or cost class.
        line: what it is about.
        planned: None when the plan gives no figure.
        actual: None when it was not measured, which is not zero.
        origin: where the actual figure comes from; a figure without an origin needs words.
        words: what the writer says of the difference.
    """

    key: str
    line: Line
    planned: Decimal | None
    actual: Decimal | None
    origin: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A line with its difference; `percent` is of the plan, None of a plan of nothing; `why` asks for words."""

    line: PlanLine
    by: Decimal | None
    percent: Decimal | None
    why: tuple[Because, ...]

    @property
    def needs_words(self) -> bool:
        """True when the difference must be told of."""
        return bool(self.why)

    @property
    def is_open(self) -> bool:
        """True when words are asked and none are there."""
        return self.needs_words and not self.line.words.strip()


def differences(lines: Iterable[PlanLine], *, threshold: Decimal) -> tuple[Difference, ...]:
    """Return each line with its difference.

    Words are asked for because of `not_measured`; `unplanned` (actual); `no_origin`; and `off_plan` (planned, actual,
    percent, threshold) when the difference is larger than `threshold` per cent of the plan, up or down.
    """
    return tuple(_difference(one, threshold) for one in lines)


def _difference(line: PlanLine, threshold: Decimal) -> Difference:
    planned, actual = line.planned, line.actual
    if actual is None:
        unmeasured = (because("not_measured", line.key),) if planned is not None else ()
        return Difference(line=line, by=None, percent=None, why=unmeasured)
    why: list[Because] = []
    by = None if planned is None else actual - planned
    percent = None
    if by is not None and planned is not None:
        part = percent_of(abs(by), abs(planned))
        percent = part if part is None or by >= 0 else -part
        if part is None and by:
            why.append(because("unplanned", line.key, actual=actual))
        elif part is not None and abs(by) * 100 > abs(planned) * threshold:
            params = {"planned": planned, "actual": actual, "percent": percent, "threshold": threshold}
            why.append(because("off_plan", line.key, **params))
    elif actual:
        why.append(because("unplanned", line.key, actual=actual))
    if not line.origin:
        why.append(because("no_origin", line.key))
    return Difference(line=line, by=by, percent=percent, why=tuple(why))


def sending_refusals(
    found: Iterable[Difference], *, is_sent: bool = False, missing: Sequence[str] = ()
) -> tuple[Because, ...]:
    """Return why a report cannot be sent: `sent`; `missing` about a part; `unexplained` about a line.

    A late report can be sent; how late it is, is told by `lateness`.
    """
    reasons = [because("sent")] if is_sent else []
    reasons += [because("missing", part) for part in missing]
    reasons += [because("unexplained", one.line.key) for one in found if one.is_open]
    return tuple(reasons)


def lateness(due_on: date | None, *, today: date, sent_on: date | None = None) -> int:
    """Return how many days a report is or was late; 0 when it is not, or when it has no day."""
    return max(((sent_on or today) - due_on).days, 0) if due_on else 0
