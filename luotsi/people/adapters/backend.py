"""Checks passwords as django-allauth does, and fetches account and person of a session in one query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.auth_backends import AuthenticationBackend

from luotsi.people.queries.factors import account_of_session

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.people.models import Account


class AccountBackend(AuthenticationBackend):
    """The one authentication backend; accounts that are not active are refused."""

    def get_user(self, user_id: UUID) -> Account | None:
        """Return the active account with its person, or None."""
        return account_of_session(user_id)
