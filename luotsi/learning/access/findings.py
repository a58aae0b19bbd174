"""Findings of the validator by who keeps the register of studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.learning.access.learners import learners_visible_to
from luotsi.learning.models import QualityFinding
from luotsi.learning.rules.rights import Right

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


def findings_visible_to(visitor: Visitor, scope: Unit) -> QuerySet[QualityFinding]:
    """Return the findings of the learners whose register the visitor keeps, at the unit and below it."""
    seen = learners_visible_to(visitor, scope, Right.STEWARD)
    return QualityFinding.objects.filter(learner__in=seen.order_by().values("pk"))
