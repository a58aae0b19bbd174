"""Answers a form: shows it, or gives what was typed to an action, tells what came of it and goes on.

What refuses is told by the room (`refused`): a class of errors whose words are fit for the user.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luotsi.ui.forms import show_refusal

if TYPE_CHECKING:
    from django.forms import BaseForm

    from luotsi.ui.forms import Refusal


def form_page(
    request: HttpRequest,
    form: BaseForm,
    act: Callable[[dict[str, Any]], object],
    *,
    done: str,
    back: str,
    context: dict[str, Any],
    template: str,
    refused: type[Exception],
    onward: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Show the form, or give its cleaned data to `act`, tell that it is `done` and go `back`.

    `onward` tells where to go instead, from what `act` made. A refusal stands above the form, with what was typed
    kept.
    """
    if request.method == "POST" and form.is_valid() and (acted := _acted(form, act, refused)):
        messages.success(request, done)
        return redirect(onward(acted[0]) if onward else back)
    status = 422 if form.errors else 200
    return render(request, template, {**context, "form": form, "back_url": back}, status=status)


def attempt(request: HttpRequest, act: Callable[[], object], *, done: str, refused: type[Exception]) -> bool:
    """Do something that asks for nothing more, tell that it is `done` or why not; return whether it was done."""
    try:
        act()
    except refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True


def _acted(form: BaseForm, act: Callable[[dict[str, Any]], object], refused: type[Exception]) -> tuple[object, ...]:
    """Return what `act` made, alone; nothing at all when it refused."""
    try:
        return (act(form.cleaned_data),)
    except refused as refusal:
        show_refusal(form, cast("Refusal", refusal))
        return ()
