"""Reports on a grant: differences that need words, the check in two steps, the checklist, and the sample."""

from luotsi.funding.rules.reports.checks import (
    Check,
    Checking,
    Point,
    Spent,
    Step,
    Verdict,
    check_refusals,
    checking,
    checklist,
    needs_money_check,
)
from luotsi.funding.rules.reports.differences import (
    Difference,
    Line,
    PlanLine,
    differences,
    lateness,
    sending_refusals,
)
from luotsi.funding.rules.reports.samples import How, Known, Sample, Sampled, risks_of, sample

__all__ = [
    "Check",
    "Checking",
    "Difference",
    "How",
    "Known",
    "Line",
    "PlanLine",
    "Point",
    "Sample",
    "Sampled",
    "Spent",
    "Step",
    "Verdict",
    "check_refusals",
    "checking",
    "checklist",
    "differences",
    "lateness",
    "needs_money_check",
    "risks_of",
    "sample",
    "sending_refusals",
]
