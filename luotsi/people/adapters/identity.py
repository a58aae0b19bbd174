"""How identities of other systems (OpenID Connect) sign in to an account that exists."""

from __future__ import annotations

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Links an identity to an account only by a verified address; never makes an account."""
