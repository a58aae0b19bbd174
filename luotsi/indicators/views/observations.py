"""Pages of observations: the list, entering a figure, the draft, changing what was approved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base.errors import Refused
from luotsi.indicators import access
from luotsi.indicators.actions import observations as actions
from luotsi.indicators.actions.observations.sheets import SheetRow, write_draft
from luotsi.indicators.forms.observations import ChangeForm, FigureForm, ObservationFilter, PlaceForm
from luotsi.indicators.models import Indicator, Observation
from luotsi.indicators.queries.definitions import definition_words
from luotsi.indicators.queries.entering import (
    definition_now,
    earlier_figures,
    indicators_to_enter,
    units_to_enter,
)
from luotsi.indicators.queries.observation_list import observation_page, observations_listed
from luotsi.indicators.queries.tabs import second_level
from luotsi.indicators.rules.rights import Right
from luotsi.people.access import ScopedRequest
from luotsi.people.models import Unit
from luotsi.ui import lists
from luotsi.ui.forms import show_refusal
from luotsi.ui.lists import Column, Link

COLUMNS = (
    Column("indicator", gettext_lazy("Indicator"), cell=lambda row: Link(row.url, row.indicator), sort=True),
    Column("unit", gettext_lazy("Unit"), cell=lambda row: row.unit, sort=True),
    Column("period", gettext_lazy("Period"), cell=lambda row: row.period, sort=True),
    Column("split", gettext_lazy("Split"), cell=lambda row: row.split),
    Column("figure", gettext_lazy("Figure"), cell=lambda row: row.figure, numeric=True),
    Column("parts", gettext_lazy("Made of"), cell=lambda row: row.parts, numeric=True),
    Column("state", gettext_lazy("State"), cell=lambda row: row.state),
    Column("entered", gettext_lazy("Entered"), cell=lambda row: row.entered_at, numeric=True, sort=True),
)


def form_status(form: object) -> int:
    """Return 422 for a page that shows errors, 200 otherwise."""
    return 422 if getattr(form, "errors", None) else 200


@require_GET
def list_observations(request: ScopedRequest) -> HttpResponse:
    """List the observations of the unit and below that the visitor works with."""
    access.require(request.user, request.scope, Right.ENTER)
    seen = access.observations_visible_to(request.user, request.scope)
    filters = ObservationFilter(request.GET, found=seen)
    listing = lists.read(request, columns=COLUMNS, filters=filters, sort="entered", descending=True)
    rows = observations_listed(request.user, request.scope, listing.ask)
    context = {
        "tabs": second_level(request.user, request.scope),
        "waiting": access.approvable_by(request.user, request.scope).count(),
    }
    name = "indicators/list_observations.html"
    return lists.answer(request, name, listing, rows, filename="observations", context=context)


@require_http_methods(["GET", "POST"])
def enter_observation(request: ScopedRequest) -> HttpResponse:
    """Choose what to tell of, then enter the figure: as a draft, or handed over at once."""
    access.require(request.user, request.scope, Right.ENTER)
    indicators = indicators_to_enter(request.user, request.scope)
    units = units_to_enter(request.user, request.scope)
    asked = request.GET if {"indicator", "unit"} <= request.GET.keys() else None
    place = PlaceForm(asked, indicators=indicators, units=units, initial=request.GET.dict())
    context: dict[str, Any] = {"place": place, "may_enter": bool(indicators)}
    if not place.is_valid():
        return render(request, "indicators/enter_observation.html", context, status=form_status(place))
    indicator = next(one for one in indicators if one.key == place.cleaned_data["indicator"])
    unit = next(one for one in units if one.key == place.cleaned_data["unit"])
    definition = definition_now(indicator)
    initial = {"period": request.GET.get("period")}
    form = FigureForm(request.POST or None, definition=definition, initial=initial)
    if request.method == "POST" and form.is_valid() and (made := _entered(request, form, indicator, unit)):
        return redirect("indicators:see-observation", scope=request.scope.key, pk=made.pk)
    context |= {"form": form, "told": definition_words(definition), "indicator": indicator, "unit": unit}
    context["earlier"] = earlier_figures(indicator, unit)
    return render(request, "indicators/enter_observation.html", context, status=form_status(form))


def _entered(request: ScopedRequest, form: FigureForm, indicator: Indicator, unit: Unit) -> Observation | None:
    """Enter the figure and hand it over when asked; None when it was refused."""
    row = SheetRow(unit=unit, figures=form.figures(), split=form.split())
    period, hand_over = form.cleaned_data["period"], "hand_over" in request.POST
    try:
        made = write_draft(row=row, indicator=indicator, period=period, hand_over=hand_over, by=request.user)
    except Refused as refusal:
        show_refusal(form, refusal)
        return None
    messages.success(request, _("The figure has been saved."))
    return made


@require_GET
def see_observation(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show an observation as it was told, with its versions."""
    found = access.observation_for(request.user, request.scope, pk)
    page = observation_page(request.user, request.scope, found)
    return render(request, "indicators/see_observation.html", {"page": page})


@require_http_methods(["GET", "POST"])
def edit_observation(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Change a draft."""
    found = access.observation_for(request.user, request.scope, pk, to=Right.ENTER)
    form = FigureForm(request.POST or None, definition=found.definition, observation=found)
    if request.method == "POST" and form.is_valid():
        row = SheetRow(unit=found.unit, figures=form.figures(), draft=found)
        indicator, period, hand_over = found.indicator, found.period, "hand_over" in request.POST
        try:
            write_draft(row=row, indicator=indicator, period=period, hand_over=hand_over, by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The figure has been saved."))
            return redirect("indicators:see-observation", scope=request.scope.key, pk=found.pk)
    context = {"form": form, "found": found, "told": definition_words(found.definition)}
    return render(request, "indicators/edit_observation.html", context, status=form_status(form))


@require_http_methods(["GET", "POST"])
def change_observation(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Begin a new version of an approved figure, with a reason."""
    found = access.observation_for(request.user, request.scope, pk, to=Right.ENTER)
    form = ChangeForm(request.POST or None, definition=found.definition, observation=found)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            new = actions.change_approved(observation=found, figures=form.figures(), reason=reason, by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("A new version has been begun. It counts once it has been approved."))
            return redirect("indicators:see-observation", scope=request.scope.key, pk=new.pk)
    context = {"form": form, "found": found, "told": definition_words(found.definition)}
    return render(request, "indicators/change_observation.html", context, status=form_status(form))


@require_POST
def discard_observation(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away."""
    found = access.observation_for(request.user, request.scope, pk, to=Right.ENTER)
    try:
        actions.discard(observation=found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("indicators:see-observation", scope=request.scope.key, pk=found.pk)
    messages.success(request, _("The draft has been thrown away. The log keeps what stood in it."))
    return redirect("indicators:list-observations", scope=request.scope.key)
