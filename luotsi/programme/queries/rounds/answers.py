"""Who is asked in a round, and what each unit handed in last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from luotsi.people.models import Unit
from luotsi.programme.rules.rounds import Answer, answers_in
from luotsi.questionnaires.models import Submission

if TYPE_CHECKING:
    from luotsi.programme.models import Round

HEAVY = ("response__answers", "response__pending", "response__tokens")


@dataclass(frozen=True)
class Answered:
    """What a unit handed in: its grades and words by measure, and the submission that holds them."""

    unit: Unit
    answers: dict[str, Answer]
    response_id: UUID
    number: int
    submitted_at: datetime


def asked_units(found: Round, on: date) -> list[Unit]:
    """Return the units that the round asks: those of its kind at or below the owner of the programme, by name."""
    under = Unit.objects.filter(path__startswith=found.programme.owner.path, kind=found.collection.unit_kind)
    return list(under.in_force(on).order_by("name_fi", "key"))


def answered(found: Round, at: datetime | None = None) -> list[Answered]:
    """Return what was handed in last by each unit, by name; `at` asks for what had been handed in at a moment."""
    rows = Submission.objects.filter(response__collection=found.collection_id, response__unit__isnull=False)
    if at is not None:
        rows = rows.filter(submitted_at__lte=at)
    last: dict[UUID, Submission] = {}
    for row in rows.select_related("response__unit").defer(*HEAVY).order_by("response__unit__name_fi", "number"):
        last[row.response_id] = row
    return [
        Answered(
            unit=row.response.unit,
            answers=answers_in(row.content["answers"], found.measures),
            response_id=row.response_id,
            number=row.number,
            submitted_at=row.submitted_at,
        )
        for row in last.values()
        if row.response.unit is not None
    ]
