"""Second factors: passkeys, authenticator apps and recovery codes."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter


class SecondFactorAdapter(DefaultMFAAdapter):
    """Luotsi's names and rules for second factors."""
