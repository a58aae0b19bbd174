"""Pages of findings: the list, one finding, adding, changing, closing with the measured effect."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.people.access import ScopedRequest
from luotsi.programme import access
from luotsi.programme.actions import findings as actions
from luotsi.programme.forms.findings import CloseForm, FindingFilter, FindingForm
from luotsi.programme.models import Finding
from luotsi.programme.queries import choices
from luotsi.programme.queries.finding_pages import FindingRow, finding_page, findings_listed, initial_of
from luotsi.programme.queries.measured import linked_indicators, value_now
from luotsi.programme.rules.rights import Right
from luotsi.programme.views.frame import around, fetched, form_page
from luotsi.ui import lists
from luotsi.ui.lists import Column, Link, State

COLUMNS = (
    Column("code", gettext_lazy("Code"), cell=lambda row: Link(row.url, row.code), sort=True),
    Column("text", gettext_lazy("Finding"), cell=lambda row: row.names),
    Column("state", gettext_lazy("State"), cell=lambda row: State(row.mark, row.word), sort=True),
    Column("action", gettext_lazy("Corrective action"), cell=lambda row: row.action),
    Column("owner", gettext_lazy("Owner"), cell=lambda row: row.owner),
    Column("due", gettext_lazy("Due"), cell=lambda row: row.due, numeric=True, sort=True),
    Column("section", gettext_lazy("Section of the plan"), cell=lambda row: row.section, sort=True),
    Column("effect", gettext_lazy("Measured effect"), cell=lambda row: row.effect),
)


def _url(request: ScopedRequest, programme: str, code: str = "") -> str:
    if not code:
        return reverse("programme:list-findings", args=[request.scope.key, programme])
    return reverse("programme:see-finding", args=[request.scope.key, programme, code])


def _gaps(row: FindingRow) -> str:
    return ", ".join(row.gaps)


@require_GET
def list_findings(request: ScopedRequest, programme: str) -> HttpResponse:
    """List the findings: the open ones without an answer first."""
    found = fetched(request, programme)
    columns = (*COLUMNS, Column("gaps", gettext_lazy("Missing"), cell=_gaps))
    listing = lists.read(request, columns=columns, filters=FindingFilter(request.GET), sort="state")
    rows = findings_listed(found, request.scope, listing.ask)
    context = around(request, found, "findings") | {"title": _("Findings and corrective actions")}
    if context["may_plan"]:
        context |= {
            "add_url": reverse("programme:add-finding", args=[request.scope.key, found.slug]),
            "add_label": _("Add a finding"),
        }
    return lists.answer(request, "programme/list_page.html", listing, rows, filename="findings", context=context)


@require_GET
def see_finding(request: ScopedRequest, programme: str, code: str) -> HttpResponse:
    """Show one finding with its action and what it changed."""
    found = fetched(request, programme)
    finding = access.finding_for(request.user, found, code)
    context = around(request, found, "findings") | {
        "page": finding_page(request.user, finding, request.scope, value_now(found, finding.indicator))
    }
    return render(request, "programme/see_finding.html", context)


@require_http_methods(["GET", "POST"])
def add_finding(request: ScopedRequest, programme: str) -> HttpResponse:
    """Add a finding."""
    found = fetched(request, programme, Right.PLAN)
    linked = linked_indicators(found)
    form = FindingForm(request.POST or None, choices=choices.of_finding(found), indicators=linked)
    return form_page(
        request,
        form,
        lambda given: actions.add_finding(
            programme=found, details=form.details(value_now(found, form.measured_by)), by=request.user
        ),
        done=_("The finding has been added."),
        back=_url(request, programme),
        context=around(request, found, "findings")
        | {"title": _("Add a finding"), "save_label": _("Add the finding"), "back_label": _("Findings")},
    )


@require_http_methods(["GET", "POST"])
def edit_finding(request: ScopedRequest, programme: str, code: str) -> HttpResponse:
    """Change a finding, or give it the action it lacks."""
    found = fetched(request, programme)
    finding = access.finding_for(request.user, found, code, Right.PLAN)
    form = FindingForm(
        request.POST or None,
        choices=choices.of_finding(found),
        indicators=linked_indicators(found),
        initial=initial_of(finding),
    )
    return form_page(
        request,
        form,
        lambda given: actions.change_finding(finding=finding, details=_details(form, finding), by=request.user),
        done=_("The finding has been saved."),
        back=_url(request, programme, code),
        context=around(request, found, "findings")
        | {"title": _("Edit the finding"), "save_label": _("Save the finding"), "back_label": code},
    )


def _details(form: FindingForm, finding: Finding) -> actions.FindingDetails:
    """Return what was typed; the value when found stays, unless another indicator measures from now on."""
    chosen = form.measured_by
    same = (chosen.pk if chosen else None) == finding.indicator_id
    return form.details(finding.value_before if same else value_now(finding.programme, chosen))


@require_http_methods(["GET", "POST"])
def close_finding(request: ScopedRequest, programme: str, code: str) -> HttpResponse:
    """Close a finding with its measured effect."""
    found = fetched(request, programme)
    finding = access.finding_for(request.user, found, code, Right.PLAN)
    form = CloseForm(request.POST or None, measured=finding.indicator is not None)
    now = value_now(found, finding.indicator)
    page = finding_page(request.user, finding, request.scope, now)
    return form_page(
        request,
        form,
        lambda given: actions.close_finding(finding=finding, value_after=now, by=request.user, **given),
        done=_("The effect has been recorded and the finding is closed."),
        back=_url(request, programme, code),
        context=around(request, found, "findings")
        | {
            "title": _("Record the effect"),
            "save_label": _("Close the finding"),
            "back_label": code,
            "intro": page.told,
        },
    )
