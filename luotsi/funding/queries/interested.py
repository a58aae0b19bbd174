"""In which of many applications somebody has an interest by rule, or declared one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.funding.models import ApplicationMember, Conflict
from luotsi.funding.rules.interests import interests
from luotsi.people.access import person_of, reach_of
from luotsi.questionnaires.models import Submission

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from luotsi.funding.models import Application
    from luotsi.people.access import Visitor


def interested_in(visitor: Visitor, applications: Sequence[Application]) -> set[UUID]:
    """Return the keys of the applications in which the visitor has an interest; three queries."""
    person, keys = person_of(visitor), [one.pk for one in applications]
    roles = [grip.path for grip in reach_of(visitor).grips]
    team = set(
        ApplicationMember.objects.filter(application__in=keys, person=person).values_list("application", flat=True)
    )
    declared = Conflict.objects.filter(application__in=keys, scorer__person=person, has_conflict=True)
    told = set(declared.values_list("application", flat=True))
    responses = [one.response_id for one in applications if one.response_id]
    mine = Submission.objects.filter(response__in=responses, submitted_by=visitor.pk)
    prepared = set(mine.values_list("response", flat=True))
    return {
        one.pk
        for one in applications
        if interests(
            roles,
            one.unit.path,
            in_team=one.pk in team,
            has_prepared=one.begun_by_id == visitor.pk or one.response_id in prepared,
            has_declared=one.pk in told,
        )
    }
