"""Whether a password alone opens an account."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from luotsi.people.models import Account


def strong(account: str) -> Exists:
    """Return whether the account that the outer query calls `account` has a passkey or an authenticator app.

    Recovery codes alone do not count: they come with the factor that they replace.
    """
    factors = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    return Exists(factors.filter(user=OuterRef(account)))


def signing_in() -> QuerySet[Account]:
    """Return the accounts with their persons and `kept_strong`, so that a request asks once for all three."""
    return Account.objects.select_related("person").annotate(kept_strong=strong("pk")).filter(is_active=True)


def is_strong(account: Account) -> bool:
    """Return whether a password alone does not open the account; no query for the account of a request."""
    if account.kept_strong is None:
        account.kept_strong = signing_in().filter(pk=account.pk, kept_strong=True).exists()
    return account.kept_strong
