"""Reads and evaluates in one step, as the tests of rules want it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from luotsi.questionnaires.rules.definition import Definition, read
from luotsi.questionnaires.rules.evaluation import Outcome, evaluate

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 12, 0)  # noqa: DTZ001 - moments of the rules have no zone


def defined(*elements: Mapping[str, Any], **more: Any) -> Definition:
    """Return the questionnaire of some elements; it must be one without errors."""
    found = read({"elements": list(elements), **more})
    assert found.ok, found.faults
    assert found.definition is not None
    return found.definition


def asked(answers: object, *elements: Mapping[str, Any], **more: Any) -> Outcome:
    """Return what follows from answers to a questionnaire of some elements."""
    return evaluate(defined(*elements, **more), answers, today=TODAY, now=NOW)


def codes(found: Outcome) -> dict[str, str]:
    """Return the code of the first error of each name."""
    listed: dict[str, str] = {}
    for error in found.errors:
        listed.setdefault(error.name, error.code)
    return listed


def plain(value: Any) -> Any:
    """Return JSON as Python's own reader has it, floats and all."""
    return json.loads(json.dumps(value))
