"""What the tests of signing in share: a password for Aino, her sign-in through the real page, codes and mails."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from luotsi.base.models import AuditEntry, OutboxMail
from luotsi.people.models import Account, Person

if TYPE_CHECKING:
    from django.http import HttpResponse

PASSWORD = "three words in a row"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"


def give_password(account: Account, password: str = PASSWORD) -> Account:
    """Give the account a password, and its person English pages, so that the tests can read them."""
    account.set_password(password)
    account.save(update_fields=["password"])
    Person.objects.filter(account=account).update(language="en")
    return account


def browser_of(account: Account | None = None) -> Client:
    """Return a browser that reads English; with an account, one that is signed in through the page."""
    client = Client(headers={"accept-language": "en", "user-agent": FIREFOX})
    if account:
        sign_in(client, account)
    return client


def sign_in(client: Client, account: Account, password: str = PASSWORD) -> HttpResponse:
    """Sign in with e-mail and password."""
    return client.post(reverse("account_login"), {"login": account.email, "password": password})  # type: ignore[return-value]


def prove_again(client: Client) -> None:
    """Give the password once more, as the pages ask before a change that matters."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def is_signed_in(client: Client) -> bool:
    """Return whether the pages know who this is."""
    return client.get(reverse("people:see-my-account")).status_code == 200


def verbs(account: Account) -> list[str]:
    """Return what the audit log tells of the account, oldest first, without the room's name."""
    found = AuditEntry.objects.filter(target_type="people.account", target_id=str(account.pk)).order_by("seq")
    return [verb.removeprefix("people.account.") for verb in found.values_list("verb", flat=True)]


def last_mail() -> OutboxMail:
    """Return the newest mail of the outbox."""
    return OutboxMail.objects.order_by("-created_at", "-id")[0]


def link_in(mail: OutboxMail) -> str:
    """Return the path of the first link in a mail, without the site's own address."""
    found = re.search(r"https?://[^/\s]+(/\S+)", mail.body)
    assert found
    return found[1]


def code_of_app(secret: str, *, steps: int = 0) -> str:
    """Return what an authenticator app shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def add_app(client: Client) -> str:
    """Add an authenticator app through the page and return its secret."""
    prove_again(client)
    secret: str = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of_app(secret)})
    return secret
