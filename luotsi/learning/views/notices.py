"""Pages of notices of how study data are used: versions, a new one, learners who were told."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base import clock
from luotsi.learning import access
from luotsi.learning.actions import notices as actions
from luotsi.learning.forms.notices import NoticeForm, TellForm
from luotsi.learning.queries.notices import notice_page, notices_for
from luotsi.learning.rules.rights import Right
from luotsi.learning.views.frame import around_unit, form_page
from luotsi.people.access import ScopedRequest


@require_GET
def list_notices(request: ScopedRequest) -> HttpResponse:
    """Show the versions of the notice and how many learners were told of each."""
    access.require(request.user, request.scope, Right.STEWARD)
    context = around_unit(request, "notices") | {"page": notice_page(request.scope)}
    return render(request, "learning/list_notices.html", context)


@require_http_methods(["GET", "POST"])
def add_notice(request: ScopedRequest) -> HttpResponse:
    """Keep a new version of the notice."""
    scope = access.require(request.user, request.scope, Right.STEWARD)
    form = NoticeForm(request.POST if request.method == "POST" else None, initial={"since": clock.today()})

    def act(told: dict[str, Any]) -> object:
        return actions.publish_notice(unit=scope, details=actions.NoticeDetails(**told), by=request.user)

    return form_page(
        request,
        form,
        act,
        done=_("The version is kept."),
        back=_list(request),
        context=_form(request, _("New version")),
    )


@require_http_methods(["GET", "POST"])
def tell_learners(request: ScopedRequest) -> HttpResponse:
    """Note that the learners of the unit were told."""
    scope = access.require(request.user, request.scope, Right.STEWARD)
    notices = list(notices_for(scope))
    given = request.POST if request.method == "POST" else None
    form = TellForm(given, notices=notices, initial={"on": clock.today()})

    def act(told: dict[str, Any]) -> object:
        notice = next(one for one in notices if str(one.pk) == told["notice"])
        return actions.tell_learners(unit=scope, notice=notice, on=told["on"], by=request.user)

    context = _form(request, _("Learners were told"))
    context["intro"] = _("All learners of this unit who had not been told of the version are noted as told that day.")
    return form_page(request, form, act, done=_("It is noted."), back=_list(request), context=context)


def _list(request: ScopedRequest) -> str:
    return reverse("learning:list-notices", args=[request.scope.key])


def _form(request: ScopedRequest, title: str) -> dict[str, Any]:
    words = {"title": title, "save_label": _("Save"), "back_label": _("Notices to learners")}
    return around_unit(request, "notices") | words
