"""Beginning reports and writing their texts."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luotsi.base.errors import Refused
from luotsi.people.access import ScopedRequest
from luotsi.reports import access
from luotsi.reports.actions import drafts
from luotsi.reports.forms import BeginForm, RenewForm, SectionForm
from luotsi.reports.models import Report
from luotsi.reports.queries.reports import periods_of
from luotsi.reports.rules.rights import Right
from luotsi.ui.forms import show_refusal


@require_http_methods(["GET", "POST"])
def begin_report(request: ScopedRequest, programme: str, kind: str) -> HttpResponse:
    """Begin a report about a period of a programme."""
    found = access.programme_for(request.user, request.scope, programme)
    form = BeginForm(request.POST or None, periods=periods_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            made = drafts.begin_report(kind=kind, programme=found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The draft has been made. Its figures are live until it is frozen."))
            return redirect("reports:see-report", scope=request.scope.key, pk=made.pk)
    context = {"form": form, "programme": found, "kind": dict(Report.Kind.choices).get(kind, "")}
    return render(request, "reports/begin_report.html", context, status=form_status(form))


@require_POST
def write_text(request: ScopedRequest, pk: UUID, section: str) -> HttpResponse:
    """Keep the text of a section in each language."""
    report = access.report_for(request.user, request.scope, pk, to=Right.WRITE)
    form = SectionForm(request.POST)
    try:
        if form.is_valid():
            drafts.write_texts(report=report, section=section, texts=form.cleaned_data, by=request.user)
            messages.success(request, _("The text has been saved."))
        else:
            messages.error(request, _("The text is too long: at most %(limit)s characters.") % {"limit": 8000})
    except Refused as refusal:
        messages.error(request, str(refusal))
    url = reverse("reports:see-report", args=[request.scope.key, report.pk])
    return redirect(f"{url}#{section}")


@require_http_methods(["GET", "POST"])
def renew_report(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Begin a new version of a frozen report."""
    report = access.report_for(request.user, request.scope, pk, to=Right.WRITE)
    form = RenewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = drafts.begin_version(report=report, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The new version is a draft. It shows which figures have changed."))
            return redirect("reports:see-report", scope=request.scope.key, pk=made.pk)
    context = {"form": form, "report": report}
    return render(request, "reports/renew_report.html", context, status=form_status(form))


def form_status(form: object) -> int:
    """Return 422 for a page that shows errors, 200 otherwise."""
    return 422 if getattr(form, "errors", None) else 200
