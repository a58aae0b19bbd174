"""How an action says no: reasons in words fit for the user, all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Reason:
    """One reason to refuse: a full sentence (perhaps lazy) and the form field it is about, if any."""

    message: str | _StrPromise
    field: str = ""

    def __str__(self) -> str:
        return str(self.message)


class Refused(Exception):
    """An action that was not done; every room subclasses it."""

    reasons: tuple[Reason, ...]

    def __init__(self, *reasons: Reason | str | _StrPromise) -> None:
        """Keep the reasons; a bare sentence becomes a reason without a field."""
        self.reasons = tuple(reason if isinstance(reason, Reason) else Reason(reason) for reason in reasons)
        super().__init__(*self.reasons)

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)
