"""What waits for a person in this room: gaps in roles, invitations, roles about to end, the own second factor."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Window
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import clock
from luotsi.people import access
from luotsi.people.models import RoleAssignment, Unit, UnitImport
from luotsi.people.models.roles import ROLE_NAMES
from luotsi.people.queries.factors import is_strong
from luotsi.people.queries.sight import sight_from
from luotsi.people.rules import LEARNERS, NEEDS_SECOND_FACTOR, Right
from luotsi.ui.waiting import Task

if TYPE_CHECKING:
    from luotsi.people.access import Visitor

ROOM = "people"
SOON = timedelta(days=30)
MOST = 3  # more of a kind than this become one task that opens the list


def tasks_for(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return what waits for the visitor in this room at the unit and below, in at most four queries."""
    reach = access.reach_of(visitor)
    tasks = _second_factor(visitor)
    if reach.may(Right.GIVE_ROLES, scope.path):
        tasks += [*_expired(scope), *_leaderless(scope), *_ending(scope)]
    if reach.may(Right.IMPORT, scope.path):
        tasks += _imports(visitor, scope)
    return tasks


def _second_factor(visitor: Visitor) -> list[Task]:
    roles = {grip.role for grip in access.reach_of(visitor).grips}
    if not visitor.is_authenticated or not roles & NEEDS_SECOND_FACTOR or is_strong(visitor):
        return []
    return [
        Task(
            key="people.second-factor",
            title=_("Add a passkey or an authenticator app"),
            context=_("Your role reaches far, so a password alone is not enough."),
            url=reverse("mfa_index"),
            action=_("Add"),
            room=ROOM,
        )
    ]


def _expired(scope: Unit) -> list[Task]:
    late = [invitation for invitation in sight_from(scope).invitations if invitation.is_late(clock.now())]
    url = reverse("people:list-invitations", args=[scope.key]) + "?state=expired"
    if len(late) > MOST:
        title = ngettext(
            "Send %(count)s expired invitation again", "Send %(count)s expired invitations again", len(late)
        ) % {"count": len(late)}
        due = late[0].expires_on
        return [Task("people.expired", title, _("Nobody accepted them in time."), url, _("Show"), due=due, room=ROOM)]
    return [
        Task(
            key=f"people.expired.{invitation.id}",
            title=_("Send again or withdraw the invitation of %(name)s") % {"name": invitation.name},
            context=f"{ROLE_NAMES[invitation.role]} · {invitation.unit.text}",
            url=url,
            action=_("Show"),
            due=invitation.expires_on,
            room=ROOM,
        )
        for invitation in late
    ]


def _leaderless(scope: Unit) -> list[Task]:
    sight, now = sight_from(scope), clock.now()
    invited = [invitation.path for invitation in sight.invitations if not invitation.is_late(now)]
    found = sight.without_principal(invited)
    if len(found) > MOST:
        title = ngettext(
            "Invite a principal to %(count)s institution", "Invite a principal to %(count)s institutions", len(found)
        ) % {"count": len(found)}
        url = reverse("people:list-units", args=[scope.key]) + "?state=leaderless"
        return [Task("people.leaderless", title, _("Nobody leads them in Luotsi."), url, _("Show"), room=ROOM)]
    return [
        Task(
            key=f"people.leaderless.{school.key}",
            title=_("Invite a principal: %(unit)s") % {"unit": school.names.text},
            context=_("Nobody leads it in Luotsi."),
            url=reverse("people:invite-person", args=[school.key]) + "?role=principal",
            action=_("Invite"),
            room=ROOM,
        )
        for school in found
    ]


def _ending(scope: Unit) -> list[Task]:
    today = clock.today()
    held = RoleAssignment.objects.in_force(today).under(scope).filter(valid_to__lte=today + SOON)
    held = held.exclude(role__in=LEARNERS).select_related("person", "unit").order_by("valid_to", "id")
    # How many there are in all is told by each of the few rows that are fetched: one query instead of two.
    found = list(held.annotate(in_all=Window(Count("pk")))[: MOST + 1])
    if len(found) > MOST:
        count, due = getattr(found[0], "in_all", len(found)), found[0].valid_to
        title = ngettext("%(count)s role ends soon", "%(count)s roles end soon", count) % {"count": count}
        url = reverse("people:list-persons", args=[scope.key]) + "?state=ending"
        words = _("Continue them or name a successor.")
        return [Task("people.ending", title, words, url, _("Show"), due=due, room=ROOM)]
    return [
        Task(
            key=f"people.ending.{role.pk}",
            title=_("Role ends: %(name)s") % {"name": role.person},
            context=f"{role.role_name} · {role.unit}",
            url=reverse("people:see-person", args=[role.unit.key, role.person_id]),
            action=_("Show"),
            due=role.valid_to,
            room=ROOM,
        )
        for role in found
    ]


def _imports(visitor: Visitor, scope: Unit) -> list[Task]:
    tried = UnitImport.objects.filter(
        scope__path__startswith=scope.path, uploaded_by=visitor.pk, state=UnitImport.State.TRIED
    )
    return [
        Task(
            key=f"people.import.{found.pk}",
            title=_("Finish the import: %(file)s") % {"file": found.filename},
            context=_("The dry run is done, nothing has been saved yet."),
            url=reverse("people:see-import", args=[found.scope.key, found.pk]),
            action=_("Show"),
            room=ROOM,
        )
        for found in tried.select_related("scope").defer("rows")[:MOST]
    ]
