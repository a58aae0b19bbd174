"""What is wrong with a plan: every check by the noun it is about; adding one is adding a function to its file."""

from luotsi.programme.rules.checks import (
    indicators,
    money,
    observations,
    promises,
    references,
    times,
    translations,
)
from luotsi.programme.rules.checks.fault import Fault, Severity
from luotsi.programme.rules.plan import Plan

NOUNS = (references, times, observations, indicators, money, promises, translations)
CHECKS = tuple(check for noun in NOUNS for check in noun.CHECKS)

__all__ = ["CHECKS", "Fault", "Severity", "faults"]


def faults(plan: Plan) -> tuple[Fault, ...]:
    """Return all that is wrong with a plan: errors first, then check by check, each in the order of the file."""
    order = list(Severity)
    found = [fault for check in CHECKS for fault in sorted(check(plan), key=lambda fault: fault.place.line)]
    return tuple(sorted(found, key=lambda fault: order.index(fault.severity)))
