"""Giving a draft another shape: measures and milestones come and go, indicators are joined to items."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luotsi.base.errors import Refused
from luotsi.people.access import ScopedRequest
from luotsi.programme.actions import links
from luotsi.programme.actions import plans as actions
from luotsi.programme.forms.plans import LinksForm, MeasureForm, MilestoneForm
from luotsi.programme.queries import choices
from luotsi.programme.queries.editing_pages import milestone_of
from luotsi.programme.queries.shaping_pages import free_code, linkable, linked, measure_in, milestone_in, shaped
from luotsi.programme.rules.rights import Right
from luotsi.programme.views.editing import around_editing, back_to_editing
from luotsi.programme.views.frame import fetched, form_page


@require_http_methods(["GET", "POST"])
def add_measure(request: ScopedRequest, programme: str, code: str) -> HttpResponse:
    """Add a measure to a section of the draft."""
    found = fetched(request, programme, Right.PLAN)
    section = shaped(found, code, "section")
    form = MeasureForm(request.POST or None, initial={"code": free_code(found, code)})
    return form_page(
        request,
        form,
        lambda given: actions.add_item(
            programme=found, into=code, key="measures", item=measure_in(given), by=request.user
        ),
        done=_("The measure stands in the draft."),
        back=back_to_editing(request, found),
        context=around_editing(request, found, _("Add a measure: %(name)s") % {"name": section}),
    )


@require_http_methods(["GET", "POST"])
def add_milestone(request: ScopedRequest, programme: str, code: str, period: str) -> HttpResponse:
    """Add a milestone to a measure of the draft; one that is there already is changed on its own page."""
    found = fetched(request, programme, Right.PLAN)
    if milestone_of(found, code, period):
        return redirect("programme:edit-milestone", request.scope.key, found.slug, code, period)
    name, span = shaped(found, code, "measure"), milestone_in(found, period)
    form = MilestoneForm(request.POST or None, owners=choices.owners(found, draft=True))
    return form_page(
        request,
        form,
        lambda given: actions.add_item(
            programme=found, into=code, key="milestones", item=span(given), by=request.user
        ),
        done=_("The milestone stands in the draft."),
        back=back_to_editing(request, found),
        context=around_editing(request, found, _("Add a milestone: %(name)s") % {"name": f"{name}, {period}"}),
    )


@require_POST
def remove_item(request: ScopedRequest, programme: str, code: str) -> HttpResponse:
    """Leave a measure, or with a period its milestone, out of the draft."""
    found = fetched(request, programme, Right.PLAN)
    try:
        actions.remove_item(programme=found, code=code, period=request.POST.get("period", ""), by=request.user)
        messages.success(request, _("It is left out of the draft. The published plan is as it was."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(back_to_editing(request, found))


@require_http_methods(["GET", "POST"])
def link_indicators(request: ScopedRequest, programme: str, code: str) -> HttpResponse:
    """Choose the indicators that show the effect of a section or a measure."""
    found = fetched(request, programme, Right.PLAN)
    known = linkable(request.user, found)
    if not known and request.method == "POST":
        raise Http404(_("There is no such indicator, or you have no role that shows it."))
    form = LinksForm(request.POST or None, known=known, initial={"indicators": linked(found, code)})
    return form_page(
        request,
        form,
        lambda given: links.set_links(
            programme=found, item=code, indicators=[known[key] for key in given["indicators"]], by=request.user
        ),
        done=_("The indicators of the item have been saved."),
        back=back_to_editing(request, found),
        context=around_editing(request, found, _("Indicators of %(code)s") % {"code": code})
        | {
            "intro": _("They stand beside the item at once; the plan does not change."),
            "save_label": _("Save"),
        },
    )
