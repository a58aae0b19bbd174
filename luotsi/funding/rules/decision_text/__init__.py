"""Reading a decision text: each value with its place, its certainty and what else it may be."""

from luotsi.funding.rules.decision_text.found import Certainty, Found
from luotsi.funding.rules.decision_text.item import Item, Shape
from luotsi.funding.rules.decision_text.marks import RegisterNumber
from luotsi.funding.rules.decision_text.outcomes import Outcome
from luotsi.funding.rules.decision_text.page import MOST
from luotsi.funding.rules.decision_text.reading import Reading, read
from luotsi.funding.rules.decision_text.times import InstalmentRead

__all__ = [
    "MOST",
    "Certainty",
    "Found",
    "InstalmentRead",
    "Item",
    "Outcome",
    "Reading",
    "RegisterNumber",
    "Shape",
    "read",
]
