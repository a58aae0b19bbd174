"""A learner's own guidance: what is told of them and why, who looked, and what they say to it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base import clock
from luotsi.learning import access
from luotsi.learning.actions import sayings
from luotsi.learning.actions.looking import looked_at
from luotsi.learning.forms.guidance import SayForm
from luotsi.learning.models import Saying, ScoreView
from luotsi.learning.queries.guidance.own_page import own_guidance
from luotsi.learning.views.frame import around_oneself, attempt, form_page
from luotsi.people.access import ScopedRequest


def _url(request: ScopedRequest) -> str:
    return reverse("learning:see-own-guidance", args=[request.scope.key])


@require_GET
def see_own_guidance(request: ScopedRequest) -> HttpResponse:
    """Show a learner what is told of them; that they have seen it is logged, so that the counsellor knows."""
    learner = access.own_learner(request.user)
    page = own_guidance(learner, clock.today())
    scores = [page.factors.score] if page.factors.score else []
    looked_at(scores=scores, person=request.user.person, purpose=ScoreView.Purpose.OWN)
    context = around_oneself(request, learner, "own-guidance") | {
        "page": page,
        "learner": learner,
        "factors": page.factors,
    }
    return render(request, "learning/see_own_guidance.html", context)


@require_http_methods(["GET", "POST"])
def say_own(request: ScopedRequest, kind: str) -> HttpResponse:
    """Comment on what is told, or contest it: then nothing is used until somebody has answered."""
    learner = access.own_learner(request.user)
    if kind not in Saying.Kind.values:
        raise Http404(_("Nothing like that can be said."))
    is_contest = kind == Saying.Kind.CONTEST
    intro = _("Nothing of what is computed is used until your counsellor has answered you.")
    return form_page(
        request,
        SayForm(request.POST or None),
        lambda given: sayings.say(learner=learner, kind=kind, by=request.user, **given),
        done=_("Your counsellor has what you said."),
        back=_url(request),
        context=around_oneself(request, learner, "own-guidance")
        | {
            "title": _("Say that it is not right") if is_contest else _("Write a comment"),
            "save_label": _("Send to my counsellor"),
            "back_label": _("My guidance"),
            "intro": intro if is_contest else _("Your counsellor reads this and answers you here."),
        },
    )


@require_POST
def object_to_scoring(request: ScopedRequest) -> HttpResponse:
    """Object: nothing is computed any more."""
    learner = access.own_learner(request.user)
    attempt(
        request,
        lambda: sayings.object_to_scoring(learner=learner, by=request.user),
        done=_("Nothing is computed of you any more. Guidance goes on as for everybody."),
    )
    return redirect(_url(request))


@require_POST
def take_back_objection(request: ScopedRequest) -> HttpResponse:
    """Take an objection back."""
    learner = access.own_learner(request.user)
    attempt(
        request,
        lambda: sayings.take_back_objection(learner=learner, by=request.user),
        done=_("You are in the next weekly list again."),
    )
    return redirect(_url(request))
