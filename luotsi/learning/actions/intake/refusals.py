"""Why study data were not taken in: each fault with its file, its document and its place in that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from luotsi.base.errors import Reason, Refused
from luotsi.learning.engine.documents import Place

MOST_KEPT = 500
SECRET = ("/hetu", "/henkilötunnus")


class IntakeRefused(Refused):
    """Study data of which nothing was taken in; `faults` tell why, as they are kept with the import."""

    def __init__(
        self, *told: str, faults: list[dict[str, Any]] | None = None, count: int = 0, reasons: Sequence[Reason] = ()
    ) -> None:
        """Keep the first faults, and how many there are, beside the reasons."""
        self.faults, self.count = faults or [], count
        nothing = () if told or reasons else (_("Nothing was taken in. The import tells every fault with its place."),)
        super().__init__(*told, *reasons, *nothing)


@dataclass
class Faults:
    """What is wrong (nothing is taken in) and what is left out (the rest is); the first are kept, all are counted.

    `kept` and `left_out` are rows {file, line, at, code, found}.
    """

    kept: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[dict[str, Any]] = field(default_factory=list)
    by_code: Counter[str] = field(default_factory=Counter)
    by_reason: Counter[str] = field(default_factory=Counter)

    def tell(self, place: Place, code: str, found: object = "") -> None:
        """Tell a fault."""
        self.by_code[code] += 1
        if len(self.kept) < MOST_KEPT:
            self.kept.append(_row(place, code, found))

    def leave_out(self, place: Place, code: str, found: object = "") -> None:
        """Tell what is left out without harm to the rest."""
        self.by_reason[code] += 1
        if len(self.left_out) < MOST_KEPT:
            self.left_out.append(_row(place, code, found))

    def add(self, other: Faults) -> None:
        """Tell what was told elsewhere, after what was told here."""
        self.kept += other.kept[: MOST_KEPT - len(self.kept)]
        self.left_out += other.left_out[: MOST_KEPT - len(self.left_out)]
        self.by_code += other.by_code
        self.by_reason += other.by_reason

    def refuse_any(self) -> None:
        """Raise IntakeRefused when there is any fault."""
        if self.by_code:
            raise IntakeRefused(faults=self.kept, count=self.by_code.total())


def below(place: Place, at: str) -> Place:
    """Return a place further down in a document."""
    return Place(place.file, place.line, f"{place.at}{at}")


def _row(place: Place, code: str, found: object) -> dict[str, Any]:
    told = "" if place.at.endswith(SECRET) else str(found)[:120]
    return {"file": place.file[-200:], "line": place.line, "at": place.at[:300], "code": code, "found": told}
