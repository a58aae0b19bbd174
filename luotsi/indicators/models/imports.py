"""Imports of observations from a file: what the dry run found, until somebody imports or discards it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.people.models import Account, Unit


class ObservationImport(models.Model):
    """One uploaded file, read into rows; nothing of it is an observation before it is confirmed."""

    class State(models.TextChoices):
        """Where the import stands."""

        TRIED = "tried", _("Dry run")
        DONE = "done", _("Imported")
        DISCARDED = "discarded", _("Discarded")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    scope = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.TRIED)
    uploaded_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    created = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("import of observations")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.filename
