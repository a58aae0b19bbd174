"""Matters before a body or an officer: what is asked, whether it can be asked so, and what came of it."""

from luotsi.funding.rules.board.matter import Intent, Matter, faults_of, gaps_of
from luotsi.funding.rules.board.result import Change, Result, Said, only_notes, result_in, result_of
from luotsi.funding.rules.board.told import SumsTold, sums_told

__all__ = [
    "Change",
    "Intent",
    "Matter",
    "Result",
    "Said",
    "SumsTold",
    "faults_of",
    "gaps_of",
    "only_notes",
    "result_in",
    "result_of",
    "sums_told",
]
