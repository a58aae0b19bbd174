"""Whose figures of data quality are hidden from those who see no persons: of few learners, or beside such a unit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Count

from luotsi.learning.models import StudyRight
from luotsi.learning.rules.quality import hidden_of

if TYPE_CHECKING:
    from luotsi.people.models import Unit

STEP = 33  # what each level adds to a path: 32 hex digits and a slash


def is_hidden(scope: Unit) -> bool:
    """Return True when the table of some unit above hides the unit, or the one it belongs to; one query.

    Otherwise its own page would tell what is hidden there, and with it of the few beside it.
    """
    top = scope.path[:STEP]
    known = StudyRight.objects.known().filter(learner__unit__path__startswith=top).order_by()
    told = dict(known.values_list("learner__unit__path").annotate(Count("learner", distinct=True)))
    for end in range(0, len(scope.path), STEP):
        above, mine = scope.path[:end], scope.path[: end + STEP]
        beside: Counter[str] = Counter()
        for path, count in told.items():
            if path.startswith(above):
                beside[path[: end + STEP]] += count
        if mine in hidden_of(beside):
            return True
    return False
