"""Records of the room: programmes and the versions of their plan, milestones, findings, money, the annual clock."""

from luotsi.programme.models.clock import ClockEvent, ClockReminder
from luotsi.programme.models.findings import Finding
from luotsi.programme.models.milestones import MilestoneState
from luotsi.programme.models.money import BudgetLine, Decision
from luotsi.programme.models.programmes import IndicatorLink, Participation, PlanVersion, Programme

__all__ = [
    "BudgetLine",
    "ClockEvent",
    "ClockReminder",
    "Decision",
    "Finding",
    "IndicatorLink",
    "MilestoneState",
    "Participation",
    "PlanVersion",
    "Programme",
]
