"""Pages of measures: the list, and one measure with its milestones, states and figures."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from luotsi.base import clock
from luotsi.people.access import ScopedRequest
from luotsi.programme.forms.states import MeasureFilter
from luotsi.programme.queries import choices
from luotsi.programme.queries.measure_pages import measure_page, measures_listed
from luotsi.programme.views.frame import around, fetched
from luotsi.ui import lists
from luotsi.ui.lists import Column, Link, State

COLUMNS = (
    Column("code", gettext_lazy("Code"), cell=lambda row: Link(row.url, row.code), sort=True),
    Column("name", gettext_lazy("Measure"), cell=lambda row: row.names, sort=True),
    Column("section", gettext_lazy("Section of the plan"), cell=lambda row: row.section, sort=True),
    Column("owners", gettext_lazy("Accountable"), cell=lambda row: row.owners),
    Column("state", gettext_lazy("State"), cell=lambda row: State(row.mark, row.word), sort=True),
    Column("why", gettext_lazy("Why"), cell=lambda row: row.why),
    Column("done", gettext_lazy("Milestones done"), cell=lambda row: row.done, numeric=True, sort=True),
    Column("of", gettext_lazy("Milestones"), cell=lambda row: row.total, numeric=True),
)


@require_GET
def list_measures(request: ScopedRequest, programme: str) -> HttpResponse:
    """List the measures with their states."""
    found = fetched(request, programme)
    form = MeasureFilter(request.GET, sections=choices.sections(found))
    listing = lists.read(request, columns=COLUMNS, filters=form, sort="code")
    rows = measures_listed(request.user, found, request.scope, listing.ask, clock.today())
    context = around(request, found, "measures") | {"title": _("Measures")}
    return lists.answer(request, "programme/list_page.html", listing, rows, filename="measures", context=context)


@require_GET
def see_measure(request: ScopedRequest, programme: str, code: str) -> HttpResponse:
    """Show a measure: who does it, its milestones with the states of each member, why, its figures, its neighbours."""
    found = fetched(request, programme)
    page = measure_page(request.user, found, request.scope, code, clock.today())
    if page is None:
        raise Http404(_("There is no such measure in the plan."))
    return render(request, "programme/see_measure.html", around(request, found, "measures") | {"page": page})
