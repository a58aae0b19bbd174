"""What waits after an application: obligations due, instalments that are late, outcomes to tell, own shares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import clock
from luotsi.funding import access
from luotsi.funding.models import Application, BoardItem, Obligation
from luotsi.funding.queries.exposure_pages import exposure_page
from luotsi.funding.queries.instalments import instalment_words, lacking
from luotsi.funding.queries.obligation_pages import PASSIVE, listed
from luotsi.funding.rules.obligations import Duty
from luotsi.funding.rules.rights import Right, may
from luotsi.people.access import reach_of
from luotsi.ui.waiting import Task

if TYPE_CHECKING:
    from luotsi.funding.models.applications import ApplicationQuerySet
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

ROOM = "funding"
SOON = timedelta(days=30)
MOST = 5
# What is written on a page of its own.
PLACES: dict[str, str] = dict.fromkeys(
    (Duty.INTERIM_REPORT.value, Duty.FINAL_REPORT.value), "funding:list-grant-reports"
)


def tasks_for(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return what waits for those who prepare and commit; queries do not grow with applications."""
    if not may(reach_of(visitor), Right.PREPARE, scope.path):
        return []
    seen, today = access.applications_visible_to(visitor, scope), clock.today()
    tasks = [*_obligations(seen, scope, today), *_instalments(seen, scope, today)]
    if may(reach_of(visitor), Right.COMMIT, scope.path):
        tasks += [*_outcomes(seen, scope, today), *_shares(seen, scope)]
    return tasks


def _obligations(seen: ApplicationQuerySet, scope: Unit, today: date) -> Iterator[Task]:
    """Yield what is late or due within a month; of many, one task that opens the list."""
    found = [one for one in listed(seen, is_open=True) if _waits(one, today)]
    if len(found) > MOST:
        title = ngettext("See to %(count)s obligation of grants", "See to %(count)s obligations of grants", len(found))
        yield Task(
            key=f"funding.obligations.{scope.pk}",
            title=title % {"count": len(found)},
            context=", ".join(dict.fromkeys(one.application.names.text for one in found)),
            url=reverse("funding:list-unit-obligations", args=[scope.key]),
            action=_("Show"),
            due=found[0].due_on,
            room=ROOM,
        )
        return
    for one in found:
        yield Task(
            key=f"funding.obligation.{one.pk}",
            title=str(one.get_duty_display()),
            context=one.application.names.text,
            url=reverse(PLACES.get(one.duty, "funding:list-obligations"), args=[scope.key, one.application_id]),
            action=_("Write") if one.duty in PLACES else _("Show"),
            due=one.due_on,
            room=ROOM,
        )


def _waits(one: Obligation, today: date) -> bool:
    """Return True for what is to be done soon or late, and for what will not be possible any more soon."""
    if one.duty == Duty.KEEP_VOUCHERS or one.due_on > today + SOON:
        return False
    return one.duty not in PASSIVE or one.due_on >= today


def _instalments(seen: ApplicationQuerySet, scope: Unit, today: date) -> Iterator[Task]:
    """Yield the instalments whose day is over and that have not come whole."""
    for one in lacking(seen, today - timedelta(days=1))[:MOST]:
        application = one.decision.application
        yield Task(
            key=f"funding.instalment.{one.pk}",
            title=_("Ask after money that is late: %(name)s") % {"name": application.names.text},
            context=f"{application.call.funder.names.text}: {instalment_words(one)}",
            url=reverse("funding:see-spending", args=[scope.key, application.pk]) + "#payments",
            action=_("Show"),
            due=one.due_on,
            room=ROOM,
        )


def _outcomes(seen: ApplicationQuerySet, scope: Unit, today: date) -> Iterator[Task]:
    """Yield matters whose day has passed and of which nothing is told."""
    found = BoardItem.objects.waiting().filter(application__in=seen, meeting_on__lt=today)
    for item in found.order_by("meeting_on")[:MOST]:
        yield Task(
            key=f"funding.matter.{item.pk}",
            title=_("Record what was decided: %(title)s") % {"title": item.titles.text},
            context=item.bodies.text,
            url=reverse("funding:decide-matter", args=[scope.key, item.application_id, item.pk]),
            action=_("Record"),
            due=item.meeting_on,
            room=ROOM,
        )


def _shares(seen: ApplicationQuerySet, scope: Unit) -> Iterator[Task]:
    """Yield one task for own shares that nobody has decided, of applications that were handed in or granted."""
    handed = seen.exclude(state=Application.State.PREPARING)
    count = exposure_page(handed, scope).uncovered
    if count:
        title = ngettext(
            "Bring the own share of %(count)s application to a decision",
            "Bring the own share of %(count)s applications to a decision",
            count,
        )
        yield Task(
            key=f"funding.shares.{scope.pk}",
            title=title % {"count": count},
            context=_("Own shares"),
            url=reverse("funding:list-own-shares", args=[scope.key]),
            action=_("Show"),
            room=ROOM,
        )
