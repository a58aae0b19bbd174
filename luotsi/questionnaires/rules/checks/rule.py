"""What a set of checks is made of, and what a check finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from luotsi.questionnaires.rules.definition import Fault
from luotsi.questionnaires.rules.expressions import Node
from luotsi.questionnaires.rules.texts import NO_TEXT, Localised


class Severity(StrEnum):
    """A block keeps the answers from being handed in; a warning asks to look again; an info only tells."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


class Scope(StrEnum):
    """What a rule is about: the answers as a whole, or each section that has an `area`, one after the other."""

    WHOLE = "whole"
    AREA = "area"


@dataclass(frozen=True)
class Rule:
    """One check.

    Attributes:
        id: Its name within the set, as findings and documents give it.
        severity: How bad it is when it holds.
        scope: What it is about.
        when: Expression that is true when something is wrong.
        node: The same, read.
        texts: What is told; {names} in it stand for their values.
        fix: What is suggested; may be empty.
        source: Paragraph of a call, a law or a document that asks for it; may be empty.
        evidence: Names whose values are shown beside each other.
    """

    id: str
    severity: Severity
    scope: Scope
    when: str
    node: Node
    texts: Localised
    fix: Localised = NO_TEXT
    source: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuleSet:
    """Checks that belong together; `groups` name several roles as one, such as financing."""

    id: str
    version: str
    rules: tuple[Rule, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Evidence:
    """One side of a finding.

    Attributes:
        name: Name of the value in the rule.
        value: What it is; None where there is none.
        fields: Whole names of the answers it is made of, in order, for links to them.
    """

    name: str
    value: Any
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A rule that holds.

    Attributes:
        rule: Id of the rule.
        severity: How bad it is.
        message: What is told, in the language that was asked for.
        evidence: Both sides, or all of them.
        fix: What is suggested, in the same language; "" where nothing is.
        area: Key of the section it is about; "" = the whole.
        source: What asks for it.
    """

    rule: str
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...]
    fix: str = ""
    area: str = ""
    source: str = ""


@dataclass(frozen=True)
class ReadRules:
    """What reading gives: the set, None where it is none, and what was wrong with it."""

    rule_set: RuleSet | None
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Return True when the set may be used as a whole."""
        return self.rule_set is not None and not self.faults
