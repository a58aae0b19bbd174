"""What every answer gets: a request id, a permissions policy, and a clear page when the database is away."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

from luotsi.base import ids, requests

type Handler = Callable[[HttpRequest], HttpResponseBase]

NOT_USED = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
# Passkeys are the one capability that the pages ask of the browser.
OWN_PAGES_ONLY = ("fullscreen", "publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS_POLICY = ", ".join([f"{name}=()" for name in NOT_USED] + [f"{name}=(self)" for name in OWN_PAGES_ONLY])
RETRY_AFTER_SECONDS = 30


def request_id(get_response: Handler) -> Handler:
    """Give each request an id of our own making; the client's could not be trusted in the audit log."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        with requests.within(ids.new_id().hex) as identifier:
            request.id = identifier  # type: ignore[attr-defined]
            response = get_response(request)
        response["X-Request-ID"] = identifier
        return response

    return answer


def permissions_policy(get_response: Handler) -> Handler:
    """Switch off the browser's sensors; only passkeys and full screen stay, for our own pages."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return answer


def database_at_hand(get_response: Handler) -> Handler:
    """Turn a failure into the page "the database is away" (503) when that is what happened.

    Sessions and access checks fail before any view runs, where no exception hook reaches; so a failed answer
    is followed by one look whether the database answers. The page itself asks the database nothing.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code != HTTPStatus.INTERNAL_SERVER_ERROR or _database_answers():
            return response
        connection.close()
        view: Handler = import_string(settings.DATABASE_AWAY_VIEW)
        away = view(request)
        away["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return away

    return answer


def _database_answers() -> bool:
    try:
        connection.ensure_connection()
        return connection.is_usable()
    except (OperationalError, InterfaceError):
        return False
