"""Pages of members: their comparison by consent, what each lets the others see, and what is asked of a unit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base import clock
from luotsi.people.access import ScopedRequest
from luotsi.programme import access
from luotsi.programme.actions import participations as actions
from luotsi.programme.forms.members import ConsentForm
from luotsi.programme.queries.member_pages import comparison, comparison_table
from luotsi.programme.queries.my_unit import unit_page
from luotsi.programme.queries.tabs import tabs_of_unit
from luotsi.programme.rules.rights import Right
from luotsi.programme.views.frame import around, fetched, form_page
from luotsi.programme.waiting import tasks_for
from luotsi.ui.exports import csv_response, xlsx_response


@require_GET
def compare_members(request: ScopedRequest, programme: str) -> HttpResponse:
    """Show measures by members for one period; those that did not consent stand in the sums only."""
    found = fetched(request, programme)
    page = comparison(request.user, found, request.scope, request.GET.get("period", ""), clock.today())
    if (kind := request.GET.get("format")) in {"csv", "xlsx"}:
        headers, rows = comparison_table(page)
        respond = csv_response if kind == "csv" else xlsx_response
        return respond(f"{found.slug}-{page.period}".replace("/", "_"), headers, rows)
    return render(request, "programme/compare_members.html", around(request, found, "members") | {"page": page})


@require_http_methods(["GET", "POST"])
def edit_consent(request: ScopedRequest, programme: str) -> HttpResponse:
    """Choose what the other members see of the own unit."""
    found = fetched(request, programme)
    taking = access.participation_for(request.user, found, request.scope.key, Right.PLAN)
    initial = {name: getattr(taking, name) for name in ("consent", "consented_by", "consented_on")}
    form = ConsentForm(request.POST or None, initial=initial)
    return form_page(
        request,
        form,
        lambda given: actions.consent(participation=taking, by=request.user, **form.agreement()),
        done=_("The others see from now on what you chose."),
        back=reverse("programme:compare-members", args=[request.scope.key, found.slug]),
        context=around(request, found, "members")
        | {
            "title": _("What others see of us"),
            "save_label": _("Save the choice"),
            "back_label": _("The members"),
            "intro": _(
                "The choice holds for the states of milestones and for figures. It can be changed at any time."
            ),
        },
    )


@require_GET
def see_my_unit(request: ScopedRequest) -> HttpResponse:
    """Show what the programmes ask of the unit, its own figures, and what waits there."""
    tasks = tasks_for(request.user, request.scope)
    context = {
        "page": unit_page(request.user, request.scope, clock.today(), tasks),
        "tabs": tabs_of_unit(request.scope),
    }
    return render(request, "programme/see_my_unit.html", context)
