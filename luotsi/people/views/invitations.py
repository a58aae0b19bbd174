"""Pages of invitations: the list, inviting, sending again, withdrawing, and accepting from the mail."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base import clock
from luotsi.base.errors import Refused
from luotsi.people import access
from luotsi.people.access import ScopedRequest
from luotsi.people.actions import invitations as actions
from luotsi.people.forms.persons import AcceptForm, InvitationFilter, InviteForm
from luotsi.people.models import Account, Invitation
from luotsi.people.queries import second_level
from luotsi.people.queries.invitations import InvitationRow, invitations_listed
from luotsi.people.rules import Right, Role
from luotsi.people.views.units import form_status
from luotsi.ui import lists
from luotsi.ui.forms import show_refusal
from luotsi.ui.lists import Buttons, Column, Link, State

STATES = {
    "open": ("run", gettext_lazy("Open")),
    "expired": ("late", gettext_lazy("Expired")),
    "accepted": ("done", gettext_lazy("Accepted")),
    "withdrawn": ("none", gettext_lazy("Withdrawn")),
}


def _state(row: InvitationRow) -> State:
    return State(STATES[row.state][0], str(STATES[row.state][1]))


def _invited_at(row: InvitationRow) -> datetime:
    return row.invited_at


def _invited_on(row: InvitationRow) -> date:
    return clock.day_of(row.invited_at)


def _expires_at(row: InvitationRow) -> datetime:
    return row.expires_at


def _expires_on(row: InvitationRow) -> date:
    return clock.day_of(row.expires_at)


def _buttons(row: InvitationRow) -> Buttons:
    return Buttons("people/invitation_actions.html" if row.may_change else "")


COLUMNS = (
    Column("name", gettext_lazy("Name"), cell=lambda row: row.name, sort=True),
    Column("email", gettext_lazy("E-mail"), cell=lambda row: row.email),
    Column("role", gettext_lazy("Role"), cell=lambda row: row.role),
    Column("unit", gettext_lazy("Unit"), cell=lambda row: Link(row.unit_url, row.unit.names), sort=True),
    Column("invited", gettext_lazy("Invited"), cell=_invited_on, text=_invited_at, numeric=True, sort=True),
    Column("expires", gettext_lazy("Open until"), cell=_expires_on, text=_expires_at, numeric=True, sort=True),
    Column("state", gettext_lazy("State"), cell=_state),
    Column("actions", gettext_lazy("Actions"), cell=_buttons, export=False),
)


@require_GET
def list_invitations(request: ScopedRequest) -> HttpResponse:
    """List the invitations at or below the unit."""
    access.require(request.user, request.scope, Right.SEE_PERSONS)
    filters = InvitationFilter(request.GET)
    listing = lists.read(request, columns=COLUMNS, filters=filters, sort="invited", descending=True)
    rows = invitations_listed(request.user, request.scope, listing.ask)
    context = {
        "tabs": second_level(request.user, request.scope),
        "may_invite": access.reach_of(request.user).may(Right.GIVE_ROLES, request.scope.path),
        "rows": rows.items,
    }
    return lists.answer(
        request, "people/list_invitations.html", listing, rows, filename="invitations", context=context
    )


@require_http_methods(["GET", "POST"])
def invite_person(request: ScopedRequest) -> HttpResponse:
    """Invite somebody to a role at the unit."""
    scope = access.require(request.user, request.scope, Right.GIVE_ROLES)
    reach = access.reach_of(request.user)
    initial = {"role": request.GET.get("role", ""), "language": "fi"}
    form = InviteForm(request.POST or None, reach=reach, unit=scope, initial=initial)
    if request.method == "POST" and form.is_valid():
        role = Role(form.cleaned_data["role"])
        try:
            actions.invite_person(invitee=form.invitee(), role=role, unit=scope, by=request.user, reach=reach)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The invitation is on its way. The link in it works for 14 days."))
            return redirect("people:list-invitations", scope=scope.key)
    context = {"form": form, "unit": scope}
    return render(request, "people/invite_person.html", context, status=form_status(form))


@require_POST
def send_again(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Send an invitation again with a new link."""
    invitation = access.invitation_for(request.user, pk)
    try:
        actions.send_again(invitation=invitation, by=request.user, reach=access.reach_of(request.user))
        messages.success(request, _("The invitation has been sent again. The old link no longer works."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("people:list-invitations", scope=request.scope.key)


@require_POST
def withdraw_invitation(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Withdraw an invitation; its link stops working."""
    invitation = access.invitation_for(request.user, pk)
    try:
        actions.withdraw_invitation(invitation=invitation, by=request.user, reach=access.reach_of(request.user))
        messages.success(request, _("The invitation has been withdrawn."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("people:list-invitations", scope=request.scope.key)


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Open the link of an invitation: accept it as the signed-in person, or make an account."""
    try:
        invitation = actions.open_invitation(token)
    except Refused as refusal:
        return render(request, "people/invitation_closed.html", {"refusal": refusal}, status=410)
    if request.user.is_authenticated:
        return _accept_signed_in(request, invitation, request.user)
    names = {"given_name": invitation.given_name, "family_name": invitation.family_name}
    form = AcceptForm(request.POST or None, initial=names)
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.accept_with_password(invitation=invitation, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Welcome. Your account is ready."))
            record_authentication(request, account, method="password", email=account.email)
            answer: HttpResponse = perform_login(
                request, account, email_verification="none", redirect_url=reverse("mfa_index")
            )
            return answer
    context = {"form": form, "invitation": invitation, "has_account": actions.has_account(invitation)}
    return render(request, "people/accept_invitation.html", context, status=form_status(form))


def _accept_signed_in(request: HttpRequest, invitation: Invitation, account: Account) -> HttpResponse:
    refusal = None
    if request.method == "POST":
        try:
            actions.accept_with_account(invitation=invitation, account=account)
            messages.success(request, _("The role is yours now."))
            return redirect("workspace:enter")
        except Refused as refused:
            refusal = refused
    context = {"invitation": invitation, "signed_in": True, "refusal": refusal}
    return render(request, "people/accept_invitation.html", context, status=422 if refusal else 200)
