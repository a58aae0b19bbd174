"""Pages of reports to the funder: the list, one report, its words, sending it, its files."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base.errors import Refused
from luotsi.funding import access
from luotsi.funding.actions import grant_reports as actions
from luotsi.funding.forms.grant_reports import SendForm, WordsForm, typed_keys
from luotsi.funding.models import GrantReport
from luotsi.funding.queries.change_pages import is_outside
from luotsi.funding.queries.papers import KINDS
from luotsi.funding.queries.reports.documents import document
from luotsi.funding.queries.reports.pages import due_rows, report_page, word_fields
from luotsi.funding.rules.rights import Part
from luotsi.funding.views.frame import around, attempt, fetched, form_page
from luotsi.people.access import ScopedRequest
from luotsi.ui.exports import attached


def _url(request: ScopedRequest, pk: UUID, report: UUID | None = None) -> str:
    if report is None:
        return reverse("funding:list-grant-reports", args=[request.scope.key, pk])
    return reverse("funding:see-grant-report", args=[request.scope.key, pk, report])


@require_GET
def list_reports(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """List the reports that the decision asks for, with what was written of each."""
    held = access.grant_for(request.user, request.scope, pk)
    context = around(request, held, "reports") | {"rows": due_rows(held.application, request.scope)}
    return render(request, "funding/list_grant_reports.html", context)


@require_POST
def begin_report(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Begin a report and open it."""
    held = fetched(request, pk, Part.WRITE)
    kind, _colon, key = request.POST.get("report", "").partition(":")
    try:
        if kind not in GrantReport.Kind.values:
            raise Refused(_("Choose the report to begin."))
        made = actions.begin_report(application=held.application, kind=kind, key=key[:60], by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_url(request, pk))
    return redirect(_url(request, pk, made.pk))


@require_GET
def see_report(request: ScopedRequest, pk: UUID, report: UUID) -> HttpResponse:
    """Show a report: words, measures, indicators, costs and sums, each figure with its origin, and what is missing."""
    held = fetched(request, pk)
    page = report_page(request.user, held, access.grant_report_for(held, report))
    context = around(request, held, "reports") | {"page": page, "report": page.report}
    return render(request, "funding/see_grant_report.html", context)


@require_http_methods(["GET", "POST"])
def write_report(request: ScopedRequest, pk: UUID, report: UUID) -> HttpResponse:
    """Write the words of a report."""
    held = fetched(request, pk, Part.WRITE)
    found = access.grant_report_for(held, report)
    if found.is_sent:
        return redirect(_url(request, pk, report))
    form = WordsForm(
        request.POST or None,
        texts=word_fields(request.user, found, typed_keys(request.POST)),
        initial={"until_on": found.until_on, "seen": found.changed_at.isoformat()},
    )
    return form_page(
        request,
        form,
        lambda given: actions.write_report(
            report=found, words=form.words(), until_on=given["until_on"], seen=given["seen"], by=request.user
        ),
        done=_("The text has been saved."),
        back=_url(request, pk, report),
        context=around(request, held, "reports")
        | {"title": _("Write the report"), "save_label": _("Save the text"), "back_label": _("Grant report")},
    )


@require_http_methods(["GET", "POST"])
def send_report(request: ScopedRequest, pk: UUID, report: UUID) -> HttpResponse:
    """Send a report to a funder that is here, or mark it as sent: it is frozen, and its obligation is done."""
    held = fetched(request, pk, Part.SUBMIT)
    found, outside = access.grant_report_for(held, report), is_outside(held.application)
    there = _("The report is frozen as it stands now. Send the file or copy the text into the funder's own system.")
    here = _("The report is frozen as it stands now. The funder sees it at once.")
    return form_page(
        request,
        SendForm(request.POST if request.method == "POST" else None, outside=outside),
        lambda given: actions.send_report(report=found, by=request.user, **given),
        done=_("The report has been sent. It does not change any more."),
        back=_url(request, pk, report),
        context=around(request, held, "reports")
        | {
            "title": _("Mark the report as sent") if outside else _("Send the grant report"),
            "save_label": _("The report is sent") if outside else _("Send the grant report"),
            "back_label": _("Grant report"),
            "intro": there if outside else here,
        },
    )


@require_POST
def complete_report(request: ScopedRequest, pk: UUID, report: UUID) -> HttpResponse:
    """Begin the next version of a sent report."""
    found = access.grant_report_for(fetched(request, pk, Part.WRITE), report)
    try:
        made = actions.complete_report(report=found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_url(request, pk, report))
    messages.success(request, _("A new version has been begun. The sent one stays as it is."))
    return redirect(_url(request, pk, made.pk))


@require_POST
def discard_report(request: ScopedRequest, pk: UUID, report: UUID) -> HttpResponse:
    """Take away a draft."""
    found = access.grant_report_for(fetched(request, pk, Part.WRITE), report)
    words = _("The draft has been taken away.")
    gone = attempt(request, lambda: actions.discard_report(report=found, by=request.user), done=words)
    return redirect(_url(request, pk, None if gone else report))


@require_GET
def download_report(request: ScopedRequest, pk: UUID, report: UUID, language: str, kind: str) -> HttpResponse:
    """Send a report as text for copying, DOCX or tagged PDF, in Finnish or Swedish."""
    held = fetched(request, pk)
    found = access.grant_report_for(held, report)
    if kind not in KINDS or language not in {"fi", "sv"}:
        raise Http404(_("There is no such file."))
    made = document(request.user, found, kind, language)
    return attached(made.data, made.kind, made.filename)
