"""Faults of a definition and of a rule set in sentences, for those who publish them."""

from __future__ import annotations

from collections.abc import Iterable

from luotsi.questionnaires.queries.fault_words import WORDS, sentence
from luotsi.questionnaires.rules.checks import read_rules
from luotsi.questionnaires.rules.definition import Fault, Severity


def sentences(faults: Iterable[Fault]) -> list[str]:
    """Return a sentence for each fault that keeps a definition from being used."""
    return [_placed(fault) for fault in faults if fault.severity is Severity.ERROR]


def rule_faults(rule_set: object) -> list[str]:
    """Return a sentence for each fault of a rule set."""
    return [_placed(fault) for fault in read_rules(rule_set).faults]


def _placed(fault: Fault) -> str:
    """Return what a fault says after its place, a JSON pointer; its code where it has no words."""
    return f"{fault.at or '/'}: {sentence(fault) if fault.code in WORDS else fault.code}"
