"""Own share: how much of a total the applicant pays, what is decided of it, and how a sum can be read."""

from luotsi.funding.rules.shares.commitments import (
    Commitment,
    Committed,
    Deed,
    Exposure,
    Open,
    committed,
    exposure,
)
from luotsi.funding.rules.shares.parting import (
    Base,
    Given,
    Parts,
    Rounding,
    ShareRule,
    from_grant,
    from_own,
    from_total,
    percent_of,
    rounded_down,
    rounded_up,
    what_if,
)
from luotsi.funding.rules.shares.readings import Reading, Said, readings

__all__ = [
    "Base",
    "Commitment",
    "Committed",
    "Deed",
    "Exposure",
    "Given",
    "Open",
    "Parts",
    "Reading",
    "Rounding",
    "Said",
    "ShareRule",
    "committed",
    "exposure",
    "from_grant",
    "from_own",
    "from_total",
    "percent_of",
    "readings",
    "rounded_down",
    "rounded_up",
    "what_if",
]
