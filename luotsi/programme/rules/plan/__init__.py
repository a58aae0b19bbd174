"""The shapes of a plan: every field is a key of the plan file, told in docs/plan-files.md.

A field that holds the code of another item says in its metadata which kinds of items it may name.
"""

from luotsi.programme.rules.plan.items import Coded, Document, Item
from luotsi.programme.rules.plan.measuring import (
    Baseline,
    Derived,
    Finding,
    Indicator,
    Observation,
    Population,
    Target,
    Trigger,
)
from luotsi.programme.rules.plan.money import Appendix, BudgetLine
from luotsi.programme.rules.plan.whole import Plan, coded, measures_of, sections_of, walk
from luotsi.programme.rules.plan.work import (
    Actor,
    BaselineRemark,
    Communication,
    Decision,
    Goal,
    Level,
    Measure,
    Milestone,
    Owner,
    Participant,
    ReportingLine,
    Responsibility,
    Section,
)

__all__ = [
    "Actor",
    "Appendix",
    "Baseline",
    "BaselineRemark",
    "BudgetLine",
    "Coded",
    "Communication",
    "Decision",
    "Derived",
    "Document",
    "Finding",
    "Goal",
    "Indicator",
    "Item",
    "Level",
    "Measure",
    "Milestone",
    "Observation",
    "Owner",
    "Participant",
    "Plan",
    "Population",
    "ReportingLine",
    "Responsibility",
    "Section",
    "Target",
    "Trigger",
    "coded",
    "measures_of",
    "sections_of",
    "walk",
]
