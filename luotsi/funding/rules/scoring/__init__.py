"""Scoring of applications by several people, and the proposal of decisions within a budget."""

from luotsi.funding.rules.scoring.deciding import Deciding, batch_refusals, deciding_refusals, is_for_another
from luotsi.funding.rules.scoring.fixing import Fixing, fixing_refusals, writing_refusals
from luotsi.funding.rules.scoring.proposing import Asking, Proposal, Proposed, Way, proposal
from luotsi.funding.rules.scoring.scores import (
    Criterion,
    Mark,
    Ranked,
    Scored,
    Scoring,
    Spread,
    mark_refusals,
    points_refusals,
    ranked,
    scored,
    sight_refusals,
)

__all__ = [
    "Asking",
    "Criterion",
    "Deciding",
    "Fixing",
    "Mark",
    "Proposal",
    "Proposed",
    "Ranked",
    "Scored",
    "Scoring",
    "Spread",
    "Way",
    "batch_refusals",
    "deciding_refusals",
    "fixing_refusals",
    "is_for_another",
    "mark_refusals",
    "points_refusals",
    "proposal",
    "ranked",
    "scored",
    "sight_refusals",
    "writing_refusals",
]
