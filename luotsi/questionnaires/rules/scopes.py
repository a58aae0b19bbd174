"""Where expressions look names up when there are plain values and no questionnaire behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from luotsi.questionnaires.rules.expressions import Name
from luotsi.questionnaires.rules.expressions.lookup import ABSENT, found_in


@dataclass(frozen=True)
class PlainScope:
    """Values by name, and the moment that counts as now."""

    data: Mapping[str, Any]
    now: datetime

    def value_of(self, name: Name) -> Any:
        """Return the value of a name, None where there is none."""
        value = found_in(self.data, name)
        return None if value is ABSENT else value

    def display_of(self, name: str, value: Any) -> Any:
        """Return the value itself: without a questionnaire there are no words for it."""
        return self.data.get(name) if value is None else value

    def within(self, item: Mapping[str, Any]) -> PlainScope:
        """Return the scope of one row."""
        return PlainScope(item, self.now)
