"""Checks at every start: settings that would be unsafe or would not work together, each with a hint."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.http.request import validate_host


def is_public(host: str) -> bool:
    """Return True unless the host is this machine itself; a wildcard or a name of any network is public."""
    name = host.strip("[]").rstrip(".").lower()
    if name in {"", "localhost", "testserver"} or name.endswith(".localhost"):
        return False
    try:
        return not ipaddress.ip_address(name).is_loopback
    except ValueError:
        return True


def public_names() -> list[str]:
    """Return the public ones among the allowed hosts and the host of the site's address."""
    hosts = [*settings.ALLOWED_HOSTS, urlsplit(settings.SITE_URL).hostname or ""]
    return sorted({host for host in hosts if is_public(host)})


@register(Tags.security)
def check_exposure(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a demo or a debugging server that others can reach."""
    found: list[CheckMessage] = []
    public = ", ".join(public_names())
    if public and settings.DEMO and not settings.DEBUG:
        found.append(
            Error(
                f"The demo lets anybody sign in as anybody, and others can reach it at {public}.",
                hint="Unset LUOTSI_DEMO, or serve it on 127.0.0.1 only (LUOTSI_HOSTS, LUOTSI_SITE_URL).",
                id="luotsi.E001",
            )
        )
    if public and settings.DEBUG:
        found.append(
            Error(
                f"Debug pages show secrets, and others can reach them at {public}.",
                hint="Unset LUOTSI_DEBUG, or allow 127.0.0.1 only (LUOTSI_HOSTS, LUOTSI_SITE_URL).",
                id="luotsi.E002",
            )
        )
    return found


@register(Tags.security)
def check_site_url(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The site's address must be whole, safe, and one that the server answers to."""
    address = urlsplit(settings.SITE_URL)
    if address.scheme not in {"http", "https"} or not address.hostname:
        return [
            Error(
                f"LUOTSI_SITE_URL is not an address: {settings.SITE_URL!r}.",
                hint="Set it to the address people type, such as https://luotsi.example.",
                id="luotsi.E003",
            )
        ]
    found: list[CheckMessage] = []
    if address.scheme == "http" and is_public(address.hostname):
        found.append(
            Error(
                "LUOTSI_SITE_URL is public without https: passwords and cookies would travel in the open.",
                hint="Put a server with a certificate in front, and set LUOTSI_SITE_URL=https://… and "
                "LUOTSI_BEHIND_PROXY=1.",
                id="luotsi.E004",
            )
        )
    if not validate_host(address.hostname, settings.ALLOWED_HOSTS) and not settings.DEBUG:
        found.append(
            Caution(
                f"LUOTSI_HOSTS does not allow {address.hostname}, the host of LUOTSI_SITE_URL.",
                hint=f"Add {address.hostname} to LUOTSI_HOSTS; links in mails would lead to an error.",
                id="luotsi.W001",
            )
        )
    return found


@register("mail")
def check_mail(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Outside the demo, mails must have a way out."""
    if settings.DEMO or settings.DEBUG or settings.MAIL_HOST:
        return []
    return [
        Caution(
            "No mail server is set: invitations and password mails are only written to a folder.",
            hint="Set LUOTSI_MAIL_HOST (and LUOTSI_MAIL_PORT, _USER, _PASSWORD, _FROM).",
            id="luotsi.W002",
        )
    ]
