"""Reads the environment for settings: flags, lists, numbers, the secret key and identity providers."""

import json
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def flag(name: str) -> bool:
    """Return True when the variable is one of 1, true, yes or on (any case)."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def lines(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without blanks."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def number(name: str, default: int) -> int:
    """Return a whole-number variable; anything else stops the start with a clear sentence."""
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def source_checkout(package: Path) -> Path | None:
    """Return var/ of a source checkout (git-ignored), or None when installed as a wheel."""
    root = package.parent
    return root / "var" if (root / "pyproject.toml").exists() else None


def secret_key(data: Path, *, insecure_is_fine: bool) -> str:
    """Return LUOTSI_SECRET_KEY; on a demo or debug machine, a key made once and kept in the data folder.

    A real installation must set the key, so that it is not lost with the folder or copied with a backup.
    """
    if key := os.environ.get("LUOTSI_SECRET_KEY"):
        return key
    kept = data / "secret_key"
    if not insecure_is_fine:
        if os.environ.get("LUOTSI_BUILD"):
            return secrets.token_urlsafe(50)
        raise ImproperlyConfigured("Set LUOTSI_SECRET_KEY to a long random string, or LUOTSI_DEMO=1 to try the demo.")
    if not kept.exists():
        data.mkdir(parents=True, exist_ok=True)
        kept.write_text(secrets.token_urlsafe(50))
        kept.chmod(0o600)
    return kept.read_text()


def oidc_apps() -> list[dict[str, Any]]:
    """Return the OpenID Connect providers of LUOTSI_OIDC, a JSON list of objects.

    Each object has `provider_id`, `name`, `client_id`, `secret` and `server_url` (Entra ID, Google, MPASSid and
    others alike); `verified_domains` lists the mail domains for which a provider is trusted although it does not
    say that the address is verified (Entra ID). `origin` is added for the content security policy.
    """
    try:
        apps: list[dict[str, Any]] = json.loads(os.environ.get("LUOTSI_OIDC") or "[]")
        return [
            {
                "provider_id": app["provider_id"],
                "name": app["name"],
                "client_id": app["client_id"],
                "secret": app.get("secret", ""),
                "settings": {
                    "server_url": app["server_url"],
                    "verified_email": list(app.get("verified_domains", [])) or None,
                },
                "origin": "{0.scheme}://{0.netloc}".format(urlsplit(app["server_url"])),
            }
            for app in apps
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ImproperlyConfigured(f"LUOTSI_OIDC must be a JSON list of identity providers ({error}).") from None
