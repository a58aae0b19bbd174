"""What stands around every page of a response: who holds it, by role, as the person who answers, or by a link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from luotsi.questionnaires import access
from luotsi.questionnaires.access import Held
from luotsi.questionnaires.rules.rights import Grant

type View = Callable[..., HttpResponse]
LINKS, STASH, WHOLE = "questionnaires.links", "questionnaires.stash", "questionnaires.whole"
MOST_CHOSEN = 50  # responses of which a session remembers that all their pages stand on one
MOST_STASHED = 400_000  # characters of a page typed after the session had ended


def links_of(request: HttpRequest) -> dict[str, str]:
    """Return the digests of the personal links opened in this session, by response."""
    return dict(request.session.get(LINKS, {}))


def language() -> str:
    """Return the language of the page."""
    return (get_language() or "fi")[:2]


def has_chosen_whole(request: HttpRequest, held: Held) -> bool:
    """Return True where all pages of the response on one were chosen in this session."""
    return str(held.response.pk) in request.session.get(WHOLE, ())


def choose(request: HttpRequest, held: Held, *, whole: bool) -> None:
    """Remember how the pages of a response are shown: all on one, or step by step."""
    if whole is has_chosen_whole(request, held):
        return
    others = [pk for pk in request.session.get(WHOLE, ()) if pk != str(held.response.pk)]
    request.session[WHOLE] = [*others, str(held.response.pk)][-MOST_CHOSEN:] if whole else others


def of_response(to: Grant = Grant.READ) -> Callable[[View], View]:
    """Make a view one of a response: it gets a `Held`; whoever has neither session nor link is sent to sign in.

    What a page sends after its session has ended is kept in the new session, and saved after signing in.
    """

    def around(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
            links = links_of(request)
            if must_sign_in(request, pk, links):
                return sent_to_sign_in(request, pk)
            return view(request, access.response_for(request.user, pk, to=to, links=links), **kwargs)

        return login_not_required(never_cache(inner))

    return around


def must_sign_in(request: HttpRequest, pk: UUID, links: Mapping[str, str]) -> bool:
    """Return True for somebody signed out who has opened no link to the response."""
    return not request.user.is_authenticated and str(pk) not in links


def sent_to_sign_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what was typed, and send to sign in."""
    fields = {name: texts for name, texts in request.POST.lists() if name != "csrfmiddlewaretoken"}
    if fields and sum(len(text) for texts in fields.values() for text in texts) <= MOST_STASHED:
        request.session[STASH] = {"response": str(pk), "path": request.path, "fields": fields}
    return redirect_to_login(urlsplit(request.get_full_path()).path)


def has_stash(request: HttpRequest) -> bool:
    """Return True where something typed before signing in is still to be saved, on the page where it was typed."""
    return bool(request.session.get(STASH, {}).get("path") == request.path)


def stashed(request: HttpRequest, held: Held) -> dict[str, list[str]] | None:
    """Return what was typed on this very page before signing in, once."""
    found = request.session.get(STASH)
    if not found or found["response"] != str(held.response.pk) or found["path"] != request.path:
        return None
    del request.session[STASH]
    fields: dict[str, list[str]] = found["fields"]
    return fields if held.may(Grant.WRITE) else None
