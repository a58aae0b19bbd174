"""Keys by which programs read: making one, whose secret is shown once, and taking it away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base.errors import Refused
from luotsi.indicators import access
from luotsi.indicators.actions import tokens as actions
from luotsi.indicators.forms.keys import KeyForm
from luotsi.indicators.queries.key_list import keys_at
from luotsi.indicators.queries.tabs import second_level
from luotsi.indicators.rules.rights import Right
from luotsi.indicators.views.observations import form_status
from luotsi.people.access import ScopedRequest
from luotsi.ui.forms import show_refusal


@require_GET
def list_keys(request: ScopedRequest) -> HttpResponse:
    """List the keys of programs at the unit."""
    access.require(request.user, request.scope, Right.EXPORT)
    context = {"keys": keys_at(request.scope), "tabs": second_level(request.user, request.scope)}
    return render(request, "indicators/list_keys.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def make_key(request: ScopedRequest) -> HttpResponse:
    """Make a key and show its secret once, on the page that answers."""
    access.require(request.user, request.scope, Right.EXPORT)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = actions.make_token(unit=request.scope, by=request.user, **form.told())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return render(request, "indicators/key_made.html", {"made": made, "secret": secret})
    return render(request, "indicators/make_key.html", {"form": form}, status=form_status(form))


@require_POST
def withdraw_key(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Take a key away."""
    token = access.token_for(request.user, request.scope, pk)
    try:
        actions.withdraw_token(token=token, by=request.user)
        messages.success(request, _("The key has been taken away. It opens nothing any more."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("indicators:list-keys", scope=request.scope.key)
