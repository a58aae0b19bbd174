"""The pre-flight validator of study data: rules by family, each with a code, a severity, an owner and its days."""

from __future__ import annotations

from typing import Any

from luotsi.learning.rules.checks.finding import Finding, Owner, Rule, Severity
from luotsi.learning.rules.checks.hoks import RULES as PLANS
from luotsi.learning.rules.checks.koski import RULES as RIGHTS
from luotsi.learning.rules.checks.together import RULES as TOGETHER
from luotsi.learning.rules.checks.tuva import RULES as TUVA

__all__ = ["PLANS", "RIGHTS", "RULES", "TOGETHER", "TUVA", "Finding", "Owner", "Rule", "Severity"]

_FAMILIES: tuple[tuple[Rule[Any], ...], ...] = (RIGHTS, TUVA, PLANS, TOGETHER)
RULES: dict[str, Rule[Any]] = {rule.code: rule for family in _FAMILIES for rule in family}
