"""Caseloads, needs, what learners say and whose score may be seen: by who guides, teaches, or is the learner."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.learning.access.learners import learner_of, learners_visible_to, may_do
from luotsi.learning.models import Caseload, Learner, Need, Saying
from luotsi.learning.rules.rights import Right
from luotsi.people.access import person_of
from luotsi.people.models import Person, RoleAssignment
from luotsi.people.rules import Kind, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.learning.models.learners import LearnerQuerySet
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


def caseloads_of(visitor: Visitor, scope: Unit) -> list[Caseload]:
    """Return the caseloads of the visitor in force today: those at the unit, below it, and around it."""
    person = person_of(visitor)
    if person is None:
        return []
    mine = Caseload.objects.on(clock.today()).filter(counsellor=person).select_related("unit")
    return [
        one
        for one in mine.order_by("unit__path")
        if (one.unit.path.startswith(scope.path) or scope.path.startswith(one.unit.path))
        and may_do(visitor, Right.GUIDE, one.unit)
    ]


def caseload_for(visitor: Visitor, pk: UUID) -> Caseload:
    """Return a caseload of the visitor's own, also one that has ended. Raises Http404 for everybody else."""
    person = person_of(visitor)
    found = Caseload.objects.filter(pk=pk, counsellor=person).select_related("unit").first()
    if person is None or found is None or not may_do(visitor, Right.GUIDE, found.unit):
        raise Http404(_("There is no such caseload, or it is not yours."))
    return found


def group_taught_by(visitor: Visitor, scope: Unit) -> LearnerQuerySet:
    """Return the learners of the very group that the visitor teaches. Raises PermissionDenied anywhere else."""
    if scope.kind != Kind.GROUP or not may_do(visitor, Right.JUDGE, scope):
        raise PermissionDenied(_("This page is for those who teach the very group."))
    return learners_visible_to(visitor, scope, Right.JUDGE)


def own_learner(visitor: Visitor) -> Learner:
    """Return who the visitor is as a learner. Raises PermissionDenied for everybody else."""
    found = learner_of(visitor)
    if found is None:
        raise PermissionDenied(_("This page is for those who study here."))
    return found


def need_for(learner: Learner, pk: UUID) -> Need:
    """Return a need of a learner who was fetched for guiding. Raises Http404 when it is somebody else's."""
    found = Need.objects.filter(learner=learner, pk=pk).select_related("owner", "learner").first()
    if found is None:
        raise Http404(_("There is no such need."))
    return found


def saying_for(learner: Learner, pk: UUID) -> Saying:
    """Return what a learner who was fetched for guiding has said. Raises Http404 when it is somebody else's."""
    found = Saying.objects.filter(learner=learner, pk=pk).select_related("learner").first()
    if found is None:
        raise Http404(_("There is nothing like that."))
    return found


def counsellors_of(learner: Learner) -> QuerySet[Person]:
    """Return who can be in charge of a need of the learner: the counsellors whose role reaches them today."""
    steps = learner.unit.path.rstrip("/").split("/")
    above = ["/".join(steps[: n + 1]) + "/" for n in range(len(steps))]
    roles = RoleAssignment.objects.in_force(clock.today()).filter(role=Role.COUNSELLOR, unit__path__in=above)
    return Person.objects.filter(pk__in=roles.values("person")).order_by("family_name", "given_name")
