"""How accounts sign in and out, and what of it is written down."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from luotsi.base import outbox
from luotsi.people.actions import accounts as actions
from luotsi.people.models import Account, Person
from luotsi.people.queries.devices import device_in_words

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.http import HttpRequest, HttpResponse

LOCKED_FOR_SECONDS = 300


def device_of(request: HttpRequest) -> str:
    """Return the device of a request in plain English words, as the audit log keeps it."""
    with translation.override("en"):
        return device_in_words(request.META.get("HTTP_USER_AGENT", ""))


def account_with(address: str) -> Account | None:
    """Return the account that signs in with the address, None when nobody does."""
    found = filter_users_by_email(address, prefer_verified=True, for_login=True)
    return found[0] if found and isinstance(found[0], Account) else None


def person_behind(account: AbstractBaseUser | None) -> Person | None:
    """Return the person of an account, None when it belongs to nobody."""
    with suppress(Person.DoesNotExist):
        return account.person if isinstance(account, Account) else None
    return None


class AccountAdapter(DefaultAccountAdapter):
    """Luotsi's rules for accounts: people come by invitation, and every sign-in leaves an audit row."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is not in use."),
        "cannot_remove_primary_email": _("You cannot remove the address with which you sign in."),
        "duplicate_email": _("You have this address already."),
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "enter_current_password": _("The present password is wrong."),
        "incorrect_code": _("The code is wrong or has been used already."),
        "incorrect_password": _("The password is wrong."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account without an invitation."""
        return False

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Write the sign-in down and turn the pages to the person's language."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if isinstance(user, Account):
            after = {"methods": methods_of(request), "device": device_of(request)}
            actions.write_down(verb="signed-in", account=user, by=user, after=after)
            if person := person_behind(user):
                remember_language(response, person.language)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Sign out and write it down."""
        account = request.user
        super().logout(request)
        if isinstance(account, Account):
            actions.write_down(verb="signed-out", account=account, by=account)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse when there were too many tries; that an account was locked is written down once."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            account = account_with(credentials.get("email", ""))
            key = f"people.locked-out:{account.pk if account else ''}"
            if account and cache.add(key, True, LOCKED_FOR_SECONDS):
                after = {"device": device_of(request)}
                actions.write_down(verb="locked-out", account=account, by=None, after=after)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down a wrong password."""
        address = str(credentials.get("email", ""))
        actions.write_down_failed_sign_in(account=account_with(address), address=address, device=device_of(request))

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set a password: by its owner, or by whoever proved the address with a reset link."""
        if not isinstance(user, Account):
            raise TypeError(f"Not an account: {user!r}")
        visitor = getattr(self.request, "user", None)
        actions.change_password(account=user, password=password, by=visitor if isinstance(visitor, Account) else None)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Mark an address as confirmed and write it down, in one transaction."""
        with transaction.atomic():
            confirmed: bool = super().confirm_email(request, email_address)
            if confirmed and isinstance(email_address.user, Account):
                after = {"email": email_address.email}
                actions.write_down(verb="address-confirmed", account=email_address.user, by=None, after=after)
        return confirmed

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put a mail into the outbox, in the language of its receiver, with links to the site's own address."""
        account = context.get("user") or account_with(email)
        person = person_behind(account)
        language = person.language if person else (translation.get_language() or settings.LANGUAGE_CODE)[:2]
        with translation.override(language):
            told = {
                **context,
                "email": email,
                "person": person,
                "device": device_in_words(context.get("user_agent", "")),
                "site_url": settings.SITE_URL,
                "account_url": settings.SITE_URL + reverse("people:see-my-account"),
                "reset_url": settings.SITE_URL + reverse("account_reset_password"),
            }
            outbox.post(
                to=email,
                subject=render_to_string(f"{template_prefix}_subject.txt", told).strip(),
                body=render_to_string(f"{template_prefix}_message.txt", told).strip() + "\n",
                language=language,
            )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link to choose a new password, at the site's own address whatever the request says."""
        uidb36, _dash, rest = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", args=[uidb36, rest])

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Return the link to confirm an address, at the site's own address whatever the request says."""
        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to the own account after a change of password."""
        return reverse("people:see-my-account")


def methods_of(request: HttpRequest) -> list[str]:
    """Return how the visitor has proved who they are, such as ["password", "totp"]."""
    visitor = request.user
    records = get_authentication_records(request, visitor if isinstance(visitor, Account) else None)
    return [str(record.get("type") or record.get("provider") or record["method"]) for record in records]


def remember_language(response: HttpResponse, language: str) -> None:
    """Keep the language of the pages in the browser."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
