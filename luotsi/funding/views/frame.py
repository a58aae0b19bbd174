"""What the views of this room have in common: the context of their pages, an application, answering a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.errors import Refused
from luotsi.funding import access
from luotsi.funding.queries.tabs import tabs_of_application, tabs_of_call, tabs_of_unit
from luotsi.funding.rules.rights import Part, Right
from luotsi.ui.forms import show_refusal

if TYPE_CHECKING:
    from django.forms import BaseForm

    from luotsi.funding.access import Held
    from luotsi.funding.models import Call
    from luotsi.people.access import ScopedRequest


def fetched(request: ScopedRequest, pk: UUID, to: Part | Right = Part.READ) -> Held:
    """Return the application of the address in the visitor's hands, through access."""
    return access.application_for(request.user, request.scope, pk, to)


def around_unit(request: ScopedRequest, tab: str) -> dict[str, Any]:
    """Return what every page of the room at a unit needs: its tabs and which of them is open."""
    officiates = access.may_do(request.user, Right.OFFICIATE, request.scope)
    tabs = tabs_of_unit(request.scope, officiates=officiates, scores=access.scores(request.user))
    return {"tabs": tabs, "current_tab": tab, "tabs_label": _("Views of funding")}


def around(request: ScopedRequest, held: Held, tab: str) -> dict[str, Any]:
    """Return what every page of an application needs: what is held, its tabs and which of them is open."""
    writes = held.may(Part.WRITE)
    tabs = tabs_of_application(request.scope, held.application, writes=writes)
    told = {"tabs": tabs, "current_tab": tab, "tabs_label": _("Views of the application")}
    return {**told, "held": held, "application": held.application, "may_write": writes}


def around_call(request: ScopedRequest, call: Call, tab: str) -> dict[str, Any]:
    """Return what every page of an own call needs: the call, its tabs and which of them is open."""
    tabs = tabs_of_call(request.scope, call)
    return {"tabs": tabs, "current_tab": tab, "tabs_label": _("Views of the call"), "call": call}


def form_page(
    request: ScopedRequest,
    form: BaseForm,
    act: Callable[[dict[str, Any]], object],
    *,
    done: str,
    back: str,
    context: dict[str, Any],
    template: str = "funding/form.html",
    onward: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Show the form, or give its cleaned data to `act`, tell that it is `done` and go `back`.

    `onward` tells where to go instead, from what `act` made. A refusal stands above the form, with what was typed
    kept.
    """
    if request.method == "POST" and form.is_valid() and (acted := _acted(form, act)):
        messages.success(request, done)
        return redirect(onward(acted[0]) if onward else back)
    status = 422 if form.errors else 200
    return render(request, template, {**context, "form": form, "back_url": back}, status=status)


def attempt(request: ScopedRequest, act: Callable[[], object], *, done: str) -> bool:
    """Do something that asks for nothing more, tell that it is `done` or why not; return whether it was done."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True


def _acted(form: BaseForm, act: Callable[[dict[str, Any]], object]) -> tuple[object, ...]:
    """Return what `act` made, alone; nothing at all when it refused."""
    try:
        return (act(form.cleaned_data),)
    except Refused as refusal:
        show_refusal(form, refusal)
        return ()
