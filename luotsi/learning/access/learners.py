"""Learners by who may see them: themselves, who guides or teaches their group, who keeps the register of studies."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.learning.models import Caseload, Learner
from luotsi.learning.rules.rights import ONLY_AT_THE_GROUP, Right, gives, may
from luotsi.people.access import person_of, reach_of

if TYPE_CHECKING:
    from luotsi.learning.models.learners import LearnerQuerySet
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


def may_do(visitor: Visitor, right: Right, unit: Unit) -> bool:
    """Return True when some role gives the right at the unit."""
    return may(reach_of(visitor), right, unit.path, unit.kind)


def require(visitor: Visitor, unit: Unit, right: Right) -> Unit:
    """Return a unit that was fetched already; raises PermissionDenied unless the visitor has the right there."""
    if not may_do(visitor, right, unit):
        raise PermissionDenied(_("Your role shows this unit but does not let you do this here."))
    return unit


def learner_of(visitor: Visitor) -> Learner | None:
    """Return who the visitor is as a learner; None for everybody else."""
    person = person_of(visitor)
    return Learner.objects.select_related("unit", "provider").filter(person=person).first() if person else None


def learners_visible_to(visitor: Visitor, scope: Unit, right: Right = Right.FOLLOW) -> LearnerQuerySet:
    """Return the learners of the unit and below it over whom the visitor's roles give the right."""
    grips = [grip for grip in reach_of(visitor).grips if gives(grip, right)]
    nearest = ONLY_AT_THE_GROUP.get(right, frozenset())
    return Learner.objects.in_unit(scope).held_by(grips, frozenset(nearest)).select_related("unit")


def learner_for(visitor: Visitor, pk: UUID, to: Right = Right.FOLLOW) -> Learner:
    """Return a learner; one is always visible to oneself.

    Raises:
        Http404: there is none, or the visitor may not know of them.
        PermissionDenied: the visitor may see the learner but not do this.
    """
    found = Learner.objects.select_related("unit", "provider", "person").filter(pk=pk).first()
    reach, person = reach_of(visitor), person_of(visitor)
    is_oneself = found is not None and person is not None and found.person_id == person.pk
    if found is None or not (is_oneself or may(reach, Right.FOLLOW, found.unit.path, found.unit.kind)):
        raise Http404(_("There is no such learner, or you have no role that shows them."))
    if not (may(reach, to, found.unit.path, found.unit.kind) or (is_oneself and to is Right.FOLLOW)):
        raise PermissionDenied(_("Your role shows this learner but does not let you do this."))
    return found


def learners_guided_by(visitor: Visitor, scope: Unit) -> LearnerQuerySet:
    """Return the learners of the unit and below it whose counsellor the visitor is today: those with scores to see.

    A caseload counts only where the role of a counsellor reaches it still.
    """
    person, reach = person_of(visitor), reach_of(visitor)
    if person is None or not any(gives(grip, Right.GUIDE) for grip in reach.grips):
        return Learner.objects.none()
    mine = Caseload.objects.on(clock.today()).filter(counsellor=person).values_list("unit__path", "unit__kind")
    covered = Q(pk__in=[])
    for path, kind in mine:
        if may(reach, Right.GUIDE, path, kind):
            covered |= Q(unit__path__startswith=path)
    return Learner.objects.in_unit(scope).filter(covered).select_related("unit")


def guides(visitor: Visitor, learner: Learner) -> bool:
    """Return True when the visitor is the counsellor of the learner today."""
    return learners_guided_by(visitor, learner.unit).filter(pk=learner.pk).exists()


def guided_learner_for(visitor: Visitor, pk: UUID) -> Learner:
    """Return a learner whose counsellor the visitor is today.

    Raises:
        Http404: there is none, or the visitor may not know of them.
        PermissionDenied: the visitor may see the learner, but somebody else guides them.
    """
    found = learner_for(visitor, pk)
    if not guides(visitor, found):
        raise PermissionDenied(_("Only who guides this learner may see or do this."))
    return found
