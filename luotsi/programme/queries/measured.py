"""The present value of an indicator at the owner of a programme: what findings are measured by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.indicators.queries.figures import figures_of
from luotsi.programme.queries.overview import indicators_of

if TYPE_CHECKING:
    from decimal import Decimal

    from luotsi.indicators.models import Indicator
    from luotsi.programme.models import Programme


def value_now(programme: Programme, indicator: Indicator | None) -> Decimal | None:
    """Return the latest figure that may be shown; None without an indicator or a figure."""
    if indicator is None:
        return None
    cell = figures_of([indicator], programme.owner).latest(indicator, programme.owner)
    return cell.value if cell else None


def linked_indicators(programme: Programme) -> dict[str, Indicator]:
    """Return the indicators of the programme by their keys."""
    return {indicator.key: indicator for indicator in indicators_of(programme)}
