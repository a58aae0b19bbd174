"""What a person decided of an entry goes before what the rules find: refused in whole, or eligible in whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from luotsi.funding.rules.because import because
from luotsi.funding.rules.spending.eligibility import Judged, Verdict
from luotsi.funding.rules.spending.entries import EURO, NOTHING


class Ruling(StrEnum):
    """What somebody decided of an entry."""

    REFUSED = "refused"
    ACCEPTED = "accepted"


@dataclass(frozen=True, kw_only=True)
class Ruled:
    """A decision about one entry, and why."""

    ruling: Ruling
    words: str


def ruled(found: Judged, rulings: Mapping[int, Ruled]) -> Judged:
    """Return the verdicts with those of people in their place.

    Reasons: `refused_by_person` (words), of nothing; `accepted_by_person` (words), of the whole entry. An entry in
    another currency stays in no sum, whatever is decided of it.

    Args:
        found: what the rules say.
        rulings: by the rows of the entries.
    """
    if not rulings:
        return found
    verdicts = tuple(
        _ruled(one, rulings[one.entry.row]) if one.entry.row in rulings and one.entry.currency == EURO else one
        for one in found.verdicts
    )
    sums, total = dict[str, Decimal](), NOTHING
    for one in verdicts:
        if one.entry.currency != EURO:
            continue
        total += one.eligible
        if one.reasons and (left := one.entry.amount - one.eligible):
            code = one.reasons[0].code
            sums[code] = sums.get(code, NOTHING) + left
    return Judged(verdicts=verdicts, eligible=total, refused=sums, unconverted=found.unconverted)


def _ruled(one: Verdict, ruling: Ruled) -> Verdict:
    if ruling.ruling == Ruling.REFUSED:
        return Verdict(entry=one.entry, eligible=NOTHING, reasons=(because("refused_by_person", words=ruling.words),))
    reason = because("accepted_by_person", words=ruling.words)
    return Verdict(entry=one.entry, eligible=one.entry.amount, reasons=(reason,))
