"""Writes down what a page of allauth has changed in an account, in the transaction of the change.

Allauth changes passkeys, codes, addresses and linked identities inside its own views. Instead of listening to its
signals one by one, the views that can change something run in one transaction with a look at the account before and
after; each difference is one row in the audit log. No secret is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from luotsi.people.actions.accounts import follow_new_address, write_down
from luotsi.people.models import Account

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.http import HttpRequest, HttpResponseBase

    type View = Callable[..., HttpResponseBase]

FACTORS = {
    Authenticator.Type.TOTP: "authenticator-app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery-codes",
}

type State = dict[tuple[str, int], dict[str, object]]


@dataclass(frozen=True)
class Difference:
    """One thing that has changed: the end of the audit verb, and what it was and is."""

    verb: str
    before: Mapping[str, object]
    after: Mapping[str, object]


def state_of(account: Account) -> State:
    """Return how the account can be signed in to: factors, addresses and linked identities, without secrets."""
    state: State = {}
    for factor in Authenticator.objects.filter(user=account):
        name = factor.data.get("name", "") if factor.type == Authenticator.Type.WEBAUTHN else ""
        state[FACTORS[Authenticator.Type(factor.type)], factor.pk] = {"name": name} if name else {}
    for address in EmailAddress.objects.filter(user=account):
        about = {"email": address.email, "verified": address.verified, "primary": address.primary}
        state["address", address.pk] = about
    for identity in SocialAccount.objects.filter(user=account):
        state["identity", identity.pk] = {"provider": identity.provider}
    return state


def differences(before: State, after: State) -> Iterator[Difference]:
    """Yield each thing that was removed, added or changed between two states."""
    for key in sorted(before.keys() - after.keys()):
        yield Difference(f"{key[0]}-removed", before[key], {})
    for key in sorted(after.keys() - before.keys()):
        yield Difference(f"{key[0]}-added", {}, after[key])
    for key in sorted(before.keys() & after.keys()):
        if before[key] != after[key]:
            yield Difference(f"{key[0]}-changed", before[key], after[key])


def traced(view: View) -> View:
    """Return the view so that what a POST of it changes in the visitor's account is written down with the change."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account = request.user
        if request.method != "POST" or not isinstance(account, Account):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            before, address = state_of(account), account.email
            response = view(request, *args, **kwargs)
            for difference in differences(before, state_of(account)):
                write_down(
                    verb=difference.verb,
                    account=account,
                    by=account,
                    before=difference.before,
                    after=difference.after,
                )
            if account.email != address:
                follow_new_address(account=account, by=account)
            return response

    return answer
