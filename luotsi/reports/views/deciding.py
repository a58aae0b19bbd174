"""Freezing a report, taking it to a body, and publishing it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luotsi.base.errors import Refused
from luotsi.people.access import ScopedRequest
from luotsi.reports import access
from luotsi.reports.actions import deciding
from luotsi.reports.actions.freezing import freeze_report as freeze
from luotsi.reports.forms import DecisionForm, FreezeForm, MatterForm
from luotsi.reports.queries.pages import freezing
from luotsi.reports.rules.rights import Right
from luotsi.reports.views.writing import form_status
from luotsi.ui.forms import show_refusal


@require_http_methods(["GET", "POST"])
def freeze_report(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Freeze a draft, with a reason for everything that is missing."""
    report = access.report_for(request.user, request.scope, pk, to=Right.FREEZE)
    blockers = freezing(report, request.scope)
    form = FreezeForm(request.POST if request.method == "POST" else None, blockers=blockers)
    if request.method == "POST" and form.is_valid():
        try:
            freeze(report=report, reasons=form.reasons(), by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The report is frozen. Its figures and texts do not change any more."))
            return redirect("reports:see-report", scope=request.scope.key, pk=report.pk)
    context = {"form": form, "report": report, "blockers": blockers}
    return render(request, "reports/freeze_report.html", context, status=form_status(form))


@require_http_methods(["GET", "POST"])
def prepare_matter(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Write the matter as it goes to a body."""
    report = access.report_for(request.user, request.scope, pk, to=Right.DECIDE)
    form = MatterForm(request.POST or None, report=report)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.prepare_matter(report=report, matter=form.matter(), by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The matter has been saved."))
            return redirect("reports:see-report", scope=request.scope.key, pk=report.pk)
    context = {"form": form, "report": report}
    return render(request, "reports/prepare_matter.html", context, status=form_status(form))


@require_http_methods(["GET", "POST"])
def decide_report(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Record what the body decided."""
    report = access.report_for(request.user, request.scope, pk, to=Right.DECIDE)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.decide_report(report=report, ruling=form.ruling(), by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The decision has been recorded. The report can be published."))
            return redirect("reports:see-report", scope=request.scope.key, pk=report.pk)
    context = {"form": form, "report": report}
    return render(request, "reports/decide_report.html", context, status=form_status(form))


@require_http_methods(["GET", "POST"])
def publish_report(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Ask first, then publish: everybody may read it from then on."""
    report = access.report_for(request.user, request.scope, pk, to=Right.DECIDE)
    if request.method == "POST":
        try:
            deciding.publish_report(report=report, by=request.user)
            messages.success(request, _("The report is published. Everybody may read it."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("reports:see-report", scope=request.scope.key, pk=report.pk)
    return render(request, "reports/publish_report.html", {"report": report})
