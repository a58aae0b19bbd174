"""Defining an indicator, writing a new version, renaming and retiring it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luotsi.base.errors import Refused
from luotsi.base.names import ORDER
from luotsi.indicators import access
from luotsi.indicators.actions import definitions as actions
from luotsi.indicators.forms.definitions import NameForm, NewIndicatorForm, NewVersionForm, RetireForm
from luotsi.indicators.queries.entering import definition_now
from luotsi.indicators.rules.rights import Right
from luotsi.indicators.views.observations import form_status
from luotsi.people.access import ScopedRequest
from luotsi.ui.forms import show_refusal


@require_http_methods(["GET", "POST"])
def define_indicator(request: ScopedRequest) -> HttpResponse:
    """Define a new indicator; the unit becomes its owner."""
    access.require(request.user, request.scope, Right.DEFINE)
    form = NewIndicatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key, code = form.cleaned_data["key"], form.cleaned_data["code"]
        try:
            made = actions.define_indicator(
                key=key, code=code, owner=request.scope, names=form.names(), details=form.details(), by=request.user
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The indicator has been defined. It is followed here and below."))
            return redirect("indicators:see-indicator", scope=request.scope.key, key=made.key)
    return render(request, "indicators/define_indicator.html", {"form": form}, status=form_status(form))


@require_http_methods(["GET", "POST"])
def write_definition(request: ScopedRequest, key: str) -> HttpResponse:
    """Write a new version of how the indicator is counted."""
    indicator = access.indicator_for(request.user, request.scope, key, to=Right.DEFINE)
    form = NewVersionForm(request.POST or None, definition=definition_now(indicator))
    if request.method == "POST" and form.is_valid():
        change = form.cleaned_data["change"]
        try:
            actions.new_version(indicator=indicator, details=form.details(), change=change, by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The new version has been written. Lines break on its first day."))
            return redirect("indicators:see-definition", scope=request.scope.key, key=indicator.key)
    context = {"form": form, "indicator": indicator}
    return render(request, "indicators/write_definition.html", context, status=form_status(form))


@require_http_methods(["GET", "POST"])
def rename_indicator(request: ScopedRequest, key: str) -> HttpResponse:
    """Give the indicator another name or code; what is counted stays."""
    indicator = access.indicator_for(request.user, request.scope, key, to=Right.DEFINE)
    kept = {f"name_{code}": getattr(indicator.names, code) for code in ORDER} | {"code": indicator.code}
    form = NameForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename(indicator=indicator, names=form.names(), code=form.cleaned_data["code"], by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The indicator has been renamed."))
            return redirect("indicators:see-definition", scope=request.scope.key, key=indicator.key)
    context = {"form": form, "indicator": indicator}
    return render(request, "indicators/rename_indicator.html", context, status=form_status(form))


@require_http_methods(["GET", "POST"])
def retire_indicator(request: ScopedRequest, key: str) -> HttpResponse:
    """Stop following the indicator after a day."""
    indicator = access.indicator_for(request.user, request.scope, key, to=Right.DEFINE)
    form = RetireForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.retire(indicator=indicator, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The indicator has been retired. Its figures stay readable."))
            return redirect("indicators:see-definition", scope=request.scope.key, key=indicator.key)
    context = {"form": form, "indicator": indicator}
    return render(request, "indicators/retire_indicator.html", context, status=form_status(form))
