"""Who may be named to score an own call, and how much is left for those who are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from luotsi.base import clock
from luotsi.funding.models import Application
from luotsi.people.models import Person, RoleAssignment
from luotsi.people.rules import STAFF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from luotsi.funding.models import Call, Scorer

MOST = 20


def scorers_to_add(call: Call, text: str) -> list[tuple[str, str]]:
    """Return the persons that hold the words and do not score the call yet, as choices; two queries.

    Without words nobody is listed: an officer finds whom they know of, and reads no list of staff.
    """
    if len(text) < 2:
        return []
    owner = call.owner
    near = Q(unit__in=[*owner.ancestor_ids, owner.pk]) | Q(unit__path__startswith=owner.path)
    roles = RoleAssignment.objects.in_force(clock.today()).filter(near, role__in=STAFF)
    found = Person.objects.filter(pk__in=roles.values("person"), account__is_active=True).named_like(text)
    there = call.scorers.values("person")
    return [(str(one.pk), one.full_name) for one in found.exclude(pk__in=there).distinct()[:MOST]]


def waiting_of(scorers: QuerySet[Scorer]) -> Iterator[tuple[Scorer, int]]:
    """Yield the scorers that have something left to score while it is open, and how many applications; one query."""
    waits = Application.State.SUBMITTED
    received = Application.objects.filter(call=OuterRef("call"), state=waits, received__isnull=False)
    counted = received.order_by().values("call").annotate(count=Count("pk")).values("count")
    done = Q(conflicts__has_conflict=True) | Q(conflicts__handed_in_at__isnull=False)
    found = scorers.filter(call__round__scoring_closed_at=None).annotate(
        whole=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        done=Count("conflicts", filter=done & Q(conflicts__application__state=waits)),
    )
    for scorer in found:
        if (left := scorer.whole - scorer.done) > 0:
            yield scorer, left
