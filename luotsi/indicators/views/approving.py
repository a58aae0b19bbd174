"""Handing over, approving and sending back figures, one or many at a time."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from luotsi.base.errors import Refused
from luotsi.indicators import access
from luotsi.indicators.actions import observations as actions
from luotsi.indicators.forms.observations import ManyForm, ReasonForm
from luotsi.indicators.queries.observation_list import waiting_for_approval
from luotsi.indicators.queries.tabs import second_level
from luotsi.indicators.rules.rights import Right
from luotsi.indicators.views.observations import form_status
from luotsi.people.access import ScopedRequest
from luotsi.ui.formatting import number
from luotsi.ui.forms import show_refusal


@require_POST
def submit_observation(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Hand a draft over for approval."""
    found = access.observation_for(request.user, request.scope, pk, to=Right.ENTER)
    try:
        actions.submit(observation=found, by=request.user)
        messages.success(request, _("The figure waits for approval."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("indicators:see-observation", scope=request.scope.key, pk=found.pk)


@require_POST
def approve_observation(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Approve a figure that was handed over."""
    found = access.observation_for(request.user, request.scope, pk, to=Right.APPROVE)
    try:
        actions.approve(observation=found, by=request.user)
        messages.success(request, _("The figure has been approved. It counts on every page from now on."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("indicators:see-observation", scope=request.scope.key, pk=found.pk)


@require_http_methods(["GET", "POST"])
def send_back_observation(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Give a figure back to those who entered it, with a reason."""
    found = access.observation_for(request.user, request.scope, pk, to=Right.APPROVE)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_back(observation=found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The figure has been sent back. It is a draft again."))
            return redirect("indicators:see-observation", scope=request.scope.key, pk=found.pk)
    context = {"form": form, "found": found}
    return render(request, "indicators/send_back_observation.html", context, status=form_status(form))


@require_http_methods(["GET", "POST"])
def approve_observations(request: ScopedRequest) -> HttpResponse:
    """Show the figures that wait for approval, each beside the one before, and approve the chosen ones."""
    access.require(request.user, request.scope, Right.APPROVE)
    rows = waiting_for_approval(request.user, request.scope)
    form = ManyForm(request.POST if request.method == "POST" else None, rows=rows)
    if request.method == "POST" and form.is_valid():
        waiting = access.approvable_by(request.user, request.scope)
        chosen = waiting.filter(pk__in=form.cleaned_data["chosen"])
        count = actions.approve_many(observations=chosen, by=request.user)
        text = ngettext("%(n)s figure has been approved.", "%(n)s figures have been approved.", count)
        messages.success(request, text % {"n": number(count)})
        return redirect("indicators:list-observations", scope=request.scope.key)
    context = {"rows": rows, "form": form, "tabs": second_level(request.user, request.scope)}
    return render(request, "indicators/approve_observations.html", context, status=form_status(form))
