"""Editing the draft of a plan: the items with their gaps, and a form for each kind of item."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.people.access import ScopedRequest
from luotsi.programme.actions import plans as actions
from luotsi.programme.forms.plans import MilestoneForm, item_form
from luotsi.programme.models import Programme
from luotsi.programme.queries import choices
from luotsi.programme.queries.editing_pages import changes, editing_page, item_of, milestone_of
from luotsi.programme.rules.rights import Right
from luotsi.programme.views.frame import around, fetched, form_page


def around_editing(request: ScopedRequest, programme: Programme, title: str) -> dict[str, Any]:
    """Return what every form about the draft needs."""
    return around(request, programme, "versions") | {
        "title": title,
        "save_label": _("Save in the draft"),
        "back_label": _("Edit the plan"),
        "intro": _("The change goes to the draft."),
    }


def back_to_editing(request: ScopedRequest, programme: Programme) -> str:
    """Return the address of the draft."""
    return reverse("programme:edit-plan", args=[request.scope.key, programme.slug])


@require_GET
def edit_plan(request: ScopedRequest, programme: str) -> HttpResponse:
    """Show the items of the draft, each with what it lacks."""
    found = fetched(request, programme, Right.PLAN)
    context = around(request, found, "versions") | {"page": editing_page(found, request.scope)}
    return render(request, "programme/edit_plan.html", context)


@require_http_methods(["GET", "POST"])
def edit_item(request: ScopedRequest, programme: str, code: str) -> HttpResponse:
    """Change the texts of a section or a measure."""
    found = fetched(request, programme, Right.PLAN)
    if (item := item_of(found, code)) is None:
        raise Http404(_("There is no such item in the plan."))
    form = item_form(item.kind)(request.POST or None, initial=item.initial)
    return form_page(
        request,
        form,
        lambda given: actions.change_item(programme=found, code=code, changes=changes(given), by=request.user),
        done=_("The draft has been saved."),
        back=back_to_editing(request, found),
        context=around_editing(request, found, item.title),
    )


@require_http_methods(["GET", "POST"])
def edit_milestone(request: ScopedRequest, programme: str, code: str, period: str) -> HttpResponse:
    """Change what a measure should have reached in a period, and fill its gaps."""
    found = fetched(request, programme, Right.PLAN)
    if (item := milestone_of(found, code, period)) is None:
        raise Http404(_("There is no such item in the plan."))
    form = MilestoneForm(request.POST or None, owners=choices.owners(found, draft=True), initial=item.initial)
    return form_page(
        request,
        form,
        lambda given: actions.change_item(
            programme=found, code=code, period=period, changes=changes(given), by=request.user
        ),
        done=_("The draft has been saved."),
        back=back_to_editing(request, found),
        context=around_editing(request, found, item.title),
    )
