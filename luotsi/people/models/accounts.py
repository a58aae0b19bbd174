"""Persons, and the accounts with which some of them sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.base.wording import with_words

if TYPE_CHECKING:
    from luotsi.people.rules import Reach

LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by e-mail in any case."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """Return the account with the e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """What somebody signs in with: an e-mail address and a password, a passkey or another identity."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()
    kept_strong: bool | None = None  # what `queries.factors` found
    kept_reach: Reach | None = None  # what `access.reach_of` found; an account lives for one request

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="account_email_is_unique",
                violation_error_message=_("This e-mail is in use."),
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def label(self) -> str:
        """What the log of changes calls whoever signed in: the person's name, or the address until there is one."""
        return str(getattr(self, "person", None) or self.email)


class PersonQuerySet(models.QuerySet["Person"]):
    """Adjectives of persons."""

    def named_like(self, text: str) -> Self:
        """Persons whose names or e-mail contain every word of the text."""
        return self.filter(with_words(text, "given_name", "family_name", "email"))


class Person(models.Model):
    """A human being known to a provider; most have no account."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    account = models.OneToOneField(
        Account, models.SET_NULL, null=True, blank=True, related_name="person", verbose_name=_("account")
    )
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="fi")
    oid = models.CharField(_("learner or staff OID"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        ordering = ["family_name", "given_name", "id"]
        indexes = [models.Index(fields=["family_name", "given_name", "id"], name="person_by_name")]
        constraints = [
            models.UniqueConstraint(
                name="person_oid_is_unique",
                fields=["oid"],
                condition=~Q(oid=""),
                violation_error_message=_("Another person has this OID."),
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given name and family name, as they are spoken."""
        return f"{self.given_name} {self.family_name}".strip() or str(_("Removed person"))

    @property
    def list_name(self) -> str:
        """Family name first, as they are listed."""
        return f"{self.family_name} {self.given_name}".strip() or str(_("Removed person"))

    @property
    def is_removed(self) -> bool:
        """True when the names have been forgotten; only the roles of the time are left."""
        return not (self.given_name or self.family_name)
