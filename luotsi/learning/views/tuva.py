"""Pages of preparatory studies: those of a unit, a learner's plan, changing it, answering a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base import clock, privacy
from luotsi.learning import access
from luotsi.learning.actions import tuva as actions
from luotsi.learning.forms.tuva import AnswerForm, PathForm, TuvaFilter
from luotsi.learning.queries.tuva.listing import state_words, tuva_listed
from luotsi.learning.queries.tuva.page import base_of, judged, tuva_page
from luotsi.learning.queries.tuva.registers import kept_of
from luotsi.learning.rules.rights import Right
from luotsi.learning.views.frame import around_learner, around_oneself, around_unit, form_page
from luotsi.people.access import ScopedRequest
from luotsi.ui import lists
from luotsi.ui.lists import Column, Link, State

if TYPE_CHECKING:
    from luotsi.learning.access import Preparing


COLUMNS = (
    Column("name", gettext_lazy("Name"), cell=lambda row: Link(row.url, row.name), sort=True),
    Column("group", gettext_lazy("Group"), cell=lambda row: row.group, sort=True),
    Column("permit", gettext_lazy("Permit"), cell=lambda row: row.permit),
    Column("planned", gettext_lazy("Planned, weeks"), cell=lambda row: row.planned, numeric=True, sort=True),
    Column("done", gettext_lazy("Done, weeks"), cell=lambda row: row.done, numeric=True, sort=True),
    Column("ends", gettext_lazy("End by the plan"), cell=lambda row: row.ends_on, numeric=True, sort=True),
    Column("pace", gettext_lazy("End at this pace"), cell=lambda row: row.by_pace, numeric=True, sort=True),
    Column("state", gettext_lazy("State"), cell=lambda row: State(*state_words(row.state)), sort=True),
)


@require_GET
def list_tuva(request: ScopedRequest) -> HttpResponse:
    """List the preparatory studies of the unit: what needs somebody first."""
    access.require(request.user, request.scope, Right.FOLLOW)
    listing = lists.read(request, columns=COLUMNS, filters=TuvaFilter(request.GET), sort="state")
    rows = tuva_listed(request.user, request.scope, listing.ask)
    context = around_unit(request, "tuva")
    return lists.answer(request, "learning/list_tuva.html", listing, rows, filename="tuva", context=context)


def _around(request: ScopedRequest, held: Preparing) -> dict[str, Any]:
    if held.is_oneself:
        around = around_oneself(request, held.learner, "tuva")
    else:
        around = around_learner(request, held.learner, "tuva", guides=held.plans)
    return around | {"learner": held.learner, "held": held}


def _back(request: ScopedRequest, pk: UUID) -> str:
    return reverse("learning:see-tuva", args=[request.scope.key, pk])


@require_GET
def see_tuva(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show a learner's plan of preparatory studies beside the registers."""
    held = access.preparing_for(request.user, pk)
    if not held.is_oneself and held.learner.person_id:
        privacy.log_view(by=request.user, person_id=held.learner.person_id, what="learning.tuva")
    context = _around(request, held) | {"page": tuva_page(held, clock.today())}
    return render(request, "learning/see_tuva.html", context)


@require_http_methods(["GET", "POST"])
def edit_tuva(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Change the plan: try what comes of it, and save it; what a learner saves is a proposal."""
    held = access.planning_for(request.user, pk)
    if held.right is None or not held.may_write:
        messages.error(request, _("There are no preparatory studies of this learner that go on."))
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
