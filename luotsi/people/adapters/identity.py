"""How identities of other systems (OpenID Connect) sign in to an account that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.utils.translation import gettext_lazy as _

from luotsi.people.actions.accounts import write_down
from luotsi.people.models import Account

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.http import HttpRequest


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Links an identity to an account only by an address both sides have verified; never makes an account."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": _("Set a password first. Without one you could not sign in any more."),
        "no_verified_email": _("Confirm your e-mail address first. Without one you could not sign in any more."),
        "connected_other": _("This identity belongs to another account."),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody makes an account without an invitation."""
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Account, str] | None:  # type: ignore[override]
        """Return the active account whose own verified address the provider has verified too, and the address."""
        for given in sociallogin.email_addresses:
            if not given.verified or not self.can_authenticate_by_email(sociallogin, given.email):
                continue
            held = EmailAddress.objects.filter(email__iexact=given.email, verified=True, user__is_active=True)
            if (address := held.select_related("user").first()) and isinstance(address.user, Account):
                return address.user, address.email
        return None

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """Tell the owner that an identity was linked or unlinked.

        A link made while signing in happens before anybody is signed in; it is written down here. Links made and
        removed on the page of identities are written down by `traces`.
        """
        super().send_notification_mail(template_prefix, user, *args, **kwargs)
        visitor = getattr(self.request, "user", None)
        if template_prefix.endswith("account_connected") and not isinstance(visitor, Account):
            identity = kwargs.get("context", {}).get("account")
            write_down(verb="identity-added", account=user, by=user, after={"provider": identity.provider})
