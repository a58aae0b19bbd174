"""Pages of preparatory studies: those of a unit, a learner's plan, changing it, answering a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base import clock
from luotsi.learning import access
from luotsi.learning.actions import tuva as actions
from luotsi.learning.forms.tuva import AnswerForm, PathForm
from luotsi.learning.queries.tabs import tabs_of_learner
from luotsi.learning.queries.tuva.page import base_of, judged, tuva_page
from luotsi.learning.queries.tuva.registers import kept_of
from luotsi.learning.views.frame import form_page
from luotsi.people.access import ScopedRequest

if TYPE_CHECKING:
    from luotsi.learning.access import Preparing


def _around(request: ScopedRequest, held: Preparing) -> dict[str, Any]:
    tabs = tabs_of_learner(request.scope, held.learner, guides=False, prepares=held.right is not None)
    return {
        "learner": held.learner,
        "held": held,
        "tabs": tabs if len(tabs) > 1 else [],
        "current_tab": "tuva",
        "tabs_label": _("Views of the learner"),
    }


def _back(request: ScopedRequest, pk: UUID) -> str:
    return reverse("learning:see-tuva", args=[request.scope.key, pk])


@require_GET
def see_tuva(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show a learner's plan of preparatory studies beside the registers."""
    held = access.preparing_for(request.user, pk)
    context = _around(request, held) | {"page": tuva_page(held, clock.today())}
    return render(request, "learning/see_tuva.html", context)


@require_http_methods(["GET", "POST"])
def edit_tuva(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Change the plan: try what comes of it, and save it; what a learner saves is a proposal."""
    held = access.planning_for(request.user, pk)
    if held.right is None:
        messages.error(request, _("The register tells no preparatory studies of this learner."))
        return redirect(_back(request, pk))
    kept, today = kept_of(held.right), clock.today()
    start = kept.proposal.path if kept.proposal and held.is_oneself else base_of(kept, today)
    base = kept.versions[0].version if kept.versions else 0
    form = PathForm(request.POST or None, path=start, registers=kept.registers, base=base)
    context = _around(request, held) | {"registers": kept.registers, "proposal": kept.proposal}
    if request.POST.get("do") == "try":
        found = judged(form.path(), kept.registers, today) if form.is_valid() else None
        context |= {"form": form, "tried": found, "back_url": _back(request, pk)}
        return render(request, "learning/edit_tuva.html", context, status=422 if form.errors else 200)
    return form_page(
        request,
        form,
        lambda given: _save(held, form, request),
        done=_("The plan has been saved.") if held.plans else _("Your proposal waits for your counsellor."),
        back=_back(request, pk),
        context=context | {"tried": judged(start, kept.registers, today)},
        template="learning/edit_tuva.html",
    )


def _save(held: Preparing, form: PathForm, request: ScopedRequest) -> object:
    act = actions.save_plan if held.plans else actions.propose_plan
    given = form.cleaned_data
    right = held.right
    return right and act(right=right, path=form.path(), words=given["words"], base=given["base"], by=request.user)


@require_http_methods(["GET", "POST"])
def answer_tuva(request: ScopedRequest, pk: UUID, version: int) -> HttpResponse:
    """Agree to what a learner proposes, or turn it down with a reason."""
    held = access.answering_for(request.user, pk)
    plan = access.tuva_version_for(held, version)
    return form_page(
        request,
        AnswerForm(request.POST or None),
        lambda given: actions.answer_proposal(plan=plan, by=request.user, **given),
        done=_("The learner sees your answer."),
        back=_back(request, pk),
        context=_around(request, held)
        | {
            "page": tuva_page(held, clock.today()),
            "title": _("Answer the proposal"),
            "save_label": _("Send the answer"),
            "back_label": _("TUVA plan"),
        },
        template="learning/answer_tuva.html",
    )
