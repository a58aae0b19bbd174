"""Who a program is: the key in its header, what it opens, and how often it may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

from luotsi.indicators import access
from luotsi.indicators.actions.tokens import note_use
from luotsi.indicators.models import ApiToken
from luotsi.indicators.rules.tokens import TokenScope

if TYPE_CHECKING:

    class ProgramRequest(HttpRequest):
        """A request of a program with a key in force."""

        auth: ApiToken


RATE = "120/m"


class Key(HttpBearer):
    """`Authorization: Bearer luotsi_…`; only the hash of the secret is compared, and nobody is signed in by it."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the key, or None: the answer is 401 then."""
        found = access.token_with(token)
        if found is not None:
            note_use(token=found)
        return found


class ByKey(AuthRateThrottle):
    """So many questions a minute for each key."""

    def get_cache_key(self, request: HttpRequest) -> str:
        """Return under what the questions of a key are counted."""
        auth = getattr(request, "auth", None)
        return f"luotsi-api-{auth.pk if isinstance(auth, ApiToken) else ''}"


def opened_by(request: ProgramRequest, scope: TokenScope) -> ApiToken:
    """Return the key of a request; the answer is 403 where it does not open what is asked."""
    if scope not in request.auth.scopes:
        raise HttpError(403, f"The key does not open {scope}.")
    return request.auth
