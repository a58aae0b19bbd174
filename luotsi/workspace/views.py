"""Pages that join rooms, and the shell around every page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from luotsi.base import clock
from luotsi.learning.queries.own_home import own_home
from luotsi.people.access import ScopedRequest
from luotsi.people.queries import overview_of
from luotsi.ui.waiting import grouped
from luotsi.workspace import queries

SCHEMES = {"light", "dark", "system"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the shell of a signed-in person's page, made only when a template asks for it."""

    def build() -> Any:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return None
        match = request.resolver_match
        scope = getattr(request, "scope", None)
        tasks = tasks_of(request) if scope else []
        return queries.shell_for(user, scope, match.namespace if match else "", tasks)

    return {"shell": SimpleLazyObject(build) if _signed_in(request) else None}


def _signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user is not None and user.is_authenticated)


def tasks_of(request: HttpRequest) -> list[Any]:
    """Return what waits for the person of the request; asked once a request."""
    kept: list[Any] | None = getattr(request, "waiting_tasks", None)
    if kept is None:
        kept = queries.tasks_waiting(request.user, request.scope)  # type: ignore[attr-defined]
        request.waiting_tasks = kept  # type: ignore[attr-defined]
    return kept


@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """Send a signed-in person to the home page of the own unit."""
    unit = queries.own_unit(request.user)
    if unit is None:
        return render(request, "workspace/no_role.html")
    return redirect("workspace:see-home", scope=unit.key)


@require_GET
def see_home(request: ScopedRequest) -> HttpResponse:
    """Show what waits for the person, where the unit stands and what happened lately."""
    tasks = tasks_of(request)
    context = {
        "tasks": tasks,
        "groups": grouped(tasks, clock.today()),
        "own": own_home(request.user),
        "minis": queries.key_indicators(request.user, request.scope),
        "overview": overview_of(request.user, request.scope),
        "today": clock.today(),
        "roles": queries.roles_in_words(request.user, request.scope),
    }
    return render(request, "workspace/home.html", context)


@require_GET
def search(request: ScopedRequest) -> HttpResponse:
    """Show what the rooms find for the words."""
    text = request.GET.get("q", "")[:80]
    return render(request, "workspace/search.html", {"text": text, "hits": queries.found(request.user, text)})


@require_POST
@login_not_required
def set_scheme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen colour scheme in a cookie and go back to the page."""
    scheme = request.POST.get("scheme", "")
    if scheme not in SCHEMES:
        return HttpResponseBadRequest()
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if safe else "/")
    if scheme == "system":
        response.delete_cookie("scheme")
    else:
        response.set_cookie(
            "scheme", scheme, max_age=365 * 24 * 3600, samesite="Lax", httponly=True, secure=settings.HTTPS
        )
    return response


@require_GET
@login_not_required
def see_accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "workspace/accessibility.html")


@require_GET
@login_not_required
def see_privacy(request: HttpRequest) -> HttpResponse:
    """Show which personal data the rooms hold, why and for how long: read from their declarations."""
    return render(request, "workspace/privacy.html", {"declared": queries.declared_data()})


@require_GET
def list_mail(request: HttpRequest) -> HttpResponse:
    """Show the mails of the demo, which go to nobody."""
    if not settings.DEMO:
        raise Http404
    return render(request, "workspace/mail.html", {"mails": queries.demo_mails()})


@require_GET
def see_components(request: HttpRequest) -> HttpResponse:
    """Show every component once: the living sheet of the design, in the demo."""
    if not settings.DEMO:
        raise Http404
    from luotsi.ui.samples import component_sheet

    return component_sheet(request)


@require_GET
@login_not_required
def see_health(request: HttpRequest) -> JsonResponse:
    """Tell a load balancer that the process answers and the database is at hand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
