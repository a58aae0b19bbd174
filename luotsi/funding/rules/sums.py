"""What an application asks for, counted from answers by their roles: a number that can be counted is never typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from luotsi.base.money import cents, total

APPLIED, OWN, OTHER, COST = "grant", "own_share", "other_funding", "cost"
START, END = "period_start", "period_end"
MONEY = (APPLIED, OWN, OTHER, COST)


class Answered(Protocol):
    """An answer with a role, as a questionnaire gives it."""

    @property
    def role(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> Any: ...  # noqa: D102
    @property
    def summary(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True)
class Counted:
    """A sum with the answers it was counted from, as (name of the answer, euros or None where it was left blank)."""

    amount: Decimal | None = None
    parts: tuple[tuple[str, Decimal | None], ...] = ()


@dataclass(frozen=True)
class Asked:
    """What an application asks for and when the money would be used."""

    applied: Counted = Counted()
    own_share: Counted = Counted()
    other: Counted = Counted()
    total: Counted = Counted()
    starts_on: date | None = None
    ends_on: date | None = None


def asked(answers: Iterable[Answered]) -> Asked:
    """Return what answers come to: sums by role, the first and the last day that any part names.

    A summary repeats what is asked elsewhere, so it counts only where its role stands nowhere else.
    """
    found = list(answers)
    sums = {role: _sum(role, found) for role in MONEY}
    return Asked(
        applied=sums[APPLIED],
        own_share=sums[OWN],
        other=sums[OTHER],
        total=sums[COST],
        starts_on=min(_days(START, found), default=None),
        ends_on=max(_days(END, found), default=None),
    )


def _sum(role: str, found: list[Answered]) -> Counted:
    told = [one for one in found if one.role == role]
    counting = [one for one in told if not one.summary] or told
    parts = tuple((one.name, _euros(one.value)) for one in counting)
    return Counted(total(amount for _name, amount in parts), parts)


def _euros(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return cents(Decimal(value))


def _days(role: str, found: list[Answered]) -> list[date]:
    days = []
    for one in found:
        if one.role == role and isinstance(one.value, str):
            try:
                days.append(date.fromisoformat(one.value[:10]))
            except ValueError:
                continue
    return days
