"""What waits for those who score: one task for each call that has something left for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.funding import access
from luotsi.funding.queries.scorers import waiting_of
from luotsi.ui.waiting import Task

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

ROOM = "funding"


def tasks_for(visitor: Visitor, scope: Unit) -> Iterator[Task]:
    """Yield a task for each call that the visitor scores and has not scored wholly; one query."""
    for scorer, count in waiting_of(access.scored_by(visitor)):
        title = ngettext("Score %(n)s application: %(call)s", "Score %(n)s applications: %(call)s", count)
        yield Task(
            key=f"funding.scoring.{scorer.pk}",
            title=title % {"n": count, "call": scorer.call.names.text},
            context=scorer.call.funder.names.text,
            url=reverse("funding:list-scoring", args=[scope.key]) + "?state=waits",
            action=_("Show"),
            room=ROOM,
        )
