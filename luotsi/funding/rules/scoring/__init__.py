"""Scoring of applications by several people, and the proposal of decisions within a budget."""

from luotsi.funding.rules.scoring.deciding import Deciding, deciding_refusals
from luotsi.funding.rules.scoring.proposing import Asking, Proposal, Proposed, Way, proposal
from luotsi.funding.rules.scoring.scores import (
    Criterion,
    Mark,
    Ranked,
    Scored,
    Scoring,
    Spread,
    mark_refusals,
    ranked,
    scored,
    sight_refusals,
)

__all__ = [
    "Asking",
    "Criterion",
    "Deciding",
    "Mark",
    "Proposal",
    "Proposed",
    "Ranked",
    "Scored",
    "Scoring",
    "Spread",
    "Way",
    "deciding_refusals",
    "mark_refusals",
    "proposal",
    "ranked",
    "scored",
    "sight_refusals",
]
