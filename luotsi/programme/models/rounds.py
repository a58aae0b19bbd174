"""Self-evaluation rounds: the questionnaire that units answer about the measures of a plan."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.base.names import Names
from luotsi.programme.models.programmes import Programme
from luotsi.questionnaires.models import Collection


class Round(models.Model):
    """A round of a programme in a school year; names, answers and the day it closes are those of its collection.

    `measures` are the codes that are graded, as the plan had them when the round was opened.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rounds")
    collection = models.OneToOneField(Collection, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    school_year = models.CharField(_("school year"), max_length=12)
    measures = models.JSONField(_("measures"), default=list)

    class Meta:
        verbose_name = _("self-evaluation round")
        ordering = ["programme", "-number"]
        constraints = [
            models.UniqueConstraint(name="round_number_is_unique", fields=["programme", "number"]),
            models.CheckConstraint(name="round_begins_at_one", condition=models.Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return self.names.text

    @property
    def names(self) -> Names:
        """The name in the languages it has."""
        return self.collection.names

    @property
    def audit_label(self) -> str:
        """What the log of changes calls it."""
        return f"{self.programme}, {self.number}"
