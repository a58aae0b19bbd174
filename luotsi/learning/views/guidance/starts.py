"""Starts of studies in a group, for its teacher: one judgement each, in the second week."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base import clock
from luotsi.learning import access
from luotsi.learning.actions.judgements import judge
from luotsi.learning.actions.looking import looked_at
from luotsi.learning.forms.guidance import JudgementForm
from luotsi.learning.models import Learner, ScoreView
from luotsi.learning.queries.guidance.seen import begun_of
from luotsi.learning.queries.guidance.starts_page import starts_page
from luotsi.learning.rules.rights import Right
from luotsi.learning.views.frame import around_unit, form_page
from luotsi.people.access import ScopedRequest


@require_GET
def list_starts(request: ScopedRequest) -> HttpResponse:
    """Show the learners of the very group that the visitor teaches; each score on the page is logged as seen."""
    learners = access.group_taught_by(request.user, request.scope)
    page = starts_page(learners, request.user.person, request.scope, clock.today())
    looked_at(scores=page.scores, person=request.user.person, purpose=ScoreView.Purpose.LEARNER)
    return render(request, "learning/list_starts.html", around_unit(request, "starts") | {"page": page})


@require_http_methods(["GET", "POST"])
def judge_start(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Judge how the studies of a learner have begun, on one item."""
    learner: Learner = access.learner_for(request.user, pk, to=Right.JUDGE)
    begun = begun_of(learner, clock.today())
    return form_page(
        request,
        JudgementForm(request.POST or None),
        lambda given: judge(
            learner=learner, begun=begun, value=given["value"], person=request.user.person, by=request.user
        ),
        done=_("Your judgement has been kept."),
        back=reverse("learning:list-starts", args=[request.scope.key]),
        context=around_unit(request, "starts")
        | {
            "learner": learner,
            "title": _("How have studies begun?"),
            "save_label": _("Keep the judgement"),
            "back_label": _("Starts"),
            "intro": _("One answer from what you have seen in class. It is no grade, and the learner sees it."),
        },
    )
