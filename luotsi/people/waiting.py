"""What waits for a person in this room: gaps in roles, invitations, roles about to end, the own second factor."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db.models import Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import clock
from luotsi.people import access
from luotsi.people.models import Invitation, RoleAssignment, Unit, UnitImport
from luotsi.people.models.roles import led
from luotsi.people.rules import NEEDS_SECOND_FACTOR, Kind, Right
from luotsi.ui.waiting import Task

if TYPE_CHECKING:
    from luotsi.people.access import Visitor

ROOM = "people"
SOON = timedelta(days=30)


def tasks_for(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return what waits for the visitor in this room at the unit and below, in at most five queries."""
    tasks = _second_factor(visitor)
    if access.reach_of(visitor).may(Right.GIVE_ROLES, scope.path):
        tasks += [*_expired(scope), *_leaderless(scope), *_ending(scope)]
    if access.reach_of(visitor).may(Right.IMPORT, scope.path):
        tasks += _imports(visitor, scope)
    return tasks


def _second_factor(visitor: Visitor) -> list[Task]:
    roles = {grip.role for grip in access.reach_of(visitor).grips}
    if not roles & NEEDS_SECOND_FACTOR or Authenticator.objects.filter(user=visitor.pk).exists():
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
    expired = Invitation.objects.expired(clock.now()).filter(unit__path__startswith=scope.path)
    found = list(expired.select_related("unit").order_by("expires_at")[:4])
    url = reverse("people:list-invitations", args=[scope.key]) + "?state=expired"
    if len(found) > 3:
        count = expired.count()
        title = ngettext(
            "Send %(count)s expired invitation again", "Send %(count)s expired invitations again", count
        ) % {"count": count}
        day = clock.day_of(found[0].expires_at)
        return [
            Task(
                "people.expired",
                title,
                _("Nobody accepted them in time."),
                url,
                _("Open"),
                due=day,
                room=ROOM,
            )
        ]
    return [
        Task(
            key=f"people.expired.{invitation.pk}",
            title=_("Send again or withdraw the invitation of %(name)s") % {"name": invitation},
            context=f"{invitation.get_role_display()} · {invitation.unit}",
            url=url,
            action=_("Open"),
            due=clock.day_of(invitation.expires_at),
            room=ROOM,
        )
        for invitation in found
    ]


def _leaderless(scope: Unit) -> list[Task]:
    today = clock.today()
    invited = Invitation.objects.open(clock.now()).filter(role="principal").values("unit")
    schools = Unit.objects.under(scope).in_force(today).filter(~Q(led(today)), kind=Kind.INSTITUTION)
    found = list(schools.exclude(pk__in=invited).select_related("parent")[:3])
    if len(found) > 2:
        count = schools.exclude(pk__in=invited).count()
        title = ngettext(
            "Invite a principal to %(count)s institution",
            "Invite a principal to %(count)s institutions",
            count,
        ) % {"count": count}
        url = reverse("people:list-units", args=[scope.key]) + "?state=leaderless"
        return [Task("people.leaderless", title, _("Nobody leads them in Luotsi."), url, _("Open"), room=ROOM)]
    return [
        Task(
            key=f"people.leaderless.{school.pk}",
            title=_("Invite a principal: %(unit)s") % {"unit": school},
            context=school.parent.names.text if school.parent else "",
            url=reverse("people:invite-person", args=[school.key]) + "?role=principal",
            action=_("Invite"),
            room=ROOM,
        )
        for school in found
    ]


def _ending(scope: Unit) -> list[Task]:
    today = clock.today()
    held = RoleAssignment.objects.in_force(today).under(scope).filter(valid_to__lte=today + SOON)
    held = held.exclude(role__in=["student", "guardian"])
    found = list(held.select_related("person", "unit").order_by("valid_to")[:4])
    if len(found) > 3:
        count = held.count()
        first = held.aggregate(first=Min("valid_to"))["first"]
        title = ngettext("%(count)s role ends soon", "%(count)s roles end soon", count) % {"count": count}
        url = reverse("people:list-persons", args=[scope.key]) + "?state=ending"
        return [
            Task(
                "people.ending",
                title,
                _("Continue them or name a successor."),
                url,
                _("Open"),
                due=first,
                room=ROOM,
            )
        ]
    return [
        Task(
            key=f"people.ending.{role.pk}",
            title=_("Role ends: %(name)s") % {"name": role.person},
            context=f"{role.get_role_display()} · {role.unit}",
            url=reverse("people:see-person", args=[role.unit.key, role.person_id]),
            action=_("Open"),
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
            action=_("Open"),
            room=ROOM,
        )
        for found in tried.select_related("scope").defer("rows")[:3]
    ]
