"""Pages of milestones: the list behind the counts, telling a state with its evidence, the file of an evidence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base import clock, uploads
from luotsi.people.access import ScopedRequest
from luotsi.programme import access
from luotsi.programme.actions import milestones as actions
from luotsi.programme.forms.states import MeasureStateForm, MilestoneFilter, StateForm
from luotsi.programme.models import Programme
from luotsi.programme.queries import choices
from luotsi.programme.queries.milestone_pages import milestone_page, milestones_listed
from luotsi.programme.rules.rights import Right
from luotsi.programme.views.frame import around, fetched, form_page
from luotsi.ui import lists
from luotsi.ui.lists import Column, Link, State

EVIDENCE = frozenset({uploads.PDF, uploads.IMAGE, uploads.XLSX, uploads.CSV})
COLUMNS = (
    Column("measure", gettext_lazy("Measure"), cell=lambda row: Link(row.url, row.measure), sort=True),
    Column("text", gettext_lazy("Milestone"), cell=lambda row: row.names),
    Column("period", gettext_lazy("Period"), cell=lambda row: row.label, sort=True),
    Column("unit", gettext_lazy("Unit"), cell=lambda row: row.unit, sort=True),
    Column("state", gettext_lazy("State"), cell=lambda row: State(row.mark, row.word), sort=True),
    Column("why", gettext_lazy("Why"), cell=lambda row: row.why),
    Column("due", gettext_lazy("Due"), cell=lambda row: row.due, numeric=True, sort=True),
)


@require_GET
def list_milestones(request: ScopedRequest, programme: str) -> HttpResponse:
    """List the milestones of each unit with their states: what the counts of the overview open to."""
    found = fetched(request, programme)
    form = MilestoneFilter(request.GET, choices=choices.of_milestones(request.user, found))
    listing = lists.read(request, columns=COLUMNS, filters=form, sort="measure")
    rows = milestones_listed(request.user, found, request.scope, listing.ask, clock.today())
    context = around(request, found, "measures") | {"title": _("Milestones")}
    return lists.answer(request, "programme/list_page.html", listing, rows, filename="milestones", context=context)


@require_http_methods(["GET", "POST"])
def tell_state(request: ScopedRequest, programme: str, code: str, period: str) -> HttpResponse:
    """Show the states of a milestone with their history, and take a new one from those who may tell it."""
    found = fetched(request, programme, Right.RECORD if request.method == "POST" else Right.SEE)
    units = choices.recording(request.user, found, request.scope, request.GET.get("unit", ""))
    form = None
    if units:
        linked = choices.indicators(found)
        form = StateForm(request.POST or None, request.FILES or None, units=units, indicators=linked)
    return _state_page(request, found, (code, period), form)


@require_http_methods(["GET", "POST"])
def tell_measure(request: ScopedRequest, programme: str, code: str) -> HttpResponse:
    """Show how a measure as a whole stands, and let it be set by hand, with a reason."""
    found = fetched(request, programme, Right.RECORD if request.method == "POST" else Right.SEE)
    units = choices.recording(request.user, found, request.scope, request.GET.get("unit", ""))
    form = MeasureStateForm(request.POST or None, units=units) if units else None
    return _state_page(request, found, (code, ""), form)


def _state_page(
    request: ScopedRequest, programme: Programme, place: tuple[str, str], form: BaseForm | None
) -> HttpResponse:
    page = milestone_page(request.user, programme, request.scope, *place, clock.today())
    if page is None:
        raise Http404(_("There is no such milestone in the plan."))
    context = around(request, programme, "measures") | {"page": page}
    if form is None:
        return render(request, "programme/tell_state.html", context)
    return form_page(
        request,
        form,
        lambda given: _tell(request, programme, place, given),
        done=_("The state has been saved."),
        back=reverse("programme:see-measure", args=[request.scope.key, programme.slug, place[0]]),
        context=context,
        template="programme/tell_state.html",
    )


def _tell(request: ScopedRequest, programme: Programme, place: tuple[str, str], given: dict[str, Any]) -> object:
    file = given.get("file")
    evidence = actions.Evidence(
        words=given.get("words", ""),
        link=given.get("link", ""),
        file=uploads.read(file, kinds=EVIDENCE) if file else None,
        indicator_key=given.get("indicator_key", ""),
    )
    return actions.tell_state(
        programme=programme,
        measure=place[0],
        period=place[1],
        unit=access.unit_for(request.user, programme, given["unit"], Right.RECORD),
        state=given["state"],
        reason=given["reason"],
        evidence=evidence,
        done_on=given.get("done_on"),
        by=request.user,
    )


@require_GET
def download_evidence(request: ScopedRequest, programme: str, pk: UUID) -> HttpResponseBase:
    """Return the file that was told as evidence."""
    told = access.state_for(request.user, pk)
    if not told.file or told.programme.slug != programme:
        raise Http404(_("This is not there, or you have no role that shows it."))
    return FileResponse(told.file.open("rb"), as_attachment=True, filename=told.filename)
