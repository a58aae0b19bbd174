"""Records of this room."""

from luotsi.funding.models.applications import Application, ApplicationLink, ApplicationMember
from luotsi.funding.models.board import BoardItem
from luotsi.funding.models.calls import Call, Funder
from luotsi.funding.models.changes import ChangeRequest
from luotsi.funding.models.checking import ReportCheck, ReportSample
from luotsi.funding.models.criteria import CallOfficer, Criterion
from luotsi.funding.models.decisions import GrantDecision, Instalment, Obligation, ObligationReminder
from luotsi.funding.models.letters import DecisionBatch, DecisionLetter
from luotsi.funding.models.paying import PaymentRun, Payout, Recovery
from luotsi.funding.models.receiving import CompletionRequest, Proposal, Received, Round
from luotsi.funding.models.reports import GrantReport
from luotsi.funding.models.scoring import Conflict, Score, Scorer
from luotsi.funding.models.shares import Commitment
from luotsi.funding.models.spending import BudgetRow, LedgerEntry, LedgerImport, Payment

__all__ = [
    "Application",
    "ApplicationLink",
    "ApplicationMember",
    "BoardItem",
    "BudgetRow",
    "Call",
    "CallOfficer",
    "ChangeRequest",
    "Commitment",
    "CompletionRequest",
    "Conflict",
    "Criterion",
    "DecisionBatch",
    "DecisionLetter",
    "Funder",
    "GrantDecision",
    "GrantReport",
    "Instalment",
    "LedgerEntry",
    "LedgerImport",
    "Obligation",
    "ObligationReminder",
    "Payment",
    "PaymentRun",
    "Payout",
    "Proposal",
    "Received",
    "Recovery",
    "ReportCheck",
    "ReportSample",
    "Round",
    "Score",
    "Scorer",
]
