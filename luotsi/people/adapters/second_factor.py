"""Second factors: passkeys, authenticator apps and recovery codes."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.people.adapters.account import person_behind

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class SecondFactorAdapter(DefaultMFAAdapter):
    """Luotsi's names and words for second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": gettext_lazy(
            "Confirm the address first, or remove your passkeys and authenticator app for a moment."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Add a passkey or an authenticator app first."),
        "incorrect_code": gettext_lazy("The code is wrong or has been used already."),
        "unverified_email": gettext_lazy("Confirm your e-mail address first."),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the site as passkeys know it: named Luotsi, bound to the host of the address."""
        return super().get_public_key_credential_rp_entity() | {"name": "Luotsi"}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, object]:
        """Return the user as the passkey shows it: by name."""
        entity: dict[str, object] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": str(person_behind(user) or user)}

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code on white ground, so that a camera reads it in the dark scheme too."""
        import qrcode
        from qrcode.image.svg import SvgPathFillImage

        drawn: bytes = qrcode.make(url, image_factory=SvgPathFillImage).to_string()
        return drawn.decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        """Return a name to start from; the owner can change it."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey") if not count else _("Passkey %(number)d") % {"number": count + 1}


def passkeys_work_here() -> bool:
    """Return False when the site is opened by a bare IP address, for which browsers make no passkeys."""
    host = context.request.get_host().rsplit(":", 1)[0].strip("[]")
    try:
        ip_address(host)
    except ValueError:
        return True
    return False
