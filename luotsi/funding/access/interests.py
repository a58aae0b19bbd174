"""In which applications somebody has an interest by rule, or declared one: the one place that looks it up."""

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
    from luotsi.funding.rules.because import Because
    from luotsi.people.access import Visitor


def interests_in(visitor: Visitor, applications: Sequence[Application]) -> dict[UUID, tuple[Because, ...]]:
    """Return, by application, why the visitor may not handle, score or decide it; those with nothing against it too.

    At most three queries, however many there are.
    """
    keys, roles = [one.pk for one in applications], [grip.path for grip in reach_of(visitor).grips]
    team, declared = _of_person(visitor, keys)
    responses = [one.response_id for one in applications if one.response_id]
    mine = Submission.objects.filter(response__in=responses, submitted_by=visitor.pk)
    handed_in = set(mine.values_list("response", flat=True)) if responses else set()
    return {
        one.pk: interests(
            roles,
            one.unit.path,
            in_team=one.pk in team,
            has_prepared=visitor.pk is not None and (one.begun_by_id == visitor.pk or one.response_id in handed_in),
            has_declared=one.pk in declared,
        )
        for one in applications
    }


def _of_person(visitor: Visitor, keys: Sequence[UUID]) -> tuple[set[UUID], set[UUID]]:
    """Return of which applications the visitor is or was in the team, and in which they declared an interest."""
    person = person_of(visitor)
    if person is None:
        return set(), set()
    members = ApplicationMember.objects.filter(application__in=keys, person=person)
    declared = Conflict.objects.filter(application__in=keys, scorer__person=person, has_conflict=True)
    return set(members.values_list("application", flat=True)), set(declared.values_list("application", flat=True))


def interested_in(visitor: Visitor, applications: Sequence[Application]) -> set[UUID]:
    """Return the keys of the applications in which the visitor has an interest; at most three queries."""
    return {key for key, reasons in interests_in(visitor, applications).items() if reasons}
