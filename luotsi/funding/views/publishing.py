"""Publishing an own call, taking it back in time, moving its closing, withdrawing it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luotsi.funding import access
from luotsi.funding.actions import own_calls as actions
from luotsi.funding.forms.own_calls import ClosingForm, WithdrawForm
from luotsi.funding.views.frame import around_call, attempt, form_page
from luotsi.funding.views.own_calls import call_url
from luotsi.people.access import ScopedRequest
from luotsi.ui.formatting import exact_moment


@require_POST
def publish_call(request: ScopedRequest, slug: str) -> HttpResponse:
    """Publish a draft: everybody may read it."""
    call = access.own_call_for(request.user, request.scope, slug)
    words = _("The call is published. Until it opens, publishing can be taken back.")
    attempt(request, lambda: actions.publish_call(call=call, by=request.user), done=words)
    return redirect(call_url(request, slug))


@require_POST
def unpublish_call(request: ScopedRequest, slug: str) -> HttpResponse:
    """Take publishing back while the call has not opened."""
    call = access.own_call_for(request.user, request.scope, slug)
    words = _("The call is a draft again.")
    attempt(request, lambda: actions.unpublish_call(call=call, by=request.user), done=words)
    return redirect(call_url(request, slug))


@require_http_methods(["GET", "POST"])
def withdraw_call(request: ScopedRequest, slug: str) -> HttpResponse:
    """Withdraw a published call with a reason."""
    call = access.own_call_for(request.user, request.scope, slug)
    form = WithdrawForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda given: actions.withdraw_call(call=call, because=given["because"], by=request.user),
        done=_("The call is withdrawn. Its page stays with the reason."),
        back=call_url(request, slug),
        context=around_call(request, call, "call")
        | {
            "title": _("Withdraw the call"),
            "save_label": _("Withdraw"),
            "back_label": call.names.text,
            "intro": _("Nobody can apply any more. What has come in stays. This cannot be taken back."),
        },
    )


@require_http_methods(["GET", "POST"])
def move_closing(request: ScopedRequest, slug: str) -> HttpResponse:
    """Let a published call close at another moment, with a reason."""
    call = access.own_call_for(request.user, request.scope, slug)
    form = ClosingForm(request.POST or None)
    now = exact_moment(call.closes_at)
    return form_page(
        request,
        form,
        lambda given: actions.move_closing(call=call, to=form.moment(), because=form.because, by=request.user),
        done=_("The closing has been moved. The page of the call tells when and why."),
        back=call_url(request, slug),
        context=around_call(request, call, "call")
        | {
            "title": _("Move the closing"),
            "save_label": _("Move the closing"),
            "back_label": call.names.text,
            "intro": _("The call closes %(now)s. An open call never closes earlier than it said.") % {"now": now},
        },
    )
