"""What a report is written from: the plan and everything that was recorded about it, fetched once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from luotsi.base.periods import Period
from luotsi.programme.rules.consent import Consent
from luotsi.programme.rules.plan import Plan
from luotsi.programme.rules.values import ActionState, MoneyKind, Text
from luotsi.reports.rules import inputs
from luotsi.reports.rules.content import NO_TEXT, Figure


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A finding with its corrective action, as it stands today."""

    code: str
    text: Text
    section: str = ""
    is_negative: bool = True
    period: str = ""
    cause: str = ""
    action: Text = NO_TEXT
    owner: Text = NO_TEXT
    due_on: date | None = None
    state: ActionState | None = None
    indicator: Text = NO_TEXT
    effect: str = ""
    value_before: Decimal | None = None
    value_after: Decimal | None = None
    closed_on: date | None = None
    source: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Money:
    """A line of money; an amount that was not given is None."""

    code: str
    kind: MoneyKind
    text: Text
    period: str
    section: str = ""
    amount: Decimal | None = None
    fund: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a body decided or noted."""

    body: Text
    day: date | None
    number: str
    matter: Text
    is_noted: bool = False


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A milestone in a unit: what should be reached, and the state that follows from what was told (`none` = nothing).

    `state` is a mark of the pages: done, run, risk, late, none, cancelled.
    """

    measure: str
    section: str
    period: str
    text: Text
    unit: str
    state: str
    evidence: str = ""
    owner: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True)
class Followed:
    """An indicator of the programme: how it is counted, what it should become, and its figures in time.

    `cells` are those of the report's own unit, oldest first; `others` those of units below by their key.
    """

    code: str
    key: str
    names: Text
    section: str
    definition: inputs.Definition
    decimals: int = 1
    aim: inputs.Aim | None = None
    aim_period: str = ""
    cells: tuple[inputs.Cell, ...] = ()
    ends: dict[str, date] = field(default_factory=dict)
    others: dict[str, tuple[inputs.Cell, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Taker:
    """A unit that takes part: its key and names, its role, and what it lets the others see of it."""

    key: str
    names: Text
    role: Text = NO_TEXT
    shows: Consent = Consent.FIGURES

    @property
    def is_open(self) -> bool:
        """Whether its own figures and states are shown."""
        return self.shows == Consent.FIGURES

    @property
    def is_summed(self) -> bool:
        """Whether it is only in sums."""
        return self.shows == Consent.SUMS


@dataclass(frozen=True, kw_only=True)
class Grade:
    """An own grade of a measure, without whose it is, and how it stands to the evidence: over, under, with, silent."""

    measure: str
    grade: int
    parts: str


@dataclass(frozen=True, kw_only=True)
class Graded:
    """A self-evaluation round: how many were asked and answered, and the grades that may stand in sums.

    `address` leads to the answers: name of the page, unit, and what else it takes.
    """

    names: Text
    school_year: str
    asked: int
    handed_in: int
    measures: tuple[str, ...]
    grades: tuple[Grade, ...]
    address: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Material:
    """Everything that a report of one period is written from; `earlier` are the figures of the version before it."""

    kind: str
    programme: str
    names: Text
    unit: str
    unit_names: Text
    period: Period
    data_on: date
    version: int = 1
    plan: Plan
    plan_version: str = ""
    plan_sha256: str = ""
    appendices_there: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    money: tuple[Money, ...] = ()
    decisions: tuple[Decision, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    followed: tuple[Followed, ...] = ()
    takers: tuple[Taker, ...] = ()
    graded: Graded | None = None
    own: dict[str, Text] = field(default_factory=dict)
    earlier: dict[str, Figure] | None = None
