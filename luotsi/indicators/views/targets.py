"""Pages of targets: those of the unit and how they fit, setting one, taking one back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base.errors import Refused
from luotsi.indicators import access
from luotsi.indicators.actions import targets as actions
from luotsi.indicators.forms.observations import ReasonForm
from luotsi.indicators.forms.targets import TargetForm
from luotsi.indicators.queries.target_page import target_page
from luotsi.indicators.rules.rights import Right
from luotsi.indicators.views.observations import form_status
from luotsi.people.access import ScopedRequest
from luotsi.ui.forms import show_refusal


@require_GET
def list_targets(request: ScopedRequest, key: str) -> HttpResponse:
    """Show the targets of the unit and whether they fit those of the units below and above."""
    indicator = access.indicator_for(request.user, request.scope, key)
    page = target_page(request.user, request.scope, indicator)
    return render(request, "indicators/list_targets.html", {"page": page, "indicator": indicator})


@require_http_methods(["GET", "POST"])
def set_target(request: ScopedRequest, key: str) -> HttpResponse:
    """Set a target of the unit; one of the same period gives way and is kept."""
    indicator = access.indicator_for(request.user, request.scope, key)
    access.require(request.user, request.scope, Right.DEFINE)
    form = TargetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_target(indicator=indicator, unit=request.scope, by=request.user, **form.told())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The target has been set."))
            return redirect("indicators:list-targets", scope=request.scope.key, key=indicator.key)
    context = {"form": form, "indicator": indicator}
    return render(request, "indicators/set_target.html", context, status=form_status(form))


@require_http_methods(["GET", "POST"])
def withdraw_target(request: ScopedRequest, key: str, pk: UUID) -> HttpResponse:
    """Take a target back, with a reason."""
    indicator = access.indicator_for(request.user, request.scope, key)
    target = access.target_for(request.user, request.scope, pk, to=Right.DEFINE)
    if target.indicator_id != indicator.pk:
        raise Http404(_("There is no such target, or you have no role that shows it."))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_target(target=target, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The target has been taken back. It stays in the history."))
            return redirect("indicators:list-targets", scope=request.scope.key, key=indicator.key)
    context = {"form": form, "indicator": indicator, "target": target}
    return render(request, "indicators/withdraw_target.html", context, status=form_status(form))
