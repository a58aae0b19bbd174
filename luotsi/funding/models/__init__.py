"""Records of this room."""

from luotsi.funding.models.applications import Application, ApplicationLink, ApplicationMember
from luotsi.funding.models.board import BoardItem
from luotsi.funding.models.calls import Call, Funder
from luotsi.funding.models.decisions import GrantDecision, Instalment, Obligation, ObligationReminder
from luotsi.funding.models.shares import Commitment

__all__ = [
    "Application",
    "ApplicationLink",
    "ApplicationMember",
    "BoardItem",
    "Call",
    "Commitment",
    "Funder",
    "GrantDecision",
    "Instalment",
    "Obligation",
    "ObligationReminder",
]
