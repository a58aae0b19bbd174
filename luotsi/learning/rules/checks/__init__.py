"""The pre-flight validator of study data: rules by family, each with a code, a severity, an owner and its days."""

from __future__ import annotations

from luotsi.learning.rules.checks.finding import Finding, Owner, Rule, Severity
from luotsi.learning.rules.checks.hoks import RULES as PLANS
from luotsi.learning.rules.checks.koski import RULES as RIGHTS
from luotsi.learning.rules.checks.together import RULES as TOGETHER
from luotsi.learning.rules.checks.tuva import RULES as TUVA

__all__ = ["PLANS", "RIGHTS", "TOGETHER", "TUVA", "Finding", "Owner", "Rule", "Severity"]
