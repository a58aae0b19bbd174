"""Invitations: a role waiting for somebody to accept it by mail."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.people.models.accounts import LANGUAGES, Account, Person
from luotsi.people.models.roles import ROLE_NAMES, ROLES
from luotsi.people.models.units import Unit
from luotsi.people.rules import Role


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Adjectives of invitations."""

    def pending(self) -> Self:
        """Invitations neither accepted nor withdrawn; some may have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def open(self, at: datetime) -> Self:
        """Invitations that can still be accepted."""
        return self.pending().filter(expires_at__gt=at)

    def expired(self, at: datetime) -> Self:
        """Invitations whose time ran out before anybody accepted them."""
        return self.pending().filter(expires_at__lte=at)


class Invitation(models.Model):
    """A role offered by e-mail. The link carries a secret of which only a digest is kept."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    email = models.EmailField(_("e-mail"))
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    language = models.CharField(_("language of the message"), max_length=2, choices=LANGUAGES, default="fi")
    role = models.CharField(_("role"), max_length=20, choices=ROLES)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="invitations", verbose_name=_("unit"))
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("open until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("accepted by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        ordering = ["-invited_at", "id"]
        constraints = [
            models.CheckConstraint(name="invitation_role_is_known", condition=Q(role__in=list(Role))),
            models.CheckConstraint(
                name="invitation_has_one_end",
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                violation_error_message=_("An accepted invitation cannot be withdrawn."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def role_name(self) -> str:
        """The role in words."""
        return str(ROLE_NAMES[Role(self.role)])

    def state_at(self, at: datetime) -> str:
        """Return accepted, withdrawn, expired or open."""
        if self.accepted_at:
            return "accepted"
        if self.withdrawn_at:
            return "withdrawn"
        return "expired" if self.expires_at <= at else "open"
