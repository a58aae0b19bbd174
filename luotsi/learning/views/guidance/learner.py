"""Guidance of one learner, for who guides them: why, what was done, and what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base import clock
from luotsi.learning import access
from luotsi.learning.actions import needs, sayings
from luotsi.learning.actions.looking import looked_at
from luotsi.learning.forms.guidance import AnswerForm, CloseForm, DeedForm, MoveForm, NoNeedForm, OutcomeForm
from luotsi.learning.models import GuidanceDeed, Learner, ScoreView
from luotsi.learning.queries.guidance.learner_page import guidance_page
from luotsi.learning.queries.guidance.sources import choices_of, source_of
from luotsi.learning.rules.guiding import OUTCOMES
from luotsi.learning.views.frame import around_learner, form_page
from luotsi.people.access import ScopedRequest


def _fetched(request: ScopedRequest, pk: UUID) -> Learner:
    return access.guided_learner_for(request.user, pk)


def _url(request: ScopedRequest, pk: UUID) -> str:
    return reverse("learning:see-guidance", args=[request.scope.key, pk])


def _around(request: ScopedRequest, learner: Learner, **told: Any) -> dict[str, Any]:
    return around_learner(request, learner, "guidance", guides=True) | {"back_label": _("Guidance")} | told


@require_GET
def see_guidance(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show why a learner may need guidance and what was done; the score is logged as seen."""
    learner = _fetched(request, pk)
    page = guidance_page(learner, clock.today())
    scores = [page.factors.score] if page.factors.score else []
    looked_at(scores=scores, person=request.user.person, purpose=ScoreView.Purpose.LEARNER)
    kinds = [kind for kind in GuidanceDeed.Kind if kind != GuidanceDeed.Kind.NOTE]
    return render(
        request, "learning/see_guidance.html", _around(request, learner, page=page, kinds=kinds, factors=page.factors)
    )


@require_http_methods(["GET", "POST"])
def write_deed(request: ScopedRequest, pk: UUID, kind: str) -> HttpResponse:
    """Write down what was done, or that there is no need, with the reason."""
    if kind not in GuidanceDeed.Kind.values:
        raise Http404(_("Nothing like that can be done."))
    learner, today = _fetched(request, pk), clock.today()
    form = (NoNeedForm if kind == GuidanceDeed.Kind.NO_NEED else DeedForm)(request.POST or None, initial={"on": today})
    source, reasons = source_of(learner, today)
    return form_page(
        request,
        form,
        lambda given: needs.write_deed(
            learner=learner,
            kind=kind,
            person=request.user.person,
            by=request.user,
            source=source,
            reasons=reasons,
            **given,
        ),
        done=_("Written down."),
        back=_url(request, pk),
        context=_around(request, learner, title=GuidanceDeed.Kind(kind).label, save_label=_("Write down")),
    )


@require_http_methods(["GET", "POST"])
def move_need(request: ScopedRequest, pk: UUID, need: UUID) -> HttpResponse:
    """Give a need to somebody, or another day."""
    learner = _fetched(request, pk)
    found = access.need_for(learner, need)
    form = MoveForm(
        request.POST or None,
        owners=access.counsellors_of(learner),
        initial={"owner": found.owner_id, "due_on": found.due_on},
    )
    return form_page(
        request,
        form,
        lambda given: needs.move_need(need=found, by=request.user, **given),
        done=_("Saved."),
        back=_url(request, pk),
        context=_around(request, learner, title=_("In charge, and by when"), save_label=_("Save")),
    )


@require_http_methods(["GET", "POST"])
def close_need(request: ScopedRequest, pk: UUID, need: UUID) -> HttpResponse:
    """End a need."""
    learner = _fetched(request, pk)
    found = access.need_for(learner, need)
    return form_page(
        request,
        CloseForm(request.POST or None),
        lambda given: needs.close_need(need=found, by=request.user, **given),
        done=_("The need has ended."),
        back=_url(request, pk),
        context=_around(request, learner, title=_("End the need"), save_label=_("End the need")),
    )


@require_http_methods(["GET", "POST"])
def tell_outcome(request: ScopedRequest, pk: UUID, need: UUID, weeks: int) -> HttpResponse:
    """Tell how studies go on 4 or 12 weeks after a need was opened."""
    learner = _fetched(request, pk)
    found = access.need_for(learner, need)
    if weeks not in OUTCOMES:
        raise Http404(_("The outcome is told after 4 and after 12 weeks."))
    return form_page(
        request,
        OutcomeForm(request.POST or None, initial={"outcome": getattr(found, f"outcome_{weeks}")}),
        lambda given: needs.tell_outcome(need=found, weeks=weeks, by=request.user, **given),
        done=_("Saved."),
        back=_url(request, pk),
        context=_around(request, learner, title=_("Outcome after %(n)s weeks") % {"n": weeks}, save_label=_("Save")),
    )


@require_http_methods(["GET", "POST"])
def answer_saying(request: ScopedRequest, pk: UUID, saying: UUID) -> HttpResponse:
    """Answer what a learner has said."""
    learner = _fetched(request, pk)
    found = access.saying_for(learner, saying)
    form = AnswerForm(
        request.POST or None, is_contest=found.kind == "contest", reasons=choices_of(learner, clock.today())
    )
    return form_page(
        request,
        form,
        lambda given: sayings.answer(
            saying=found,
            words=given["words"],
            is_upheld=form.upheld,
            wrong=given.get("wrong", ()),
            person=request.user.person,
            by=request.user,
        ),
        done=_("The learner has your answer."),
        back=_url(request, pk),
        context=_around(request, learner, title=_("Answer the learner"), save_label=_("Answer"), intro=found.words),
    )
