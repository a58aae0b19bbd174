"""Pages of allauth that need something more than allauth gives them."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.webauthn.views import AddWebAuthnView
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.utils.module_loading import import_string

from luotsi.people.adapters.second_factor import passkeys_work_here


class SignIn(LoginView):
    """The sign-in page, with identity providers that are set up and the demo's people."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add providers, the demo's people and whether browsers make passkeys at this address."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        people = import_string(settings.LUOTSI_DEMO_PEOPLE)() if settings.DEMO else []
        providers = [(p.name, p.get_login_url(self.request)) for p in get_adapter().list_providers(self.request)]
        return found | {
            "providers": providers,
            "demo_people": people,
            "passkeys_work": passkeys_work_here(),
        }


class AddPasskey(AddWebAuthnView):
    """The page that adds a passkey, or says why the browser cannot make one at this address."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether browsers make passkeys at this address, and the address where they do in the demo."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        port = self.request.get_port()
        return found | {"passkeys_work": passkeys_work_here(), "named_address": f"http://localhost:{port}/"}
