"""Pages for what went wrong: in the look of the product, in three languages, and without the database."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

type Answer[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def _in_language_of_reader[**P](view: Answer[P]) -> Answer[P]:
    """Make a page speak the reader's language also when the request failed before its language was read."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        known = getattr(request, "LANGUAGE_CODE", "")
        with translation.override(known or translation.get_language_from_request(request)):
            return view(request, *args, **kwargs)

    return answer


def _page(request: HttpRequest, status: int, *, bare: bool = False, **context: Any) -> HttpResponse:
    """Return the error page, inside the shell where that can be made; when even the bare page fails, a sentence.

    Args:
        request: what was asked.
        status: the HTTP status.
        bare: True leaves out the shell and everything else that could ask the database.
        context: heading, what, advice and, where they differ, action and action_url.
    """
    given = {"action_url": "/", "action": _("To the home page"), "error_id": "", **context}
    for shellless in (True,) if bare else (False, True):
        try:
            if not shellless:
                return render(request, "ui/error.html", given, status=status)
            alone = {**given, "shell": None, "request": request, "csrf_token": get_token(request)}
            return HttpResponse(render_to_string("ui/error.html", alone), status=status)
        except Exception:
            logger.exception("The error page could not be drawn")
    words = f"{given['heading']}. {given['what']} {given['error_id']}"
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


@_in_language_of_reader
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400: the request could not be read."""
    return _page(
        request,
        400,
        heading=_("The request could not be read"),
        what=_("The address or the form was broken on its way."),
        advice=_("Go back and try again. Nothing was saved."),
    )


@_in_language_of_reader
def no_permission(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403: who signed in may see the place but not do this."""
    return _page(
        request,
        403,
        heading=_("Your role does not allow this"),
        what=str(exception) if exception and str(exception) else _("The page exists, but your role does not open it."),
        advice=_("The coordinator of your education provider or the principal of your unit can give you a role."),
    )


@_in_language_of_reader
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404: there is no such page, or the visitor may not know of it."""
    detail = str(exception) if exception and isinstance(exception.args[0] if exception.args else None, str) else ""
    return _page(
        request,
        404,
        heading=_("The page was not found"),
        what=detail or _("There is no page at this address."),
        advice=_("Check the address, or start from the home page."),
    )


@_in_language_of_reader
def only_for_forms(request: HttpRequest) -> HttpResponse:
    """Answer 405: the address does something that a form asks for, and shows nothing itself."""
    return _page(
        request,
        405,
        heading=_("There is nothing to see at this address"),
        what=_("It only takes what a form sends. By opening it nothing was done or saved."),
        advice=_("Go back to the page with the form, or start from the home page."),
    )


@_in_language_of_reader
def failed(request: HttpRequest) -> HttpResponse:
    """Answer 500: our fault. The id is in the server's log too."""
    return _page(
        request,
        500,
        bare=True,
        heading=_("Something went wrong"),
        what=_("The fault is ours. What you had saved is safe; the last change may not have been saved."),
        advice=_("Try again in a moment. If it happens again, tell the error id to whoever looks after Luotsi."),
        error_id=getattr(request, "id", ""),
    )


@_in_language_of_reader
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without a valid token: an old tab, or cookies switched off."""
    return _page(
        request,
        403,
        heading=_("The form is too old"),
        what=_("The page was open for so long, or in so many tabs, that the form could not be trusted any more."),
        advice=_("Copy what you typed, reload the page and send it again. Nothing was saved."),
        action_url=page_before(request),
        action=_("Reload the page"),
    )


@_in_language_of_reader
def database_away(request: HttpRequest) -> HttpResponse:
    """Answer 503: the database does not answer; the page asks it nothing."""
    return _page(
        request,
        503,
        bare=True,
        heading=_("Luotsi is taking a short break"),
        what=_("The database does not answer at the moment. What you had saved is safe."),
        advice=_("Try again in half a minute."),
        action_url=request.get_full_path(),
        action=_("Try again"),
        error_id=getattr(request, "id", ""),
    )


def page_before(request: HttpRequest) -> str:
    """Return the page that a form was sent from, or the home page: a form's own address may answer only to a form.

    Returns:
        A path on this site with its query, never a whole address: the page before may not lead elsewhere.
    """
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}):
        return "/"
    asked = urlsplit(before)
    path = f"{asked.path}?{asked.query}" if asked.query else asked.path
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, None) else "/"
