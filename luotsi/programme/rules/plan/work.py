"""Who does what until when: participants, sections, measures, milestones, decisions, levels, reporting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luotsi.programme.rules.plan.items import NO_TEXT, Coded, Item, ref, refs
from luotsi.programme.rules.values import SectionKind, Source, Span, Text


@dataclass(frozen=True, kw_only=True)
class Owner(Item):
    """Who owns the programme; `municipality` is its three-digit number."""

    names: Text
    municipality: str = ""
    sector: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True)
class Participant(Coded):
    """An organisation that takes part, such as a municipality."""

    names: Text
    municipality: str = ""
    role: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True)
class Actor(Coded):
    """Somebody who does or answers for things: an office, a team, a kind of organisation."""

    names: Text


@dataclass(frozen=True, kw_only=True)
class Goal(Coded):
    """What the whole programme is for."""

    text: Text


@dataclass(frozen=True, kw_only=True)
class Responsibility(Coded):
    """Who does a matter and who answers for it."""

    matter: Text
    implementers: tuple[str, ...] = refs("Actor", "Participant")
    accountable: tuple[str, ...] = refs("Actor", "Participant")


@dataclass(frozen=True, kw_only=True)
class Milestone(Item):
    """What a measure should have reached in a period."""

    period: Span
    text: Text
    due: date | None = None
    owner: str = ref("Actor", "Participant")
    indicator: str = ref("Indicator")
    number: Decimal | None = None
    unit: str = ""
    baseline: Decimal | None = None
    evidence: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True)
class Measure(Coded):
    """Something to be done, with a milestone for each period."""

    names: Text
    period: Span | None = None
    responsibility: str = ref("Responsibility")
    indicators: tuple[str, ...] = refs("Indicator")
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section(Coded):
    """A part, focus area or action package; sections may hold sections."""

    kind: SectionKind
    names: Text
    chapter: str = ""
    aim: Text = NO_TEXT
    sections: tuple[Section, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BaselineRemark(Coded):
    """What things were like when the plan was made, and whether that can be measured."""

    text: Text
    measurable: bool | None = None
    rhythm: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True)
class Decision(Coded):
    """What a body decided or noted about the programme."""

    body: Text
    day: date | None = None
    number: str = ""
    matter: Text
    noted: bool = False


@dataclass(frozen=True, kw_only=True)
class Level(Coded):
    """A level of governance on which the programme is followed."""

    names: Text
    bodies: tuple[Text, ...] = ()
    way: Text = NO_TEXT
    rhythm: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True)
class ReportingLine(Coded):
    """What is reported and how often."""

    text: Text
    rhythm: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True)
class Communication(Item):
    """How the plan is made known."""

    aim: Text = NO_TEXT
    duties: tuple[Text, ...] = ()
    channels: tuple[Text, ...] = ()
    source: Source | None = None
