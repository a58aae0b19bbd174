"""Pages of units: the unit itself, the list below it, adding in three steps, changing, ending."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base.errors import Refused
from luotsi.people import access
from luotsi.people.access import ScopedRequest
from luotsi.people.actions import units as actions
from luotsi.people.forms.units import EndForm, UnitFilter, UnitForm
from luotsi.people.queries import second_level
from luotsi.people.queries.audit import latest
from luotsi.people.queries.units import UnitRow, unit_page, units_listed
from luotsi.people.rules import Kind, Right
from luotsi.ui import lists
from luotsi.ui.forms import show_refusal
from luotsi.ui.lists import Column, Link, State

STATES = {
    "current": ("done", gettext_lazy("In force")),
    "coming": ("none", gettext_lazy("Coming")),
    "ended": ("none", gettext_lazy("Ended")),
}


def _state(row: UnitRow) -> State:
    if row.leader_missing and row.state == "current":
        return State("risk", _("Nobody leads"))
    return State(STATES[row.state][0], str(STATES[row.state][1]))


COLUMNS = (
    Column("name", gettext_lazy("Name"), cell=lambda row: Link(row.url, row.names), sort=True),
    Column("kind", gettext_lazy("Kind"), cell=lambda row: row.kind, sort=True),
    Column("parent", gettext_lazy("Belongs to"), cell=lambda row: row.parent, sort=True),
    Column("codes", gettext_lazy("Official codes"), cell=lambda row: row.codes),
    Column(
        "staff",
        gettext_lazy("Staff"),
        cell=lambda row: None if row.staff is None else Link(row.staff_url, row.staff),
        numeric=True,
        sort=True,
    ),
    Column("from", gettext_lazy("From"), cell=lambda row: row.valid_from, numeric=True, sort=True),
    Column("to", gettext_lazy("To"), cell=lambda row: row.valid_to, numeric=True, sort=True),
    Column("state", gettext_lazy("State"), cell=_state),
)


@require_GET
def see_unit(request: ScopedRequest) -> HttpResponse:
    """Show one unit: its details, who leads it, what is below it, the latest changes."""
    context = {
        "page": unit_page(request.user, request.scope),
        "latest": latest(request.user, request.scope),
        "tabs": second_level(request.user, request.scope),
    }
    return render(request, "people/see_unit.html", context)


@require_GET
def list_units(request: ScopedRequest) -> HttpResponse:
    """List the units below the scope."""
    listing = lists.read(request, columns=COLUMNS, filters=UnitFilter(request.GET), sort="kind")
    rows = units_listed(request.user, request.scope, listing.ask)
    context = {
        "tabs": second_level(request.user, request.scope),
        "may_add": access.reach_of(request.user).may(Right.EDIT_UNITS, request.scope.path),
    }
    return lists.answer(request, "people/list_units.html", listing, rows, filename="units", context=context)


@require_http_methods(["GET", "POST"])
def edit_unit(request: ScopedRequest) -> HttpResponse:
    """Change the details of the unit."""
    unit = access.require(request.user, request.scope, Right.EDIT_UNITS)
    form = UnitForm(request.POST or None, kind=Kind(unit.kind), unit=unit)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_unit(unit=unit, details=form.details(), by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The unit has been saved."))
            return redirect("people:see-unit", scope=unit.key)
    return render(request, "people/edit_unit.html", {"form": form, "unit": unit}, status=form_status(form))


@require_http_methods(["GET", "POST"])
def end_unit(request: ScopedRequest) -> HttpResponse:
    """End the unit on its last day."""
    unit = access.require(request.user, request.scope, Right.EDIT_UNITS)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_unit(unit=unit, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The unit ends on the day you gave. You can reopen it on this page."))
            return redirect("people:see-unit", scope=unit.key)
    return render(request, "people/end_unit.html", {"form": form, "unit": unit}, status=form_status(form))


@require_POST
def reopen_unit(request: ScopedRequest) -> HttpResponse:
    """Take back the ending of the unit."""
    unit = access.require(request.user, request.scope, Right.EDIT_UNITS)
    try:
        actions.reopen_unit(unit=unit, by=request.user)
        messages.success(request, _("The unit is in force again."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("people:see-unit", scope=unit.key)


def form_status(form: object) -> int:
    """Return 422 for a page that shows errors, 200 otherwise."""
    return 422 if getattr(form, "errors", None) else 200
