"""Pages of payments of an own call: instalments into a payment file, paid, and money asked back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base import clock
from luotsi.funding import access
from luotsi.funding.actions import paying as actions
from luotsi.funding.forms.paying import BackForm, PaidForm, RunForm
from luotsi.funding.models import PaymentRun
from luotsi.funding.queries.paying import HEADERS, back_page, file_rows, new_key, paying_page
from luotsi.funding.views.frame import around_call, attempt, form_page
from luotsi.people.access import ScopedRequest
from luotsi.ui.exports import csv_response


def _back(request: ScopedRequest, slug: str) -> HttpResponse:
    return redirect(reverse("funding:list-payments", args=[request.scope.key, slug]))


@require_GET
def list_payments(request: ScopedRequest, slug: str) -> HttpResponse:
    """Show the instalments of a call with their states, and its payment files."""
    call = access.decided_call_for(request.user, request.scope, slug)
    page = paying_page(call, request.user)
    form = RunForm(choices=[], initial={"pay_on": clock.today(), "key": new_key()})
    context = around_call(request, call, "payments") | {"page": page, "form": form, "today": clock.today()}
    return render(request, "funding/list_payments.html", context)


@require_POST
def make_payments(request: ScopedRequest, slug: str) -> HttpResponse:
    """Gather the chosen instalments into a payment file."""
    call = access.decided_call_for(request.user, request.scope, slug, to_decide=True)
    form = RunForm(request.POST, choices=[str(row.pk) for row in paying_page(call, request.user).rows])
    if not form.is_valid():
        messages.error(request, " ".join(str(one) for errors in form.errors.values() for one in errors))
        return _back(request, slug)
    given = form.cleaned_data
    chosen = [UUID(one) for one in given["instalment"]]
    attempt(
        request,
        lambda: actions.make_run(
            call=call, instalments=chosen, pay_on=given["pay_on"], key=given["key"], by=request.user
        ),
        done=_("The payment file is ready. Tell here when it has been paid."),
    )
    return _back(request, slug)


def _done(
    request: ScopedRequest, slug: str, run: UUID, act: Callable[[PaymentRun], object], words: str
) -> HttpResponse:
    """Do something with a payment file, tell that it is done or why not, and go back to the payments."""
    call = access.decided_call_for(request.user, request.scope, slug, to_decide=True)
    held = access.run_for(call, run)
    attempt(request, lambda: act(held), done=words)
    return _back(request, slug)


@require_POST
def confirm_payments(request: ScopedRequest, slug: str, run: UUID) -> HttpResponse:
    """Tell that a payment file was paid."""
    form = PaidForm(request.POST)
    paid_on = form.cleaned_data["paid_on"] if form.is_valid() else clock.today()
    words = _("Paid: each grant has its payment.")
    return _done(
        request, slug, run, lambda held: actions.confirm_run(run=held, paid_on=paid_on, by=request.user), words
    )


@require_POST
def discard_payments(request: ScopedRequest, slug: str, run: UUID) -> HttpResponse:
    """Take a payment file away that was not paid."""
    words = _("The payment file is taken away; its instalments wait again.")
    return _done(request, slug, run, lambda held: actions.discard_run(run=held, by=request.user), words)


@require_GET
def download_payments(request: ScopedRequest, slug: str, run: UUID) -> HttpResponse:
    """Send a payment file as CSV."""
    call = access.decided_call_for(request.user, request.scope, slug)
    held = access.run_for(call, run)
    return csv_response(f"{call.slug}-{held.number}", HEADERS, file_rows(held))


@require_http_methods(["GET", "POST"])
def ask_back(request: ScopedRequest, slug: str, decision: UUID) -> HttpResponse:
    """Decide that money was paid too much, and by when it is returned."""
    call = access.decided_call_for(request.user, request.scope, slug, to_decide=True)
    held = access.told_grant_for(call, decision)
    form = BackForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda given: actions.ask_back(decision=held, details=form.details(), by=request.user),
        done=_("The recovery is decided."),
        back=reverse("funding:list-payments", args=[request.scope.key, slug]),
        context=around_call(request, call, "payments") | {"page": back_page(held)},
        template="funding/ask_back.html",
    )
