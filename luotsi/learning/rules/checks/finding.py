"""What the validator finds: a rule that is broken, where, and with what values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

type Value = str | int | date | Decimal | None
type Found = tuple[str, Mapping[str, Value]]


class Severity(StrEnum):
    """How bad a finding is."""

    BLOCK = "block"  # the national service refuses it
    WARN = "warn"  # it is taken, and a figure or the funding becomes wrong
    INFO = "info"


class Owner(StrEnum):
    """Who mends it, as a rule."""

    REGISTER = "register"  # who keeps the register of studies
    TEACHER = "teacher"  # who is in charge of the plan
    PLANNER = "planner"  # who plans the periods at workplaces


@dataclass(frozen=True)
class Finding:
    """A broken rule: its code, its place as a JSON Pointer, and values for its words."""

    code: str
    severity: Severity
    owner: Owner
    at: str
    params: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule[T]:
    """One rule over documents of one kind.

    Attributes:
        code: Unique across all families.
        look: Yields (place, values) for each time that it is broken.
        since: The first day on which documents are held against it; None = always.
        until: The last such day.
        source: Where the public rule stands.
    """

    code: str
    severity: Severity
    owner: Owner
    look: Callable[[T], Iterator[Found]]
    since: date | None = None
    until: date | None = None
    source: str = ""

    def holds_on(self, day: date) -> bool:
        """Return True when documents of a day are held against it."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def found_in(self, subject: T) -> Iterator[Finding]:
        """Yield what it finds."""
        for at, params in self.look(subject):
            yield Finding(self.code, self.severity, self.owner, at, params)


def check[T](rules: Iterable[Rule[T]], subject: T, day: date) -> tuple[Finding, ...]:
    """Return what the rules that hold on a day find, in their order."""
    return tuple(found for rule in rules if rule.holds_on(day) for found in rule.found_in(subject))
