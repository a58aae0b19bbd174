"""Records of the room: programmes, their plans, milestones, findings, money, the annual clock, rounds."""

from luotsi.programme.models.clock import ClockEvent, ClockReminder
from luotsi.programme.models.findings import Finding
from luotsi.programme.models.milestones import MilestoneState
from luotsi.programme.models.money import BudgetLine, Decision
from luotsi.programme.models.networks import (
    Adoption,
    Network,
    NetworkMember,
    NetworkMemberQuerySet,
    NetworkReview,
)
from luotsi.programme.models.programmes import IndicatorLink, Participation, PlanVersion, Programme
from luotsi.programme.models.rounds import Round

__all__ = [
    "Adoption",
    "BudgetLine",
    "ClockEvent",
    "ClockReminder",
    "Decision",
    "Finding",
    "IndicatorLink",
    "MilestoneState",
    "Network",
    "NetworkMember",
    "NetworkMemberQuerySet",
    "NetworkReview",
    "Participation",
    "PlanVersion",
    "Programme",
    "Round",
]
