"""What waits for a person in this room: applications to hand in, and what became of those whose call has closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import clock
from luotsi.funding import access
from luotsi.funding.models import Application, Call
from luotsi.funding.queries.applying import asked_by_all
from luotsi.funding.rules.applicants import Asked, why_not
from luotsi.funding.rules.next_step import Step, next_of
from luotsi.funding.rules.portfolio import Standing
from luotsi.funding.rules.rights import Right
from luotsi.ui.waiting import Task

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

ROOM = "funding"
SOON = timedelta(days=30)
MOST = 5


def tasks_for(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return what waits for the visitor in this room at the unit and below; at most four queries."""
    today = clock.today()
    prepared = access.applications_prepared_by(visitor, scope)
    soon = Q(call__closes_at__date__lte=today + SOON) | Q(call__closes_on__lte=today + SOON)
    endless = Q(call__closes_at=None, call__closes_on=None)
    hand_in = Q(state=Application.State.PREPARING) & (soon | endless)
    ask = Q(state=Application.State.SUBMITTED, call__decides_by__lt=today)
    found = list(prepared.filter(hand_in | ask).order_by("call__closes_on", "call__closes_at", "pk")[: MOST + 1])
    if len(found) > MOST:
        tasks = [_many(prepared.filter(hand_in | ask).count(), scope)]
    else:
        tasks = [task for one in found if (task := _application(one, scope, today))]
    return [*tasks, *_closing(visitor, scope, today)]


def _application(one: Application, scope: Unit, today: date) -> Task | None:
    found = next_of(Standing(one.state), one.call.last_day, one.call.decides_by, one.ends_on, today)
    words = {
        Step.HAND_IN: (_("Hand in: %(name)s"), _("Go on")),
        Step.TELL: (_("Tell what became of it: %(name)s"), _("Tell")),
        Step.ASK: (_("Ask for the decision: %(name)s"), _("Show")),
    }
    if found.step not in words or (found.step == Step.HAND_IN and found.on and found.on > today + SOON):
        return None
    title, action = words[found.step]
    return Task(
        key=f"funding.application.{one.pk}",
        title=title % {"name": one.names.text},
        context=f"{one.unit} · {one.call.names.text}",
        url=reverse("funding:see-application", args=[scope.key, one.pk]),
        action=action,
        due=found.on,
        room=ROOM,
    )


def _many(count: int, scope: Unit) -> Task:
    """Return one task that opens the list, in place of many."""
    title = ngettext("See to %(n)s open application", "See to %(n)s open applications", count) % {"n": count}
    return Task(
        key="funding.applications",
        title=title,
        context=str(scope),
        url=reverse("funding:list-portfolio", args=[scope.key]) + "?state=open",
        action=_("Show"),
        room=ROOM,
    )


def _closing(visitor: Visitor, scope: Unit, today: date) -> Iterator[Task]:
    """Yield the calls that close soon and from which nothing has been begun: watched, and own ones that ask here."""
    if not access.may_do(visitor, Right.PREPARE, scope):
        return
    last = today + SOON
    soon = Q(closes_at__gte=clock.now(), closes_at__date__lte=last) | Q(closes_on__gte=today, closes_on__lte=last)
    watched = Q(kind=Call.Kind.WATCHED) | Q(
        kind=Call.Kind.OWN, published_at__isnull=False, opens_at__lte=clock.now(), collection__isnull=False
    )
    known = access.calls_visible_to(visitor, scope).filter(soon, watched, withdrawn_at=None)
    begun = access.applications_visible_to(visitor, scope).exclude(state=Application.State.DROPPED)
    found = list(known.exclude(pk__in=begun.order_by().values("call"))[: 10 * MOST])
    asked = asked_by_all([call for call in found if call.kind == Call.Kind.OWN])
    here = [call for call in found if call.kind == Call.Kind.WATCHED or _asks(asked[call.pk], scope)]
    for call in here[:MOST]:
        yield Task(
            key=f"funding.call.{call.pk}",
            title=_("Decide whether to apply: %(name)s") % {"name": call.names.text},
            context=call.funder.names.text,
            url=reverse("funding:see-call", args=[scope.key, call.owner.key, call.slug]),
            action=_("Show"),
            due=call.last_day,
            room=ROOM,
        )


def _asks(asked: Asked | None, scope: Unit) -> bool:
    """Return True when an own call asks the very unit; one that does not tell whom it asks, asks nobody here."""
    return asked is not None and why_not(asked, scope.kind, scope.path) is None
