"""Whose turn it is: the order of a counsellor's week as it was drawn, some places beyond the meetings with it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.learning.models.guidance import Caseload
from luotsi.learning.models.learners import Learner
from luotsi.learning.models.scoring import Score


class Turn(models.Model):
    """A learner's place in a counsellor's week, by the score it was drawn from; kept for the study of effects.

    `is_listed` is True within the meetings that the counsellor had for the week; those beyond are shown to nobody.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    caseload = models.ForeignKey(Caseload, models.CASCADE, related_name="turns")
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="turns")
    score = models.ForeignKey(Score, models.CASCADE, related_name="+")
    week = models.DateField(_("week"))
    rank = models.PositiveSmallIntegerField(_("place"))
    slots = models.PositiveSmallIntegerField(_("meetings in a week"))
    is_listed = models.BooleanField(_("within the meetings"))

    class Meta:
        verbose_name = _("place in a week")
        ordering = ["week", "caseload", "rank"]
        constraints = [
            models.UniqueConstraint(name="turn_is_there_once", fields=["caseload", "week", "learner"]),
            models.UniqueConstraint(name="turn_rank_is_there_once", fields=["caseload", "week", "rank"]),
        ]

    def __str__(self) -> str:
        return f"{self.week} {self.rank}"
