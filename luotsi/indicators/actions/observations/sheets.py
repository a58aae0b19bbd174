"""Entering the figures of many units at once: all of them, or none and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.base.errors import Reason
from luotsi.indicators.actions.observations.moves import change_draft, submit_many
from luotsi.indicators.actions.observations.telling import ObservationRefused, enter

if TYPE_CHECKING:
    from luotsi.indicators.models import Indicator, Observation
    from luotsi.indicators.queries.telling import ObservationFigures
    from luotsi.people.models import Account, Unit


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """What is told of one unit; `draft` is the draft that it changes, None for a new one."""

    unit: Unit
    figures: ObservationFigures
    draft: Observation | None = None
    split: Mapping[str, str] = field(default_factory=dict)


class SheetRefused(ObservationRefused):
    """Figures of some units that cannot be true; `by_unit` holds the reasons of each by the key of the unit."""

    def __init__(self, by_unit: Mapping[str, Sequence[Reason]]) -> None:
        """Keep the reasons of each unit beside all of them."""
        self.by_unit = by_unit
        super().__init__(*(reason for reasons in by_unit.values() for reason in reasons))


@transaction.atomic
def write_draft(
    *, row: SheetRow, indicator: Indicator, period: str, hand_over: bool, by: Account | None
) -> Observation:
    """Enter a figure as a draft, or write another into one, and hand it over if asked.

    Raises:
        ObservationRefused: it cannot be true, or another stands there; then nothing is saved.
    """
    told = _entered(indicator, period, row, by)
    if hand_over:
        submit_many(observations=[told], by=by)
    return told


@transaction.atomic
def enter_sheet(
    *, indicator: Indicator, period: str, rows: Sequence[SheetRow], hand_over: bool, by: Account | None
) -> int:
    """Enter the figures of many units as drafts and hand them over if asked; return how many.

    Raises:
        SheetRefused: some of them cannot be true; then nothing of the sheet is saved.
    """
    told, refused = [], {}
    for row in rows:
        try:
            told.append(_entered(indicator, period, row, by))
        except ObservationRefused as refusal:
            refused[row.unit.key] = refusal.reasons
    if refused:
        raise SheetRefused(refused)
    if hand_over:
        submit_many(observations=told, by=by)
    return len(told)


def _entered(indicator: Indicator, period: str, row: SheetRow, by: Account | None) -> Observation:
    if row.draft is not None:
        return change_draft(observation=row.draft, figures=row.figures, by=by)
    return enter(indicator=indicator, unit=row.unit, period=period, figures=row.figures, split=row.split, by=by)
