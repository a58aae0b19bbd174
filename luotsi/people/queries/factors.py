"""Whether a password alone opens an account."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from luotsi.people.models import Account

RECENTLY = timedelta(days=30)


def strong(account: str) -> Exists:
    """Return whether the account that the outer query calls `account` has a passkey or an authenticator app.

    Recovery codes alone do not count: they come with the factor that they replace.
    """
    factors = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    return Exists(factors.filter(user=OuterRef(account)))


def account_of_session(pk: UUID) -> Account | None:
    """Return the active account with its person and `kept_strong`: a request asks once for all three."""
    accounts = Account.objects.select_related("person").annotate(has_factor=strong("pk"))
    account = accounts.filter(pk=pk, is_active=True).first()
    if account:
        account.kept_strong = bool(account.has_factor)
    return account


def is_strong(account: Account) -> bool:
    """Return whether a password alone does not open the account; no query for the account of a request."""
    if account.kept_strong is None:
        account.kept_strong = Account.objects.filter(strong("pk"), pk=account.pk).exists()
    return account.kept_strong
