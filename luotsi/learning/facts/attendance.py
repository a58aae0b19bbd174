"""Table of presence: hours of teaching and hours away, as files of the student administration tell them by week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from luotsi.base.declarations import marked as _
from luotsi.base.facts import ColumnKind, FactColumn, FactTable
from luotsi.learning import access
from luotsi.learning.access.studies import WRITTEN_BY, YEAR, Right, rights_by_learner
from luotsi.learning.facts.outcomes import PERSON, UNIT
from luotsi.learning.models import Absence

NONE = Decimal(0)
FIELDS = ("pk", "learner_id", "week", "hours", "lessons")


def presence_rows() -> Iterator[tuple[object, ...]]:
    """Yield each week of a learner of whom hours of teaching were told, for a year from its Monday; two queries.

    A week counts as it was told last, at the school of the right that ran on its Monday or began in it. Hours away
    are never more than the hours of teaching.
    """
    rights: defaultdict[UUID, list[Right]] = defaultdict(list)
    for held in rights_by_learner():
        rights[held[0].learner] = held
    told = Absence.objects.order_by("learner_id", "week", "known_from", "pk").values_list(*FIELDS)
    for (learner, week), versions in groupby(told.iterator(5000), key=lambda row: row[1:3]):
        pk, *_names, hours, lessons = list(versions)[-1]
        right = _running(rights.get(learner, ()), week)
        if right is not None and lessons:
            there = max(lessons - hours, NONE)
            yield pk, learner, right.unit, week, week + YEAR, right.kind, lessons, there


def _running(rights: list[Right] | tuple[()], week: date) -> Right | None:
    """Return the right that ran in a week, the later one of two."""
    found = None
    for one in rights:
        if (one.first - week).days < 7 and (one.last is None or one.last >= week):
            found = one
    return found


PRESENCE = FactTable(
    key="study_presence",
    title=_("Presence by week"),
    about=_("One row for each week of a learner of whom hours of teaching were told, for a year from its Monday."),
    columns=(
        FactColumn("record", ColumnKind.RECORD, _("Key of the week.")),
        PERSON,
        UNIT,
        FactColumn("valid_from", ColumnKind.FROM, _("Monday of the week.")),
        FactColumn("valid_to", ColumnKind.TO, _("A year later.")),
        FactColumn("kind", ColumnKind.DIMENSION, _("Vocational or preparatory education.")),
        FactColumn("lessons", ColumnKind.NUMBER, _("Hours of teaching.")),
        FactColumn("present", ColumnKind.NUMBER, _("Those of them for which the learner was there.")),
    ),
    rows=presence_rows,
    written_by=WRITTEN_BY,
    policy="learners",
    persons_seen=access.pages_of_followed,
)
