"""Are the sums that a text of a matter tells those of the application, and does it tell those it must?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from luotsi.funding.rules.decision_text.amounts import sums_in
from luotsi.funding.rules.decision_text.page import Page, shown


@dataclass(frozen=True, kw_only=True)
class SumsTold:
    """What a text tells of sums: `lacking` must stand in it and do not, `strange` stand in it and are not known."""

    lacking: tuple[Decimal, ...]
    strange: tuple[Decimal, ...]

    @property
    def agree(self) -> bool:
        """True when nothing is lacking or strange."""
        return not self.lacking and not self.strange


def sums_told(text: str, *, needed: Iterable[Decimal | None], known: Iterable[Decimal | None] = ()) -> SumsTold:
    """Return how the sums of a text stand to those of the records.

    Args:
        text: Finnish or Swedish, with sums as people write them.
        needed: sums that the text must tell; None are left out.
        known: other sums that it may tell.
    """
    must = [one for one in needed if one is not None]
    may = {*must, *(one for one in known if one is not None)}
    told = [one.value for one in sums_in(Page(shown(text)))]
    return SumsTold(
        lacking=tuple(dict.fromkeys(one for one in must if one not in told)),
        strange=tuple(dict.fromkeys(one for one in told if one not in may)),
    )
