"""What this room offers to be counted. No name is in it, and nothing of it leaves row by row."""

from luotsi.base.facts import FactTable
from luotsi.learning.facts.advance import DEMONSTRATIONS, GUIDANCE, PACES, PLANS, WORK
from luotsi.learning.facts.attendance import PRESENCE
from luotsi.learning.facts.outcomes import COHORTS, ENDINGS, SEPTEMBERS, WAYS_ON


def fact_tables() -> tuple[FactTable, ...]:
    """Return the tables of this room."""
    return ENDINGS, SEPTEMBERS, COHORTS, WAYS_ON, PLANS, PACES, DEMONSTRATIONS, WORK, GUIDANCE, PRESENCE
