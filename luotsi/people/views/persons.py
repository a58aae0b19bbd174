"""Pages of persons and their roles."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base import privacy
from luotsi.base.errors import Refused
from luotsi.people import access
from luotsi.people.access import ScopedRequest
from luotsi.people.actions import roles as actions
from luotsi.people.forms.persons import PersonFilter, RoleForm
from luotsi.people.forms.units import EndForm
from luotsi.people.queries import second_level
from luotsi.people.queries.persons import PersonRow, person_page, persons_listed
from luotsi.people.rules import Right, Role
from luotsi.people.views.units import form_status
from luotsi.ui import lists
from luotsi.ui.forms import show_refusal
from luotsi.ui.lists import Column, Link, State

ACCOUNTS = {
    "strong": ("done", gettext_lazy("Second factor in use")),
    "weak": ("risk", gettext_lazy("Password only")),
    "none": ("none", gettext_lazy("No account")),
}


def _roles(row: PersonRow) -> str:
    return ", ".join(f"{line.role}, {line.unit.names.text}" for line in row.roles if line.state != "ended")


def _account(row: PersonRow) -> State:
    return State(ACCOUNTS[row.account][0], str(ACCOUNTS[row.account][1]))


COLUMNS = (
    Column("name", gettext_lazy("Name"), cell=lambda row: Link(row.url, row.name), sort=True),
    Column("roles", gettext_lazy("Roles in force"), cell=_roles),
    Column("email", gettext_lazy("E-mail"), cell=lambda row: row.email),
    Column("seen", gettext_lazy("Last signed in"), cell=lambda row: row.seen_on, numeric=True, sort=True),
    Column("account", gettext_lazy("Sign-in"), cell=_account),
)


@require_GET
def list_persons(request: ScopedRequest) -> HttpResponse:
    """List the persons with a role at or below the unit."""
    access.require(request.user, request.scope, Right.SEE_PERSONS)
    listing = lists.read(request, columns=COLUMNS, filters=PersonFilter(request.GET), sort="name")
    rows = persons_listed(request.user, request.scope, listing.ask)
    context = {
        "tabs": second_level(request.user, request.scope),
        "may_invite": access.reach_of(request.user).may(Right.GIVE_ROLES, request.scope.path),
    }
    return lists.answer(request, "people/list_persons.html", listing, rows, filename="persons", context=context)


@require_GET
def see_person(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show one person; the look is logged unless it is oneself."""
    person = access.person_for(request.user, pk)
    page = person_page(request.user, person, request.scope)
    if not page.is_me:
        privacy.log_view(by=request.user, person_id=person.pk, what="people.person")
    tabs = second_level(request.user, request.scope)
    return render(request, "people/see_person.html", {"page": page, "tabs": tabs})


@require_http_methods(["GET", "POST"])
def give_role(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Give a person a role at the unit of the address."""
    scope = access.require(request.user, request.scope, Right.GIVE_ROLES)
    person = access.person_for(request.user, pk, to=Right.GIVE_ROLES)
    reach = access.reach_of(request.user)
    form = RoleForm(request.POST or None, reach=reach, unit=scope)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        try:
            actions.give_role(person=person, unit=scope, by=request.user, reach=reach, **given)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The role has been given."))
            return redirect("people:see-person", scope=scope.key, pk=person.pk)
    context = {"form": form, "person": person, "unit": scope}
    return render(request, "people/give_role.html", context, status=form_status(form))


@require_http_methods(["GET", "POST"])
def end_role(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """End a role on its last day."""
    held = access.role_for(request.user, pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reach = access.reach_of(request.user)
            actions.end_role(held=held, by=request.user, reach=reach, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The role ends on the day you gave. You can take it back on this page."))
            return redirect("people:see-person", scope=request.scope.key, pk=held.person_id)
    return render(request, "people/end_role.html", {"form": form, "held": held}, status=form_status(form))


@require_POST
def continue_role(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Take back the ending of a role."""
    held = access.role_for(request.user, pk)
    try:
        actions.continue_role(held=held, by=request.user, reach=access.reach_of(request.user))
        messages.success(request, _("The role goes on until further notice."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("people:see-person", scope=request.scope.key, pk=held.person_id)
