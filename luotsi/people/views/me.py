"""Pages of the own account: what it is, where it is signed in, and a copy of one's data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.internal.flows.logout import logout
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from luotsi.people import access
from luotsi.people.actions import accounts as actions
from luotsi.people.adapters.account import remember_language
from luotsi.people.forms.accounts import LanguageForm
from luotsi.people.models import Account
from luotsi.people.queries import my_account as queries

if TYPE_CHECKING:

    class MyRequest(HttpRequest):
        """A request of a signed-in person."""

        user: Account
else:
    MyRequest = HttpRequest


@require_GET
@never_cache
def see_my_account(request: MyRequest) -> HttpResponse:
    """Show the own account: name, language, ways to sign in, sessions, roles, who has looked."""
    page = queries.my_account(request.user, request.session.session_key)
    form = LanguageForm(initial={"language": page.person.language if page.person else request.LANGUAGE_CODE})
    return render(request, "people/my_account.html", {"page": page, "form": form})


@require_POST
def choose_language(request: MyRequest) -> HttpResponse:
    """Keep the language of pages and mails."""
    response = redirect("people:see-my-account")
    form = LanguageForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the languages in the list."))
        return response
    language = form.cleaned_data["language"]
    if person := access.person_of(request.user):
        actions.choose_language(person=person, language=language, by=request.user)
    remember_language(response, language)
    return response


@require_GET
@never_cache
def list_my_sessions(request: MyRequest) -> HttpResponse:
    """List where the person is signed in."""
    sessions = queries.my_sessions(request.user, request.session.session_key)
    return render(request, "people/my_account_sessions.html", {"sessions": sessions})


@require_POST
def end_session(request: MyRequest, pk: int) -> HttpResponse:
    """Sign out in one place; when it is this one, the person is signed out here."""
    session = queries.my_session(request.user, pk)
    if session.session_key == request.session.session_key:
        logout(request)
        return redirect("account_login")
    actions.end_sessions(sessions=[session], by=request.user)
    messages.success(request, _("You are signed out there."))
    return redirect("people:list-my-sessions")


@require_POST
def end_other_sessions(request: MyRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    others = queries.my_other_sessions(request.user, request.session.session_key)
    actions.end_sessions(sessions=others, by=request.user)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("people:list-my-sessions")


@require_POST
def download_my_data(request: MyRequest) -> HttpResponse:
    """Answer a copy of the person's data as a JSON file."""
    if person := access.person_of(request.user):
        actions.write_down_download(person=person, by=request.user)
    response = JsonResponse(queries.my_data(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="luotsi-my-data.json"'
    return response
