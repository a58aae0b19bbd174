"""What is followed and what was told: populations, indicators, observations, derived values, findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from luotsi.programme.rules.plan.items import NO_TEXT, Coded, Item, ref, refs
from luotsi.programme.rules.values import ActionState, Direction, Figure, ObservationKind, Operator, Span, Text


@dataclass(frozen=True, kw_only=True)
class Population(Coded):
    """Those of whom a share is told; populations of one group are meant to be compared."""

    names: Text
    count: Decimal | None = None
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Target(Item):
    """The value an indicator should have."""

    operator: Operator | None = None
    value: Decimal | None = None
    period: Span | None = None
    note: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True)
class Baseline(Item):
    """Where an indicator started."""

    value: Decimal | None = None
    period: Span | None = None


@dataclass(frozen=True, kw_only=True)
class Trigger(Item):
    """What is to be done when a value is on the wrong side of a limit."""

    operator: Operator
    value: Decimal
    then: Text


@dataclass(frozen=True, kw_only=True)
class Indicator(Coded):
    """What is followed: how it is counted, of whom, and what it should become."""

    names: Text
    section: str = ref("Section")
    unit: str = ""
    direction: Direction | None = None
    level: Text = NO_TEXT
    numerator: Text = NO_TEXT
    denominator: Text = NO_TEXT
    population: str = ref("Population", "Observation")
    rule: Text = NO_TEXT
    method: Text = NO_TEXT
    version: str = ""
    baseline: Baseline | None = None
    targets: tuple[Target, ...] = ()
    trigger: Trigger | None = None


@dataclass(frozen=True, kw_only=True)
class Observation(Coded):
    """A fact that was told: a number, numerator and denominator, a range, or words."""

    kind: ObservationKind
    text: Text
    section: str = ref("Section")
    indicator: str = ref("Indicator")
    operator: Operator = Operator.EQ
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    words: Text = NO_TEXT
    unit: str = ""
    numerator: Figure | None = field(default=None, metadata={"refs": ("Observation",)})
    denominator: Figure | None = field(default=None, metadata={"refs": ("Observation", "Derived")})
    population: str = ref("Population", "Observation")
    subset_of: str = ref("Observation")
    parts: tuple[str, ...] = refs("Observation")
    period: Span | None = None
    period_words: Text = NO_TEXT
    items: tuple[Text, ...] = ()
    happened: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Derived(Coded):
    """A value that is counted from others by a formula; what it should be serves as a check."""

    formula: str
    text: Text = NO_TEXT
    unit: str = ""
    indicator: str = ref("Indicator")
    expected: Decimal | None = None
    equals: str = ref("Observation", "Derived", "BudgetLine")


@dataclass(frozen=True, kw_only=True)
class Finding(Coded):
    """What an evaluation found, and what is done about it."""

    text: Text
    section: str = ref("Section")
    negative: bool = True
    period: Span | None = None
    cause: str = ""
    action: Text = NO_TEXT
    owner: str = ref("Actor", "Participant")
    due: date | None = None
    state: ActionState | None = None
    indicator: str = ref("Indicator")
    budget: str = ref("BudgetLine")
    effect: str = ""
    closed: date | None = None
