"""Keys of programs that read the open tables and figures of a unit."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock, ids
from luotsi.people.models import Account, Unit


class TokenQuerySet(models.QuerySet["ApiToken"]):
    """Adjectives of tokens."""

    def in_force(self) -> Self:
        """Tokens that open something today."""
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=clock.today()), withdrawn_at=None)


class ApiToken(models.Model):
    """A secret by which a program reads at a unit; only its hash is kept, the secret is shown once."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("what it is for"), max_length=120)
    scopes = models.JSONField(_("what it may read"), default=list)
    hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_on = models.DateField(_("last day"), null=True, blank=True)
    last_used_on = models.DateField(_("last used"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a program")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name
