"""A learner's own studies, on a phone first."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luotsi.learning import access
from luotsi.learning.forms.what_if import WhatIf
from luotsi.learning.queries.own_page import own_page
from luotsi.learning.views.frame import around_oneself
from luotsi.people.access import ScopedRequest


@require_GET
def see_mine(request: ScopedRequest) -> HttpResponse:
    """Show who signed in their own studies, with another pace or a break tried out as the address says."""
    learner = access.learner_of(request.user)
    if learner is None:
        raise Http404(_("No studies are known of you here."))
    form = WhatIf(request.GET if request.GET.keys() & WhatIf.base_fields.keys() else None)
    oid = request.GET.get("right", "")
    page = own_page(learner, oid, form.chosen, form.breaks)
    if page is None and oid:
        raise Http404(_("There is no such right to study."))
    context = around_oneself(request, learner, "mine") | {
        "title": _("My studies"),
        "page": page,
        "form": form,
        "right": oid,
    }
    return render(request, "learning/see_mine.html", context)
