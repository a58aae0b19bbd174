"""Preparatory studies of a learner by who may see and plan them: the counsellor plans, the learner proposes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.learning.access.learners import guides, learner_for
from luotsi.learning.models import Learner, StudyRight, TuvaPlan
from luotsi.people.access import person_of

if TYPE_CHECKING:
    from luotsi.people.access import Visitor


@dataclass(frozen=True)
class Preparing:
    """A learner with the right to preparatory studies (None = there is none), and what the visitor may do."""

    learner: Learner
    right: StudyRight | None
    plans: bool
    is_oneself: bool

    @property
    def may_write(self) -> bool:
        """True for who plans and for who proposes, while the studies go on."""
        goes_on = self.right is not None and (self.right.ends_on is None or self.right.ends_on > clock.today())
        return goes_on and (self.plans or self.is_oneself)


def tuva_right_of(learner: Learner) -> StudyRight | None:
    """Return the latest right to preparatory studies that is known now."""
    known = StudyRight.objects.known().filter(learner=learner, kind=StudyRight.Kind.TUVA)
    return known.select_related("unit", "learner").latest_first().first()


def preparing_for(visitor: Visitor, pk: UUID) -> Preparing:
    """Return a learner's preparatory studies; they are visible to whom the learner's progress is.

    Raises:
        Http404: there is no such learner, or the visitor may not know of them.
    """
    learner = learner_for(visitor, pk)
    person = person_of(visitor)
    return Preparing(
        learner=learner,
        right=tuva_right_of(learner),
        plans=guides(visitor, learner),
        is_oneself=person is not None and learner.person_id == person.pk,
    )


def planning_for(visitor: Visitor, pk: UUID) -> Preparing:
    """Return a learner's preparatory studies for changing the plan of them.

    Raises:
        Http404: there is no such learner, or the visitor may not know of them.
        PermissionDenied: somebody else guides the learner, and the visitor is not the learner.
    """
    held = preparing_for(visitor, pk)
    if not (held.plans or held.is_oneself):
        raise PermissionDenied(_("Only who guides this learner, and the learner, may change the plan."))
    return held


def answering_for(visitor: Visitor, pk: UUID) -> Preparing:
    """Return a learner's preparatory studies for answering what the learner proposes.

    Raises:
        Http404: there is no such learner, or the visitor may not know of them.
        PermissionDenied: somebody else guides the learner.
    """
    held = preparing_for(visitor, pk)
    if not held.plans:
        raise PermissionDenied(_("Only who guides this learner may answer."))
    return held


def tuva_version_for(held: Preparing, version: int) -> TuvaPlan:
    """Return a version of the plan. Raises Http404 when there is none."""
    oid = held.right.oid if held.right else ""
    found = TuvaPlan.objects.filter(learner=held.learner, right_oid=oid, version=version).first()
    if found is None:
        raise Http404(_("There is no such version of the plan."))
    return found
