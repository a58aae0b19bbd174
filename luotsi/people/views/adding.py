"""Adding a unit in steps: its details, who leads it, a last look."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luotsi.base.errors import Refused
from luotsi.people import access
from luotsi.people.access import ScopedRequest
from luotsi.people.actions.adding import add_with_leader
from luotsi.people.forms.persons import LeaderForm, leader_role
from luotsi.people.forms.units import UnitForm
from luotsi.people.models.roles import ROLES
from luotsi.people.models.units import KINDS
from luotsi.people.rules import CHILD, Kind, Right
from luotsi.people.views.units import form_status
from luotsi.ui.forms import show_refusal
from luotsi.ui.steps import Step


def _draft(request: ScopedRequest) -> dict[str, Any]:
    kept: dict[str, Any] = request.session.get("adding", {})
    return kept if kept.get("scope") == request.scope.key else {"scope": request.scope.key}


def _steps(request: ScopedRequest, kind: Kind, current: str) -> list[Step]:
    draft = _draft(request)
    wanted = [("details", _("Details")), ("leader", _("Who leads")), ("check", _("Check and add"))]
    if leader_role(kind) is None:
        del wanted[1]
    return [
        Step(
            label=label,
            url=reverse("people:add-unit", args=[request.scope.key, key]),
            state="current" if key == current else "done" if key in draft else "todo",
        )
        for key, label in wanted
    ]


def _forms(request: ScopedRequest, kind: Kind, step: str) -> tuple[UnitForm, LeaderForm]:
    draft, typed = _draft(request), request.POST if request.method == "POST" else None
    details = typed if step == "details" and typed is not None else draft.get("details")
    leader = typed if step == "leader" and typed is not None else draft.get("leader")
    return UnitForm(details, kind=kind), LeaderForm(leader)


@require_http_methods(["GET", "POST"])
def add_unit(request: ScopedRequest, step: str) -> HttpResponse:
    """Keep what is typed in each step; add the unit at the last one."""
    scope = access.require(request.user, request.scope, Right.EDIT_UNITS)
    if Kind(scope.kind) not in CHILD or (step == "leader" and not leader_role(CHILD[Kind(scope.kind)])):
        return redirect("people:see-unit", scope=scope.key)
    kind = CHILD[Kind(scope.kind)]
    details, leader = _forms(request, kind, step)
    if step == "check":
        return _check(request, kind, details, leader)
    form = details if step == "details" else leader
    if request.method == "POST" and form.is_valid():
        kept = {name: request.POST.get(name, "") for name in form.fields}
        request.session["adding"] = {**_draft(request), step: kept}
        following = "leader" if step == "details" and leader_role(kind) else "check"
        return redirect("people:add-unit", scope=scope.key, step=following)
    return _answer(request, kind, step, form)


def _check(request: ScopedRequest, kind: Kind, details: UnitForm, leader: LeaderForm) -> HttpResponse:
    if not details.is_valid():
        return redirect("people:add-unit", scope=request.scope.key, step="details")
    invitee = leader.invitee() if leader.is_bound and leader.is_valid() else None
    extra: dict[str, Any] = {"details": details.details(), "invitee": invitee}
    if request.method == "POST":
        try:
            unit = add_with_leader(
                kind=kind,
                parent=request.scope,
                details=details.details(),
                invitee=invitee,
                by=request.user,
                reach=access.reach_of(request.user),
            )
        except Refused as refusal:
            return _answer(request, kind, "check", details, refused=refusal, **extra)
        request.session.pop("adding", None)
        messages.success(request, _added(invitee is not None))
        return redirect("people:see-unit", scope=unit.key)
    return _answer(request, kind, "check", details, **extra)


def _added(invited: bool) -> str:
    if invited:
        return _("The unit has been added and the invitation is on its way.")
    return _("The unit has been added. Nobody has been invited to lead it yet.")


def _answer(
    request: ScopedRequest, kind: Kind, step: str, form: Any, refused: Refused | None = None, **extra: Any
) -> HttpResponse:
    if refused:
        show_refusal(form, refused)
    role = leader_role(kind)
    context = {
        "form": form,
        "step": step,
        "steps": _steps(request, kind, step),
        "kind_label": dict(KINDS)[kind],
        "role_label": dict(ROLES).get(role) if role else "",
        **extra,
    }
    return render(request, "people/add_unit.html", context, status=422 if refused else form_status(form))
