"""Pages of the applicant whom the funder asked to complete an application: opening the form, handing it in anew."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luotsi.base import clock
from luotsi.base.errors import Refused
from luotsi.funding import access
from luotsi.funding.actions import completion as actions
from luotsi.funding.forms.applications import HandInForm
from luotsi.funding.queries.completion import completing_page
from luotsi.funding.rules.rights import Part
from luotsi.funding.views.applications import handing_of
from luotsi.funding.views.frame import around, fetched, form_page
from luotsi.people.access import ScopedRequest


@require_POST
def open_completion(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Open the form again and go to its first page."""
    held = fetched(request, pk, Part.WRITE)
    form = access.form_for(request.user, held.application)
    if form is None:
        raise Http404(_("The form of this application is not yours to write."))
    try:
        actions.open_completion(application=held.application, form=form)
    except Refused as refusal:
        messages.error(request, " ".join(str(one.message) for one in refusal.reasons))
        return redirect(reverse("funding:see-application", args=[request.scope.key, pk]))
    return redirect(reverse("questionnaires:fill-page", args=[form.response.pk, 0]))


@require_http_methods(["GET", "POST"])
def hand_in_completion(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Hand the completed form in anew: the request of the funder is answered."""
    held, received_at = fetched(request, pk, Part.SUBMIT), clock.now()
    form, found = HandInForm(request.POST or None), access.form_for(request.user, held.application)
    page = completing_page(held.application, found)
    return form_page(
        request,
        form,
        lambda given: actions.answer_completion(
            application=held.application, handing=handing_of(form, received_at), form=found, by=request.user
        ),
        done=_("The completed application is handed in."),
        back=reverse("funding:see-application", args=[request.scope.key, pk]),
        context=around(request, held, "overview")
        | {"page": page, "title": page.title, "save_label": page.button}
        | {"is_completion": True},
        template="funding/submit_application.html",
    )
