"""Noting that somebody took out what others answered with their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.base import privacy
from luotsi.questionnaires.models import Collection, Sheet

if TYPE_CHECKING:
    from luotsi.people.models import Account


@transaction.atomic
def note_rows_taken(*, collection: Collection, by: Account) -> int:
    """Note of each person that their answers were taken out; return of how many. Other surveys tell of nobody."""
    if collection.mode != Collection.Mode.IDENTIFIED:
        return 0
    persons = set(Sheet.objects.filter(collection=collection, person__isnull=False).values_list("person", flat=True))
    for person in persons - {getattr(getattr(by, "person", None), "pk", None)}:
        privacy.log_view(by=by, person_id=person, what="survey answers")
    return len(persons)
