"""Reading reports: the list, one report, its files, its proof, and what everybody may read."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_GET

from luotsi.people.access import ScopedRequest
from luotsi.reports import access
from luotsi.reports.forms import ReportFilter
from luotsi.reports.models import Report
from luotsi.reports.queries.documents import KINDS, Document, document
from luotsi.reports.queries.pages import public_page, report_page
from luotsi.reports.queries.proof import prove_report
from luotsi.reports.queries.proof_page import proof_page
from luotsi.reports.queries.reports import ReportRow, beginnings, reports_listed
from luotsi.ui import lists
from luotsi.ui.exports import attached
from luotsi.ui.lists import Column, Link, State

MARKS = {"draft": "none", "frozen": "run", "approved": "done", "noted": "done", "published": "done"}


def _state(row: ReportRow) -> State:
    return State(MARKS[row.state], row.state_words)


COLUMNS = (
    Column("programme", gettext_lazy("Programme"), cell=lambda row: Link(row.url, row.programme)),
    Column("kind", gettext_lazy("Kind"), cell=lambda row: row.kind),
    Column("period", gettext_lazy("Period"), cell=lambda row: row.period, sort=True),
    Column("version", gettext_lazy("Version"), cell=lambda row: row.version, numeric=True, sort=True),
    Column("data", gettext_lazy("Figures as of"), cell=lambda row: row.data_on, numeric=True),
    Column("frozen", gettext_lazy("Frozen"), cell=lambda row: row.frozen_at, numeric=True, sort=True),
    Column("state", gettext_lazy("State"), cell=_state),
)


@require_GET
def list_reports(request: ScopedRequest) -> HttpResponse:
    """List the reports along the unit, and offer those that can be begun."""
    listing = lists.read(request, columns=COLUMNS, filters=ReportFilter(request.GET), sort="period", descending=True)
    rows = reports_listed(request.user, request.scope, listing.ask)
    context = {"beginnings": beginnings(request.user, request.scope)}
    return lists.answer(request, "reports/list_reports.html", listing, rows, filename="reports", context=context)


@require_GET
def see_report(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show a report: as it would be today while it is a draft, as it was frozen afterwards."""
    report = access.report_for(request.user, request.scope, pk)
    page = report_page(request.user, report, request.scope, language())
    return render(request, "reports/see_report.html", {"page": page, "languages": settings.LANGUAGES})


@require_GET
def verify_report(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Prove a frozen report: its hash, and every figure made again."""
    report = access.report_for(request.user, request.scope, pk)
    if report.state == Report.State.DRAFT:
        raise Http404
    page = proof_page(report, prove_report(report), language())
    return render(request, "reports/verify_report.html", {"page": page, "report": report})


@require_GET
def download_report(request: ScopedRequest, pk: UUID, lang: str, kind: str) -> HttpResponse:
    """Send a report as PDF, workbook or JSON."""
    report = access.report_for(request.user, request.scope, pk)
    return _sent(document(report, *_asked(kind, lang)))


@require_GET
@login_not_required
def see_public_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a published report to everybody."""
    page = public_page(access.published_report(pk), language())
    return render(request, "reports/see_public_report.html", {"page": page, "languages": settings.LANGUAGES})


@require_GET
@login_not_required
def download_public_report(request: HttpRequest, pk: UUID, lang: str, kind: str) -> HttpResponse:
    """Send a published report as PDF, workbook or JSON to everybody."""
    return _sent(document(access.published_report(pk), *_asked(kind, lang)))


def language() -> str:
    """Return the language of the page."""
    return (get_language() or "fi")[:2]


def _asked(kind: str, lang: str) -> tuple[str, str]:
    if kind not in KINDS or lang not in dict(settings.LANGUAGES):
        raise Http404
    return kind, lang


def _sent(found: Document) -> HttpResponse:
    return attached(found.data, found.kind, found.filename)
