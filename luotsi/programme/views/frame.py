"""What the views of a programme have in common: fetching it, the context of its pages, answering a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from luotsi.base.errors import Refused
from luotsi.programme import access
from luotsi.programme.queries.tabs import tabs_of
from luotsi.programme.rules.rights import Right
from luotsi.ui.forms import show_refusal

if TYPE_CHECKING:
    from django.forms import BaseForm

    from luotsi.people.access import ScopedRequest
    from luotsi.programme.models import Programme


def fetched(request: ScopedRequest, slug: str, to: Right = Right.SEE) -> Programme:
    """Return the programme of the address, through access."""
    return access.programme_for(request.user, request.scope, slug, to)


def around(request: ScopedRequest, programme: Programme, tab: str) -> dict[str, Any]:
    """Return what every page of a programme needs: the programme, its tabs and which of them is open."""
    return {
        "programme": programme,
        "tabs": tabs_of(request.user, request.scope, programme),
        "current_tab": tab,
        "may_plan": access.may_do(request.user, programme, Right.PLAN),
    }


def form_page(
    request: ScopedRequest,
    form: BaseForm,
    act: Callable[[dict[str, Any]], object],
    *,
    done: str,
    back: str,
    context: dict[str, Any],
    template: str = "programme/form.html",
) -> HttpResponse:
    """Show the form, or give its cleaned data to `act`, tell that it is `done` and go `back`.

    A refusal stands above the form, with what was typed kept.
    """
    if request.method == "POST" and form.is_valid() and _acted(form, act):
        messages.success(request, done)
        return redirect(back)
    status = 422 if form.errors else 200
    return render(request, template, {**context, "form": form, "back_url": back}, status=status)


def _acted(form: BaseForm, act: Callable[[dict[str, Any]], object]) -> bool:
    try:
        act(form.cleaned_data)
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True
