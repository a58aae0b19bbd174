"""Own share: how much of a total the applicant pays, what is decided of it, and how a sum can be read."""

from luotsi.funding.rules.shares.commitments import Commitment, Committed, Deed, Exposure, Open, committed, exposure
from luotsi.funding.rules.shares.need import Need, Origin, Sums, need
from luotsi.funding.rules.shares.parting import (
    HUNDRED,
    Base,
    Given,
    Parts,
    Rounding,
    ShareRule,
    from_grant,
    from_own,
    from_total,
    parted,
    percent_of,
    rounded_down,
    rounded_up,
    share_of,
    what_if,
)
from luotsi.funding.rules.shares.readings import Reading, Said, readings

__all__ = [
    "HUNDRED",
    "Base",
    "Commitment",
    "Committed",
    "Deed",
    "Exposure",
    "Given",
    "Need",
    "Open",
    "Origin",
    "Parts",
    "Reading",
    "Rounding",
    "Said",
    "ShareRule",
    "Sums",
    "committed",
    "exposure",
    "from_grant",
    "from_own",
    "from_total",
    "need",
    "parted",
    "percent_of",
    "readings",
    "rounded_down",
    "rounded_up",
    "share_of",
    "what_if",
]
