"""Sets of checks beside a definition: a rule is an expression that is true when something is wrong."""

from luotsi.questionnaires.rules.checks.finding import findings
from luotsi.questionnaires.rules.checks.reading import read_rules
from luotsi.questionnaires.rules.checks.rule import Evidence, Finding, ReadRules, Rule, RuleSet, Scope, Severity

__all__ = [
    "Evidence",
    "Finding",
    "ReadRules",
    "Rule",
    "RuleSet",
    "Scope",
    "Severity",
    "findings",
    "read_rules",
]
