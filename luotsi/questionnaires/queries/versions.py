"""Definitions of versions, read once: a published version never changes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from luotsi.base import clock
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules.checks import Finding, RuleSet, findings, read_rules
from luotsi.questionnaires.rules.evaluation import Outcome, evaluate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from luotsi.questionnaires.models import QuestionnaireVersion


class _Key:
    """A version as the key of what was read from it: by its id and hash, not by its content."""

    def __init__(self, version: QuestionnaireVersion) -> None:
        self.key: tuple[UUID, str] = (version.pk, version.sha256)
        self.version = version

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.key == other.key


@lru_cache(maxsize=64)
def _read(key: _Key) -> d.Definition:
    found = d.read(key.version.definition).definition
    if found is None:
        raise ValueError(f"The definition of {key.key} cannot be read.")
    return found


def definition_of(version: QuestionnaireVersion) -> d.Definition:
    """Return the definition of a version, ready to be evaluated and shown."""
    return _read(_Key(version))


@lru_cache(maxsize=64)
def _rules(key: _Key) -> RuleSet | None:
    return read_rules(key.version.rule_set).rule_set if key.version.rule_set is not None else None


def findings_of(
    version: QuestionnaireVersion, answers: Mapping[str, Any], outcome: Outcome, *, language: str = "fi"
) -> tuple[Finding, ...]:
    """Return what the rule set of a version finds in answers; nothing where there is no rule set."""
    rule_set = _rules(_Key(version))
    if rule_set is None:
        return ()
    moment = clock.now().astimezone(clock.HELSINKI).replace(tzinfo=None)
    told = {name: value for name, value in answers.items() if value is not None}
    return findings(
        rule_set, definition_of(version), told, now=moment, language=language, worked_out=outcome.calculated
    )


def outcome_of(
    version: QuestionnaireVersion, answers: Mapping[str, Any], *, language: str = "fi", at: datetime | None = None
) -> Outcome:
    """Return what follows from answers today, or at a moment."""
    moment = (at or clock.now()).astimezone(clock.HELSINKI)
    return evaluate(
        definition_of(version), answers, today=moment.date(), now=moment.replace(tzinfo=None), language=language
    )
